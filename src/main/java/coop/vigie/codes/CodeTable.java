package coop.vigie.codes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One table as {@link CodeTables} wrote it: a code, its two-letter form if any, and its labels. */
final class CodeTable {

    /** In the order of the columns. */
    static final List<String> LANGUAGES = List.of("en", "fr", "nl", "de");

    private static final int TWO_LETTERS = 1;
    private static final int FIRST_LABEL = 2;

    /** Parts inside words are no find: "aal" is not in Waals-Brabant. */
    private static final int BEGINNINGS_AT_LEAST = 3;

    private final Map<String, String[]> rows = new LinkedHashMap<>(16_384);
    private final Map<String, String> byTwoLetters = new HashMap<>();

    private CodeTable() {}

    /** @throws MissingCodeTable if the build left it out */
    static CodeTable load(String name) {
        var table = new CodeTable();
        try (InputStream in = CodeTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new MissingCodeTable(name, null);
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(table::add);
        } catch (IOException e) {
            throw new MissingCodeTable(name, e);
        }
        return table;
    }

    private void add(String line) {
        String[] row = line.split("\t", -1);
        rows.put(row[0], row);
        if (!row[TWO_LETTERS].isEmpty()) {
            byTwoLetters.put(row[TWO_LETTERS], row[0]);
        }
    }

    boolean has(String code) {
        return rows.containsKey(code);
    }

    /** In the order of the official list. */
    Set<String> codes() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** The label in that language, in English if the table has not that language; empty if the code is unknown. */
    Optional<String> label(String code, String language) {
        int column = Math.max(0, LANGUAGES.indexOf(language));
        return Optional.ofNullable(rows.get(code)).map(row -> row[FIRST_LABEL + column]);
    }

    /** Codes that are written so, or whose label in any language carries all these words, the best first, then the shortest. */
    List<String> find(String words, int limit) {
        List<String> wanted = Folded.words(words);
        if (wanted.isEmpty()) {
            return List.of();
        }
        record Ranked(int rank, String code) {}
        return rows.values().stream()
                .map(row -> new Ranked(rank(row, wanted), row[0]))
                .filter(ranked -> ranked.rank() < BEGINNINGS_AT_LEAST)
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparingInt(ranked -> ranked.code().length())
                        .thenComparing(Ranked::code))
                .map(Ranked::code)
                .limit(limit)
                .toList();
    }

    private static int rank(String[] row, List<String> wanted) {
        if (wanted.size() == 1
                && (row[0].equalsIgnoreCase(wanted.getFirst())
                        || row[TWO_LETTERS].equalsIgnoreCase(wanted.getFirst()))) {
            return 0;
        }
        return Arrays.stream(row)
                .skip(FIRST_LABEL)
                .mapToInt(label -> Folded.of(label).rank(wanted))
                .min()
                .orElse(Folded.NO_MATCH);
    }

    Optional<String> twoLetters(String code) {
        return Optional.ofNullable(rows.get(code)).map(row -> row[TWO_LETTERS]).filter(two -> !two.isEmpty());
    }

    Optional<String> ofTwoLetters(String two) {
        return Optional.ofNullable(byTwoLetters.get(two));
    }
}
