package coop.vigie.index;

import coop.vigie.codes.MissingCodeTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the labels of the CPV tell about a word: the codes whose labels carry it, and what stands in its place in the labels
 * of the other languages. Sorted tables, one for each first letter, searched as they lie: a search that asks for two words
 * reads some hundred kilobytes, and no map of 50,000 words.
 */
final class CpvWords {

    /** The folder of the tables. */
    static final String FOLDER = "words";

    private static final Map<String, byte[]> TABLES = new ConcurrentHashMap<>();

    /**
     * @param codes stems of the codes (7953 for 79530000), ascending; empty if the word stands in so many labels that they say
     *     nothing
     * @param translations words in other languages
     */
    record Entry(List<String> codes, Map<TextLanguage, List<String>> translations) {}

    private CpvWords() {}

    static String line(String key, Entry entry) {
        return key
                + '\t'
                + String.join(",", entry.codes())
                + '\t'
                + entry.translations().entrySet().stream()
                        .map(each -> each.getKey().suffix() + '=' + String.join(",", each.getValue()))
                        .collect(Collectors.joining(";"));
    }

    /** @param stems the terms of a word, or of a phrase, from that language's analyzer; empty if nobody knows them */
    static Optional<Entry> find(TextLanguage language, List<String> stems) {
        String key = key(stems);
        return search(
                        TABLES.computeIfAbsent(table(language, key), CpvWords::read),
                        key.getBytes(StandardCharsets.UTF_8))
                .map(CpvWords::entry);
    }

    /** The file in which a key stands. */
    static String table(TextLanguage language, String key) {
        char first = key.isEmpty() ? '0' : key.charAt(0);
        return language.suffix() + '-' + (first >= 'a' && first <= 'z' ? first : '0') + ".tsv";
    }

    /** Under which a word or phrase stands in its table. */
    static String key(List<String> stems) {
        return String.join(" ", stems);
    }

    private static Entry entry(String line) {
        String[] columns = line.split("\t", -1);
        var translations = new EnumMap<TextLanguage, List<String>>(TextLanguage.class);
        for (String each : columns[2].isEmpty() ? new String[0] : columns[2].split(";")) {
            translations.put(
                    TextLanguage.valueOf(each.substring(0, 2).toUpperCase(Locale.ROOT)),
                    List.of(each.substring(3).split(",")));
        }
        return new Entry(columns[1].isEmpty() ? List.of() : List.of(columns[1].split(",")), translations);
    }

    /** The line that begins with this key and a tab. */
    private static Optional<String> search(byte[] table, byte[] key) {
        int low = 0;
        int high = table.length;
        while (low < high) {
            int start = lineStart(table, (low + high) >>> 1, low);
            int end = lineEnd(table, start);
            int keyEnd = start;
            while (table[keyEnd] != '\t') {
                keyEnd++;
            }
            int order = Arrays.compareUnsigned(table, start, keyEnd, key, 0, key.length);
            if (order == 0) {
                return Optional.of(new String(table, start, end - start, StandardCharsets.UTF_8));
            }
            if (order < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return Optional.empty();
    }

    private static int lineStart(byte[] table, int at, int low) {
        int start = at;
        while (start > low && table[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] table, int at) {
        int end = at;
        while (end < table.length && table[end] != '\n') {
            end++;
        }
        return end;
    }

    private static byte[] read(String table) {
        String file = FOLDER + '/' + table;
        try (InputStream in = CpvWords.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new MissingCodeTable(file, null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new MissingCodeTable(file, e);
        }
    }

    /** Of codes and codes below them, only the uppermost. */
    static List<String> topmost(List<String> stems) {
        var topmost = new ArrayList<String>();
        for (String stem : stems.stream().sorted().toList()) {
            if (topmost.isEmpty() || !stem.startsWith(topmost.getLast())) {
                topmost.add(stem);
            }
        }
        return topmost;
    }
}
