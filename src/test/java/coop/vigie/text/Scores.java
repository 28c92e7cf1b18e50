package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;

/** Counts right answers per language, and prints them as one line of docs/quality.md. */
final class Scores {

    private static final boolean SHOW = System.getProperty("vigie.show") != null;

    private final TreeMap<String, int[]> languages = new TreeMap<>();
    private final List<String> columns;

    /** One column for each of the four languages. */
    Scores() {
        this("fr", "nl", "en", "de");
    }

    Scores(String... columns) {
        this.columns = List.of(columns);
    }

    /** @param what printed for a wrong answer, with -Dvigie.show=1 */
    void count(String language, boolean right, String what) {
        int[] score = languages.computeIfAbsent(language, key -> new int[2]);
        score[0] += right ? 1 : 0;
        score[1]++;
        if (!right && SHOW) {
            System.out.println("SHOW " + language + " " + what);
        }
    }

    void mustReach(String suite, double floor) {
        StringBuilder line = new StringBuilder("| " + suite);
        int right = 0;
        int all = 0;
        for (String language : columns) {
            int[] score = languages.getOrDefault(language, new int[2]);
            line.append(" | ").append(score[1] == 0 ? "–" : score[0] + "/" + score[1]);
            right += score[0];
            all += score[1];
        }
        System.out.println(line + " | " + right + "/" + all + " |");
        assertTrue(right >= floor * all, suite + ": " + right + " of " + all);
    }
}
