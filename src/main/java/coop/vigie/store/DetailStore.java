package coop.vigie.store;

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
            SELECT listed, fetched, body, raw, raw_type
            FROM detail_page JOIN notice ON notice.id = detail_page.notice_id
            """;

    private final Database database;

    public DetailStore(Database database) {
        this.database = database;
    }

    /**
     * What one item's list said of it.
     *
     * @param listed as the list or feed gave it
     * @param fetched when its own page was read; null if that is still to be done
     */
    public record Page(Notice listed, @Nullable Instant fetched) {}

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
     * Pages to be read whatever the list says: those not read yet, and those that were last read longer than {@code before}
     * their closing, which is now nearer than that. What has closed is left alone.
     */
    public List<Known> due(SourceId source, Instant now, Duration before, int atMost) {
        return database.read(handle -> handle.createQuery(SELECT + """
                         WHERE detail_page.source = :source AND (closes IS NULL OR closes > :now)
                           AND (fetched IS NULL OR (closes <= :now + :before AND fetched < closes - :before))
                         ORDER BY closes IS NULL, closes, notice.id LIMIT :most
                        """)
                .bind("source", source.value())
                .bind("now", now.toEpochMilli())
                .bind("before", before.toMillis())
                .bind("most", atMost)
                .map((row, context) -> known(row))
                .list());
    }

    private static Known known(ResultSet row) throws SQLException {
        byte[] raw = row.getBytes("raw");
        long fetched = row.getLong("fetched");
        Instant read = row.wasNull() ? null : Instant.ofEpochMilli(fetched);
        return new Known(
                new Page(Json.read(row.getString("listed"), Notice.class), read),
                Json.read(row.getString("body"), Notice.class),
                new Raw(raw == null ? new byte[0] : NoticeStore.gunzip(raw), row.getString("raw_type")));
    }

    public void save(Handle handle, Page page) {
        handle.createUpdate("""
                        INSERT INTO detail_page (notice_id, source, listed, fetched) VALUES (:id, :source, :listed, :fetched)
                        ON CONFLICT (notice_id) DO UPDATE SET listed = excluded.listed, fetched = excluded.fetched
                        """)
                .bind("id", page.listed().id().toString())
                .bind("source", page.listed().id().source().value())
                .bind("listed", Json.write(page.listed()))
                .bind("fetched", page.fetched() == null ? null : page.fetched().toEpochMilli())
                .execute();
    }
}
