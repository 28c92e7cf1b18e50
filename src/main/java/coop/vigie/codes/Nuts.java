package coop.vigie.codes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
     * Codes whose name carries all these words, or that are written so; accents and case do not matter. Whole names first, then
     * whole words, then beginnings; within that, larger places first. Places in Belgium are also known by the names that their
     * neighbours give them, which come before all others: "Gand", "Luik".
     *
     * @param limit at most so many
     */
    public static List<String> find(String words, int limit) {
        List<String> wanted = Folded.words(words);
        return Stream.concat(
                        Neighbours.CODES.getOrDefault(String.join(" ", wanted), List.of()).stream(),
                        Table.NUTS.find(words, limit).stream())
                .distinct()
                .limit(limit)
                .toList();
    }

    /**
     * Places of that name, or with this word in it, as {@link #find} finds them; never by the beginning of a word.
     *
     * @param limit at most so many
     */
    public static List<String> named(String name, int limit) {
        List<String> wanted = Folded.words(name);
        return find(name, Integer.MAX_VALUE).stream()
                .filter(code -> Neighbours.CODES
                                .getOrDefault(String.join(" ", wanted), List.of())
                                .contains(code)
                        || new HashSet<>(Folded.words(label(code, "en").orElse(""))).containsAll(wanted))
                .limit(limit)
                .toList();
    }

    /**
     * Codes that somebody may mean who writes one that is in no list: those of which one character is another, missing or too
     * many; where there are none, the nearest region around it and those in that.
     *
     * @param code that {@link #isCode}
     * @param limit at most so many
     */
    public static List<String> nearest(String code, int limit) {
        // Any two letters are nearly those of many countries.
        List<String> near = code.length() < 3
                ? List.of()
                : Table.NUTS.codes().stream()
                        .filter(each -> covers(code.substring(0, 2), each))
                        .filter(each -> each.length() > 2 && EditDistance.between(each, code, 1) == 1)
                        .limit(limit)
                        .toList();
        if (!near.isEmpty()) {
            return near;
        }
        String around = code;
        while (around.length() > 2 && !known(around)) {
            around = around.substring(0, around.length() - 1);
        }
        String region = around;
        return Table.NUTS.codes().stream()
                .filter(each -> covers(region, each) && each.length() <= region.length() + 1)
                .limit(limit)
                .toList();
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

    /** Names, folded, that the official list does not have: it calls each region as that calls itself. */
    private static final class Neighbours {

        private static final String TABLE = "places.tsv";

        static final Map<String, List<String>> CODES = read();

        private static Map<String, List<String>> read() {
            try (InputStream in = Nuts.class.getResourceAsStream(TABLE)) {
                if (in == null) {
                    throw new MissingCodeTable(TABLE, null);
                }
                var codes = new HashMap<String, List<String>>();
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> line.split("\t"))
                        .forEach(row -> {
                            for (String name : row[1].split("\\|")) {
                                codes.computeIfAbsent(String.join(" ", Folded.words(name)), any -> new ArrayList<>())
                                        .add(row[0]);
                            }
                        });
                return codes;
            } catch (IOException e) {
                throw new MissingCodeTable(TABLE, e);
            }
        }
    }
}
