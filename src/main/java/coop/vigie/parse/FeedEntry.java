package coop.vigie.parse;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Attribute;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;
import org.jspecify.annotations.Nullable;

/**
 * What Rome does not tell, or tells too kindly, about an entry: its identifier, its own XML, its language, its links as
 * written with their base, its dates in every form. Read before Rome runs, since Rome takes the tree apart.
 */
@SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
record FeedEntry(
        @Nullable String id,
        @Nullable String dublinCoreTitle,
        @Nullable String dublinCoreAuthor,
        List<String> subjects,
        @Nullable String link,
        @Nullable Instant published,
        @Nullable Instant updated,
        @Nullable String language,
        byte[] raw) {

    private static final Namespace DUBLIN_CORE = Namespace.getNamespace("http://purl.org/dc/elements/1.1/");

    /** Where an entry's own fields may stand. Any other module may well have a "date", "link" or "id" that means something else. */
    private static final Set<String> OWN =
            Set.of("", FeedShape.ATOM.getURI(), DUBLIN_CORE.getURI(), "http://purl.org/dc/terms/");

    private static final List<String> PUBLISHED =
            List.of("pubDate", "published", "issued", "date", "created", "pubdate");
    private static final List<String> UPDATED = List.of("updated", "modified", "lastBuildDate");

    private static final Pattern COUNTRY = Pattern.compile("[-_].*", Pattern.DOTALL);
    private static final Pattern TWO_LETTERS = Pattern.compile("[a-z]{2}");
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");

    static FeedEntry of(
            Element item, @Nullable URI feedBase, @Nullable String feedLanguage, @Nullable String feedLink) {
        URI base = base(item, feedBase);
        List<Element> fields = fields(item);
        String language = language(item, fields);
        return new FeedEntry(
                id(item, fields),
                item.getChildText("title", DUBLIN_CORE),
                item.getChildText("author", DUBLIN_CORE),
                item.getChildren("subject", DUBLIN_CORE).stream()
                        .map(Element::getText)
                        .toList(),
                link(item, fields, base, feedLink),
                date(fields, PUBLISHED),
                date(fields, UPDATED),
                language,
                raw(item, base, language == null ? feedLanguage : language));
    }

    /** The base in force inside an element: xml:base of it and all around it, from outside in. */
    static @Nullable URI base(Element element, @Nullable URI outermost) {
        Element parent = element.getParentElement();
        URI around = parent == null ? outermost : base(parent, outermost);
        String own = element.getAttributeValue("base", Namespace.XML_NAMESPACE);
        if (own == null) {
            return around;
        }
        URI resolved = Links.resolve(own, around);
        return resolved == null ? around : resolved;
    }

    /** ISO 639-1 code that the element states; null if it does not. */
    static @Nullable String language(Element element) {
        return language(element, fields(element));
    }

    private static @Nullable String language(Element element, List<Element> fields) {
        String stated = element.getAttributeValue("lang", Namespace.XML_NAMESPACE);
        for (String name : List.of("language", "lang")) {
            stated = stated == null || stated.isBlank() ? text(fields, name) : stated;
        }
        return stated == null ? null : code(stated);
    }

    private static @Nullable String code(String stated) {
        String code = COUNTRY.matcher(stated.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return switch (code) {
            case "fra", "fre", "french" -> "fr";
            case "nld", "dut", "dutch" -> "nl";
            case "eng", "english" -> "en";
            case "deu", "ger", "german" -> "de";
            default -> TWO_LETTERS.matcher(code).matches() ? code : null;
        };
    }

    private static @Nullable String id(Element item, List<Element> fields) {
        String id = Stream.of("guid", "id")
                .map(name -> text(fields, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return id != null ? id : item.getAttributeValue("about", FeedShape.RDF);
    }

    private static @Nullable String link(
            Element item, List<Element> fields, @Nullable URI base, @Nullable String feedLink) {
        Stream<String> written = Stream.concat(
                Stream.concat(alternates(fields), Stream.ofNullable(text(fields, "link"))),
                Stream.concat(Stream.ofNullable(permanent(item)), others(item, fields)));
        return written.map(address -> Links.absolute(address, base))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(feedLink);
    }

    /** Atom links to the page itself, with their own xml:base. */
    private static Stream<String> alternates(List<Element> fields) {
        return links(fields)
                .filter(link -> isRel(link, "alternate"))
                .sorted(FeedEntry::pagesFirst)
                .map(FeedEntry::href);
    }

    private static int pagesFirst(Element one, Element other) {
        return Boolean.compare(isOtherThanHtml(one), isOtherThanHtml(other));
    }

    private static boolean isOtherThanHtml(Element link) {
        String type = link.getAttributeValue("type", "");
        return !type.isEmpty() && !type.contains("html");
    }

    private static Stream<String> others(Element item, List<Element> fields) {
        Stream<String> enclosures = item.getChildren().stream()
                .filter(child -> child.getName().equals("enclosure") && child.getAttributeValue("url") != null)
                .map(child -> child.getAttributeValue("url"));
        return Stream.concat(
                enclosures,
                links(fields)
                        .filter(link -> isRel(link, "enclosure") || isRel(link, "related"))
                        .map(FeedEntry::href));
    }

    private static Stream<Element> links(List<Element> fields) {
        return named(fields, "link").filter(child -> child.getAttributeValue("href") != null);
    }

    private static String href(Element link) {
        String href = link.getAttributeValue("href", "");
        String own = link.getAttributeValue("base", Namespace.XML_NAMESPACE);
        URI resolved = own == null ? null : Links.resolve(href, Links.resolve(own, null));
        return resolved == null ? href : resolved.toString();
    }

    private static boolean isRel(Element link, String rel) {
        String own = link.getAttributeValue("rel", "alternate").strip().toLowerCase(Locale.ROOT);
        return own.equals(rel) || (own.isEmpty() && rel.equals("alternate")) || own.endsWith("/relation/" + rel);
    }

    private static @Nullable String permanent(Element item) {
        Element guid = item.getChild("guid");
        boolean address = guid != null
                && !guid.getAttributeValue("isPermaLink", "true").equalsIgnoreCase("false")
                && ADDRESS.matcher(guid.getTextTrim()).matches();
        return address && guid != null ? guid.getTextTrim() : null;
    }

    private static @Nullable Instant date(List<Element> fields, List<String> names) {
        for (String name : names) {
            Instant date = named(fields, name)
                    .map(child -> FeedDates.parse(child.getText()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    /** Takes its dates out, once they have been read: Rome makes five formats for each, of which nobody asks for the result. */
    static void dropDates(Element parent) {
        fields(parent).stream()
                .filter(child -> PUBLISHED.contains(child.getName()) || UPDATED.contains(child.getName()))
                .forEach(Element::detach);
    }

    /** Its own, apart from its tree, which is slow to walk. */
    private static List<Element> fields(Element parent) {
        return parent.getChildren().stream()
                .filter(child -> OWN.contains(child.getNamespaceURI()))
                .toList();
    }

    private static Stream<Element> named(List<Element> fields, String name) {
        return fields.stream().filter(field -> field.getName().equals(name));
    }

    /** Text of the first child of that name that is the feed's own or Dublin Core's; null if none or blank. */
    static @Nullable String text(Element parent, String name) {
        return text(fields(parent), name);
    }

    private static @Nullable String text(List<Element> fields, String name) {
        return named(fields, name)
                .map(child -> child.getText().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static byte[] raw(Element item, @Nullable URI base, @Nullable String language) {
        Element alone = item.clone();
        if (base != null) {
            alone.setAttribute(new Attribute("base", base.toString(), Namespace.XML_NAMESPACE));
        }
        if (language != null) {
            alone.setAttribute(new Attribute("lang", language, Namespace.XML_NAMESPACE));
        }
        return new XMLOutputter(Format.getRawFormat()).outputString(alone).getBytes(StandardCharsets.UTF_8);
    }
}
