package coop.vigie.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the word that somebody probably meant. */
final class Suggestion {

    private Suggestion() {}

    /** {@code "; did you mean 'every'?"}, or "" when nothing is close. */
    static String among(Collection<String> known, String written) {
        int tolerated = Math.min(3, Math.max(1, written.length() / 2));
        return known.stream()
                .filter(word -> distance(word, written) <= tolerated)
                .min(Comparator.comparingInt((String word) -> distance(word, written))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    /** Letters to add, drop or replace to come from one word to the other (Levenshtein); case and _ do not count. */
    private static int distance(String one, String other) {
        String from = plain(one);
        String to = plain(other);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    private static String plain(String word) {
        // A suggestion for a page of text is of no use, and would cost a quadratic search.
        return word.substring(0, Math.min(word.length(), 60))
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
