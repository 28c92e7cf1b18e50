package coop.vigie.config;

import coop.vigie.notice.LocalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The keys and values of one mapping in a file. Asking for a key makes it a known one; what nobody asked for is reported as
 * unknown. A value that cannot be read is reported too, and the reading goes on with the fallback or null, so that one run
 * shows everything that is wrong.
 */
public final class Section {

    /** Turns a section into a value; null if something that it needs was missing or bad, which is reported by then. */
    @FunctionalInterface
    public interface Mapping<T> {
        @Nullable
        T read(Section section);
    }

    private final Reading reading;
    private final @Nullable MappingNode node;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** @param node null for a section without any entry */
    private Section(Reading reading, @Nullable MappingNode node) {
        this.reading = reading;
        this.node = node;
        if (node == null) {
            return;
        }
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                reading.problem(entry.getKeyNode(), "a key must be a single word");
                continue;
            }
            NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
            if (first != null) {
                reading.problem(
                        key,
                        "'%s' is given twice; first in line %d".formatted(key.getValue(), lineOf(first.getKeyNode())));
            }
        }
    }

    /** Reads a whole section, then reports the keys that the mapping did not ask for. */
    static <T> @Nullable T read(Reading reading, @Nullable MappingNode node, Mapping<T> mapping) {
        var section = new Section(reading, node);
        T value = mapping.read(section);
        section.entries.forEach((key, entry) -> {
            if (!section.known.contains(key)) {
                String suggestion = Suggestion.among(section.known, key);
                reading.problem(
                        entry.getKeyNode(),
                        "unknown key '%s'%s"
                                .formatted(
                                        Types.shown(key),
                                        suggestion.isEmpty()
                                                ? "; known here: " + String.join(", ", section.known)
                                                : suggestion));
            }
        });
        return value;
    }

    /** Line in which it begins, from 1. */
    public int line() {
        return node == null ? 1 : lineOf(node);
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** True if the key has a list with at least one entry, readable or not. */
    public boolean isFilled(String key) {
        NodeTuple entry = entries.get(key);
        return entry != null
                && entry.getValueNode() instanceof SequenceNode list
                && !list.getValue().isEmpty();
    }

    /** Says nothing about the keys that nobody asked for: which ones belong here depends on a value that is bad itself. */
    public void ignoreRest() {
        known.addAll(entries.keySet());
    }

    /** Reports something wrong with the section as a whole. */
    public void problem(String message) {
        if (node == null) {
            reading.problem(1, 1, message);
        } else {
            reading.problem(node, message);
        }
    }

    /** Reports something wrong with the value of a key, or with the whole section if it has no such key. */
    public void problem(String key, String message) {
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            problem(message);
        } else {
            reading.problem(entry.getValueNode(), message);
        }
    }

    /** Null if the key is absent, or its value bad. */
    public <T> @Nullable T optional(String key, Type<T> type) {
        Node value = entry(key);
        return value == null ? null : scalar(key, value, type);
    }

    public <T> T optional(String key, Type<T> type, T fallback) {
        T value = optional(key, type);
        return value == null ? fallback : value;
    }

    /** Null if the key is absent, or its value bad; either is reported. */
    public <T> @Nullable T required(String key, Type<T> type) {
        require(key);
        return optional(key, type);
    }

    /** Reports the key if it is absent. */
    public void require(String key) {
        known.add(key);
        if (!has(key)) {
            problem(key, "required key '" + key + "' is missing");
        }
    }

    /** A secret: must be written as {@code ${ENV:NAME}}, so that it never stands in a file. */
    public @Nullable Secret secret(String key) {
        Node value = entry(key);
        if (value instanceof ScalarNode scalar && !Reading.isVariable(scalar.getValue())) {
            reading.problem(value, "'" + key + "' is a secret and must not stand in a file; write ${ENV:NAME} instead");
            return null;
        }
        String text = value == null ? null : scalar(key, value, secret -> secret);
        return text == null ? null : new Secret(text);
    }

    /** Empty if the key is absent; bad entries are reported and left out. */
    public <T> List<T> list(String key, Type<T> type) {
        return list(key, type, List.of());
    }

    public <T> List<T> list(String key, Type<T> type, List<T> fallback) {
        Node value = entry(key);
        return value == null ? fallback : items(key, value, type);
    }

    /** One value or a list of them; empty if the key is absent; bad entries are reported and left out. */
    public <T> List<T> oneOrMore(String key, Type<T> type) {
        if (entry(key) instanceof ScalarNode single) {
            T one = scalar(key, single, type);
            return one == null ? List.of() : List.of(one);
        }
        return list(key, type);
    }

    /** Any key to one text or a list of them; empty if the key is absent. */
    public Map<String, List<String>> textLists(String key) {
        var lists = new LinkedHashMap<String, List<String>>();
        forEachEntry(key, (name, value) -> {
            String path = key + "." + name;
            if (value instanceof SequenceNode) {
                lists.put(name, items(path, value, Type.ANY_TEXT));
            } else {
                String text = scalar(path, value, Type.ANY_TEXT);
                lists.put(name, text == null ? List.of() : List.of(text));
            }
        });
        return Collections.unmodifiableMap(lists);
    }

    /** A text by language, {@code { fr: …, nl: … }}, or one text whose language is not said. */
    public @Nullable LocalText localText(String key) {
        Node value = entry(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof MappingNode mapping)) {
            String text = scalar(key, value, Type.TEXT);
            return text == null ? null : LocalText.of(LocalText.UNDETERMINED, text);
        }
        var texts = new LinkedHashMap<String, String>();
        read(reading, mapping, section -> {
            for (String language : section.entries.keySet()) {
                if (!Types.LANGUAGES.contains(language) && !language.equals(LocalText.UNDETERMINED)) {
                    reading.problem(
                            section.keyNode(language), "'" + Types.shown(language) + "' is not a language code");
                }
                String text = section.optional(language, Type.TEXT);
                if (text != null) {
                    texts.put(language, text);
                }
            }
            return texts;
        });
        return new LocalText(texts, null);
    }

    /** Null if the key is absent, or its value bad. */
    public <T> @Nullable T section(String key, Mapping<T> mapping) {
        Node value = entry(key);
        return value == null ? null : mapped(key, value, mapping);
    }

    public <T> T section(String key, Mapping<T> mapping, T fallback) {
        T value = section(key, mapping);
        return value == null ? fallback : value;
    }

    /** A list of sections; empty if the key is absent; bad entries are reported and left out. */
    public <T> List<T> sections(String key, Mapping<T> mapping) {
        Node value = entry(key);
        var read = new ArrayList<T>();
        for (Node item : value == null ? List.<Node>of() : sequence(key, value)) {
            T one = mapped(key, item, mapping);
            if (one != null) {
                read.add(one);
            }
        }
        return List.copyOf(read);
    }

    private @Nullable Node entry(String key) {
        known.add(key);
        NodeTuple entry = entries.get(key);
        return entry == null ? null : entry.getValueNode();
    }

    private Node keyNode(String key) {
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            throw new IllegalArgumentException("no key " + key);
        }
        return entry.getKeyNode();
    }

    private void forEachEntry(String key, BiConsumer<String, Node> reader) {
        section(key, section -> {
            section.entries.forEach((name, entry) -> {
                section.known.add(name);
                reader.accept(name, entry.getValueNode());
            });
            return section;
        });
    }

    private <T> @Nullable T mapped(String key, Node value, Mapping<T> mapping) {
        if (value instanceof MappingNode node) {
            return read(reading, node, mapping);
        }
        reading.problem(value, "'%s' must hold keys and values, not %s".formatted(key, described(value)));
        return null;
    }

    private List<Node> sequence(String key, Node value) {
        if (value instanceof SequenceNode node) {
            return node.getValue();
        }
        reading.problem(
                value,
                isNothing(value)
                        ? "'" + key + "' has no value; write [] for none"
                        : "'%s' must be a list, not %s".formatted(key, described(value)));
        return List.of();
    }

    private <T> List<T> items(String key, Node value, Type<T> type) {
        var read = new ArrayList<T>();
        for (Node item : sequence(key, value)) {
            T one = scalar(key, item, type);
            if (one != null) {
                read.add(one);
            }
        }
        return List.copyOf(read);
    }

    private <T> @Nullable T scalar(String key, Node value, Type<T> type) {
        if (!(value instanceof ScalarNode scalar)) {
            reading.problem(value, "'%s' must be a single value, not %s".formatted(key, described(value)));
            return null;
        }
        if (isNothing(value)) {
            reading.problem(value, "'" + key + "' has no value; give one or remove the line");
            return null;
        }
        String text = reading.expand(value, scalar.getValue());
        try {
            return type.read(text);
        } catch (Type.Bad bad) {
            // A missing variable has been reported already; what is wrong without it is of no interest.
            if (text.equals(scalar.getValue()) || !text.isEmpty()) {
                // The message quotes the value; what came from the environment may be secret and is shown as its name.
                String message = String.valueOf(bad.getMessage()).replace(text, scalar.getValue());
                reading.problem(value, "'" + key + "': " + message);
            }
            return null;
        }
    }

    private static boolean isNothing(Node value) {
        return value.getTag().equals(Tag.NULL);
    }

    private static String described(Node value) {
        if (value instanceof SequenceNode) {
            return "a list";
        }
        if (value instanceof MappingNode) {
            return "keys and values";
        }
        return isNothing(value) ? "nothing" : "a single value";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
