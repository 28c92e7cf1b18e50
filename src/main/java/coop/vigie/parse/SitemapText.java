package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A sitemap as text: unpacked, decoded, its prolog passed over, and mended where a bare {@code &} or a control character would
 * end the reading. Its XML is read as a stream, whatever its namespaces are called; no entity is resolved.
 */
record SitemapText(Kind kind, String body, String root) {

    enum Kind {
        SITEMAP,
        FEED,
        LINES,
        /** Compressed, and nobody knows what. */
        TOO_LARGE,
        OTHER
    }

    /** By the protocol a sitemap has 50 MB at most, unpacked; its 50,000 addresses of the usual length have 10. */
    private static final int MOST_BYTES = 25_000_000;

    private static final int DEEPEST = 60;
    private static final Pattern BARE_AMPERSAND =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");
    private static final Pattern NAME = Pattern.compile("<([A-Za-z_][\\w:.-]{0,60})");

    static SitemapText of(Payload payload) {
        byte[] bytes = payload.bytes();
        if (isPacked(bytes)) {
            if (isBomb(bytes)) {
                return new SitemapText(Kind.TOO_LARGE, "", "");
            }
            bytes = unpacked(bytes);
        }
        String text = Charsets.xml(bytes, payload.contentType()).strip();
        int start = afterProlog(text);
        var name = NAME.matcher(text).region(start, text.length());
        if (!name.lookingAt()) {
            return new SitemapText(text.startsWith("<") ? Kind.OTHER : Kind.LINES, text, "");
        }
        String root = local(name.group(1));
        Kind kind =
                switch (root) {
                    case "urlset", "sitemapindex" -> Kind.SITEMAP;
                    case "rss", "feed", "RDF" -> Kind.FEED;
                    default -> Kind.OTHER;
                };
        return new SitemapText(kind, kind == Kind.SITEMAP ? lines(text, start) + text.substring(start) : text, root);
    }

    /** So that lines are counted from the top of the document. */
    private static String lines(String text, int until) {
        return "\n"
                .repeat((int) text.chars().limit(until).filter(c -> c == '\n').count());
    }

    /** Where nothing says that a document is compressed, its first bytes do. */
    private static boolean isPacked(byte[] bytes) {
        return bytes.length >= 3 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    /** Counted before anything is kept of it. */
    private static boolean isBomb(byte[] bytes) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(MOST_BYTES);
            return in.read() >= 0;
        } catch (IOException shorter) {
            return false;
        }
    }

    private static byte[] unpacked(byte[] bytes) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            return bytes;
        }
    }

    /** Past the declaration, comments and a document type with all that it declares. */
    private static int afterProlog(String text) {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            String end;
            if (text.startsWith("<?", at)) {
                end = "?>";
            } else if (text.startsWith("<!--", at)) {
                end = "-->";
            } else if (text.startsWith("<!", at)) {
                int close = text.indexOf('>', at);
                int subset = text.indexOf('[', at);
                end = subset >= 0 && subset < close ? "]" : ">";
            } else {
                return at;
            }
            int found = text.indexOf(end, at);
            if (found < 0) {
                return at;
            }
            at = found + end.length();
            if (end.equals("]")) {
                int close = text.indexOf('>', at);
                at = close < 0 ? at : close + 1;
            }
        }
        return at;
    }

    /** What it is, if it is no sitemap. */
    String described() {
        if (kind == Kind.TOO_LARGE) {
            return "a compressed document that unpacks to more than " + MOST_BYTES / 1_000_000 + " MB";
        }
        if (body.isBlank()) {
            return "an empty document";
        }
        if (root.toLowerCase(Locale.ROOT).equals("html")) {
            return FeedSource.htmlPage(body);
        }
        return root.isEmpty()
                ? "a document that is neither XML nor a list of addresses"
                : "an XML document of type " + root;
    }

    /** Hands over each entry; null at a whole end, else one sentence on where it broke off. */
    @Nullable
    String entries(Consumer<SitemapEntry> each) {
        String mended = CONTROL.matcher(BARE_AMPERSAND.matcher(body).replaceAll("&amp;"))
                .replaceAll("");
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(mended));
            read(reader, each);
            return null;
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
            return "the sitemap cannot be read beyond line " + line + "; what came before is kept";
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Prefixes that nobody declared are common, and harmless here.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private static void read(XMLStreamReader reader, Consumer<SitemapEntry> each) throws XMLStreamException {
        int depth = 0;
        Map<String, String> fields = new HashMap<>();
        Map<String, String> alternates = new LinkedHashMap<>();
        String[] path = new String[DEEPEST + 1];
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new XMLStreamException("too deep", reader.getLocation());
                    }
                    path[depth] = name(reader);
                    text.setLength(0);
                    if (depth == 3 && path[3].endsWith(":link")) {
                        alternate(reader, alternates);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth == 2) {
                        boolean page = local(path[2]).equals("url");
                        if (page || local(path[2]).equals("sitemap")) {
                            each.accept(entry(page, fields, alternates));
                        }
                        fields.clear();
                        alternates.clear();
                    } else if (depth == 3 && isOwn(path[3], path[2])) {
                        fields.putIfAbsent(local(path[3]), text.toString().strip());
                    } else if (depth == 4 && local(path[3]).equals("news")) {
                        fields.putIfAbsent(
                                "news " + local(path[4]), text.toString().strip());
                    }
                    depth--;
                }
                default -> {}
            }
        }
    }

    /** A {@code loc} of the sitemap itself, and not of an image in it. */
    private static boolean isOwn(String name, String parent) {
        return name.replaceFirst(":?[^:]*$", "").equals(parent.replaceFirst(":?[^:]*$", ""));
    }

    private static void alternate(XMLStreamReader reader, Map<String, String> alternates) {
        String href = reader.getAttributeValue(null, "href");
        String language = reader.getAttributeValue(null, "hreflang");
        if (href != null && language != null && alternates.size() < DEEPEST) {
            alternates.putIfAbsent(href.strip(), language.strip());
        }
    }

    private static SitemapEntry entry(boolean page, Map<String, String> fields, Map<String, String> alternates) {
        return new SitemapEntry(
                page,
                fields.getOrDefault("loc", ""),
                fields.getOrDefault("lastmod", ""),
                fields.getOrDefault("news publication_date", ""),
                fields.getOrDefault("news title", ""),
                new LinkedHashMap<>(alternates));
    }

    /** With its prefix, as written. */
    private static String name(XMLStreamReader reader) {
        String prefix = reader.getPrefix();
        String local = reader.getLocalName();
        return prefix == null || prefix.isEmpty() || local.contains(":") ? local : prefix + ":" + local;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
