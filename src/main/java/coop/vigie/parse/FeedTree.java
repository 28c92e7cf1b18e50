package coop.vigie.parse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdom2.Attribute;
import org.jdom2.CDATA;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.IllegalAddException;
import org.jdom2.IllegalDataException;
import org.jdom2.IllegalNameException;
import org.jdom2.JDOMException;
import org.jdom2.Namespace;
import org.jdom2.Text;
import org.jdom2.Verifier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * XML text to a tree: strictly if it is well-formed, else by jsoup's forgiving parser, with namespaces put right.
 *
 * <p>A DOCTYPE is cut out before anything reads it, so that no entity and no external file can be named at all.
 */
final class FeedTree {

    private static final int DEEPEST = 120;

    /** Prefixes that feeds use without declaring them. */
    private static final Map<String, String> WELL_KNOWN = Map.ofEntries(
            Map.entry("dc", "http://purl.org/dc/elements/1.1/"),
            Map.entry("dcterms", "http://purl.org/dc/terms/"),
            Map.entry("content", "http://purl.org/rss/1.0/modules/content/"),
            Map.entry("atom", "http://www.w3.org/2005/Atom"),
            Map.entry("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            Map.entry("sy", "http://purl.org/rss/1.0/modules/syndication/"),
            Map.entry("media", "http://search.yahoo.com/mrss/"),
            Map.entry("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
            Map.entry("xhtml", "http://www.w3.org/1999/xhtml"));

    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");
    private static final Pattern CONTROL_REFERENCE =
            Pattern.compile("&#(?:x0{0,4}(?:[0-8bcBC]|1[0-9a-fA-F]|[eEfF])|0{0,4}(?:[0-8]|1[124-9]|2\\d|3[01]));");

    private static final SaxEngines ENGINES = new SaxEngines();

    private FeedTree() {}

    /** The tree of a well-formed document without a DOCTYPE; null if it is not well-formed. */
    static @Nullable Document strict(String xml) {
        try {
            Document document = ENGINES.build(xml);
            return isTooDeep(document.getRootElement()) ? null : document;
        } catch (JDOMException | IOException | IllegalArgumentException notWellFormed) {
            return null;
        }
    }

    /** The best tree that can be made of it; null if there is no element at all, or if it has hundreds of namespaces. */
    static @Nullable Document lenient(String xml) {
        String clean =
                CONTROL_REFERENCE.matcher(CONTROLS.matcher(xml).replaceAll("")).replaceAll("");
        var dirty = Jsoup.parse(clean, "", Parser.xmlParser().setMaxDepth(DEEPEST));
        if (hasTooManyNamespaces(dirty)) {
            return null;
        }
        for (Node child : dirty.childNodes()) {
            if (child instanceof org.jsoup.nodes.Element root && isRootName(root.tagName())) {
                return new Document(convert(root, Map.of()));
            }
        }
        org.jsoup.nodes.Element nested = dirty.getAllElements().stream()
                .filter(element -> isRootName(element.tagName()))
                .findFirst()
                .orElse(dirty.firstElementChild());
        return nested == null ? null : new Document(convert(nested, Map.of()));
    }

    /** Counts those that are declared, and prefixes, which may stand for others. */
    private static boolean hasTooManyNamespaces(org.jsoup.nodes.Document document) {
        Set<String> met = new HashSet<>();
        for (var element : document.getAllElements()) {
            met.add(prefix(element.tagName()));
            for (var attribute : element.attributes()) {
                String name = attribute.getKey();
                met.add(name.startsWith("xmlns") ? name + " " + attribute.getValue() : prefix(name));
            }
            if (met.size() > SafeReaders.MOST_NAMESPACES) {
                return true;
            }
        }
        return false;
    }

    private static String prefix(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    private static boolean isRootName(String name) {
        String local = name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        return local.equals("rss") || local.equals("rdf") || local.equals("feed") || local.equals("html");
    }

    private static boolean isTooDeep(Element root) {
        List<Element> level = List.of(root);
        for (int depth = 0; depth <= DEEPEST; depth++) {
            var next = new ArrayList<Element>();
            level.forEach(element -> next.addAll(element.getChildren()));
            if (next.isEmpty()) {
                return false;
            }
            level = next;
        }
        return true;
    }

    private static Element convert(org.jsoup.nodes.Element source, Map<String, String> inherited) {
        Map<String, String> prefixes = declared(source, inherited);
        Element element = named(source.tagName(), prefixes);
        for (var attribute : source.attributes()) {
            addAttribute(element, attribute.getKey(), clean(attribute.getValue()), prefixes);
        }
        for (Node child : source.childNodes()) {
            switch (child) {
                case org.jsoup.nodes.Element inner -> element.addContent(convert(inner, prefixes));
                case CDataNode data -> addText(element, data.text(), true);
                case TextNode text -> addText(element, text.getWholeText(), false);
                case DataNode data -> addText(element, data.getWholeData(), false);
                default -> {}
            }
        }
        return element;
    }

    private static void addText(Element element, String text, boolean data) {
        String clean = clean(text);
        element.addContent(data && !clean.contains("]]>") ? new CDATA(clean) : new Text(clean));
    }

    private static Map<String, String> declared(org.jsoup.nodes.Element source, Map<String, String> inherited) {
        boolean declares = source.attributes().asList().stream()
                .anyMatch(attribute -> attribute.getKey().startsWith("xmlns"));
        if (!declares) {
            return inherited;
        }
        var prefixes = new HashMap<String, String>(inherited);
        for (var attribute : source.attributes()) {
            String key = attribute.getKey();
            if (key.equals("xmlns") || key.startsWith("xmlns:")) {
                prefixes.put(
                        key.equals("xmlns") ? "" : key.substring(6),
                        attribute.getValue().strip());
            }
        }
        return Map.copyOf(prefixes);
    }

    private static Element named(String name, Map<String, String> prefixes) {
        int colon = name.indexOf(':');
        String local = name.substring(colon + 1);
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        if (Verifier.checkElementName(local) != null) {
            return new Element("unreadable");
        }
        return new Element(local, namespace(prefix, prefixes));
    }

    private static void addAttribute(Element element, String name, String value, Map<String, String> prefixes) {
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
            return;
        }
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        Namespace namespace = prefix.isEmpty()
                ? Namespace.NO_NAMESPACE
                : prefix.equals("xml") ? Namespace.XML_NAMESPACE : namespace(prefix, prefixes);
        try {
            element.setAttribute(new Attribute(name.substring(colon + 1), value, namespace));
        } catch (IllegalNameException | IllegalDataException | IllegalAddException notAnAttribute) {
            // An attribute that XML does not know cannot matter to a feed.
        }
    }

    private static Namespace namespace(String prefix, Map<String, String> prefixes) {
        String address = prefixes.getOrDefault(
                prefix, prefix.isEmpty() ? "" : WELL_KNOWN.getOrDefault(prefix, "urn:undeclared:" + prefix));
        if (address.isEmpty() && !prefix.isEmpty()) {
            address = "urn:undeclared:" + prefix;
        }
        try {
            return Namespace.getNamespace(prefix, address);
        } catch (IllegalNameException reserved) {
            return Namespace.NO_NAMESPACE;
        }
    }

    /** Without characters that XML forbids. */
    private static String clean(String text) {
        if (Verifier.checkCharacterData(text) == null) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().filter(Verifier::isXMLCharacter).forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
