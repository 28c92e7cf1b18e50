package coop.vigie.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * The words around what a query found. The index keeps no texts, so these come from whoever has them; what counts as a hit is read off the
 * compiled query itself, term by term and language by language, whatever its scope put there. Of a phrase each word counts alone.
 *
 * <p>Not for several threads at once: it remembers words.
 */
public final class Snippets {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u200B-\\u200F\\u2060\\uFEFF]");
    private static final Pattern SPACE = Pattern.compile("[\\p{Cc}\\p{Cf}\\s\\u00A0]+");

    /** What may be looked at of one text: a search is not to wait for a book. */
    private static final int LONGEST = 100_000;

    private final Map<String, Set<String>> terms = new HashMap<>();
    private final Map<String, List<Predicate<String>>> patterns = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    /**
     * A piece of a text on one line, free of control characters.
     *
     * @param hits in order, none overlapping
     */
    public record Snippet(String text, List<Span> hits) {

        public Snippet {
            hits = List.copyOf(hits);
        }
    }

    /** From a character to the one before another, in UTF-16 units. */
    public record Span(int start, int end) {}

    public Snippets(CompiledQuery query) {
        query.lucene().visit(new QueryVisitor() {
            @Override
            public boolean acceptField(String field) {
                return field.startsWith(Schema.TITLE + "_") || field.startsWith(Schema.TEXT + "_");
            }

            @Override
            public void consumeTerms(Query from, Term... found) {
                for (Term term : found) {
                    terms.computeIfAbsent(suffix(term.field()), any -> new HashSet<>())
                            .add(term.text());
                }
            }

            @Override
            public void consumeTermsMatching(Query from, String field, Supplier<ByteRunAutomaton> automaton) {
                ByteRunAutomaton accepting = automaton.get();
                patterns.computeIfAbsent(suffix(field), any -> new ArrayList<>())
                        .add(term -> {
                            var bytes = new BytesRef(term);
                            return accepting.run(bytes.bytes, bytes.offset, bytes.length);
                        });
            }
        });
    }

    private static String suffix(String field) {
        return field.substring(field.indexOf('_') + 1);
    }

    /**
     * The piece of a text that says most of what was looked for; of equals the first, in the first language that is preferred.
     *
     * @param texts by language code
     * @param preferred language codes
     * @param width most characters, but for the dots at its ends
     * @return empty if none of the texts holds any of the words
     */
    public Optional<Snippet> in(Map<String, String> texts, List<String> preferred, int width) {
        record Found(String language, String text, Window window) {}
        return texts.entrySet().stream()
                .map(entry -> {
                    String text = oneLine(entry.getValue());
                    return new Found(
                            entry.getKey(), text, best(hits(text, TextLanguage.ofCode(entry.getKey())), text, width));
                })
                .filter(found -> found.window().words() > 0)
                .max(Comparator.comparingInt((Found found) -> found.window().words())
                        .thenComparingInt(
                                found -> -Math.floorMod(preferred.indexOf(found.language()), Integer.MAX_VALUE)))
                .map(found -> cut(found.text(), found.window(), width));
    }

    /**
     * The words of a text that are hits, as it writes them: each once, in their order.
     *
     * @param language code of the text's language
     */
    public List<String> words(String text, String language) {
        String line = oneLine(text);
        return hits(line, TextLanguage.ofCode(language)).stream()
                .map(hit -> line.substring(hit.start(), hit.end()))
                .distinct()
                .toList();
    }

    private static String oneLine(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return SPACE.matcher(INVISIBLE.matcher(start).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    private List<Span> hits(String text, TextLanguage language) {
        var hits = new ArrayList<Span>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            if (isHit(words.group(), language)) {
                hits.add(new Span(words.start(), words.end()));
            }
        }
        return hits;
    }

    private boolean isHit(String word, TextLanguage language) {
        return known.computeIfAbsent(
                language.suffix() + " " + word,
                any -> meets(word, language) || (language != TextLanguage.FOLDED && meets(word, TextLanguage.FOLDED)));
    }

    private boolean meets(String word, TextLanguage language) {
        Set<String> wanted = terms.getOrDefault(language.suffix(), Set.of());
        List<Predicate<String>> patterned = patterns.getOrDefault(language.suffix(), List.of());
        return (!wanted.isEmpty() || !patterned.isEmpty())
                && language.terms(word).stream()
                        .anyMatch(term ->
                                wanted.contains(term) || patterned.stream().anyMatch(pattern -> pattern.test(term)));
    }

    /**
     * Hits that stand close enough together to be shown.
     *
     * @param words how many different ones
     */
    private record Window(int words, List<Span> hits) {}

    private static Window best(List<Span> hits, String text, int width) {
        var best = new Window(0, List.of());
        for (int i = 0; i < hits.size(); i++) {
            int end = i;
            var words = new HashSet<String>();
            while (end < hits.size() && hits.get(end).end() - hits.get(i).start() <= Math.max(width / 2, 1)) {
                words.add(text.substring(hits.get(end).start(), hits.get(end).end())
                        .toLowerCase(Locale.ROOT));
                end++;
            }
            if (words.size() > best.words()) {
                best = new Window(words.size(), hits.subList(i, end));
            }
        }
        return best.words() == 0 && !hits.isEmpty() ? new Window(1, hits.subList(0, 1)) : best;
    }

    /** The hits in the middle third, with whole words around them. */
    private static Snippet cut(String text, Window window, int width) {
        int first = window.hits().getFirst().start();
        int start = text.length() <= width ? 0 : Math.clamp((long) first - width / 4, 0, text.length() - width);
        int end = Math.min(text.length(), start + width);
        if (start > 0) {
            int space = text.indexOf(' ', start);
            start = space >= 0 && space < first ? space + 1 : first;
        }
        if (end < text.length()) {
            int space = text.lastIndexOf(' ', end);
            end = space > first ? space : end;
            if (Character.isLowSurrogate(text.charAt(end))) {
                end--;
            }
        }
        String before = start > 0 ? "… " : "";
        int shift = before.length() - start;
        int last = end;
        return new Snippet(
                before + text.substring(start, end) + (end < text.length() ? " …" : ""),
                window.hits().stream()
                        .filter(hit -> hit.end() <= last)
                        .map(hit -> new Span(hit.start() + shift, hit.end() + shift))
                        .toList());
    }
}
