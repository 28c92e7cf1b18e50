package coop.vigie.store;

import coop.vigie.fetch.Validators;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.NoticeStore.Raw;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which items' own pages were read, when, and what their lists said of them then. */
public final class DetailStore {

    private static final String SELECT = """
            SELECT listed, reading, fetched, next_try, failures, etag, last_modified, validators_of, body, raw, raw_type
            FROM detail_page JOIN notice ON notice.id = detail_page.notice_id
            """;

    /** The longest pause after failures. */
    public static final Duration LONGEST_PAUSE = Duration.ofDays(7);

    private final Database database;

    public DetailStore(Database database) {
        this.database = database;
    }

    /**
     * What one item's list said of it.
     *
     * @param listed as the list or feed gave it
     * @param reading stands for how its page was read: by which parser and selectors
     * @param fetched when its own page was read; null if that is still to be done
     * @param nextTry from when on the page may be asked for again after failures; null if there were none
     * @param validators of the page as it was read
     */
    public record Page(
            Notice listed,
            int reading,
            @Nullable Instant fetched,
            @Nullable Instant nextTry,
            int failures,
            Validators validators) {}

    /**
     * A page that was met before.
     *
     * @param stored list and page together, as they are kept
     * @param raw of the list's entry; empty once it has closed long ago
     */
    public record Known(Page page, Notice stored, Raw raw) {}

    /** Those of these notices that were met before, by id. */
    public Map<NoticeId, Known> find(Collection<NoticeId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<NoticeId, Known> found = new HashMap<>();
        database.read(handle -> handle.createQuery(SELECT + " WHERE notice.id IN (<ids>)")
                        .bindList("ids", ids.stream().map(NoticeId::toString).toList())
                        .map((row, context) -> known(row))
                        .list())
                .forEach(known -> found.put(known.stored().id(), known));
        return found;
    }

    /**
     * Pages to be read whatever the list says: those not read yet, those read in another way than now, and those that were
     * last read longer than {@code before} their closing, which is now nearer than that. What has closed is left alone.
     * Those that failed come last; what was written under a clock that was ahead counts as due.
     */
    public List<Known> due(SourceId source, int reading, Instant now, Duration before, int atMost) {
        return database.read(handle -> handle.createQuery(SELECT + """
                         WHERE detail_page.source = :source AND (closes IS NULL OR closes > :now)
                           AND (fetched IS NULL OR fetched > :now OR reading <> :reading
                                OR (closes <= :now + :before AND fetched < closes - :before))
                           AND (next_try IS NULL OR next_try <= :now OR next_try > :now + :longest)
                         ORDER BY next_try IS NOT NULL, closes IS NULL, closes, notice.id LIMIT :most
                        """)
                .bind("source", source.value())
                .bind("reading", reading)
                .bind("longest", LONGEST_PAUSE.toMillis())
                .bind("now", now.toEpochMilli())
                .bind("before", before.toMillis())
                .bind("most", atMost)
                .map((row, context) -> known(row))
                .list());
    }

    private static Known known(ResultSet row) throws SQLException {
        byte[] raw = row.getBytes("raw");
        return new Known(
                new Page(
                        Json.read(row.getString("listed"), Notice.class),
                        row.getInt("reading"),
                        instant(row, "fetched"),
                        instant(row, "next_try"),
                        row.getInt("failures"),
                        HostStore.validators(row)),
                Json.read(row.getString("body"), Notice.class),
                new Raw(raw == null ? new byte[0] : NoticeStore.gunzip(raw), row.getString("raw_type")));
    }

    public void save(Handle handle, Page page) {
        handle.createUpdate("""
                        INSERT INTO detail_page (notice_id, source, listed, reading, fetched, next_try, failures,
                                                 etag, last_modified, validators_of)
                        VALUES (:id, :source, :listed, :reading, :fetched, :nextTry, :failures, :etag, :lastModified,
                                :of)
                        ON CONFLICT (notice_id) DO UPDATE SET listed = excluded.listed, reading = excluded.reading,
                          fetched = excluded.fetched, next_try = excluded.next_try, failures = excluded.failures,
                          etag = excluded.etag, last_modified = excluded.last_modified,
                          validators_of = excluded.validators_of
                        """)
                .bind("id", page.listed().id().toString())
                .bind("source", page.listed().id().source().value())
                .bind("listed", Json.write(page.listed()))
                .bind("reading", page.reading())
                .bind("fetched", millis(page.fetched()))
                .bind("nextTry", millis(page.nextTry()))
                .bind("failures", page.failures())
                .bind("etag", page.validators().etag())
                .bind("lastModified", page.validators().lastModified())
                .bind("of", HostStore.of(page.validators()))
                .execute();
    }

    /** For an item that has no page of its own. */
    public void forget(Handle handle, NoticeId notice) {
        handle.createUpdate("DELETE FROM detail_page WHERE notice_id = :id")
                .bind("id", notice.toString())
                .execute();
    }

    /** For a source whose items' pages are not read any more: what its list says is all that is kept from now on. */
    public void forget(Handle handle, SourceId source) {
        handle.createUpdate("DELETE FROM detail_page WHERE source = :source")
                .bind("source", source.value())
                .execute();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
