package coop.vigie.codes;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Countries, by two or three letters (ISO 3166-1) in any case. */
public final class Countries {

    private Countries() {}

    /** BEL and BE give BE. */
    public static Optional<String> iso2(String code) {
        return official(code).flatMap(Table.COUNTRIES::twoLetters);
    }

    /** BE and BEL give BEL. */
    public static Optional<String> iso3(String code) {
        return official(code);
    }

    /** @param language fr, nl, en or de; any other gives English */
    public static Optional<String> label(String code, String language) {
        return official(code).flatMap(three -> Table.COUNTRIES.label(three, language));
    }

    /**
     * The zone in which dates of a public body there are meant: that of the capital where a country has several. Known
     * for Europe, its neighbours and its overseas territories; empty for the rest of the world.
     */
    public static Optional<ZoneId> zone(String code) {
        return iso2(code).flatMap(Zones::of);
    }

    private static Optional<String> official(String code) {
        String upper = code.toUpperCase(Locale.ROOT);
        return upper.length() == 2
                ? Table.COUNTRIES.ofTwoLetters(upper)
                : Optional.of(upper).filter(Table.COUNTRIES::has);
    }

    private static final class Table {
        static final CodeTable COUNTRIES = CodeTable.load("countries.tsv");
    }
}
