package coop.vigie.discover;

import coop.vigie.parse.HtmlListParser;
import coop.vigie.parse.HtmlPage;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the blocks that repeat on a page, and the selectors that say where they are and where in them the fields. */
final class Blocks {

    private static final int MOST_ELEMENTS = 20_000;
    private static final int MOST_COUNTED = 30;
    private static final int MOST_HEADINGS = 200;
    private static final String IN_MAIN = "main, [role=main], #content, #main, #main-content, .region-content";

    private static final Set<String> ITEMS =
            Set.of("li", "article", "div", "section", "tr", "a", "p", "details", "dt", "h2", "h3", "h4", "h5");
    private static final Pattern HEADING = Pattern.compile("h[2-5]|dt");
    private static final Pattern ELSEWHERE_TAG =
            Pattern.compile("nav|footer|aside|form|script|style|noscript|template|iframe|svg|select|dialog");
    private static final Pattern ELSEWHERE_ROLE =
            Pattern.compile("navigation|banner|contentinfo|search|complementary|menu(?:bar)?|dialog|tablist");
    private static final Pattern ELSEWHERE_NAME = Pattern.compile(
            "(?i)(?:^|[\\s_-])(?:nav|navbar|navigation|menu|megamenu|submenu|breadcrumbs?|fil-?d-?ariane|kruimelpad"
                    + "|pager|pagination|footer|sidebar|share|sharing|social|cookies?|lang(?:uage)?-?(?:switch\\w*|select\\w*|menu)?|toolbar|skip"
                    + "|related|comments?|facets?|filters?|tabs|toc)(?:$|[\\s_-])");

    /** Elements that look alike. */
    private record Group(List<Element> items, List<Element> scopes, double score, boolean named, int depth) {}

    private final HtmlPage page;
    private final Map<String, List<Element>> byPath = new LinkedHashMap<>();
    private final Map<Element, Traits> traits = new HashMap<>();
    private int seen;

    private Blocks(HtmlPage page) {
        this.page = page;
    }

    /**
     * @param next address of the next page, if there is one
     * @param now a list of days before it holds no deadlines
     * @return the selectors of {@code html-list} by field; empty if nothing repeats that could be a list of calls
     */
    static Optional<Map<String, String>> find(HtmlPage page, @Nullable URI next, Instant now) {
        return new Blocks(page).find(next, now);
    }

    private Optional<Map<String, String>> find(@Nullable URI next, Instant now) {
        collect(page.document().body(), "body");
        List<Group> groups = new ArrayList<>();
        byPath.values().forEach(elements -> groups.addAll(groups(elements)));
        groups.sort(Comparator.comparingDouble(Group::score)
                .reversed()
                .thenComparing(group -> !group.named())
                .thenComparingInt(Group::depth));
        for (Group group : groups) {
            Optional<String> item = Selectors.of(page.document(), group.items());
            if (item.isPresent()) {
                var select = new LinkedHashMap<String, String>();
                select.put("item", item.get());
                select.putAll(new Fields(page, group.scopes(), now).selectors());
                if (select.containsKey("title") || select.containsKey("link")) {
                    Selectors.next(page, next).ifPresent(css -> select.put("next", css));
                    return Optional.of(select);
                }
            }
        }
        return Optional.empty();
    }

    /** Puts each element that may be an item to those on the same path of tags. */
    private void collect(Element parent, String path) {
        for (Element child : parent.children()) {
            if (++seen > MOST_ELEMENTS || isElsewhere(child)) {
                continue;
            }
            String own = path + " > " + child.normalName();
            if (ITEMS.contains(child.normalName())) {
                byPath.computeIfAbsent(own, key -> new ArrayList<>()).add(child);
            }
            collect(child, own);
        }
    }

    /** In a menu, head, foot or margin; whatever holds the page's main heading is none of these, whatever its name. */
    private static boolean isElsewhere(Element element) {
        String tag = element.normalName();
        if (ELSEWHERE_TAG.matcher(tag).matches()) {
            // Old sites put the whole page into one form.
            return !tag.equals("form") || element.selectFirst("main, h1, table, article") == null;
        }
        boolean head = tag.equals("header") && element.closest("article, li, main, section") == null;
        boolean named = ELSEWHERE_ROLE.matcher(element.attr("role")).matches()
                || ELSEWHERE_NAME
                        .matcher(element.className() + " " + element.id())
                        .find();
        return (head || named) && element.selectFirst("main, [role=main], h1, article") == null;
    }

    /** All of them, and those that have a class in common. */
    private List<Group> groups(List<Element> elements) {
        if (elements.size() < 2) {
            return List.of();
        }
        Map<String, List<Element>> byClass = new LinkedHashMap<>();
        for (Element element : elements) {
            element.classNames().stream()
                    .filter(Selectors::isStable)
                    .forEach(name -> byClass.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(element));
        }
        Set<List<Element>> sets = new HashSet<>(byClass.values());
        sets.add(elements);
        return sets.stream().map(this::group).flatMap(Optional::stream).toList();
    }

    private Optional<Group> group(List<Element> all) {
        List<Element> items = all.stream()
                .filter(item -> !item.normalName().equals("tr") || item.selectFirst("td") != null)
                .toList();
        Element first = items.isEmpty() ? null : items.getFirst();
        if (first == null || items.size() < 2) {
            return Optional.empty();
        }
        boolean headings = HEADING.matcher(first.normalName()).matches();
        if (headings && items.size() > MOST_HEADINGS) {
            return Optional.empty();
        }
        Set<Element> known = Set.copyOf(items);
        List<Element> scopes =
                items.stream().map(item -> HtmlListParser.scope(item, known)).toList();
        List<Traits> found = scopes.stream()
                .map(scope ->
                        headings ? Traits.of(scope, true) : traits.computeIfAbsent(scope, key -> Traits.of(key, false)))
                .toList();
        List<Traits> good = found.stream().filter(Traits::isGood).toList();
        int bad = found.size() - good.size();
        double sum = good.stream().mapToDouble(Traits::worth).sum();
        boolean enough = good.size() > 2 || (good.size() == 2 && sum > 5.6);
        if (!enough || bad * 4 > good.size() || !differ(good)) {
            return Optional.empty();
        }
        double counted = good.size() > MOST_COUNTED ? sum / good.size() * MOST_COUNTED : sum;
        double place = first.closest(IN_MAIN) == null ? 1 : 1.4;
        // A card around the heading knows what belongs to it; a heading has to guess.
        double kind = headings ? 0.75 : 1;
        boolean named = first.normalName().equals("article")
                || first.classNames().stream().anyMatch(Selectors::isStable);
        return Optional.of(new Group(
                items,
                scopes,
                (counted - bad) * place * kind,
                named,
                first.parents().size()));
    }

    /** By title, and by link where there are links: twenty times "read more" is no list. */
    private static boolean differ(List<Traits> items) {
        long titles = items.stream().map(Traits::title).distinct().count();
        List<String> links =
                items.stream().map(Traits::link).filter(link -> !link.isEmpty()).toList();
        long targets = links.stream().distinct().count();
        return titles * 10 >= items.size() * 7L && targets * 2 >= links.size();
    }
}
