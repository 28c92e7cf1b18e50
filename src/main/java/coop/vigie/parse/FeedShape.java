package coop.vigie.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdom2.Attribute;
import org.jdom2.Content;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.filter.Filters;
import org.jspecify.annotations.Nullable;

/**
 * Brings a feed's tree into one of the two shapes that Rome reads best (RSS 2.0, Atom 1.0) without touching what it
 * says: unknown versions, odd namespaces, entries outside the channel, markup that should have been escaped.
 */
final class FeedShape {

    static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");
    static final Namespace CONTENT = Namespace.getNamespace("content", "http://purl.org/rss/1.0/modules/content/");
    static final Namespace RDF = Namespace.getNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    private static final Namespace XHTML = Namespace.getNamespace("xhtml", "http://www.w3.org/1999/xhtml");

    /** Feeds of open calls have some hundred entries, archives some thousand. */
    private static final int MOST_ITEMS = 20_000;

    private static final Set<String> FIELDS = Set.of(
            "title",
            "link",
            "description",
            "guid",
            "pubdate",
            "author",
            "category",
            "comments",
            "enclosure",
            "source",
            "item",
            "entry",
            "id",
            "updated",
            "published",
            "summary",
            "content",
            "language",
            "encoded",
            "creator",
            "date");
    private static final Set<String> TEXTS =
            Set.of("title", "description", "encoded", "body", "summary", "subject", "author", "creator");
    private static final Set<String> LONG_TEXTS = Set.of("body", "fullitem", "content");
    private static final Set<String> RSS_FIELDS = Set.of(
            "title",
            "link",
            "description",
            "guid",
            "author",
            "category",
            "comments",
            "enclosure",
            "source",
            "language",
            "pubdate",
            "item",
            "channel",
            "image",
            "textinput",
            "items");

    private static final Pattern RSS_NAMESPACE = Pattern.compile(
            "http://(?:purl\\.org/rss/1\\.0/|purl\\.org/net/rss1\\.1#|my\\.netscape\\.com/rdf/simple/0\\.9/"
                    + "|my\\.netscape\\.com/publish/formats/rss-0\\.91\\.dtd|backend\\.userland\\.com/rss\\d{0,3}"
                    + "|blogs\\.law\\.harvard\\.edu/tech/rss|channel\\.netscape\\.com/rdf/simple/0\\.9/)");

    private final Element root;
    private final List<Element> items;
    private final int leftOut;

    private FeedShape(Element root, List<Element> items, int leftOut) {
        this.root = root;
        this.items = List.copyOf(items);
        this.leftOut = leftOut;
    }

    /** The root for Rome. */
    Element root() {
        return root;
    }

    /** Where the feed's own fields stand. */
    Element head() {
        Element channel = isAtom() ? null : root.getChild("channel");
        return channel == null ? root : channel;
    }

    List<Element> items() {
        return items;
    }

    /** How many items there are beside {@link #items()}, too many to read. */
    int leftOut() {
        return leftOut;
    }

    /** True if nothing stands where entries belong, and some stand elsewhere. */
    boolean hasOnlyStrayItems() {
        if (!items.isEmpty()) {
            return false;
        }
        for (Element each : root.getDescendants(Filters.element())) {
            if (each.getName().equalsIgnoreCase("item") || each.getName().equalsIgnoreCase("entry")) {
                return true;
            }
        }
        return false;
    }

    boolean isAtom() {
        return root.getName().equals("feed");
    }

    /** The name of the root if it is none of a feed; else "". */
    static String unknownRoot(Document document) {
        String name = document.getRootElement().getName();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rss", "rdf", "feed", "item", "entry", "channel" -> "";
            default -> name;
        };
    }

    static FeedShape of(Document document, boolean recovered) {
        Element root = document.getRootElement();
        root.detach();
        if (recovered) {
            hoist(root, 0);
        }
        return switch (root.getName().toLowerCase(Locale.ROOT)) {
            case "feed" -> atom(root);
            case "entry" -> atom(around(root, "feed", root.getNamespace()));
            default -> rss(root);
        };
    }

    private static Element around(Element inner, String name, Namespace namespace) {
        return new Element(name, namespace).addContent(inner);
    }

    /** Atom 0.3 becomes 1.0: what differs beside the namespace is how texts say what they hold, and names of dates. */
    private static FeedShape atom(Element root) {
        Namespace own = root.getNamespace();
        if (!own.equals(ATOM) || !own.getPrefix().isEmpty()) {
            rename(root, own, ATOM);
        }
        root.removeAttribute("version");
        for (Element field : root.getChildren("tagline", ATOM)) {
            field.setName("subtitle");
        }
        List<Element> entries = List.copyOf(root.getChildren("entry", ATOM));
        FeedMarkup.settle(root);
        entries.forEach(FeedMarkup::settle);
        return capped(root, root, entries);
    }

    private static FeedShape capped(Element root, Element parent, List<Element> items) {
        if (items.size() <= MOST_ITEMS) {
            return new FeedShape(root, items, 0);
        }
        List<Element> kept = items.subList(0, MOST_ITEMS);
        Set<Content> rest = Collections.newSetFromMap(new IdentityHashMap<>());
        rest.addAll(items.subList(MOST_ITEMS, items.size()));
        List<Content> content = parent.removeContent();
        content.stream().filter(each -> !rest.contains(each)).forEach(parent::addContent);
        return new FeedShape(root, kept, rest.size());
    }

    private static void rename(Element root, Namespace from, Namespace to) {
        var all = new ArrayList<Element>();
        all.add(root);
        for (Content content : root.getContent(Filters.element())) {
            collect((Element) content, all);
        }
        for (Element element : all) {
            if (element.getNamespace().getURI().equals(from.getURI())) {
                element.setNamespace(to);
            }
        }
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        element.getChildren().forEach(child -> collect(child, all));
    }

    private static FeedShape rss(Element root) {
        Element rss = new Element("rss").setAttribute("version", "2.0");
        inherit(root, rss);
        String name = root.getName().toLowerCase(Locale.ROOT);
        Element channel = name.equals("channel") ? root : childNamed(root, "channel");
        if (channel == null) {
            channel = new Element("channel");
        }
        var items = new ArrayList<Element>();
        if (name.equals("item")) {
            channel.addContent(root);
        }
        takeItems(channel, items);
        if (!name.equals("channel") && !name.equals("item")) {
            // All at once, since taking many out one by one costs the square of their number.
            List<Element> outside = new ArrayList<>();
            takeItems(root, outside);
            root.removeContent();
            outside.forEach(channel::addContent);
            items.addAll(outside);
        }
        inherit(channel, channel);
        plain(channel, "channel");
        for (Element field : List.copyOf(channel.getChildren())) {
            field(field);
        }
        for (Element item : items) {
            plain(item, "item");
            List.copyOf(item.getChildren()).forEach(FeedShape::field);
            texts(item);
        }
        rss.addContent(channel);
        return capped(rss, channel, items);
    }

    private static void inherit(Element from, Element to) {
        for (String name : List.of("base", "lang")) {
            Attribute attribute = from.getAttribute(name, Namespace.XML_NAMESPACE);
            if (attribute != null && !from.equals(to)) {
                to.setAttribute(attribute.clone());
            }
        }
    }

    private static void takeItems(Element parent, List<Element> items) {
        for (Element child : List.copyOf(parent.getChildren())) {
            if (child.getName().equalsIgnoreCase("item")) {
                items.add(child);
            } else if (child.getName().equals("items")) {
                takeList(child, parent, items);
            }
        }
    }

    /** RSS 1.0 lists the addresses of its items there, RSS 1.1 has the items themselves inside. */
    private static void takeList(Element list, Element parent, List<Element> items) {
        if (list.getChild("Seq", RDF) == null) {
            List<Element> inside = List.copyOf(list.getChildren());
            list.removeContent();
            inside.forEach(parent::addContent);
            inside.stream()
                    .filter(child -> child.getName().equalsIgnoreCase("item"))
                    .forEach(items::add);
        }
        list.detach();
    }

    private static @Nullable Element childNamed(Element parent, String name) {
        return parent.getChildren().stream()
                .filter(child -> child.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** An element of RSS itself, in whatever namespace and case it came. */
    private static void field(Element field) {
        String lower = field.getName().toLowerCase(Locale.ROOT);
        boolean own = RSS_FIELDS.contains(lower)
                && (field.getNamespacePrefix().isEmpty() || isRss(field.getNamespaceURI()))
                && !field.getNamespaceURI().equals(ATOM.getURI())
                && !field.getNamespaceURI().equals(XHTML.getURI());
        if (own) {
            plain(field, lower.equals("pubdate") ? "pubDate" : lower.equals("textinput") ? "textInput" : lower);
        }
        if (field.getNamespaceURI().equals(XHTML.getURI())
                && !field.getChildren().isEmpty()) {
            field.setText(FeedMarkup.markup(field));
            field.setName("encoded");
            field.setNamespace(CONTENT);
        } else if (TEXTS.contains(lower)
                && !field.getChildren().isEmpty()
                && !field.getNamespaceURI().equals(ATOM.getURI())) {
            field.setText(FeedMarkup.markup(field));
        }
    }

    /** The namespaces of RSS 0.90, 1.0, 1.1 and of several unofficial ones of 2.0; never those of its modules. */
    private static boolean isRss(String namespace) {
        return RSS_NAMESPACE.matcher(namespace).matches();
    }

    private static void plain(Element element, String name) {
        element.setName(name);
        element.setNamespace(Namespace.NO_NAMESPACE);
    }

    /** Texts that RSS has no element for, and that feeds write nevertheless: a long one, a short one beside the long one. */
    private static void texts(Element item) {
        Element summary = item.getChild("summary");
        Element description = item.getChild("description");
        if (summary != null && description != null) {
            description.setName("fullitem");
        }
        if (summary != null) {
            summary.setName("description");
        }
        if (item.getChild("encoded", CONTENT) == null) {
            item.getChildren().stream()
                    .filter(child -> LONG_TEXTS.contains(child.getName())
                            && (child.getNamespaceURI().isEmpty()
                                    || child.getNamespace().getURI().equals(ATOM.getURI())))
                    .findFirst()
                    .ifPresent(text -> {
                        text.setName("encoded");
                        text.setNamespace(CONTENT);
                    });
        }
    }

    /** An unclosed title swallows the fields behind it: gives them back to the entry. */
    private static void hoist(Element parent, int depth) {
        if (depth > 6) {
            return;
        }
        for (int i = 0; i < parent.getContentSize(); i++) {
            if (parent.getContent(i) instanceof Element child) {
                release(parent, i, child);
                hoist(child, depth + 1);
            }
        }
    }

    private static void release(Element parent, int index, Element child) {
        String name = child.getName().toLowerCase(Locale.ROOT);
        boolean isLeaf =
                FIELDS.contains(name) && !name.equals("source") && !(name.equals("author") && isAtomName(child));
        if (!isLeaf) {
            return;
        }
        boolean container = name.equals("item") || name.equals("entry");
        for (int i = 0; i < child.getContentSize(); i++) {
            if (child.getContent(i) instanceof Element swallowed
                    && (container ? swallowed.getName().equalsIgnoreCase(name) : isField(swallowed))) {
                List<Content> rest = List.copyOf(child.getContent().subList(i, child.getContentSize()));
                rest.forEach(Content::detach);
                parent.addContent(index + 1, rest);
                return;
            }
        }
    }

    private static boolean isField(Element swallowed) {
        return FIELDS.contains(swallowed.getName().toLowerCase(Locale.ROOT))
                && !swallowed.getNamespaceURI().equals(XHTML.getURI());
    }

    private static boolean isAtomName(Element author) {
        return author.getChildren().stream().anyMatch(child -> child.getName().equals("name"));
    }
}
