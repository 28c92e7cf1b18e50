package coop.vigie.codes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Languages: three letters as the EU writes them ({@code NLD}), two as everybody else does ({@code nl}). */
public final class Languages {

    /** ISO 639-2/B, as libraries write them. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("ALB", "SQI"),
            Map.entry("ARM", "HYE"),
            Map.entry("BAQ", "EUS"),
            Map.entry("BUR", "MYA"),
            Map.entry("CHI", "ZHO"),
            Map.entry("CZE", "CES"),
            Map.entry("DUT", "NLD"),
            Map.entry("FRE", "FRA"),
            Map.entry("GEO", "KAT"),
            Map.entry("GER", "DEU"),
            Map.entry("GRE", "ELL"),
            Map.entry("ICE", "ISL"),
            Map.entry("MAC", "MKD"),
            Map.entry("MAY", "MSA"),
            Map.entry("PER", "FAS"),
            Map.entry("RUM", "RON"),
            Map.entry("SLO", "SLK"),
            Map.entry("WEL", "CYM"));

    private Languages() {}

    /**
     * The two letters of a language; empty if it is unknown or has none.
     *
     * @param code two or three letters (ISO 639-1, 639-2/T or /B), in any case
     */
    public static Optional<String> iso1(String code) {
        return official(code).flatMap(Table.LANGUAGES::twoLetters);
    }

    /**
     * The language's name.
     *
     * @param code two or three letters, in any case
     * @param language fr, nl, en or de; any other gives English
     */
    public static Optional<String> label(String code, String language) {
        return official(code).flatMap(three -> Table.LANGUAGES.label(three, language));
    }

    /** The two letters of languages whose name in fr, nl, en or de carries all these words, or that are written so. */
    public static List<String> find(String words) {
        return Table.LANGUAGES.find(words, Integer.MAX_VALUE).stream()
                .flatMap(three -> Table.LANGUAGES.twoLetters(three).stream())
                .toList();
    }

    private static Optional<String> official(String code) {
        if (code.length() == 2) {
            return Table.LANGUAGES.ofTwoLetters(code.toLowerCase(Locale.ROOT));
        }
        String upper = code.toUpperCase(Locale.ROOT);
        return Optional.of(BIBLIOGRAPHIC.getOrDefault(upper, upper)).filter(Table.LANGUAGES::has);
    }

    private static final class Table {
        static final CodeTable LANGUAGES = CodeTable.load("languages.tsv");
    }
}
