package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.notice.Sign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a search interface in JSON, read as far as it goes: its list, and what stands beside it.
 *
 * @param items of the list, or of the document if that is a list itself; none if there is no list
 * @param beside all other members of the answer
 * @param listed whether there was a list
 * @param failure one sentence if the document is something else or breaks off; what came before counts
 */
record JsonPage(
        List<JsonNode> items,
        ObjectNode beside,
        boolean listed,
        @Nullable String failure) {

    /**
     * @param list the member that holds the list
     * @param expected what the document should be, such as "an answer of BOAMP"
     */
    static JsonPage read(byte[] bytes, String list, String expected) {
        String text = Json.decode(bytes);
        var items = new ArrayList<JsonNode>();
        ObjectNode beside = Json.MAPPER.createObjectNode();
        boolean listed = false;
        String failure = null;
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                listed = true;
                items(json, items);
            } else if (token == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    if (json.nextToken() == JsonToken.START_ARRAY && name.equals(list)) {
                        listed = true;
                        items(json, items);
                    } else {
                        beside.set(name, Json.MAPPER.<JsonNode>readTree(json));
                    }
                }
            } else {
                failure = (text.isBlank() ? "an empty document" : "neither an object nor a list") + ", where "
                        + expected + " was expected";
            }
        } catch (JsonProcessingException e) {
            failure = listed
                    ? expected + " that breaks off or is damaged after %d items".formatted(items.size())
                    : Json.broken(text, e) + ", where " + expected + " was expected";
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
        return new JsonPage(items, beside, listed, failure);
    }

    private static void items(JsonParser json, List<JsonNode> items) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(Json.MAPPER.readTree(json));
        }
    }

    /** What a failure shows of the source; null if the answer only breaks off. */
    @Nullable
    Sign sign() {
        return listed ? null : Sign.LAYOUT;
    }

    /** A count beside the list; -1 if it is not there. */
    long count(String name) {
        JsonNode value = beside.path(name);
        return value.canConvertToLong() ? value.asLong() : -1;
    }
}
