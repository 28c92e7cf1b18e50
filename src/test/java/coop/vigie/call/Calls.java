package coop.vigie.call;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.sqlite.ProgressHandler;

/** A real store of calls, and invented notices for it. */
final class Calls implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private final Database database;
    final CallStore store;

    Calls(Path folder) {
        database = Database.open(folder, Schema.PUBLIC);
        store = new CallStore(database, new NoticeStore(database));
    }

    static NoticeId id(String source, String nativeId) {
        return new NoticeId(new SourceId(source), nativeId);
    }

    /** A notice with a title and no date. */
    static Notice.Builder notice(String source, String nativeId, String title) {
        return new Notice.Builder(id(source, nativeId), BRUSSELS).title(LocalText.of("fr", title));
    }

    static Deadline on(String day) {
        return new Deadline.Dated(LocalDate.parse(day), null, BRUSSELS, Deadline.Origin.TEXT, null, false);
    }

    /** Stores these together. */
    CallStore.Ingested takeAll(List<Notice> notices) {
        return takeAll(notices, NOW);
    }

    CallStore.Ingested takeAll(List<Notice> notices, Instant now) {
        return database.write(handle -> store.ingest(handle, parsed(notices), now));
    }

    private static List<ParsedNotice> parsed(List<Notice> notices) {
        return notices.stream()
                .map(notice -> new ParsedNotice(notice, new byte[0], "text/plain"))
                .toList();
    }

    /** How many steps SQLite's machine makes to store these together. */
    long stepsOf(List<Notice> notices) {
        var steps = new AtomicLong();
        database.write(handle -> {
            Connection connection = handle.getConnection();
            try {
                ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        steps.incrementAndGet();
                        return 0;
                    }
                });
                store.ingest(handle, parsed(notices), NOW);
                ProgressHandler.clearHandler(connection);
                return true;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return steps.get();
    }

    /** Stores one after the other, as from rounds apart. */
    Calls take(Notice.Builder... notices) {
        Arrays.stream(notices).forEach(notice -> takeAll(List.of(notice.build())));
        return this;
    }

    Call of(String source, String nativeId) {
        return store.find(id(source, nativeId)).orElseThrow();
    }

    List<Call> all() {
        var all = new ArrayList<Call>();
        store.withAll(stream -> stream.map(Supplier::get).forEach(all::add));
        return all;
    }

    /** Changes that the index would follow. */
    long changes() {
        return database.read(handle -> handle.createQuery("SELECT value FROM change_counter")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
