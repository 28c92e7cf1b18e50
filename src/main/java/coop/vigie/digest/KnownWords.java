package coop.vigie.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Words that were found for an item: the readers of a run get many of the same items, in a few languages. Thread-safe. Holds
 * nothing that is one reader's own.
 */
final class KnownWords {

    /** Some ten megabytes. */
    private static final int AT_MOST = 4_000;

    private final Map<Key, Map<String, Object>> known = new ConcurrentHashMap<>();

    /** All on which the words of an item depend. */
    record Key(Item item, boolean soon, String language, List<String> reads, Instant at, ZoneId zone, Labels labels) {

        /** A call's whole content is compared, but need not be counted. */
        @Override
        public int hashCode() {
            return 31 * item.call().id().hashCode() + language.hashCode();
        }
    }

    /** @param words asked for where they are not known */
    Map<String, Object> of(Key key, Supplier<Map<String, Object>> words) {
        Map<String, Object> found = known.get(key);
        if (found == null) {
            found = Map.copyOf(words.get());
            if (known.size() >= AT_MOST) {
                known.clear();
            }
            known.put(key, found);
        }
        return found;
    }
}
