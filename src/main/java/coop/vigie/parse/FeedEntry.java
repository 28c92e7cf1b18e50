package coop.vigie.parse;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

    static FeedEntry of(
            Element item, @Nullable URI feedBase, @Nullable String feedLanguage, @Nullable String feedLink) {
        URI base = base(item, feedBase);
        String language = language(item);
        return new FeedEntry(
                id(item),
                item.getChildText("title", DUBLIN_CORE),
                item.getChildText("author", DUBLIN_CORE),
                item.getChildren("subject", DUBLIN_CORE).stream()
                        .map(Element::getText)
                        .toList(),
                link(item, base, feedLink),
                date(item, PUBLISHED),
                date(item, UPDATED),
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
        String stated = element.getAttributeValue("lang", Namespace.XML_NAMESPACE);
        for (String name : List.of("language", "lang")) {
            stated = stated == null || stated.isBlank() ? text(element, name) : stated;
        }
        return stated == null ? null : code(stated);
    }

    private static @Nullable String code(String stated) {
        String code = stated.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        return switch (code) {
            case "fra", "fre", "french" -> "fr";
            case "nld", "dut", "dutch" -> "nl";
            case "eng", "english" -> "en";
            case "deu", "ger", "german" -> "de";
            default -> code.matches("[a-z]{2}") ? code : null;
        };
    }

    private static @Nullable String id(Element item) {
        String id = Stream.of("guid", "id")
                .map(name -> text(item, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return id != null ? id : item.getAttributeValue("about", FeedShape.RDF);
    }

    private static @Nullable String link(Element item, @Nullable URI base, @Nullable String feedLink) {
        Stream<String> written = Stream.concat(
                Stream.concat(alternates(item), Stream.ofNullable(text(item, "link"))),
                Stream.concat(Stream.ofNullable(permanent(item)), others(item)));
        return written.map(address -> Links.absolute(address, base))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(feedLink);
    }

    /** Atom links to the page itself, with their own xml:base. */
    private static Stream<String> alternates(Element item) {
        return links(item)
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

    private static Stream<String> others(Element item) {
        Stream<String> enclosures = item.getChildren().stream()
                .filter(child -> child.getName().equals("enclosure") && child.getAttributeValue("url") != null)
                .map(child -> child.getAttributeValue("url"));
        return Stream.concat(
                enclosures,
                links(item)
                        .filter(link -> isRel(link, "enclosure") || isRel(link, "related"))
                        .map(FeedEntry::href));
    }

    private static Stream<Element> links(Element item) {
        return own(item, "link").filter(child -> child.getAttributeValue("href") != null);
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
                && guid.getTextTrim().matches("(?i)https?://.*");
        return address && guid != null ? guid.getTextTrim() : null;
    }

    private static @Nullable Instant date(Element item, List<String> names) {
        for (String name : names) {
            Instant date = own(item, name)
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
        Stream.concat(PUBLISHED.stream(), UPDATED.stream())
                .flatMap(name -> own(parent, name))
                .toList()
                .forEach(Element::detach);
    }

    private static Stream<Element> own(Element parent, String name) {
        return parent.getChildren().stream()
                .filter(child -> child.getName().equals(name) && OWN.contains(child.getNamespaceURI()));
    }

    /** Text of the first child of that name that is the feed's own or Dublin Core's; null if none or blank. */
    static @Nullable String text(Element parent, String name) {
        return own(parent, name)
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
