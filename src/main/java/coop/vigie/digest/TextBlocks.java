package coop.vigie.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An edition as short plain blocks, to paste where there is no room for a page: of each item date, title and link. Items
 * stay whole; a heading stands in the block of its first item.
 */
public final class TextBlocks {

    private static final String GAP = "\n\n";

    private final List<String> blocks = new ArrayList<>();
    private final StringBuilder block = new StringBuilder();
    private final int length;

    private TextBlocks(int length) {
        this.length = length;
    }

    /**
     * The blocks, at least one.
     *
     * @param length of a block at most, in UTF-16 units; only an item whose date and link alone are longer makes a longer
     *     block, of its own
     */
    public static List<String> of(Edition edition, Frame frame, int length) {
        var page = new Page(edition, frame);
        var text = new TextBlocks(length);
        Map<String, Object> model = page.model(0);
        text.add(shortened(Page.text(model, "brand") + "\n", Page.text(model, "intro"), "", length));
        for (Map<?, ?> block : Page.maps(model, "blocks")) {
            String heading = Page.text(block, "heading").toUpperCase(java.util.Locale.ROOT) + "\n";
            for (Map<?, ?> item : Page.maps(block, "items")) {
                text.add(item(heading, item, length));
                heading = "";
            }
            for (Map<?, ?> source : Page.maps(block, "silent")) {
                text.add(silent(heading, source, length));
                heading = "";
            }
            String more = Page.text(block, "more");
            if (!more.isEmpty()) {
                text.add(heading + more);
            }
        }
        text.end();
        return List.copyOf(text.blocks);
    }

    private static String item(String heading, Map<?, ?> item, int length) {
        String mark = Page.text(item, "mark");
        String date = Page.text(item, "date") + (mark.isEmpty() ? "" : " (" + mark + ")") + " · ";
        return shortened(heading + date, Page.text(item, "title"), link(item), length);
    }

    private static String silent(String heading, Map<?, ?> source, int length) {
        return shortened(
                heading, Page.text(source, "name"), ", " + Page.text(source, "message") + link(source), length);
    }

    private static String link(Map<?, ?> item) {
        String link = Page.text(item, "link");
        return link.isEmpty() ? "" : "\n" + link;
    }

    /** Before, words and after; of the words as much as there is room for. */
    private static String shortened(String before, String words, String after, int length) {
        int room = length - before.length() - after.length();
        String shown = words;
        if (words.length() > room) {
            int end = Math.max(0, room - 1);
            if (end > 0 && Character.isHighSurrogate(words.charAt(end - 1))) {
                end--;
            }
            shown = words.substring(0, end).stripTrailing() + "…";
        }
        return before + shown + after;
    }

    private void add(String unit) {
        if (!block.isEmpty() && block.length() + GAP.length() + unit.length() > length) {
            end();
        }
        block.append(block.isEmpty() ? "" : GAP).append(unit);
    }

    private void end() {
        blocks.add(block.toString());
        block.setLength(0);
    }
}
