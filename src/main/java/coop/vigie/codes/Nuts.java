package coop.vigie.codes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The EU's names for regions: a country's two letters, then up to three letters or digits, each one level down
 * ({@code BE}, {@code BE1}, {@code BE10}, {@code BE100}). Its tree is in the letters, so it also holds for codes of older
 * versions, which have no label here.
 */
public final class Nuts {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9A-Z]{0,3}");

    /** Where NUTS departs from ISO 3166. */
    private static final Map<String, String> NOT_ISO = Map.of("GR", "EL", "GB", "UK");

    private Nuts() {}

    /** True if it looks like a NUTS code of any version and level. */
    public static boolean isCode(String text) {
        return FORM.matcher(text).matches();
    }

    public static boolean known(String code) {
        return Table.NUTS.has(code);
    }

    /** All codes of the newest version, in the official order. */
    public static List<String> codes() {
        return List.copyOf(Table.NUTS.codes());
    }

    /**
     * The region's name; countries in the reader's language, regions as they call themselves.
     *
     * @param language fr, nl, en or de; any other gives English
     */
    public static Optional<String> label(String code, String language) {
        return code.length() == 2
                ? Countries.label(country(code), language).or(() -> Table.NUTS.label(code, language))
                : Table.NUTS.label(code, language);
    }

    /** 0 for a country to 3 for the smallest region; empty if it is no such code. */
    public static Optional<Integer> level(String code) {
        return isCode(code) ? Optional.of(code.length() - 2) : Optional.empty();
    }

    /** The region around it; empty for countries and for what is no such code. */
    public static Optional<String> parent(String code) {
        return isCode(code) && code.length() > 2 ? Optional.of(code.substring(0, code.length() - 1)) : Optional.empty();
    }

    /** True if {@code code} is {@code ancestor} or lies in it. */
    public static boolean covers(String ancestor, String code) {
        return !ancestor.isEmpty() && code.startsWith(ancestor);
    }

    /**
     * Codes whose name in fr, nl, en or de carries all these words, or that are written so; accents and case do not matter. Whole
     * names first, then whole words, then beginnings; within that, larger places first.
     *
     * @param limit at most so many
     */
    public static List<String> find(String words, int limit) {
        return Table.NUTS.find(words, limit);
    }

    /**
     * A country as NUTS writes it: EL and UK, where ISO has GR and GB.
     *
     * @param iso two or three letters
     */
    public static Optional<String> ofCountry(String iso) {
        return Countries.iso2(iso).map(two -> NOT_ISO.getOrDefault(two, two));
    }

    private static String country(String nuts) {
        return switch (nuts) {
            case "EL" -> "GR";
            case "UK" -> "GB";
            default -> nuts;
        };
    }

    private static final class Table {
        static final CodeTable NUTS = CodeTable.load("nuts.tsv");
    }
}
