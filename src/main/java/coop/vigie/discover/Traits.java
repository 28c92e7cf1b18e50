package coop.vigie.discover;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for an element as one entry of a list.
 *
 * @param title "" if it has none
 * @param link as written; "" if it has none
 * @param worth 0 if it is none
 */
record Traits(String title, String link, double worth) {

    static final Pattern DATE = Pattern.compile("\\b\\d{1,2}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?(?:\\d{4}|\\d{2})\\b"
            + "|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}(?:er|e|\\.)?\\s+\\p{L}{3,10}\\.?\\s+\\d{4}\\b"
            + "|\\b\\p{L}{3,9}\\s\\d{1,2},\\s\\d{4}\\b");
    static final String HEADINGS = "h1, h2, h3, h4, h5, h6";

    private static final Traits NONE = new Traits("", "", 0);
    private static final int SHORTEST_TITLE = 6;
    private static final int LONE_TITLE = 25;
    private static final int LONGEST = 6_000;
    private static final int MOST_LINKS = 8;
    private static final int TEXT = 30;

    boolean isGood() {
        return worth > 0;
    }

    /** @param heading true if it is a heading with what follows */
    static Traits of(Element scope, boolean heading) {
        String text = scope.text();
        if (text.length() < SHORTEST_TITLE || text.length() > LONGEST) {
            return NONE;
        }
        List<Element> links = links(scope);
        Element headed = heading ? scope.child(0) : heading(scope);
        if ((!heading && headed != null && isOneOfMany(scope, headed)) || links.size() > MOST_LINKS) {
            return NONE;
        }
        Element titled = headed == null ? title(scope, links) : headed;
        String title = titled == null ? "" : titled.text().strip();
        boolean dated = DATE.matcher(text).find() || scope.selectFirst("time[datetime]") != null;
        boolean told = text.length() - title.length() >= TEXT;
        boolean lone = headed == null && !dated && !told;
        boolean vague = scope.normalName().equals("p") && !dated && title.length() * 10 < text.length() * 4;
        if (title.length() < (lone ? LONE_TITLE : SHORTEST_TITLE)
                || (links.isEmpty() && !dated && (heading || headed == null))
                || vague) {
            return NONE;
        }
        String link = links.isEmpty() ? "" : longest(links).attr("href");
        double worth = lone
                ? 0.5
                : 1 + (headed == null ? 0 : 0.8) + (dated ? 1.2 : 0) + (told ? 0.8 : 0) + (links.isEmpty() ? 0 : 0.5);
        return new Traits(title, link, worth);
    }

    /** Its first heading with words; null if there is none. */
    static @Nullable Element heading(Element scope) {
        return scope.select(HEADINGS).stream()
                .filter(each -> !each.text().isBlank())
                .findFirst()
                .orElse(null);
    }

    /** More than one heading of that rank: it holds entries, and is none. */
    private static boolean isOneOfMany(Element scope, Element heading) {
        Elements same = scope.select(heading.normalName());
        return same.stream().filter(each -> !each.text().isBlank()).count() > 1;
    }

    /** Links with different targets that lead away from the page; the element itself may be one. */
    static List<Element> links(Element scope) {
        return scope.select("a[href]").stream()
                .filter(each -> !each.attr("href").matches("(?i)(?:#|javascript:|mailto:|tel:).*|\\s*"))
                .toList();
    }

    static Element longest(List<Element> elements) {
        return elements.stream()
                .max(Comparator.comparingInt(each -> each.text().length()))
                .orElseThrow();
    }

    /** Without a heading: the cell that says most, or what is called a title, or the link that says most. */
    static @Nullable Element title(Element scope, List<Element> links) {
        Element named =
                scope.select("[class*=title], [class*=titre], [class*=titel], [class*=heading], [class*=naam]").stream()
                        .filter(each -> !each.equals(scope) && each.text().length() >= SHORTEST_TITLE)
                        .findFirst()
                        .orElse(null);
        if (named != null) {
            return named;
        }
        if (!links.isEmpty()
                && longest(links).text().length() >= SHORTEST_TITLE
                && !longest(links).equals(scope)) {
            Element link = longest(links);
            boolean says = !link.text()
                    .matches(
                            "(?i)(?:lire|en savoir|voir|read|learn|more|meer|lees|plus|bekijk|ontdek|mehr|weiter|details?)\\b.{0,30}");
            if (says) {
                return link;
            }
        }
        List<Element> cells = scope.normalName().equals("tr") ? scope.select("td") : scope.select("strong, b");
        List<Element> undated = cells.stream()
                .filter(each -> !DATE.matcher(each.text()).find() && each.text().length() >= SHORTEST_TITLE)
                .toList();
        return undated.isEmpty()
                ? (links.contains(scope) ? scope : null)
                : scope.normalName().equals("tr") ? longest(undated) : undated.getFirst();
    }
}
