package coop.vigie.newsletter;

import coop.vigie.digest.CallWords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data model of the templates as Markdown. Foreign words stay words: nothing in them becomes markup. */
final class FragmentMarkdown {

    private final StringBuilder out = new StringBuilder();

    FragmentMarkdown(Map<String, Object> model) {
        prose(model.get("intro"));
        for (Map<?, ?> section : maps(model.get("sections"))) {
            paragraph("## " + words(section, "heading"));
            prose(section.get("own"));
            for (Map<?, ?> theme : maps(section.get("themes"))) {
                if (!words(theme, "heading").isEmpty()) {
                    paragraph("### " + words(theme, "heading"));
                }
                maps(theme.get("items")).forEach(this::item);
            }
        }
    }

    String text() {
        return out.toString();
    }

    private void item(Map<?, ?> item) {
        String warning = words(item, "mark");
        var line = new StringBuilder("**" + words(item, "date") + "**")
                .append(warning.isEmpty() ? "" : " (" + warning + ")")
                .append(" · ")
                .append(linked(item));
        for (String key : List.of("object", "kind", "facts", "doubt", "also")) {
            if (!words(item, key).isEmpty()) {
                line.append(key.equals("object") ? " " : " · ").append(words(item, key));
            }
        }
        paragraph(line.toString());
        prose(item.get("comment"));
    }

    private static String linked(Map<?, ?> item) {
        String link = plain(item, "link");
        return link.isEmpty() ? words(item, "title") : "[" + words(item, "title") + "](<" + link + ">)";
    }

    private void prose(@Nullable Object prose) {
        if (prose instanceof Map<?, ?> map) {
            paragraph(plain(map, "md"));
        }
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            out.append(out.isEmpty() ? "" : "\n").append(text).append('\n');
        }
    }

    private static String words(Map<?, ?> map, String key) {
        return CallWords.markdown(plain(map, key).replace('\n', ' '));
    }

    private static String plain(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    private static List<Map<?, ?>> maps(@Nullable Object many) {
        return many instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList()
                : List.of();
    }
}
