package coop.vigie.parse;

import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The items of a newsletter: for each page that it leads to, the words around the link. Links of one page (picture, heading,
 * "read more") are one item; what serves the letter itself (unsubscribing, its web version, social networks) is none; but a call on transfer of
 * knowledge, on privacy or for works online is one.
 *
 * <p>An item reaches as far as it can without touching another item's link; where that is less than a paragraph, back to
 * the heading above it and on to the next one.
 */
final class Newsletter {

    /** @param html of the item alone */
    record Item(String title, String link, String text, String html) {}

    private static final int MOST_ITEMS = 100;
    private static final int MOST_SIBLINGS = 8;
    private static final int TITLE_LENGTH = 200;

    private static final Pattern HOUSEKEEPING = Pattern.compile(
            "(?i)unsubscri|se d[ée]s(?:inscri|abonn)|d[ée]sinscri|d[ée]sabonn|uitschrijven|afmelden|abmelden"
                    + "|abbestellen|opt-?out|preferences|pr[ée]f[ée]rences|voorkeuren|\\bbrowser\\b|navigateur"
                    + "|(?:^|\\bvoir |\\blire |consult|version |affich).{0,25}\\ben ligne\\b.{0,20}$"
                    + "|online (?:versie|version)|web-?versi|view online|bekijk online|privacy.?(?:policy|statement|notice|verklaring|beleid)"
                    + "|(?:politique|charte|d[ée]claration).{0,20}(?:vie priv[ée]e|confidentialit)|^(?:privacy|vie priv[ée]e|confidentialit[ée])$"
                    + "|disclaimer|mentions l[ée]gales|\\bcookies?\\b|^(?:forward|transf[ée]re[rz]|partage[rz]|share|delen|deel)\\b"
                    + "|doorsturen|\\bdelen$|powered by|^(?:s['’]abonner|subscribe|abonneer)|^contact(?:e[rz]|eer)?(?: \\S{1,12}){0,2}$|mot de passe|password|wachtwoord");
    private static final Pattern HOUSEKEEPING_ADDRESS = Pattern.compile(
            "(?i)unsubscribe|opt-?out|/preferences|/profile[/?]|list-manage\\.com/(?:profile|vcard|about)|viewonline|forward-to");
    private static final Pattern SOCIAL = Pattern.compile(
            "(?i)(?:^|\\.)(?:facebook|fb|twitter|linkedin|instagram|youtube|tiktok|pinterest|threads|bsky|whatsapp|vimeo"
                    + "|flickr|spotify)\\.[a-z]{2,6}$|^(?:www\\.)?(?:x\\.com|t\\.co|t\\.me|wa\\.me|youtu\\.be|lnkd\\.in)$");
    private static final Pattern MORE = Pattern.compile(
            "(?i)[^\\p{L}]*(?:(?:lire|lisez|en savoir|savoir|plus|voir|d[ée]couvr|consult|t[ée]l[ée]charg|lees|meer"
                    + "|bekijk|ontdek|klik|read|more|learn|see|view|find out|discover|click|here|ici|hier|cliquez|link|lien"
                    + "|d[ée]tail|website|site|postul|introdui|solliciteer|apply|weiter|mehr|ga naar|naar de|vers)\\b?.{0,30})?");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?://|www\\.)\\S+");
    private static final Pattern WRAPPED =
            Pattern.compile("(?i)[?&](?:url|u|redirect|target|to|link|q)=(https?(?::|%3A)[^&#]+)");
    private static final Pattern HIDDEN = Pattern.compile("(?i)display\\s*:\\s*none|mso-hide\\s*:\\s*all");

    private final Document document;
    private final List<String> hosts;

    /** The links of one page. */
    private static final class Group {
        private final String link;
        private final List<Element> anchors = new ArrayList<>();

        Group(String link) {
            this.link = link;
        }
    }

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<Element, Group> groupOf = new HashMap<>();

    private Newsletter(Document document, List<String> hosts) {
        this.document = document;
        this.hosts = hosts;
    }

    /** @param hosts to which links may lead, with all below them; empty for any */
    static List<Item> items(String html, List<String> hosts) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(200));
        document.outputSettings().prettyPrint(false);
        document.select("script, style, head, template").remove();
        document.select("[style]").forEach(each -> {
            if (HIDDEN.matcher(each.attr("style")).find()) {
                each.remove();
            }
        });
        return new Newsletter(document, hosts).items();
    }

    /** The language that the letter states; null if it states none. */
    static @Nullable String language(String html) {
        Matcher stated = Pattern.compile("(?i)<html[^>]{0,500}?\\blang\\s*=\\s*[\"']?([\\w-]{2,12})")
                .matcher(html);
        return stated.find() ? ItemLanguage.code(stated.group(1)) : null;
    }

    private List<Item> items() {
        for (Element anchor : document.select("a[href]")) {
            String link = link(anchor);
            if (link != null) {
                Group group = groups.computeIfAbsent(Links.identity(link), any -> new Group(link));
                group.anchors.add(anchor);
                groupOf.put(anchor, group);
            }
        }
        joinPlacesOfOnePage();
        groups.values().removeIf(group -> group.anchors.stream().noneMatch(Newsletter::announces));
        groupOf.values().removeIf(group -> !groups.containsValue(group));
        return groups.values().stream()
                .limit(MOST_ITEMS)
                .map(this::item)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A place in a page to which another link leads as a whole ("#apply") is no item of its own. */
    private void joinPlacesOfOnePage() {
        for (String place : List.copyOf(groups.keySet())) {
            Group page = place.contains("#") ? groups.get(place.replaceFirst("#.*", "")) : null;
            Group joined = page == null ? null : groups.remove(place);
            if (page != null && joined != null) {
                page.anchors.addAll(joined.anchors);
                joined.anchors.forEach(anchor -> groupOf.put(anchor, page));
            }
        }
    }

    /** Where an anchor leads, freed of tracking; null for what is no item's. */
    private @Nullable String link(Element anchor) {
        String address = Links.absolute(anchor.attr("href"), null);
        if (address == null) {
            return null;
        }
        String words = words(anchor);
        Matcher wrapped = WRAPPED.matcher(address);
        boolean redirect = wrapped.find();
        String link = Links.withoutTracking(redirect ? decoded(wrapped.group(1)) : address);
        URI uri = Links.resolve(link, null);
        String host = uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean housekeeping =
                (words.length() <= 80 && HOUSEKEEPING.matcher(words).find())
                        || HOUSEKEEPING_ADDRESS.matcher(address).find();
        if (uri == null
                || host.isEmpty()
                || housekeeping
                || SOCIAL.matcher(host).find()) {
            return null;
        }
        boolean home = uri.getRawQuery() == null
                && (uri.getRawPath() == null || uri.getRawPath().length() < 2);
        return isAllowed(host) && !home ? link : null;
    }

    private boolean isAllowed(String host) {
        return hosts.isEmpty()
                || hosts.stream().anyMatch(allowed -> host.equals(allowed) || host.endsWith("." + allowed));
    }

    private static String decoded(String address) {
        try {
            return address.contains("://") ? address : URLDecoder.decode(address, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return address;
        }
    }

    /** Whether a link is more than a word in a sentence or an entry of a menu. */
    private static boolean announces(Element anchor) {
        String words = words(anchor);
        return !words.isEmpty()
                && (isTitle(words) || isMore(words) || anchor.closest("h1, h2, h3, h4, h5, h6") != null);
    }

    private static boolean isTitle(String words) {
        return !isMore(words) && (words.length() >= 20 || words.split(" ").length >= 3);
    }

    private static boolean isMore(String words) {
        return words.isEmpty()
                || ADDRESS.matcher(words).matches()
                || MORE.matcher(words).matches();
    }

    private static String words(Element element) {
        return CleanHtml.line(FieldSelector.text(element));
    }

    private @Nullable Item item(Group group) {
        Element anchor =
                group.anchors.stream().filter(Newsletter::announces).findFirst().orElseThrow();
        String title = group.anchors.stream()
                .map(Newsletter::words)
                .filter(words -> isTitle(words) || (!isMore(words) && !words.isEmpty()))
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
        List<Element> scope = scope(anchor, group, title.isEmpty());
        Document shell = Document.createShell("");
        shell.outputSettings().prettyPrint(false);
        scope.forEach(each -> shell.body().appendChild(each.clone()));
        shell.select("a[href]").stream().filter(each -> isMore(words(each))).forEach(Element::remove);
        String text = text(shell.body().children());
        if (title.isEmpty()) {
            title = titleIn(shell.body(), text);
        }
        boolean enough = isTitle(title) || text.length() > title.length() + 20;
        return title.isEmpty() || !enough
                ? null
                : new Item(shortened(title), group.link, text, shell.body().html());
    }

    private static String shortened(String title) {
        return title.length() <= TITLE_LENGTH ? title : title.substring(0, TITLE_LENGTH) + "…";
    }

    private static String titleIn(Element body, String text) {
        for (Element each : body.select("h1, h2, h3, h4, h5, h6, strong, b")) {
            String words = words(each);
            if (words.length() >= 8 && !isMore(words)) {
                return words;
            }
        }
        return text.lines().filter(line -> line.length() >= 8).findFirst().orElse("");
    }

    /** Without "read more" and bare addresses. */
    private static String text(List<Element> blocks) {
        return blocks.stream()
                .flatMap(block -> FieldSelector.text(block).lines())
                .filter(line -> !line.isBlank() && !isMore(line))
                .reduce((one, other) -> one + "\n" + other)
                .orElse("");
    }

    private List<Element> scope(Element anchor, Group group, boolean untitled) {
        Element whole = anchor;
        for (Element parent = whole.parent();
                parent != null && !parent.normalName().equals("body") && isFree(parent, group);
                parent = whole.parent()) {
            whole = parent;
        }
        var scope = new ArrayList<Element>(List.of(whole));
        boolean headed = whole.selectFirst("h1, h2, h3, h4, h5, h6") != null;
        if (untitled && !headed) {
            scope.addAll(0, before(whole, group));
        }
        if (!isLong(whole) || headed) {
            scope.addAll(after(whole, group));
        }
        return scope;
    }

    private static boolean isLong(Element block) {
        return words(block).length() > 400;
    }

    /** True if no other item's link and no housekeeping stands in it. */
    private boolean isFree(Element element, Group group) {
        return element.select("a[href]").stream().allMatch(each -> {
            Group of = groupOf.get(each);
            return of == null ? !isHousekeeping(each) : of.equals(group);
        });
    }

    private static boolean isHousekeeping(Element anchor) {
        String words = words(anchor);
        return HOUSEKEEPING.matcher(words).find()
                || HOUSEKEEPING_ADDRESS.matcher(anchor.attr("href")).find();
    }

    /** Back to the heading; without one, only what belongs to a link that stands alone. */
    private List<Element> before(Element block, Group group) {
        var before = new ArrayList<Element>();
        boolean alone = text(List.of(block)).isBlank();
        Element previous = block.previousElementSibling();
        for (int i = 0; i < MOST_SIBLINGS && previous != null && isFree(previous, group); i++) {
            before.addFirst(previous);
            if (isHeading(previous)) {
                return before;
            }
            previous = previous.previousElementSibling();
        }
        return alone && !before.isEmpty() ? List.of(before.getLast()) : List.of();
    }

    private List<Element> after(Element block, Group group) {
        var after = new ArrayList<Element>();
        Element next = block.nextElementSibling();
        for (int i = 0; i < MOST_SIBLINGS && next != null; i++) {
            boolean ends =
                    !isFree(next, group) || isHeading(next) || next.normalName().equals("hr");
            if (ends) {
                break;
            }
            after.add(next);
            next = next.nextElementSibling();
        }
        // What is followed by a link and a heading of its own belongs there.
        return after;
    }

    /** An element that is a heading, holds nothing else, or is wholly bold. */
    private static boolean isHeading(Element element) {
        if (element.normalName().matches("h[1-6]") || element.selectFirst("h1, h2, h3, h4, h5, h6") != null) {
            return true;
        }
        String words = words(element);
        Element bold = element.selectFirst("strong, b");
        return bold != null
                && words.length() <= TITLE_LENGTH
                && !words.isEmpty()
                && words(bold).equals(words);
    }
}
