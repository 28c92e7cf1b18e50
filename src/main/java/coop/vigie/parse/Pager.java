package coop.vigie.parse;

import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds the link to the next page of a list where no selector names it: {@code rel=next}; else a link that says "next" by its
 * words, label or class; else, in a row of page numbers, the number after the current one.
 *
 * <p>A missed page is missed calls, while a page too many costs one request: so what looks like a next page is followed, but
 * only on the same site, never to the page itself, and not out of a carousel or calendar.
 */
final class Pager {

    private static final Pattern NEXT_WORDS = Pattern.compile(
            "(?:(?:page|pagina|seite|results?|résultats|resultaten|go to|aller à la|naar de|zur)\\W{0,3}){0,2}"
                    + "(?:next|suivante?s?|volgende?|nächste[rs]?|older|plus anciens?|oudere?|ältere)"
                    + "(?:\\W{0,3}(?:page|pagina|seite|pages|posts|entries|articles|berichten|beiträge|items|results|résultats"
                    + "|resultaten|\\d{1,3})){0,2}");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\d]+|[^\\p{L}\\d]+$");
    private static final Pattern ARROW = Pattern.compile("[\\s.]*(?:[»›>→▶⟩❯]|>>|››)[\\s.]*");
    private static final Pattern NEXT_CLASS = Pattern.compile(
            "(?i)(?:^|[\\s_-]|pager|page|pagination)(?:next|suivante?|volgende|nextpostslink)(?:$|[\\s_-]|page|link|posts)");
    private static final Pattern BACK =
            Pattern.compile("(?i)(?:^|[\\s_-])(?:prev|previous|pr[ée]c[ée]dente?|vorige|zurück)(?:$|[\\s_-])");
    private static final Pattern PAGER = Pattern.compile(
            "(?i)pager|pagin(?:at|er|e\\b)|page-?n(?:av|umber)|pagenav|nav-links|(?:^|[\\s_-])(?:pages?|paging|posts-navigation)(?:$|[\\s_-])");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?i)carousel|slide|swiper|gallery|calendar|lightbox|comment");
    private static final Pattern CURRENT =
            Pattern.compile("(?i)(?:^|[\\s_-])(?:current|active|selected|actif)(?:$|[\\s_-])");
    private static final int PARENTS = 5;
    private static final int ENOUGH = 3;

    private final HtmlPage page;

    private Pager(HtmlPage page) {
        this.page = page;
    }

    /** Null if nothing looks like it. */
    static @Nullable URI find(HtmlPage page) {
        return new Pager(page).find();
    }

    /** The address of another page that an element links to; null if it is none or the page itself. */
    static @Nullable URI target(HtmlPage page, String written) {
        String address = page.absolute(written);
        if (address == null) {
            return null;
        }
        String other = withoutFragment(address);
        return other.equals(withoutFragment(page.address().toString())) ? null : URI.create(other);
    }

    private static String withoutFragment(String address) {
        return address.replaceFirst("#.*", "");
    }

    private @Nullable URI find() {
        for (Element link : page.document().select("link[rel~=(?i)\\bnext\\b][href], a[rel~=(?i)\\bnext\\b][href]")) {
            URI target = sameSite(link);
            if (target != null && !isElsewhere(link)) {
                return target;
            }
        }
        Element best = null;
        int most = ENOUGH - 1;
        for (Element link : page.document().select("a[href]")) {
            int score = score(link);
            if (score > most && sameSite(link) != null) {
                most = score;
                best = link;
            }
        }
        return best == null ? afterCurrent() : sameSite(best);
    }

    private @Nullable URI sameSite(Element link) {
        URI target = target(page, link.attr("href"));
        return target != null && target.getHost() != null && host(target).equals(host(page.address())) ? target : null;
    }

    private static String host(URI uri) {
        return uri.getHost() == null
                ? ""
                : uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    }

    private int score(Element link) {
        String classes = names(link) + " " + (link.parent() == null ? "" : names(link.parent()));
        String text = CleanHtml.line(link.text());
        if (BACK.matcher(classes).find() && !NEXT_CLASS.matcher(names(link)).find()) {
            return 0;
        }
        int score = NEXT_CLASS.matcher(classes).find() ? 2 : 0;
        boolean says = List.of(text, link.attr("aria-label"), link.attr("title"), alternative(link)).stream()
                .map(words -> EDGES.matcher(words.toLowerCase(Locale.ROOT)).replaceAll(""))
                .anyMatch(words -> NEXT_WORDS.matcher(words).matches());
        score += says ? 2 : ARROW.matcher(text).matches() ? 1 : 0;
        if (score == 0 || isElsewhere(link)) {
            return 0;
        }
        return score + (isInPager(link) ? 2 : 0) + (looksNumbered(link) ? 1 : 0);
    }

    private static String alternative(Element link) {
        Element image = link.selectFirst("img[alt]");
        return image == null ? "" : image.attr("alt");
    }

    /** An address with a page number in it. */
    private static boolean looksNumbered(Element link) {
        return link.attr("href")
                .matches("(?i).*(?:page|paged|pageno|pg|p|start|offset|pointer\\]?|pointer%5d)[=/_-]?\\d+.*");
    }

    private static String names(Element element) {
        return element.className() + " " + element.id();
    }

    private static boolean isInPager(Element link) {
        return around(link, PAGER);
    }

    private static boolean isElsewhere(Element link) {
        return around(link, ELSEWHERE);
    }

    private static boolean around(Element link, Pattern pattern) {
        Element element = link;
        for (int i = 0; i <= PARENTS && element != null; i++) {
            if (pattern.matcher(names(element) + " " + element.attr("aria-label") + " " + element.attr("role"))
                    .find()) {
                return true;
            }
            element = element.parent();
        }
        return false;
    }

    /** In "1 2 [3] 4 5" the link 4. */
    private @Nullable URI afterCurrent() {
        for (Element link : page.document().select("a[href]")) {
            String text = link.text().strip();
            if (text.matches("\\d{1,4}") && isInPager(link) && !isElsewhere(link) && sameSite(link) != null) {
                Element before = before(link);
                int number = Integer.parseInt(text);
                if (before != null
                        && before.text().strip().matches("\\D{0,12}" + (number - 1) + "\\D{0,12}")
                        && isCurrent(before)) {
                    return sameSite(link);
                }
            }
        }
        return null;
    }

    private static @Nullable Element before(Element link) {
        Element own = link.previousElementSibling();
        return own != null || link.parent() == null ? own : link.parent().previousElementSibling();
    }

    private boolean isCurrent(Element element) {
        boolean linked = element.select("a[href]").stream().anyMatch(link -> sameSite(link) != null);
        return !linked
                || CURRENT.matcher(names(element)).find()
                || element.selectFirst("[aria-current], .current, .active") != null;
    }
}
