package coop.vigie.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.ext.DutchStemmer;

/**
 * How text becomes terms: one way per language, and {@link #FOLDED} for words as they are, whatever their language.
 *
 * <p>Accents go before stemming, so that "theatres" meets "théâtre". No stop words are removed anywhere: "à" has its
 * place in a phrase. Changing anything here changes {@link Schema#FORMAT}.
 */
@SuppressWarnings("ImmutableEnumChecker") // an analyzer is one for all threads by design
enum TextLanguage {
    FR(tokens -> folded(new ElisionFilter(tokens, FrenchAnalyzer.DEFAULT_ARTICLES)), FrenchLightStemFilter::new),
    // Dutch plurals such as "foto's" end like an English possessive.
    NL(tokens -> folded(new EnglishPossessiveFilter(tokens)), tokens -> new SnowballFilter(tokens, new DutchStemmer())),
    EN(tokens -> folded(new EnglishPossessiveFilter(tokens)), PorterStemFilter::new),
    // Folded last: German must still see the ß and the umlauts to bring Müller, Mueller and Muller together.
    DE(GermanNormalizationFilter::new, tokens -> folded(new GermanLightStemFilter(tokens))),
    FOLDED(TextLanguage::folded, tokens -> tokens);

    /** Languages that write compounds as one word. */
    static final List<TextLanguage> COMPOUNDING = List.of(NL, DE);

    /** Inclusive writing: artiste·s, auteur•rice•s, artiste(s). The word before it is what people look for. */
    static final Pattern OPTIONAL_ENDING = Pattern.compile("(?<=\\p{L})(?:(?:[·•‧]\\p{L}{1,6}+)++|\\(\\p{L}{1,4}\\))");

    /** C++ and C# would otherwise be a mere c. */
    private static final Pattern LETTER_AND_SIGNS = Pattern.compile("(?<![\\p{L}\\p{N}])(\\p{L})(\\+\\+|#)");

    private final Analyzer analyzer;
    private final Analyzer words;
    private final Analyzer parts;

    TextLanguage(UnaryOperator<TokenStream> normal, UnaryOperator<TokenStream> stem) {
        this.analyzer = chain(normal.andThen(stem));
        this.words = chain(normal);
        this.parts = chain(normal.<TokenStream>andThen(tokens -> new PartsFilter(tokens, this))
                .andThen(stem));
    }

    private static Analyzer chain(Function<TokenStream, TokenStream> filters) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String fieldName) {
                var tokenizer = new StandardTokenizer();
                return new TokenStreamComponents(tokenizer, filters.apply(new LowerCaseFilter(tokenizer)));
            }

            @Override
            public int getPositionIncrementGap(String fieldName) {
                return 100; // no phrase reaches from one name into the next
            }
        };
    }

    /** The language with its own analysis that this code (such as {@code fr} or {@code fr-BE}) names, else folded. */
    static TextLanguage ofCode(String code) {
        return switch (baseCode(code)) {
            case "fr" -> FR;
            case "nl" -> NL;
            case "en" -> EN;
            case "de" -> DE;
            default -> FOLDED;
        };
    }

    static String baseCode(String code) {
        int end = 0;
        while (end < code.length() && end < 8 && Character.isLetter(code.charAt(end))) {
            end++;
        }
        return code.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** The end of its field names. */
    String suffix() {
        return this == FOLDED ? "x" : name().toLowerCase(Locale.ROOT);
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** For what compounds are made of: their parts' terms, and nothing of other words. */
    Analyzer partsAnalyzer() {
        return parts;
    }

    /** The text as the analyzer wants it; the same at indexing and at query time. */
    String prepare(String raw) {
        String text = isPlain(raw) ? raw : Normalizer.normalize(raw, Normalizer.Form.NFKC);
        if (text.indexOf("++") >= 0 || text.indexOf('#') >= 0) {
            text = LETTER_AND_SIGNS
                    .matcher(text)
                    .replaceAll(found -> found.group(1) + (found.group(2).equals("#") ? "sharp" : "plusplus"));
        }
        if (mayHaveOptionalEnding(text)) {
            text = OPTIONAL_ENDING.matcher(text).replaceAll("");
        }
        if (this == FOLDED && !isLatin(text)) {
            // Other scripts have accents too, which the folding filter does not know.
            text = Normalizer.normalize(withoutMarks(text), Normalizer.Form.NFC);
        }
        var clean = new char[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                // Invisible inside a word: soft hyphen, joiners, byte order mark.
                case '\u00AD', '\u200C', '\u200D', '\u2060', '\uFEFF' -> {}
                // The tokenizer would keep what they join as one word: culture.be, a_b, auteur:e.
                case '.' -> clean[length++] = betweenDigits(text, i) ? '.' : ' ';
                case ':', '_', '·', '•', '‧' -> clean[length++] = ' ';
                // Without knowing the language, the word after l' and d' must still be found.
                case '\'', '’', '‘', 'ʼ', '′' -> clean[length++] = this == FOLDED ? ' ' : '\'';
                default -> clean[length++] = c;
            }
        }
        return new String(clean, 0, length);
    }

    /** Letters of Western languages and ASCII only, which NFKC leaves alone; most texts are so. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && (c < 'À' || c > 'ÿ')) {
                return false;
            }
        }
        return true;
    }

    /** What the folding filter knows by itself. */
    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '\u024F') {
                return false;
            }
        }
        return true;
    }

    /** Looks for a sign of one, as the expression tries every character of every text. */
    private static boolean mayHaveOptionalEnding(String text) {
        return text.indexOf('(') >= 0 || text.indexOf('·') >= 0 || text.indexOf('•') >= 0 || text.indexOf('‧') >= 0;
    }

    private static String withoutMarks(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The terms of a text in order; empty if it holds neither letters nor digits. */
    List<String> terms(String raw) {
        return terms(analyzer, raw);
    }

    /** The words of a text in order, normal but not stemmed, as {@link Compounds} knows them. */
    List<String> words(String raw) {
        return terms(words, raw);
    }

    private List<String> terms(Analyzer analyzer, String raw) {
        var terms = new ArrayList<String>();
        try (TokenStream tokens = analyzer.tokenStream("", prepare(raw))) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reads from a string
        }
        return terms;
    }

    private static boolean betweenDigits(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && Character.isDigit(text.charAt(i - 1))
                && Character.isDigit(text.charAt(i + 1));
    }

    private static TokenStream folded(TokenStream tokens) {
        return new ASCIIFoldingFilter(tokens);
    }
}
