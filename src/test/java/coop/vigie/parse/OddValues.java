package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** A JSON document again and again, each time with one value in it that nobody expects there. */
final class OddValues {

    private static final List<String> ODD = List.of("null", "7", "\"[\"", "[]", "{}");

    private OddValues() {}

    static void in(String document, Consumer<String> reader) {
        try {
            JsonNode root = Json.MAPPER.readTree(document);
            each(root, () -> reader.accept(root.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void each(JsonNode node, Runnable run) throws JsonProcessingException {
        if (node instanceof ObjectNode object) {
            for (var member : List.copyOf(object.properties())) {
                String name = member.getKey();
                JsonNode value = member.getValue();
                for (String odd : ODD) {
                    object.set(name, Json.MAPPER.readTree(odd));
                    run.run();
                }
                object.set(name, value);
                each(value, run);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                for (String odd : ODD) {
                    array.set(i, Json.MAPPER.readTree(odd));
                    run.run();
                }
                array.set(i, value);
                each(value, run);
            }
        }
    }
}
