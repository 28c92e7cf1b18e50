package coop.vigie.watch;

import coop.vigie.notice.Sign;
import coop.vigie.notice.SourceId;
import coop.vigie.store.Database;
import coop.vigie.watch.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The past of the sources, and what is wrong with them; in {@code vigie.db}. */
public final class WatchStore {

    /** How many visits of a source are kept. */
    public static final int VISITS = 200;

    /** A summer pause of last year must still be known at the end of this year's. */
    private static final int DAYS = 460;

    private static final int MESSAGE_AT_MOST = 300;

    private final Database database;

    public WatchStore(Database database) {
        this.database = database;
    }

    /** @param day of the visit in the source's zone */
    public void note(Handle handle, SourceId source, Visited visit, LocalDate day) {
        handle.createUpdate("""
                        INSERT INTO source_visit (source, at, answer, items, added, sign, message)
                        VALUES (:source, :at, :answer, :items, :added, :sign, :message)
                        ON CONFLICT (source, at) DO UPDATE SET answer = excluded.answer, items = excluded.items,
                          added = excluded.added, sign = excluded.sign, message = excluded.message
                        """)
                .bind("source", source.value())
                .bind("at", visit.at().toEpochMilli())
                .bind("answer", visit.answer().code())
                .bind("items", visit.items())
                .bind("added", visit.added())
                .bind("sign", visit.sign().map(Sign::code).orElse(""))
                .bind("message", shortened(visit.message()))
                .execute();
        if (visit.added() > 0) {
            handle.createUpdate("INSERT INTO news_day (source, day) VALUES (:source, :day) ON CONFLICT DO NOTHING")
                    .bind("source", source.value())
                    .bind("day", day.toString())
                    .execute();
        }
        forget(handle, source, day.minusDays(DAYS));
    }

    private static void forget(Handle handle, SourceId source, LocalDate before) {
        handle.createUpdate("""
                        DELETE FROM source_visit WHERE source = :source AND at <=
                          (SELECT at FROM source_visit WHERE source = :source ORDER BY at DESC LIMIT 1 OFFSET :kept)
                        """)
                .bind("source", source.value())
                .bind("kept", VISITS)
                .execute();
        handle.createUpdate("DELETE FROM news_day WHERE source = :source AND day < :before")
                .bind("source", source.value())
                .bind("before", before.toString())
                .execute();
    }

    private static String shortened(String message) {
        int end = Math.min(message.length(), MESSAGE_AT_MOST);
        // Never between the halves of a character.
        return message.substring(0, end > 0 && Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end);
    }

    /** @param today what lies ahead of it was noted under another clock, and does not count */
    public History history(Handle handle, SourceId source, Instant now, LocalDate today) {
        List<Visited> visits = handle.createQuery(
                        "SELECT * FROM source_visit WHERE source = :source AND at <= :now ORDER BY at")
                .bind("source", source.value())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new Visited(
                        Instant.ofEpochMilli(row.getLong("at")),
                        Visited.Answer.ofCode(row.getString("answer")),
                        row.getInt("items"),
                        row.getInt("added"),
                        Sign.ofCode(row.getString("sign")),
                        row.getString("message")))
                .list();
        List<LocalDate> days = handle.createQuery(
                        "SELECT day FROM news_day WHERE source = :source AND day <= :today ORDER BY day")
                .bind("source", source.value())
                .bind("today", today.toString())
                .map((row, context) -> LocalDate.parse(row.getString("day")))
                .list();
        return new History(visits, days);
    }

    /** What is wrong now, by source. */
    public List<Breach> open() {
        return database.read(this::open);
    }

    public List<Breach> open(Handle handle) {
        return handle.createQuery("SELECT * FROM breach WHERE ended IS NULL ORDER BY source")
                .map((row, context) -> breach(row))
                .list();
    }

    /** Those that are still open, of which the operator has had no mail. */
    public List<Breach> unmailed() {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM breach WHERE ended IS NULL AND mailed IS NULL ORDER BY source")
                .map((row, context) -> breach(row))
                .list());
    }

    private static Breach breach(ResultSet row) throws SQLException {
        return new Breach(
                row.getLong("id"),
                new SourceId(row.getString("source")),
                new Finding(
                        Kind.ofCode(row.getString("kind")).orElse(Kind.UNREAD),
                        LocalDate.parse(row.getString("since")),
                        row.getBoolean("delivers"),
                        row.getString("detail")),
                Instant.ofEpochMilli(row.getLong("raised")),
                instant(row.getLong("acknowledged"), row.wasNull()),
                row.getString("acknowledged_by"),
                row.getString("note"));
    }

    public void raise(Handle handle, SourceId source, Finding finding, Instant now) {
        handle.createUpdate("""
                        INSERT INTO breach (source, kind, since, delivers, detail, raised)
                        VALUES (:source, :kind, :since, :delivers, :detail, :now)
                        """)
                .bind("source", source.value())
                .bind("kind", finding.kind().code())
                .bind("since", finding.since().toString())
                .bind("delivers", finding.delivers())
                .bind("detail", finding.detail())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    public void end(Handle handle, Breach breach, Instant now) {
        handle.createUpdate("UPDATE breach SET ended = :now WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", breach.id())
                .execute();
    }

    /** Notes that the operator's mail about these is written. */
    public void mailed(Collection<Breach> breaches, Instant now) {
        database.write(handle -> {
            for (Breach breach : breaches) {
                handle.createUpdate("UPDATE breach SET mailed = :now WHERE id = :id")
                        .bind("now", now.toEpochMilli())
                        .bind("id", breach.id())
                        .execute();
            }
            return true;
        });
    }

    /**
     * @param who a mail address or a user of the system
     * @return false if nothing is wrong with that source
     */
    public boolean acknowledge(SourceId source, String who, String note, Instant now) {
        return database.write(handle -> handle.createUpdate("""
                                UPDATE breach SET acknowledged = :now, acknowledged_by = :who, note = :note
                                WHERE source = :source AND ended IS NULL
                                """)
                        .bind("now", now.toEpochMilli())
                        .bind("who", who)
                        .bind("note", note)
                        .bind("source", source.value())
                        .execute())
                > 0;
    }

    private static @Nullable Instant instant(long millis, boolean wasNull) {
        return wasNull ? null : Instant.ofEpochMilli(millis);
    }
}
