package coop.vigie.source;

import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An entry that the program itself proposes for {@code feeds.yaml}. Texts may come from a stranger's page: they are quoted, and name
 * no variable of the environment.
 *
 * @param remarks lines of a comment above it, one sentence or so each
 * @param kind as in the file; {@code any} for each item's own
 * @param every as in the file, such as {@code 24h}
 * @param include regular expressions; empty for all
 * @param select CSS selectors by field; empty for none
 */
public record NewEntry(
        List<String> remarks,
        SourceId id,
        SourceType type,
        URI url,
        String name,
        Level level,
        String kind,
        List<String> languages,
        List<String> places,
        String every,
        List<String> include,
        Map<String, String> select,
        boolean allowPrivateNetwork) {

    /** As it stands in the file, line by line, without indentation. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        remarks.forEach(remark -> lines.add("# " + plain(remark)));
        lines.add("- id: " + id);
        lines.add("  type: " + type.code());
        lines.add("  url: " + quoted(url.toString()));
        lines.add("  name: " + quoted(name));
        lines.add("  level: " + level.code());
        if (!kind.equals("any")) {
            lines.add("  kind: " + plain(kind));
        }
        add(lines, "languages", languages.stream().map(NewEntry::plain).toList());
        add(lines, "places", places.stream().map(NewEntry::plain).toList());
        lines.add("  every: " + every);
        add(lines, "include", include.stream().map(NewEntry::quoted).toList());
        add(lines, "select", select);
        if (allowPrivateNetwork) {
            lines.add("  allow-private-network: true");
        }
        lines.add("  verified: never");
        lines.add("  reuse: excerpt");
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, String key, List<String> values) {
        if (!values.isEmpty()) {
            lines.add("  " + key + ": [" + String.join(", ", values) + "]");
        }
    }

    private static void add(List<String> lines, String key, Map<String, String> values) {
        if (!values.isEmpty()) {
            lines.add("  "
                    + key
                    + values.entrySet().stream()
                            .map(each -> each.getKey() + ": " + quoted(each.getValue()))
                            .collect(Collectors.joining(", ", ": { ", " }")));
        }
    }

    private static String quoted(String text) {
        return '"' + plain(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** One line, without signs that no such file may hold. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{C}\\u2028\\u2029]+", " ")
                .replace("${", "$ {")
                .strip();
    }
}
