package coop.vigie.discover;

import coop.vigie.parse.HtmlPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Writes selectors for elements, the plainest first, and tries each on the page before it is believed. */
final class Selectors {

    /** Classes that say how a thing looks or where it stands, not what it is, or that a build tool made up. */
    private static final Pattern PASSING = Pattern.compile(
            "(?i).*\\d.*|first|last|odd|even|active|open|closed|current|show|hide|hidden|visible|clearfix|row|col|left|right|center"
                    + "|(?:col|row|grid|flex|text|bg|border|rounded|shadow|align|justify|order|float|m[trblxy]?|p[trblxy]?|w|h|d|css|sc|js|is|has|wow)-.*");

    private static final Pattern WRITABLE = Pattern.compile("[A-Za-z][\\w-]{1,60}");
    private static final Pattern TELLING = Pattern.compile(
            "(?i).*(?:item|row|entry|post|card|teaser|result|node|article|listing|call|appel|oproep|project).*");
    private static final int ANCESTORS = 8;

    private Selectors() {}

    /** True for a class by which an element may be known tomorrow, too. */
    static boolean isStable(String name) {
        return WRITABLE.matcher(name).matches()
                && (!PASSING.matcher(name).matches() || name.matches("views-row|node-\\w*teaser"));
    }

    /** One that matches just these; rows without cells may come with them, as the parser passes over those. */
    static Optional<String> of(Document document, List<Element> items) {
        Set<Element> wanted = Set.copyOf(items);
        return names(items).filter(css -> matches(document, css, wanted)).findFirst();
    }

    private static boolean matches(Document document, String css, Set<Element> wanted) {
        Set<Element> found = new HashSet<>(document.select(css));
        found.removeIf(each -> each.normalName().equals("tr") && each.selectFirst("td") == null);
        return found.equals(wanted);
    }

    private static Stream<String> names(List<Element> items) {
        Element first = items.getFirst();
        String tag = first.normalName();
        List<String> own = new ArrayList<>();
        sharedClasses(items).forEach(name -> {
            own.add("." + name);
            own.add(tag + "." + name);
        });
        own.add(tag);
        List<String> all = new ArrayList<>(own);
        all.remove(tag);
        if (tag.equals("article")) {
            all.add(tag);
        }
        String between = "";
        Element ancestor = first.parent();
        for (int i = 0;
                i < ANCESTORS && ancestor != null && !ancestor.normalName().equals("html");
                i++) {
            for (String anchor : anchors(ancestor)) {
                own.forEach(name -> all.add(anchor + " " + name));
                all.add(anchor + " > " + between + tag);
            }
            between = ancestor.normalName() + " > " + between;
            ancestor = ancestor.parent();
        }
        return all.stream();
    }

    private static List<String> sharedClasses(List<Element> items) {
        Set<String> shared = new LinkedHashSet<>(items.getFirst().classNames());
        items.forEach(item -> shared.retainAll(item.classNames()));
        return shared.stream()
                .filter(Selectors::isStable)
                .sorted(Comparator.comparing(name -> !TELLING.matcher(name).matches()))
                .toList();
    }

    private static List<String> anchors(Element element) {
        var anchors = new ArrayList<String>();
        element.classNames().stream().filter(Selectors::isStable).forEach(name -> anchors.add("." + name));
        if (isStable(element.id())) {
            anchors.add("#" + element.id());
        }
        if (element.normalName().matches("main|article|table|body|dl")) {
            anchors.add(element.normalName());
        }
        return anchors;
    }

    /**
     * One that leads, as the first match in each scope, to what was picked there.
     *
     * @param picks one for each scope, null where there is nothing
     * @param lenient true if what matches where nothing was picked does no harm
     */
    static Optional<String> within(List<Element> scopes, List<@Nullable Element> picks, boolean lenient) {
        long present = picks.stream().filter(Objects::nonNull).count();
        String best = null;
        long most = 0;
        for (String css : namesWithin(picks)) {
            long right = 0;
            for (int i = 0; i < scopes.size(); i++) {
                Element found = scopes.get(i).selectFirst(css);
                Element pick = picks.get(i);
                if (found == null) {
                    continue;
                }
                right += found.equals(pick) ? 1 : pick == null && lenient ? 0 : -1;
            }
            if (right > most) {
                most = right;
                best = css;
            }
        }
        return most * 10 >= present * 6 ? Optional.ofNullable(best) : Optional.empty();
    }

    private static Set<String> namesWithin(List<@Nullable Element> picks) {
        var plain = new LinkedHashSet<String>();
        var longer = new LinkedHashSet<String>();
        picks.stream().filter(Objects::nonNull).distinct().limit(6).forEach(pick -> {
            String tag = pick.normalName();
            List<String> classes =
                    pick.classNames().stream().filter(Selectors::isStable).toList();
            if (!tag.matches("div|span|p|td|li")) {
                plain.add(tag);
            }
            classes.forEach(name -> plain.add("." + name));
            plain.add(tag);
            classes.forEach(name -> longer.add(tag + "." + name));
            Element parent = pick.parent();
            if (parent == null) {
                return;
            }
            parent.classNames().stream()
                    .filter(Selectors::isStable)
                    .forEach(name -> longer.add("." + name + " " + tag));
            longer.add(parent.normalName() + " > " + tag);
            int place = pick.elementSiblingIndex() + 1;
            longer.add(tag + ":nth-child(" + place + ")");
            longer.add(parent.normalName() + ":nth-child(" + (parent.elementSiblingIndex() + 1) + ") > " + tag);
            longer.add(parent.normalName() + ":nth-child(" + (parent.elementSiblingIndex() + 1) + ") > " + tag
                    + ":nth-child(" + place + ")");
            if (tag.equals("a")) {
                longer.add("a:not(:has(img))");
            }
        });
        plain.addAll(longer);
        return plain;
    }

    /** Of the link to the next page; all that it matches leads there. */
    static Optional<String> next(HtmlPage page, @Nullable URI next) {
        if (next == null) {
            return Optional.empty();
        }
        var names = new LinkedHashSet<String>();
        names.add("a[rel=next]");
        for (Element link : page.document().select("a[href]")) {
            Element parent = link.parent();
            if (leadsTo(page, link, next) && parent != null) {
                link.classNames().stream().filter(Selectors::isStable).forEach(name -> names.add("a." + name));
                parent.classNames().stream()
                        .filter(Selectors::isStable)
                        .forEach(name -> names.add("." + name + " > a"));
            }
        }
        return names.stream()
                .filter(css -> {
                    List<Element> found = page.document().select(css);
                    return !found.isEmpty() && found.stream().allMatch(link -> leadsTo(page, link, next));
                })
                .findFirst();
    }

    private static boolean leadsTo(HtmlPage page, Element link, URI target) {
        return target.toString()
                .equals(String.valueOf(page.absolute(link.attr("href"))).replaceFirst("#.*", ""));
    }
}
