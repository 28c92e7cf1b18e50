package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * An eForms notice of which somebody made JSON, element by element: a name that begins with {@code @} is an attribute, {@code #text}
 * the words of an element that has attributes, a list an element that repeats. It is written as XML again and read as any other.
 */
final class EformsJson {

    /** By the usual prefix. */
    static final Map<String, String> NAMESPACES = Map.of(
            "cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
            "cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
            "ext", "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
            "efext", "http://data.europa.eu/p27/eforms-ubl-extensions/1",
            "efac", "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
            "efbc", "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]{0,99}");
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;

    private EformsJson(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * @param document an object with the root element as its one member
     * @param id for a notice that does not name itself
     */
    static Parsed read(JsonNode document, String id, URI uri, String position, ParseContext context) {
        for (var member : document.properties()) {
            String namespace = EformsParser.ROOTS.get(member.getKey());
            if (namespace != null && member.getValue().isObject()) {
                byte[] bytes = xml(member.getKey(), namespace, member.getValue(), id);
                var all = new ParseContext(
                        context.source(),
                        context.level(),
                        context.kind(),
                        context.languages(),
                        context.places(),
                        context.zone(),
                        List.of(),
                        List.of(),
                        context.options(),
                        context.now());
                return new EformsParser().parse(new Payload(uri, position, bytes, "application/xml"), all);
            }
        }
        var warning = new Warning(context.source(), position, "eForms", "", "left out, as it is no kind of notice");
        return new Parsed(List.of(), List.of(warning), List.of(), null);
    }

    private static byte[] xml(String root, String namespace, JsonNode content, String id) {
        var bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.setDefaultNamespace(namespace);
            xml.writeStartElement(namespace, root);
            xml.writeDefaultNamespace(namespace);
            for (var prefix : NAMESPACES.entrySet()) {
                xml.setPrefix(prefix.getKey(), prefix.getValue());
                xml.writeNamespace(prefix.getKey(), prefix.getValue());
            }
            if (text(content.path("cbc:ID")).isEmpty()) {
                xml.writeStartElement(NAMESPACES.get("cbc"), "ID");
                xml.writeCharacters(id);
                xml.writeEndElement();
            }
            new EformsJson(xml).children(content);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private void children(JsonNode content) throws XMLStreamException {
        for (var member : content.properties()) {
            String[] name = member.getKey().split(":", 2);
            String namespace = name.length == 2 ? NAMESPACES.get(name[0]) : null;
            if (namespace != null && NAME.matcher(name[1]).matches()) {
                for (JsonNode element : Json.all(member.getValue())) {
                    element(namespace, name[1], element);
                }
            }
        }
    }

    private void element(String namespace, String name, JsonNode content) throws XMLStreamException {
        xml.writeStartElement(namespace, name);
        for (var member : content.properties()) {
            String attribute =
                    member.getKey().substring(Math.min(1, member.getKey().length()));
            boolean plain = member.getKey().startsWith("@") && !attribute.startsWith("xmlns");
            if (plain && NAME.matcher(attribute).matches() && member.getValue().isValueNode()) {
                xml.writeAttribute(attribute, clean(member.getValue().asText()));
            }
        }
        String words = text(content);
        // What people read was escaped as HTML before, once or twice.
        boolean escaped = words.contains("&") && (name.equals("Name") || name.equals("Description"));
        xml.writeCharacters(escaped ? CleanHtml.text(TedText.plain(words)) : words);
        children(content);
        xml.writeEndElement();
    }

    private static String text(@Nullable JsonNode content) {
        JsonNode words = content == null || content.isValueNode() ? content : content.path("#text");
        return words == null || words.isNull() || !words.isValueNode() ? "" : clean(words.asText());
    }

    private static String clean(String text) {
        return NOT_XML.matcher(text).replaceAll("");
    }
}
