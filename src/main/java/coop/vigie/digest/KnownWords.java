package coop.vigie.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Words that were found for an item. Holds nothing that is one reader's own. Thread-safe. */
final class KnownWords {

    /** Some twenty megabytes, with what templates make of them. */
    private static final int AT_MOST = 4_000;

    private final Known<Key, Map<String, Object>> known = new Known<>(AT_MOST);

    /** All on which the words of an item depend, and what the templates make of them. */
    record Key(
            Item item,
            boolean soon,
            String language,
            List<String> reads,
            Instant at,
            ZoneId zone,
            Labels labels,
            Frame.Colours colours) {

        @Override
        public int hashCode() {
            return 31 * item.hashCode() + language.hashCode();
        }
    }

    /** @param words asked for where they are not known */
    Map<String, Object> of(Key key, Supplier<Map<String, Object>> words) {
        return known.of(key, () -> Map.copyOf(words.get()));
    }
}
