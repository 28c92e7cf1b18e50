package coop.vigie.index;

import java.util.ArrayList;
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

    private static final Map<String, SortedTable> TABLES = new ConcurrentHashMap<>();

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
        return TABLES.computeIfAbsent(table(language, key), table -> SortedTable.load(FOLDER + '/' + table))
                .find(key)
                .map(CpvWords::entry);
    }

    /** Whether a word, however it is written, is one like "dans" or "the", which has no meaning of its own in that language. */
    static boolean isFunctionWord(TextLanguage language, String word) {
        return TABLES.computeIfAbsent(functionWords(language), SortedTable::load)
                .find(String.join(" ", language.words(word)))
                .isPresent();
    }

    static String functionWords(TextLanguage language) {
        return "function-words-" + language.suffix() + ".txt";
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

    private static Entry entry(String value) {
        String[] columns = value.split("\t", -1);
        var translations = new EnumMap<TextLanguage, List<String>>(TextLanguage.class);
        for (String each : columns[1].isEmpty() ? new String[0] : columns[1].split(";")) {
            translations.put(
                    TextLanguage.valueOf(each.substring(0, 2).toUpperCase(Locale.ROOT)),
                    List.of(each.substring(3).split(",")));
        }
        return new Entry(columns[0].isEmpty() ? List.of() : List.of(columns[0].split(",")), translations);
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
