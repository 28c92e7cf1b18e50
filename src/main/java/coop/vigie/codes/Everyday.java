package coop.vigie.codes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people call a thing whose CPV label says it otherwise: "avocat" for "Services de conseils et de représentation
 * juridiques". Our own table, {@code everyday.tsv}, kept by hand; one row is one notion.
 *
 * @param code of eight digits
 * @param words language (fr, nl, en, de) to words and short phrases, at least one for each
 */
public record Everyday(String code, Map<String, List<String>> words) {

    private static final List<String> COLUMNS = List.of("fr", "nl", "en", "de");
    private static final String TABLE = "everyday.tsv";

    /** Its words and phrases in fr, nl, en or de; empty for another language. */
    public List<String> in(String language) {
        return words.getOrDefault(language, List.of());
    }

    /** All rows, in the order of codes. */
    public static List<Everyday> all() {
        return Table.ROWS;
    }

    /** Read when first asked for. */
    private static final class Table {
        static final List<Everyday> ROWS = read();

        private static List<Everyday> read() {
            try (InputStream in = Everyday.class.getResourceAsStream(TABLE)) {
                if (in == null) {
                    throw new MissingCodeTable(TABLE, null);
                }
                return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> line.split("\t"))
                        .map(Table::row)
                        .toList();
            } catch (IOException e) {
                throw new MissingCodeTable(TABLE, e);
            }
        }

        private static Everyday row(String[] columns) {
            var words = new LinkedHashMap<String, List<String>>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                words.put(COLUMNS.get(i), List.of(columns[i + 1].split("\\|")));
            }
            return new Everyday(columns[0], words);
        }
    }
}
