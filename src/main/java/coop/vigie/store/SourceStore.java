package coop.vigie.store;

import coop.vigie.fetch.Validators;
import coop.vigie.notice.SourceId;
import java.time.Instant;
import java.util.List;
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
            boolean visiting) {}

    public Optional<State> find(SourceId source) {
        return all().stream().filter(state -> state.source().equals(source)).findFirst();
    }

    public List<State> all() {
        return database.read(handle -> handle.createQuery("SELECT * FROM source_state ORDER BY source")
                .map((row, context) -> new State(
                        new SourceId(row.getString("source")),
                        new Validators(row.getString("etag"), row.getString("last_modified")),
                        row.getInt("parser_version"),
                        Instant.ofEpochMilli(row.getLong("last_attempt")),
                        instant(row.getLong("last_ok"), row.wasNull()),
                        instant(row.getLong("last_item"), row.wasNull()),
                        Instant.ofEpochMilli(row.getLong("next_due")),
                        row.getInt("failures"),
                        row.getString("outcome"),
                        row.getString("message"),
                        row.getBoolean("visiting")))
                .list());
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
                                                  last_item, next_due, failures, outcome, message, visiting)
                        VALUES (:source, :etag, :lastModified, :parserVersion, :lastAttempt, :lastOk, :lastItem,
                                :nextDue, :failures, :outcome, :message, :visiting)
                        ON CONFLICT (source) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
                          parser_version = excluded.parser_version, last_attempt = excluded.last_attempt,
                          last_ok = excluded.last_ok, last_item = excluded.last_item, next_due = excluded.next_due,
                          failures = excluded.failures, outcome = excluded.outcome, message = excluded.message, visiting = excluded.visiting
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
                .execute();
    }

    private static @Nullable Instant instant(long millis, boolean wasNull) {
        return wasNull ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
