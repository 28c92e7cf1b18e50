package coop.vigie.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Appends to a list in a YAML text that people keep by hand: all that stood there stays as it is, byte for byte. Only the place is
 * looked for in the tree; who writes such a text back reads it first.
 */
public final class YamlList {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private YamlList() {}

    /**
     * The text with one item more at the end of a list, after the comments that stand right below its last item. An empty
     * {@code []} gives way to the item.
     *
     * @param text well-formed YAML
     * @param key of the list, at the top of the document
     * @param item its lines, without indentation; the first that is no comment begins with a hyphen
     * @return empty if there is no such list, or its items stand in brackets
     */
    public static Optional<String> append(String text, String key, List<String> item) {
        if (text.startsWith(BYTE_ORDER_MARK)) {
            return append(text.substring(1), key, item).map(BYTE_ORDER_MARK::concat);
        }
        Node root = new Compose(YamlFile.SETTINGS).composeString(text).orElse(null);
        if (!(root instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(SequenceNode.class::isInstance)
                .map(SequenceNode.class::cast)
                .findFirst()
                .flatMap(list -> append(text, list, item));
    }

    private static Optional<String> append(String text, SequenceNode list, List<String> item) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = text.lines().toList();
        if (list.getFlowStyle() == FlowStyle.BLOCK) {
            int last = lastLine(list);
            int blanks = list.getStartMark().orElseThrow().getColumn();
            while (last + 1 < lines.size() && lines.get(last + 1).strip().startsWith("#")) {
                last++;
            }
            int at = startOf(text, last + 1);
            String before = text.substring(0, at);
            String gap = before.endsWith("\n") ? end : end + end;
            return Optional.of(before + gap + indented(item, blanks, end) + text.substring(at));
        }
        if (!list.getValue().isEmpty()) {
            return Optional.empty();
        }
        // "[]" goes, and what else stands in its line stays.
        int from = place(text, list.getStartMark().orElseThrow());
        int to = place(text, list.getEndMark().orElseThrow());
        int next = startOf(text, list.getEndMark().orElseThrow().getLine() + 1);
        String line = text.substring(0, from) + text.substring(to, next);
        return Optional.of(line + (line.endsWith("\n") ? "" : end) + indented(item, 2, end) + text.substring(next));
    }

    private static String indented(List<String> item, int blanks, String end) {
        var text = new StringBuilder();
        item.forEach(line -> text.append(" ".repeat(blanks)).append(line).append(end));
        return text.toString();
    }

    /** Counted from 0: where the last value in it ends. A block's own end is only where the next thing begins. */
    private static int lastLine(Node node) {
        boolean block = node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK;
        if (block && node instanceof SequenceNode list) {
            return lastLine(list.getValue().getLast());
        }
        if (block && node instanceof MappingNode mapping) {
            return lastLine(mapping.getValue().getLast().getValueNode());
        }
        Mark start = node.getStartMark().orElseThrow();
        Mark end = node.getEndMark().orElseThrow();
        return end.getColumn() == 0 && end.getLine() > start.getLine() ? end.getLine() - 1 : end.getLine();
    }

    private static int place(String text, Mark mark) {
        return text.offsetByCodePoints(startOf(text, mark.getLine()), mark.getColumn());
    }

    /** Where a line begins, counted from 0; the end of the text if it has fewer. */
    private static int startOf(String text, int line) {
        int at = 0;
        for (int i = 0; i < line; i++) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return text.length();
            }
            at = end + 1;
        }
        return at;
    }
}
