package coop.vigie.digest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was made of something for one reader, kept for the others: the readers of a run get many of the same items. Thread-safe.
 */
public final class Known<K, V> {

    private final int atMost;
    private final Map<K, V> known = new ConcurrentHashMap<>();

    /** @param atMost when there are so many, all are forgotten */
    public Known(int atMost) {
        this.atMost = atMost;
    }

    /** @param make asked for where it is not known; two threads at once may both make it */
    public V of(K key, Supplier<V> make) {
        V found = known.get(key);
        if (found == null) {
            found = make.get();
            if (known.size() >= atMost) {
                known.clear();
            }
            known.put(key, found);
        }
        return found;
    }
}
