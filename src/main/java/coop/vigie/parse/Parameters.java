package coop.vigie.parse;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters in the query of an address. */
final class Parameters {

    private Parameters() {}

    /** Decoded; null if it has none of that name. */
    static @Nullable String get(URI address, String name) {
        String query = address.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(name + "=")) {
                return URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /**
     * The address with these in the place of its own of the same names; the others stay as they are written.
     *
     * @param values "" takes a parameter out
     */
    static URI with(URI address, Map<String, String> values) {
        String bare = address.toString().replaceFirst("[?#].*$", "");
        Map<String, String> all = new LinkedHashMap<>();
        String query = address.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String name = parameter.replaceFirst("=.*$", "");
            if (!parameter.isEmpty() && !values.containsKey(name)) {
                all.merge(name, parameter, (one, other) -> one + "&" + other);
            }
        }
        values.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.put(name, name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return URI.create(bare + all.values().stream().collect(Collectors.joining("&", "?", "")));
    }
}
