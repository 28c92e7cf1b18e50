package coop.vigie.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The numbered log of what changed, which the index and the matching follow. The number comes from a one-row counter
 * that is updated in the same transaction, so that numbers rise in the order of commits on every engine.
 */
public final class ChangeLog {

    private final Database database;

    public ChangeLog(Database database) {
        this.database = database;
    }

    /** Something that changed, at that number. */
    public record Entry(long change, String callId) {}

    /** Logs that a call changed; the new number. */
    public static long append(Handle handle, String callId, Instant now) {
        handle.execute("UPDATE change_counter SET value = value + 1");
        long change = handle.createQuery("SELECT value FROM change_counter")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("INSERT INTO change_log (change, at, call_id) VALUES (:change, :at, :call)")
                .bind("change", change)
                .bind("at", now.toEpochMilli())
                .bind("call", callId)
                .execute();
        return change;
    }

    /** Names the store whose numbers these are; another store counts from the beginning. */
    public String identity() {
        return database.read(handle -> handle.createQuery("SELECT value FROM store_identity")
                .mapTo(String.class)
                .one());
    }

    /** When the first change was made that is known; empty if nothing ever changed. */
    public Optional<Instant> since() {
        return database.read(handle -> handle.createQuery("SELECT at FROM change_log ORDER BY change LIMIT 1")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    /** The last number given; 0 if nothing ever changed. */
    public long last() {
        return database.read(handle -> handle.createQuery("SELECT value FROM change_counter")
                .mapTo(Long.class)
                .one());
    }

    /**
     * Forces every change so far onto the disk. Commits of the public database are not, and an index that had worked in
     * what a power cut then takes from the log would never look at those numbers again.
     */
    public void settle() {
        database.read(handle -> {
            handle.execute("PRAGMA synchronous = FULL");
            // The sync of any commit covers all that stands before it in the write-ahead log.
            return handle.inTransaction(commit -> commit.execute("UPDATE change_counter SET value = value"));
        });
    }

    /** The newest entry of each call that changed after {@code after} and not after {@code upTo}, by number. */
    public List<Entry> between(long after, long upTo) {
        return database.read(handle -> handle.createQuery("""
                        SELECT MAX(change) AS newest, call_id FROM change_log
                        WHERE change > :after AND change <= :upTo GROUP BY call_id ORDER BY newest
                        """)
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> new Entry(row.getLong("newest"), row.getString("call_id")))
                .list());
    }
}
