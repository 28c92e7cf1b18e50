package coop.vigie.parse;

import coop.vigie.parse.FieldDates.Written;
import coop.vigie.text.CleanHtml;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list page and what the selectors find in it.
 *
 * @param scope the item's element; for a heading, an element that holds it and what follows up to the next one
 * @param title on one line; "" if there is none
 * @param titleMadeUp true if it was taken from the text
 * @param link absolute http or https address; null if there is none
 * @param badLink what the link selector found instead of such an address; "" if nothing
 * @param anchor id of a heading, by which its page can be opened at it; "" if none
 * @param summary as the selector found it, or else all of the entry but its title
 * @param text all of the entry
 * @param found the fields whose selector matched
 */
record ListEntry(
        Element scope,
        String title,
        boolean titleMadeUp,
        @Nullable String link,
        String badLink,
        String anchor,
        String summary,
        String text,
        @Nullable Written published,
        @Nullable Written deadline,
        Set<String> found) {

    private static final int TITLE_LENGTH = 120;
    private static final String HEADINGS = "h1, h2, h3, h4, h5, h6";

    /** @param items all items of the page: a heading ends where the next one begins */
    static ListEntry of(Element item, Set<Element> items, Map<String, FieldSelector> select, HtmlPage page) {
        return new Reading(scope(item, items), select, page).entry(isHeading(item) ? item.id() : "");
    }

    static boolean isHeading(Element item) {
        return item.normalName().matches("h[1-6]|dt");
    }

    /** What belongs to an item. */
    static Element scope(Element item, Set<Element> items) {
        return isHeading(item) ? section(item, items) : item;
    }

    /** A heading with all that follows it, up to the next item or a heading of the same rank. */
    private static Element section(Element heading, Set<Element> items) {
        Document shell = Document.createShell(heading.baseUri());
        shell.outputSettings().prettyPrint(false);
        Element section = shell.body().appendElement("div");
        section.appendChild(heading.clone());
        for (Element next = heading.nextElementSibling(); next != null; next = next.nextElementSibling()) {
            if (items.contains(next) || isSameRank(heading, next)) {
                break;
            }
            section.appendChild(next.clone());
        }
        return section;
    }

    private static boolean isSameRank(Element heading, Element next) {
        return heading.normalName().equals("dt")
                ? next.normalName().equals("dt")
                : next.normalName().matches("h[1-6]") && next.normalName().compareTo(heading.normalName()) <= 0;
    }

    private static final class Reading {
        private final Element scope;
        private final Map<String, FieldSelector> select;
        private final HtmlPage page;
        private final Set<String> found = new HashSet<>();

        Reading(Element scope, Map<String, FieldSelector> select, HtmlPage page) {
            this.scope = scope;
            this.select = select;
            this.page = page;
        }

        ListEntry entry(String anchor) {
            String text = FieldSelector.text(scope);
            Element titled = select("title");
            Element linked = select("link");
            String title = titled == null ? "" : CleanHtml.line(value("title", titled));
            if (title.isEmpty()) {
                title = ownTitle(linked);
            }
            String written = linked == null ? "" : address("link", linked);
            String link = written.isEmpty() ? null : page.absolute(written);
            String badLink = link == null ? written : "";
            if (link == null && select.get("link") == null) {
                link = ownLink(titled);
            }
            boolean madeUp = title.isEmpty() && !text.isBlank();
            Element summarised = select("summary");
            String summary = summarised == null ? "" : value("summary", summarised);
            return new ListEntry(
                    scope,
                    madeUp ? firstWords(CleanHtml.line(text)) : title,
                    madeUp,
                    link,
                    badLink,
                    anchor,
                    summary.isBlank() ? without(title, text) : summary,
                    text,
                    written("published"),
                    written("deadline"),
                    Set.copyOf(found));
        }

        private @Nullable Element select(String field) {
            FieldSelector selector = select.get(field);
            Element element = selector == null ? null : selector.first(scope);
            if (element != null) {
                found.add(field);
            }
            return element;
        }

        private String value(String field, Element element) {
            FieldSelector selector = select.get(field);
            return selector == null ? "" : selector.value(element);
        }

        /** Of the attribute that is asked for, else of the link that the element is, holds or stands in. */
        private String address(String field, Element element) {
            FieldSelector selector = select.get(field);
            if (selector != null && selector.attribute() != null) {
                return selector.value(element);
            }
            Element link = anchor(element);
            return link == null ? "" : link.attr("href");
        }

        private static @Nullable Element anchor(Element element) {
            Element inside = element.selectFirst("a[href]");
            return inside == null ? element.closest("a[href]") : inside;
        }

        private @Nullable Written written(String field) {
            Element element = select(field);
            FieldSelector selector = select.get(field);
            return element == null || selector == null ? null : Written.of(selector, element);
        }

        /** Without a title of its own: its heading, else the words of its link. */
        private String ownTitle(@Nullable Element linked) {
            Element heading = scope.selectFirst(HEADINGS);
            String title = heading == null ? "" : CleanHtml.line(FieldSelector.text(heading));
            return title.isEmpty() && linked != null ? CleanHtml.line(FieldSelector.text(linked)) : title;
        }

        /** Without a link selector: the link in or around the title, else the only one there is. */
        private @Nullable String ownLink(@Nullable Element titled) {
            Element near = titled == null ? null : anchor(titled);
            String link = near == null ? null : page.absolute(near.attr("href"));
            if (link != null) {
                return link;
            }
            List<String> all = scope.select("a[href]").stream()
                    .map(each -> page.absolute(each.attr("href")))
                    .filter(each -> each != null)
                    .distinct()
                    .toList();
            return all.size() == 1 ? all.getFirst() : null;
        }

        private static String without(String title, String text) {
            return text.lines()
                    .filter(line -> !line.equals(title))
                    .reduce((one, other) -> one + "\n" + other)
                    .orElse("");
        }

        private static String firstWords(String words) {
            if (words.length() <= TITLE_LENGTH) {
                return words;
            }
            int cut = words.lastIndexOf(' ', TITLE_LENGTH);
            return words.substring(0, cut < TITLE_LENGTH / 2 ? TITLE_LENGTH : cut) + "…";
        }
    }
}
