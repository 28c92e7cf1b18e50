package coop.vigie.fetch;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question to a server: an address, and what is posted to it.
 *
 * @param post null for a plain GET
 * @param headers that an interface asks for beside the usual ones, by name; never secret
 */
public record Query(URI uri, @Nullable Post post, Map<String, String> headers) {

    public Query {
        headers = Map.copyOf(headers);
    }

    public Query(URI uri, @Nullable Post post) {
        this(uri, post, Map.of());
    }

    /**
     * What a POST sends.
     *
     * @param contentType such as {@code application/json}
     * @param body sent as UTF-8
     */
    public record Post(String contentType, String body) {}

    public static Query get(URI uri) {
        return new Query(uri, null);
    }
}
