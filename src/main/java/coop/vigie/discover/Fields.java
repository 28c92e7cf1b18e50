package coop.vigie.discover;

import coop.vigie.parse.HtmlPage;
import coop.vigie.text.DeadlineFinder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Where in the entries of a list their fields are. */
final class Fields {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final int LONGEST_LABELLED = 150;
    private static final int LONGEST_LABEL = 40;
    private static final int SHORTEST_SUMMARY = 40;

    private static final Pattern CLOSES = Pattern.compile(
            "(?i)deadline|date[\\s-]limite|limite|cl[oô]tur|[ée]ch[ée]ance|jusqu|au plus tard|avant le|à remettre|d[ée]p[oô]t"
                    + "|uiterlijk|uiterste|indien|sluit|einddatum|tot en met|t/m|(?:inschrijven|aanmelden) (?:tot|voor)"
                    + "|closes|closing|\\bdue\\b|apply by|until|expir|frist|bis zum");
    private static final Pattern PUBLISHED = Pattern.compile(
            "(?i)publi|posted|post[ée] le|mis en ligne|geplaatst|gepost|submitted|created|entry-date|news-date|veröffentlicht");

    /** A date, and what the words beside it make of it. */
    private record Dated(Element element, boolean closes, boolean published) {}

    private final HtmlPage page;
    private final List<Element> scopes;
    private final LocalDate today;

    Fields(HtmlPage page, List<Element> scopes, Instant now) {
        this.page = page;
        this.scopes = scopes;
        this.today = LocalDate.ofInstant(now, ZONE);
    }

    /** By field; those that are not found in most entries are left out. */
    Map<String, String> selectors() {
        var found = new LinkedHashMap<String, String>();
        List<@Nullable Element> titles = picks(Fields::title);
        Selectors.within(scopes, titles, true).ifPresent(css -> found.put("title", css));
        links(titles).ifPresent(css -> found.put("link", css));
        List<List<Dated>> dates = scopes.stream().map(this::dates).toList();
        List<@Nullable Element> closing = first(dates, Dated::closes);
        Selectors.within(scopes, closing, true).ifPresent(css -> found.put("deadline", css));
        List<@Nullable Element> published = first(dates, Dated::published);
        if (published.stream().allMatch(Objects::isNull)) {
            // Days without a word that lie behind us all are those of publication; one ahead may be anything.
            List<@Nullable Element> bare = first(dates, dated -> !dated.closes());
            boolean past = bare.stream().filter(Objects::nonNull).allMatch(this::isPast);
            published = past ? bare : published;
        }
        Selectors.within(scopes, published, false)
                .filter(css -> !css.equals(found.get("deadline")))
                .ifPresent(css -> found.put("published", css));
        Selectors.within(scopes, picks(Fields::summary), false).ifPresent(css -> found.put("summary", css));
        return found;
    }

    private interface Pick {
        @Nullable
        Element in(Element scope);
    }

    private List<@Nullable Element> picks(Pick pick) {
        List<@Nullable Element> picks = new ArrayList<>();
        scopes.forEach(scope -> picks.add(pick.in(scope)));
        return picks;
    }

    private static @Nullable Element title(Element scope) {
        Element heading = Traits.heading(scope);
        if (heading != null) {
            return heading;
        }
        Element term = scope.selectFirst("dt");
        return term == null ? Traits.title(scope, Traits.links(scope)) : term;
    }

    private Optional<String> links(List<@Nullable Element> titles) {
        if (scopes.stream().allMatch(scope -> scope.normalName().equals("a"))) {
            return Optional.of("@href");
        }
        List<@Nullable Element> links = new ArrayList<>();
        for (int i = 0; i < scopes.size(); i++) {
            links.add(link(scopes.get(i), titles.get(i)));
        }
        return Selectors.within(scopes, links, true).map(css -> css + "@href");
    }

    private static @Nullable Element link(Element scope, @Nullable Element title) {
        List<Element> all = Traits.links(scope);
        if (title != null) {
            for (Element link : all) {
                if (link.equals(title)
                        || title.parents().contains(link)
                        || link.parents().contains(title)) {
                    return link;
                }
            }
        }
        return all.isEmpty() ? null : Traits.longest(all);
    }

    private List<@Nullable Element> first(List<List<Dated>> dates, Predicate<Dated> which) {
        List<@Nullable Element> first = new ArrayList<>();
        dates.forEach(each -> first.add(
                each.stream().filter(which).map(Dated::element).findFirst().orElse(null)));
        return first;
    }

    /** Short elements that say a date, in their order; running text is the parser's to read. */
    private List<Dated> dates(Element scope) {
        var found = new ArrayList<Dated>();
        for (Element element : scope.select("*")) {
            boolean dated = isDated(element) && element.children().stream().noneMatch(Fields::isDated);
            if (dated && !element.equals(scope) && element.text().length() <= LONGEST_LABELLED) {
                found.add(labelled(element, scope));
            }
        }
        return found;
    }

    private static boolean isDated(Element element) {
        return element.hasAttr("datetime")
                || Traits.DATE.matcher(element.text()).find();
    }

    /** With the element around it that says what the date is, or by the label before it or above its column. */
    private Dated labelled(Element date, Element scope) {
        for (Element each = date; each != null && !each.equals(scope) && isAlone(each); each = each.parent()) {
            if (Traits.heading(each) != null) {
                break;
            }
            String words = each.text() + " " + each.className();
            Element before = each.previousElementSibling();
            String label =
                    before == null || before.text().length() > LONGEST_LABEL || isDated(before) ? "" : before.text();
            String column = column(each);
            if (CLOSES.matcher(words).find()) {
                return new Dated(each, true, false);
            }
            if (CLOSES.matcher(column).find()
                    || (column.isEmpty() && CLOSES.matcher(label).find())) {
                return new Dated(date, true, false);
            }
            if (PUBLISHED
                    .matcher(words + " " + column + " " + (column.isEmpty() ? label : ""))
                    .find()) {
                return new Dated(date, false, true);
            }
        }
        return new Dated(date, false, false);
    }

    private static boolean isAlone(Element element) {
        return element.text().length() <= LONGEST_LABELLED
                && Traits.DATE.matcher(element.text()).results().count() <= 1;
    }

    /** The words above the column of a cell; "" if it is none. */
    private static String column(Element cell) {
        Element table = cell.normalName().equals("td") ? cell.closest("table") : null;
        Element head = table == null ? null : table.selectFirst("tr:has(th)");
        int place = cell.elementSiblingIndex();
        return head == null || head.childrenSize() <= place
                ? ""
                : head.child(place).text();
    }

    private boolean isPast(Element element) {
        String machine = element.attr("datetime");
        if (machine.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            return machine.substring(0, 10).compareTo(today.toString()) <= 0;
        }
        return DeadlineFinder.dates(element.text(), null, ZoneOffset.UTC, page.language()).stream()
                .findFirst()
                .map(found -> found.value())
                .filter(value -> !value.isAfter(today))
                .isPresent();
    }

    /** The longest of what is called a summary, or of its paragraphs. */
    private static @Nullable Element summary(Element scope) {
        List<Element> texts = scope
                .select(
                        "p, [class*=summary], [class*=teaser-text], [class*=intro], [class*=excerpt], [class*=body], [class*=descr], [class*=chapo]")
                .stream()
                .filter(each -> !each.equals(scope)
                        && each.text().length() >= SHORTEST_SUMMARY
                        && Traits.heading(each) == null
                        && each.closest(Traits.HEADINGS) == null)
                .toList();
        return texts.isEmpty() ? null : Traits.longest(texts);
    }
}
