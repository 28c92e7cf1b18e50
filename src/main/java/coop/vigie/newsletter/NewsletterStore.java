package coop.vigie.newsletter;

import coop.vigie.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How far each newsletter has come, in {@code members.db}. Who got one stands in the outbox. */
public final class NewsletterStore {

    private final Database members;

    public NewsletterStore(Database members) {
        this.members = members;
    }

    /**
     * One newsletter.
     *
     * @param file its name, or its path once it is archived; relative to the home
     * @param due when it is to be sent, as its file said when it was last readable
     * @param announced when the comms team was mailed the draft; null if it was not
     * @param reminded when they were mailed that it did not leave; null if they were not
     * @param sent null until it was
     */
    public record State(
            String id,
            String file,
            @Nullable Instant due,
            @Nullable Instant announced,
            @Nullable Instant reminded,
            @Nullable Instant sent) {}

    /** By id. */
    public List<State> all() {
        return members.read(handle -> handle.createQuery("SELECT * FROM newsletter ORDER BY id")
                .map((row, context) -> state(row))
                .list());
    }

    public Optional<State> find(String id) {
        return all().stream().filter(state -> state.id().equals(id)).findFirst();
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getString("id"),
                row.getString("file"),
                instant(row, "due"),
                instant(row, "announced"),
                instant(row, "reminded"),
                instant(row, "sent"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Notes where a newsletter lies and when it is due. */
    public void note(String id, String file, Instant due) {
        members.write(handle -> handle.createUpdate("""
                        INSERT INTO newsletter (id, file, due) VALUES (:id, :file, :due)
                        ON CONFLICT (id) DO UPDATE SET file = excluded.file, due = excluded.due
                        """)
                .bind("id", id)
                .bind("file", file)
                .bind("due", due.toEpochMilli())
                .execute());
    }

    public void announced(String id, Instant now) {
        set(id, "announced", now);
    }

    public void reminded(String id, Instant now) {
        set(id, "reminded", now);
    }

    private void set(String id, String column, Instant now) {
        members.write(handle -> set(handle, id, column, now));
    }

    private static int set(Handle handle, String id, String column, Instant now) {
        return handle.createUpdate(
                        "UPDATE newsletter SET " + column + " = :now WHERE id = :id AND " + column + " IS NULL")
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /** Notes that everybody's mail is in the outbox, and of what it tells. */
    public void sent(String id, Collection<String> calls, Instant now) {
        members.write(handle -> {
            set(handle, id, "sent", now);
            for (String call : calls) {
                handle.createUpdate(
                                "INSERT INTO newsletter_call (newsletter, call_id) VALUES (:id, :call) ON CONFLICT DO NOTHING")
                        .bind("id", id)
                        .bind("call", call)
                        .execute();
            }
            return true;
        });
    }

    public void moved(String id, String file) {
        members.write(handle -> handle.createUpdate("UPDATE newsletter SET file = :file WHERE id = :id")
                .bind("file", file)
                .bind("id", id)
                .execute());
    }

    /** The calls that stood in a newsletter that was sent. */
    public Set<String> told() {
        return members.read(handle -> handle.createQuery("SELECT DISTINCT call_id FROM newsletter_call")
                .mapTo(String.class)
                .set());
    }
}
