package coop.vigie.digest;

import java.util.List;
import java.util.Map;

/** The data model of the templates as Markdown. Foreign words stay words: nothing in them becomes markup. */
final class Markdown {

    private final StringBuilder out = new StringBuilder();

    private Markdown() {}

    static String of(Map<String, Object> model) {
        var page = new Markdown();
        page.line("# " + page.text(model, "brand"));
        page.line("");
        page.line(page.text(model, "intro"));
        for (Map<?, ?> block : Page.maps(model, "blocks")) {
            page.line("");
            page.line("## " + page.text(block, "heading"));
            page.line("");
            Page.maps(block, "items").forEach(page::item);
            Page.maps(block, "silent")
                    .forEach(source ->
                            page.line("- " + page.linked(source, "name") + " " + page.text(source, "message")));
            page.optional("- ", block, "more");
        }
        page.line("");
        page.optional("", model, "footer");
        return page.out.toString();
    }

    private void item(Map<?, ?> item) {
        String left = text(item, "left") + text(item, "mark");
        line("- **" + text(item, "date") + "**" + (left.isEmpty() ? "" : " (" + left + ")") + " · "
                + linked(item, "title"));
        for (String key :
                List.of("object", "kind", "facts", "change", "doubt", "also", "why", "picked", "note", "regard")) {
            optional("  - ", item, key);
        }
    }

    private void optional(String before, Map<?, ?> map, String key) {
        String text = text(map, key);
        if (!text.isEmpty()) {
            line(before + text);
        }
    }

    private String linked(Map<?, ?> map, String key) {
        String link = Page.text(map, "link");
        return link.isEmpty() ? text(map, key) : "[" + text(map, key) + "](<" + link + ">)";
    }

    /** CommonMark, section 2.4: a backslash before any ASCII punctuation makes it a plain character. */
    private String text(Map<?, ?> map, String key) {
        return escaped(Page.text(map, key));
    }

    /** The words with every sign that could be markup as a plain character. */
    static String escaped(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]()<>#+!|&~=:.\"'$%^/?@;-]", "\\\\$0");
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
