package coop.vigie.store;

import coop.vigie.fetch.Validators;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is known of each source from its last visits: validators, due time, health. */
public final class SourceStore {

    private final Database database;

    public SourceStore(Database database) {
        this.database = database;
    }

    /**
     * @param reading stands for the parser's version and the source's entry that read what the validators stand for
     * @param lastOk last time it answered as it should; null if never
     * @param lastItem last time it brought something new or changed; null if never
     * @param failures visits in a row that went wrong; 0 when the last one went well
     * @param outcome code of the last outcome: fetched, unchanged, refused or failed
     * @param message what went wrong last, "" if nothing
     * @param visiting true if a visit began and has not ended
     * @param streak visits in a row that went well and brought something new or changed; below zero, that brought nothing
     * @param rhythm how its document says that it should be read, in words of the reader's own; "" if it says nothing
     * @param onePage true if the list was one page when it was read last
     * @param gone true if its server has said for good that it is gone: it is not asked any more until its entry changes
     */
    public record State(
            SourceId source,
            Validators validators,
            int reading,
            Instant lastAttempt,
            @Nullable Instant lastOk,
            @Nullable Instant lastItem,
            Instant nextDue,
            int failures,
            String outcome,
            String message,
            boolean visiting,
            int streak,
            String rhythm,
            boolean onePage,
            boolean gone) {}

    public Optional<State> find(SourceId source) {
        return database.read(handle -> handle.createQuery("SELECT * FROM source_state WHERE source = :source")
                .bind("source", source.value())
                .map((row, context) -> state(row))
                .findOne());
    }

    public List<State> all() {
        return database.read(handle -> handle.createQuery("SELECT * FROM source_state ORDER BY source")
                .map((row, context) -> state(row))
                .list());
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                new SourceId(row.getString("source")),
                HostStore.validators(row),
                row.getInt("parser_version"),
                Instant.ofEpochMilli(row.getLong("last_attempt")),
                instant(row.getLong("last_ok"), row.wasNull()),
                instant(row.getLong("last_item"), row.wasNull()),
                Instant.ofEpochMilli(row.getLong("next_due")),
                row.getInt("failures"),
                row.getString("outcome"),
                row.getString("message"),
                row.getBoolean("visiting"),
                row.getInt("streak"),
                row.getString("rhythm"),
                row.getBoolean("one_page"),
                row.getBoolean("gone"));
    }

    /** Notes that a visit begins; {@link #save} with its end takes that back. */
    public void begin(Handle handle, SourceId source) {
        handle.createUpdate("UPDATE source_state SET visiting = 1 WHERE source = :source")
                .bind("source", source.value())
                .execute();
    }

    public void save(Handle handle, State state) {
        handle.createUpdate("""
                        INSERT INTO source_state (source, etag, last_modified, parser_version, last_attempt, last_ok,
                                                  last_item, next_due, failures, outcome, message, visiting,
                                                  validators_of, streak, rhythm, one_page, gone)
                        VALUES (:source, :etag, :lastModified, :parserVersion, :lastAttempt, :lastOk, :lastItem,
                                :nextDue, :failures, :outcome, :message, :visiting,
                                :of, :streak, :rhythm, :onePage, :gone)
                        ON CONFLICT (source) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
                          parser_version = excluded.parser_version, last_attempt = excluded.last_attempt,
                          last_ok = excluded.last_ok, last_item = excluded.last_item, next_due = excluded.next_due,
                          failures = excluded.failures, outcome = excluded.outcome, message = excluded.message, visiting = excluded.visiting,
                          validators_of = excluded.validators_of, streak = excluded.streak, rhythm = excluded.rhythm,
                          one_page = excluded.one_page, gone = excluded.gone
                        """)
                .bind("source", state.source().value())
                .bind("etag", state.validators().etag())
                .bind("lastModified", state.validators().lastModified())
                .bind("parserVersion", state.reading())
                .bind("lastAttempt", state.lastAttempt().toEpochMilli())
                .bind("lastOk", millis(state.lastOk()))
                .bind("lastItem", millis(state.lastItem()))
                .bind("nextDue", state.nextDue().toEpochMilli())
                .bind("failures", state.failures())
                .bind("outcome", state.outcome())
                .bind("message", state.message())
                .bind("visiting", state.visiting())
                .bind("of", HostStore.of(state.validators()))
                .bind("streak", state.streak())
                .bind("rhythm", state.rhythm())
                .bind("onePage", state.onePage())
                .bind("gone", state.gone())
                .execute();
    }

    private static @Nullable Instant instant(long millis, boolean wasNull) {
        return wasNull ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Validators of a document that one of a source's led to and that leads nowhere else; none if it was read in another way. */
    public Validators leaf(SourceId source, URI url, int reading) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM source_leaf WHERE source = :source AND url = :url AND reading = :reading")
                .bind("source", source.value())
                .bind("url", url.toString())
                .bind("reading", reading)
                .map((row, context) -> HostStore.validators(row))
                .findOne()
                .orElse(Validators.NONE));
    }

    /** Remembers such documents, and forgets those that a visit which went well did not come by. */
    public void saveLeaves(Handle handle, SourceId source, Map<URI, Validators> leaves, int reading, Instant now) {
        leaves.forEach((url, validators) -> handle.createUpdate("""
                        INSERT INTO source_leaf (source, url, reading, etag, last_modified, validators_of, seen)
                        VALUES (:source, :url, :reading, :etag, :lastModified, :of, :seen)
                        ON CONFLICT (source, url) DO UPDATE SET reading = excluded.reading, etag = excluded.etag,
                          last_modified = excluded.last_modified, validators_of = excluded.validators_of,
                          seen = excluded.seen
                        """)
                .bind("source", source.value())
                .bind("url", url.toString())
                .bind("reading", reading)
                .bind("etag", validators.etag())
                .bind("lastModified", validators.lastModified())
                .bind("of", HostStore.of(validators))
                .bind("seen", now.toEpochMilli())
                .execute());
        handle.createUpdate("DELETE FROM source_leaf WHERE source = :source AND seen <> :seen")
                .bind("source", source.value())
                .bind("seen", now.toEpochMilli())
                .execute();
    }
}
