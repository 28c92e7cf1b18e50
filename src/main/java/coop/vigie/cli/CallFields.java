package coop.vigie.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person says of a call, as options of several commands. */
final class CallFields {

    @Option(names = "--title", paramLabel = "TEXT")
    private @Nullable String title;

    @Option(names = "--title-lang", paramLabel = "fr|nl|en|…")
    private @Nullable String titleLanguage;

    @Option(names = "--text", paramLabel = "TEXT")
    private @Nullable String text;

    @Option(names = "--buyer", paramLabel = "NAME")
    private @Nullable String buyer;

    @Option(names = "--url", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--deadline", paramLabel = "DATE|\"DATE TIME\"|rolling")
    private @Nullable String deadline;

    @Option(names = "--kind", paramLabel = "call|tender|scheme|training")
    private @Nullable String kind;

    @Option(names = "--level", paramLabel = "LEVEL")
    private @Nullable String level;

    @Option(
            names = {"--places", "--place"},
            paramLabel = "NUTS,…")
    private @Nullable List<String> places;

    @Option(names = "--cpv", paramLabel = "CODE,…")
    private @Nullable List<String> cpv;

    @Option(names = "--languages", paramLabel = "LANG,…")
    private @Nullable List<String> languages;

    /** What was given, by the names that {@link coop.vigie.hand.EntryFields} knows; the caller's own. */
    Map<String, String> given() {
        Map<String, String> fields = new HashMap<>();
        put(fields, "title", title);
        put(fields, "title-lang", titleLanguage);
        put(fields, "text", text);
        put(fields, "buyer", buyer);
        put(fields, "url", url);
        put(fields, "deadline", deadline);
        put(fields, "kind", kind);
        put(fields, "level", level);
        put(fields, "places", joined(places));
        put(fields, "cpv", joined(cpv));
        put(fields, "languages", joined(languages));
        return fields;
    }

    static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static @Nullable String joined(@Nullable List<String> values) {
        return values == null ? null : String.join(",", values);
    }
}
