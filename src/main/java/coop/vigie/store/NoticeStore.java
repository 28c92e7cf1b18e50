package coop.vigie.store;

import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps notices with all their versions, and the bytes they were read from. */
public final class NoticeStore {

    /** Raw bytes are kept this long after a notice has closed, to be read again by a better parser. */
    private static final Duration RAW_KEPT_AFTER_CLOSING = Duration.ofDays(90);

    private final Database database;

    public NoticeStore(Database database) {
        this.database = database;
    }

    /** What saving a notice found. */
    public enum Saved {
        NEW,
        CHANGED,
        UNCHANGED
    }

    /** The bytes a notice was read from, with their media type. */
    @SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
    public record Raw(byte[] bytes, String mediaType) {}

    /**
     * Stores a notice if its content is new or differs from the version that is there. What counts views or the days left
     * is no content: see {@link Jiggle}.
     *
     * @param callId the call that a new notice joins; ignored for one that has a call already
     */
    public Saved save(Handle handle, Notice notice, Raw raw, NoticeId callId, Instant now) {
        String body = Json.write(notice);
        String hash = sha256(body);
        Optional<Present> present = present(handle, notice.id());
        if (present.isPresent() && says(present.get(), notice, hash)) {
            return Saved.UNCHANGED;
        }
        int version = present.map(Present::version).orElse(0) + 1;
        Instant closes = notice.closes();
        handle.createUpdate("""
                        INSERT INTO notice (id, source, call_id, version, hash, procedure, arrival, stored, closes,
                                            body, raw, raw_type)
                        VALUES (:id, :source, :call, :version, :hash, :procedure,
                                (SELECT COALESCE(MAX(arrival), 0) + 1 FROM notice), :stored, :closes, :body, :raw, :type)
                        ON CONFLICT (id) DO UPDATE SET version = excluded.version, hash = excluded.hash,
                          procedure = excluded.procedure, stored = excluded.stored, closes = excluded.closes,
                          body = excluded.body, raw = excluded.raw, raw_type = excluded.raw_type
                        """)
                .bind("id", notice.id().toString())
                .bind("source", notice.id().source().value())
                .bind("call", callId.toString())
                .bind("version", version)
                .bind("hash", hash)
                .bind("procedure", notice.procedure())
                .bind("stored", now.toEpochMilli())
                .bind("closes", closes == null ? null : closes.toEpochMilli())
                .bind("body", body)
                .bind("raw", gzip(raw.bytes()))
                .bind("type", raw.mediaType())
                .execute();
        handle.createUpdate(
                        "INSERT INTO notice_version (notice_id, version, stored, body) VALUES (:id, :version, :stored, :body)")
                .bind("id", notice.id().toString())
                .bind("version", version)
                .bind("stored", now.toEpochMilli())
                .bind("body", body)
                .execute();
        return present.isPresent() ? Saved.CHANGED : Saved.NEW;
    }

    /** The call to which a notice belongs; empty if the notice is not known. */
    public Optional<NoticeId> callOf(Handle handle, NoticeId notice) {
        return handle.createQuery("SELECT call_id FROM notice WHERE id = :id")
                .bind("id", notice.toString())
                .mapTo(String.class)
                .findOne()
                .flatMap(NoticeId::parse);
    }

    /** The procedure of a notice's present version; empty if it names none or is not known. */
    public Optional<String> procedureOf(Handle handle, NoticeId notice) {
        return handle.createQuery("SELECT procedure FROM notice WHERE id = :id AND procedure IS NOT NULL")
                .bind("id", notice.toString())
                .mapTo(String.class)
                .findOne();
    }

    /** Makes one call of two, the one whose first notice came first, and gives all notices to it. */
    public NoticeId join(Handle handle, NoticeId one, NoticeId other) {
        NoticeId older = handle.createQuery(
                        "SELECT call_id FROM notice WHERE call_id IN (:one, :other) ORDER BY arrival LIMIT 1")
                .bind("one", one.toString())
                .bind("other", other.toString())
                .mapTo(String.class)
                .findOne()
                .flatMap(NoticeId::parse)
                .orElse(one);
        handle.createUpdate("UPDATE notice SET call_id = :older WHERE call_id IN (:one, :other)")
                .bind("older", older.toString())
                .bind("one", one.toString())
                .bind("other", other.toString())
                .execute();
        return older;
    }

    /** The call that has a notice of that procedure; the oldest if there are several. */
    public Optional<NoticeId> callOfProcedure(Handle handle, String procedure) {
        return handle.createQuery("SELECT call_id FROM notice WHERE procedure = :procedure ORDER BY arrival LIMIT 1")
                .bind("procedure", procedure)
                .mapTo(String.class)
                .findOne()
                .flatMap(NoticeId::parse);
    }

    /** The procedures that the notices of a call name, but for one notice's. */
    public Set<String> proceduresOf(Handle handle, NoticeId call, NoticeId butFor) {
        return handle.createQuery("""
                        SELECT DISTINCT procedure FROM notice
                        WHERE call_id = :call AND id <> :notice AND procedure IS NOT NULL
                        """)
                .bind("call", call.toString())
                .bind("notice", butFor.toString())
                .mapTo(String.class)
                .set();
    }

    /** All notices of a call in their present versions, in order of arrival. */
    public List<StoredNotice> ofCall(Handle handle, NoticeId call) {
        return handle.createQuery("SELECT body, version, stored FROM notice WHERE call_id = :call ORDER BY arrival")
                .bind("call", call.toString())
                .map((row, context) -> stored(row.getString("body"), row.getInt("version"), row.getLong("stored")))
                .list();
    }

    /** Every version of one notice, the first one first; empty if the notice is not known. */
    public List<StoredNotice> history(NoticeId notice) {
        return database.read(handle -> handle.createQuery(
                        "SELECT body, version, stored FROM notice_version WHERE notice_id = :id ORDER BY version")
                .bind("id", notice.toString())
                .map((row, context) -> stored(row.getString("body"), row.getInt("version"), row.getLong("stored")))
                .list());
    }

    /** When a notice began to state the last date that it states now: a later version may have changed other things. */
    public Instant datedSince(Handle handle, NoticeId notice) {
        List<StoredNotice> versions = handle.createQuery(
                        "SELECT body, version, stored FROM notice_version WHERE notice_id = :id ORDER BY version DESC")
                .bind("id", notice.toString())
                .map((row, context) -> stored(row.getString("body"), row.getInt("version"), row.getLong("stored")))
                .list();
        Instant closes = versions.getFirst().notice().closes();
        return versions.stream()
                .takeWhile(version -> Objects.equals(version.notice().closes(), closes))
                .toList()
                .getLast()
                .stored();
    }

    /** The bytes the present version was read from; empty if the notice is not known or they have been dropped. */
    public Optional<Raw> raw(NoticeId notice) {
        return database.read(handle -> handle.createQuery(
                        "SELECT raw, raw_type FROM notice WHERE id = :id AND raw IS NOT NULL")
                .bind("id", notice.toString())
                .map((row, context) -> new Raw(gunzip(row.getBytes("raw")), row.getString("raw_type")))
                .findOne());
    }

    /** All notices of one source in their present versions, in order of arrival. */
    public List<Notice> of(Handle handle, SourceId source) {
        return handle.createQuery("SELECT body FROM notice WHERE source = :source ORDER BY arrival")
                .bind("source", source.value())
                .map((row, context) -> Json.read(row.getString("body"), Notice.class))
                .list();
    }

    /** Ids of all notices of one source. */
    public List<NoticeId> idsOf(Handle handle, String source) {
        return handle
                .createQuery("SELECT id FROM notice WHERE source = :source ORDER BY id")
                .bind("source", source)
                .mapTo(String.class)
                .stream()
                .flatMap(id -> NoticeId.parse(id).stream())
                .toList();
    }

    public long count() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM notice")
                .mapTo(Long.class)
                .one());
    }

    /** Drops the raw bytes of notices that closed more than 90 days ago. */
    public int dropOldRaw(Handle handle, Instant now) {
        return handle.createUpdate("UPDATE notice SET raw = NULL WHERE raw IS NOT NULL AND closes < :before")
                .bind("before", now.minus(RAW_KEPT_AFTER_CLOSING).toEpochMilli())
                .execute();
    }

    /** True if what is stored says the same as this notice. */
    private static boolean says(Present present, Notice notice, String hash) {
        return present.hash().equals(hash)
                || Jiggle.without(Json.read(present.body(), Notice.class)).equals(Jiggle.without(notice));
    }

    private record Present(int version, String hash, String body) {}

    private static Optional<Present> present(Handle handle, NoticeId id) {
        return handle.createQuery("SELECT version, hash, body FROM notice WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> new Present(row.getInt("version"), row.getString("hash"), row.getString("body")))
                .findOne();
    }

    private static StoredNotice stored(String body, int version, long stored) {
        return new StoredNotice(Json.read(body, Notice.class), version, Instant.ofEpochMilli(stored));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new QuickGzip(out)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new StoreException("could not compress a notice", failure);
        }
        return out.toByteArray();
    }

    /** A tenth larger, and in a third of the time. */
    private static final class QuickGzip extends GZIPOutputStream {

        QuickGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    static byte[] gunzip(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException failure) {
            throw new StoreException("the stored bytes of a notice are damaged", failure);
        }
    }

    /** The nearest moment after that one at which something of a source closes; null if nothing does. */
    public @Nullable Instant nextClosing(Handle handle, SourceId source, Instant now) {
        return handle.createQuery("SELECT MIN(closes) AS closes FROM notice WHERE source = :source AND closes > :now")
                .bind("source", source.value())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    long closes = row.getLong("closes");
                    return Optional.ofNullable(row.wasNull() ? null : Instant.ofEpochMilli(closes));
                })
                .one()
                .orElse(null);
    }
}
