package coop.vigie.text;

import coop.vigie.notice.LocalText;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.InflaterInputStream;

/**
 * Tells French, Dutch, English and German from each other and from the other languages of the Union, by runs of letters.
 *
 * <p>The tables are read from the jar at the first question and kept (3 MB); see docs/adr/0010-language-tables.md.
 */
public final class LanguageGuess {

    private static final Set<String> OURS = Set.of("fr", "nl", "en", "de");

    /** What two languages must differ by, as a logarithm, before one is named; and what another language must be ahead. */
    private static final double SURE = 0.4;

    private static final double OTHER_MUST_LEAD_BY = 1.5;

    /** Text that no language explains: below this for one letter, it is a list of names or of numbers with units. */
    private static final double STRANGE = -4.0;

    private static final int ENOUGH_LETTERS = 600;
    private static final int ENOUGH_CHARACTERS = 4_000;

    private LanguageGuess() {}

    /** {@code fr}, {@code nl}, {@code en} or {@code de}; {@code und} if it is too short or in another language. */
    public static String of(String text) {
        List<String> words = words(text);
        int letters = words.stream().mapToInt(String::length).sum();
        if (letters < 3) {
            return LocalText.UNDETERMINED;
        }
        String best = LocalText.UNDETERMINED;
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        double other = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, LetterRuns> language : Tables.LANGUAGES.entrySet()) {
            LetterRuns runs = language.getValue();
            double score = words.stream().mapToDouble(runs::logarithm).sum();
            if (!OURS.contains(language.getKey())) {
                other = Math.max(other, score);
            } else if (score > first) {
                second = first;
                first = score;
                best = language.getKey();
            } else {
                second = Math.max(second, score);
            }
        }
        boolean sure = first - second >= SURE && other - first < OTHER_MUST_LEAD_BY && first / letters > STRANGE;
        return sure ? best : LocalText.UNDETERMINED;
    }

    /** The first words in lower case; none if most letters are of another alphabet. */
    private static List<String> words(String text) {
        String start = text.length() > ENOUGH_CHARACTERS ? text.substring(0, ENOUGH_CHARACTERS) : text;
        var words = new ArrayList<String>();
        int letters = 0;
        int foreign = 0;
        for (String word : start.toLowerCase(Locale.ROOT).split("[^\\p{L}]{1,4000}")) {
            if (word.chars().allMatch(letter -> LetterRuns.isCovered((char) letter))) {
                words.add(word);
                letters += word.length();
            } else {
                foreign += word.length();
            }
            if (letters + foreign >= ENOUGH_LETTERS) {
                break;
            }
        }
        return foreign > letters ? List.of() : words;
    }

    /** Read when first asked for. */
    private static final class Tables {

        static final Map<String, LetterRuns> LANGUAGES = read();

        private static Map<String, LetterRuns> read() {
            var languages = new LinkedHashMap<String, LetterRuns>();
            try (InputStream resource =
                            Objects.requireNonNull(LanguageGuess.class.getResourceAsStream("languages.bin"));
                    var in = new DataInputStream(new BufferedInputStream(new InflaterInputStream(resource)))) {
                for (int left = in.readUnsignedByte(); left > 0; left--) {
                    languages.put(in.readUTF(), LetterRuns.read(in));
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(
                        "The language tables in the jar cannot be read; build it again.", broken);
            }
            return languages;
        }
    }
}
