package coop.vigie.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A table of paths in an XML document and what to do with what stands there; it reads a stream once, from front to back,
 * and skips all that no path leads to. Paths start below the root: {@code cac:ProcurementProject/cbc:Name}; the prefixes
 * are those of the table, whatever the document calls its namespaces.
 *
 * @param <T> what the values are collected in
 */
final class XmlPaths<T> {

    /** Far beyond any real notice (19 levels), below the JDK's own limit, whose message helps nobody. */
    private static final int MAX_DEPTH = 60;

    /**
     * The content of an element.
     *
     * @param text stripped; without that of child elements
     * @param line where the element ends, 1-based
     */
    record Value(String text, Map<String, String> attributes, int line) {

        /** "" if it is not there. */
        String attribute(String name) {
            return attributes.getOrDefault(name, "").strip();
        }
    }

    interface Field<T> {
        void accept(T draft, Value value);
    }

    private static final class Node<T> {
        final Map<String, Node<T>> children = new HashMap<>();

        @Nullable
        Field<T> field;

        @Nullable
        Consumer<T> enter;

        @Nullable
        Consumer<T> leave;
    }

    private final Map<String, String> prefixes;
    private final Node<T> root = new Node<>();
    private final Node<T> nowhere = new Node<>();

    /** @param prefixes namespace to the prefix that paths use for it */
    XmlPaths(Map<String, String> prefixes) {
        this.prefixes = Map.copyOf(prefixes);
    }

    /** Hands over the content of each element at that path. */
    XmlPaths<T> at(String path, Field<T> field) {
        node(path).field = field;
        return this;
    }

    /** Tells when an element at that path begins and ends, around all that is in it. */
    XmlPaths<T> around(String path, Consumer<T> enter, Consumer<T> leave) {
        Node<T> node = node(path);
        node.enter = enter;
        node.leave = leave;
        return this;
    }

    private Node<T> node(String path) {
        Node<T> node = root;
        for (String step : path.split("/")) {
            node = node.children.computeIfAbsent(step, name -> new Node<>());
        }
        return node;
    }

    /** Reads on to the end of the document; the reader stands on its root element. */
    void read(XMLStreamReader reader, T draft) throws XMLStreamException {
        List<Node<T>> open = new ArrayList<>(List.of(root));
        var text = new StringBuilder();
        Map<String, String> attributes = Map.of();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > MAX_DEPTH) {
                        throw new XMLStreamException("elements more than " + MAX_DEPTH + " deep", reader.getLocation());
                    }
                    Node<T> node = child(open.getLast(), reader);
                    open.add(node);
                    if (node.enter != null) {
                        node.enter.accept(draft);
                    }
                    if (node.field != null) {
                        text.setLength(0);
                        attributes = attributes(reader);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (open.getLast().field != null) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Node<T> node = open.removeLast();
                    if (node.field != null) {
                        int line = reader.getLocation().getLineNumber();
                        node.field.accept(draft, new Value(text.toString().strip(), attributes, line));
                    }
                    if (node.leave != null) {
                        node.leave.accept(draft);
                    }
                }
                // Without a DOCTYPE no entity is declared; left out silently, one could change a date.
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException(
                            "unknown entity &" + reader.getLocalName() + ";", reader.getLocation());
                default -> {}
            }
        }
    }

    private Node<T> child(Node<T> parent, XMLStreamReader reader) {
        if (parent.children.isEmpty()) {
            return nowhere;
        }
        String prefix = prefixes.get(reader.getNamespaceURI());
        return prefix == null ? nowhere : parent.children.getOrDefault(prefix + ":" + reader.getLocalName(), nowhere);
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        int count = reader.getAttributeCount();
        if (count == 0) {
            return Map.of();
        }
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }
}
