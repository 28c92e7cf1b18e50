package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Notice;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one notice of public procurement, as the Official Journal and many national portals publish it: eForms (UBL 2 with
 * the extensions of the EU's eForms SDK, any version, also the national ones such as eForms-DE), or the XML before it
 * (TED_EXPORT R2.0.8 and R2.0.9). The root element decides which, as packages of 2023 and 2024 hold both.
 *
 * <p>Dates and times are kept as the buyer wrote them and meant in the main zone of the buyer's country. Their offsets
 * are kept but not used, as publishers get them wrong; one that does not fit gives a warning. A notice that breaks off is
 * not kept, since its deadline may stand in the missing part.
 *
 * <p>Nothing in a document can act: one with a DOCTYPE is refused, no entity is resolved, and depth and size are bounded.
 */
public final class EformsParser implements NoticeParser {

    /** The largest real ones, with a hundred lots, have 2 MB. */
    private static final int MAX_MEGABYTES = 15;

    static final Map<String, String> ROOTS = Map.of(
            "ContractNotice", "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2",
            "PriorInformationNotice", "urn:oasis:names:specification:ubl:schema:xsd:PriorInformationNotice-2",
            "ContractAwardNotice", "urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2",
            "BusinessRegistrationInformationNotice",
                    "http://data.europa.eu/p27/eforms-business-registration-information-notice/1");

    private static final Pattern HTML = Pattern.compile("<!doctype html|<html[\\s>]", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML_TITLE = Pattern.compile("<title>\\s*([^<]{1,80})", Pattern.CASE_INSENSITIVE);
    private static final Pattern JDK_MESSAGE = Pattern.compile("(?s)ParseError at .*?Message: (.*)");

    @Override
    public int version() {
        return 2;
    }

    /** At most one notice; no notice and no failure when {@code include} or {@code exclude} leave it out. */
    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        if (payload.bytes().length > MAX_MEGABYTES * 1024L * 1024) {
            return Parsed.failed("a document of more than " + MAX_MEGABYTES + " MB, too large for one notice");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(payload.bytes()));
            Optional<String> otherwise = otherThanNotice(reader);
            if (otherwise.isPresent()) {
                return other(html(payload).orElse(otherwise.get()));
            }
            var draft = new EformsDraft(reader.getLocalName());
            if (TedExportReader.ROOTS.contains(draft.root)) {
                new TedExportReader(reader, draft).read();
            } else {
                EformsFields.TABLE.read(reader, draft);
            }
            return assembled(draft, payload, context);
        } catch (XMLStreamException e) {
            return html(payload).map(EformsParser::other).orElseGet(() -> broken(payload, e));
        }
    }

    /** A new one each time: the JDK's is not documented to be thread-safe, and costs little. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    private static Parsed assembled(EformsDraft draft, Payload payload, ParseContext context) {
        var warnings = new EformsWarnings(context.source(), payload.position());
        Optional<Notice> notice = new EformsAssembly(draft, context, warnings).notice();
        if (notice.isEmpty()) {
            return new Parsed(
                    List.of(),
                    warnings.list(),
                    List.of(),
                    "an eForms notice with neither a publication number nor a notice id, by which it could be kept");
        }
        List<ParsedNotice> kept = notice
                .filter(Wanted.of(context)::accepts)
                .map(read -> new ParsedNotice(read, payload.bytes(), "application/xml"))
                .stream()
                .toList();
        return new Parsed(kept, warnings.list(), List.of(), null);
    }

    /** What the document is, if it is no eForms notice; else empty, and the reader stands on the root. */
    private static Optional<String> otherThanNotice(XMLStreamReader reader) throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                return Optional.of("an XML document with a DOCTYPE, which is not read for safety");
            }
        }
        QName root = reader.getName();
        if (root.getNamespaceURI().equals(ROOTS.get(root.getLocalPart()))
                || TedExportReader.ROOTS.contains(root.getLocalPart())) {
            return Optional.empty();
        }
        return Optional.of(
                switch (root.getLocalPart()) {
                    case "rss", "RDF" -> "an RSS feed";
                    case "feed" -> "an Atom feed";
                    case "html" -> "an HTML page";
                    default ->
                        root.getNamespaceURI().startsWith("urn:oasis:names:specification:ubl:")
                                ? "a UBL document of type " + shortened(root.getLocalPart())
                                : "an XML document of type " + shortened(root.getLocalPart());
                });
    }

    private static Optional<String> html(Payload payload) {
        int length = Math.min(payload.bytes().length, 4_000);
        String start = new String(payload.bytes(), 0, length, StandardCharsets.UTF_8);
        if (!HTML.matcher(start).find()) {
            return Optional.empty();
        }
        Matcher title = HTML_TITLE.matcher(start);
        return Optional.of(
                title.find() ? "an HTML page titled '" + title.group(1).strip() + "'" : "an HTML page");
    }

    private static Parsed broken(Payload payload, XMLStreamException e) {
        if (new String(payload.bytes(), StandardCharsets.ISO_8859_1).isBlank()) {
            return other("an empty document");
        }
        Location location = e.getLocation();
        String message = String.valueOf(e.getMessage());
        Matcher jdk = JDK_MESSAGE.matcher(message);
        String reason = shortened(
                (jdk.matches() ? jdk.group(1) : message).replaceAll("\\s+", " ").strip());
        return Parsed.failed(
                location == null
                        ? "an XML document that cannot be read: " + reason
                        : "an XML document that cannot be read beyond line %d, column %d: %s"
                                .formatted(location.getLineNumber(), location.getColumnNumber(), reason));
    }

    private static String shortened(String text) {
        return text.length() > 150 ? text.substring(0, 150) + "…" : text;
    }

    private static Parsed other(String found) {
        return Parsed.other(found + ", where an eForms notice was expected");
    }
}
