package coop.vigie.parse;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** JSON as publishers write it: forgiving about numbers and control characters, strict about everything else. */
final class Json {

    /** Depth, and the length of names and numbers, are bounded by Jackson's own defaults. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Json() {}

    /** UTF-8 as RFC 8259 and RFC 5545 want it; else Windows-1252, as old servers send it. */
    static String decode(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            text = new String(bytes, WINDOWS_1252);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The first of these members that is there and holds words or a number; "" if none does. */
    static String text(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
                return value.asText().strip();
            }
        }
        return "";
    }

    /**
     * A value as it stands there, for what must not be lost because a publisher changed its shape: words as they are, those of a list
     * with commas between them, anything else as JSON; "" for nothing.
     */
    static String written(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        List<JsonNode> parts = all(value);
        return parts.stream().allMatch(JsonNode::isValueNode)
                ? parts.stream()
                        .filter(part -> !part.isNull())
                        .map(part -> part.asText().strip())
                        .collect(Collectors.joining(", "))
                : value.toString();
    }

    /** The elements of an array; a single value counts as an array of one, as publishers mix the two. */
    static List<JsonNode> all(JsonNode value) {
        var all = new ArrayList<JsonNode>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else if (!value.isMissingNode() && !value.isNull()) {
            all.add(value);
        }
        return all;
    }

    /** One sentence on what a document is instead of JSON. */
    static String broken(String text, com.fasterxml.jackson.core.JsonProcessingException e) {
        String start = text.stripLeading();
        if (start.isEmpty()) {
            return "an empty document";
        }
        if (start.startsWith("<")) {
            return FeedSource.htmlPage(text).contains("titled")
                            || start.regionMatches(true, 0, "<html", 0, 5)
                            || start.regionMatches(true, 0, "<!doctype html", 0, 14)
                    ? FeedSource.htmlPage(text)
                    : "an XML document";
        }
        var location = e.getLocation();
        return location == null
                ? "no readable JSON"
                : "JSON that cannot be read beyond line %d, column %d"
                        .formatted(location.getLineNr(), location.getColumnNr());
    }
}
