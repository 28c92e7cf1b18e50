package coop.vigie.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source's entry in {@code feeds.yaml} says to the parser of its type.
 *
 * @param query of query types; "" if none
 * @param params settings of the type, each with one value or several
 * @param select CSS selectors of a list page by field
 * @param detail CSS selectors of an item's own page by field
 */
public record SourceOptions(
        String query, Map<String, List<String>> params, Map<String, String> select, Map<String, String> detail) {

    public static final SourceOptions NONE = new SourceOptions("", Map.of(), Map.of(), Map.of());

    public SourceOptions {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        select = Collections.unmodifiableMap(new LinkedHashMap<>(select));
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }
}
