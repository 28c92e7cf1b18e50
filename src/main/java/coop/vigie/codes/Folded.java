package coop.vigie.codes;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A label without accents and case, so that people find it however they type. */
record Folded(List<String> words) {

    static final int NO_MATCH = 4;

    /** Fewer letters are part of a word by chance. */
    private static final int PART_AT_LEAST = 4;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    static Folded of(String label) {
        return new Folded(words(label));
    }

    static List<String> words(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ø", "o")
                .replace("ß", "ss");
        return Arrays.stream(BETWEEN_WORDS.split(plain))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** 0 the whole label, 1 whole words, 2 beginnings of words, 3 parts of words, {@link #NO_MATCH} not all there. */
    int rank(List<String> wanted) {
        if (words.equals(wanted)) {
            return 0;
        }
        return wanted.stream().mapToInt(this::rank).max().orElse(NO_MATCH);
    }

    private int rank(String wanted) {
        int best = NO_MATCH;
        for (String word : words) {
            if (word.equals(wanted)) {
                return 1;
            }
            if (word.startsWith(wanted)) {
                best = 2;
            } else if (best > 3 && wanted.length() >= PART_AT_LEAST && word.contains(wanted)) {
                best = 3;
            }
        }
        return best;
    }
}
