package coop.vigie.call;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.ChangeLog;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.NoticeStore.Raw;
import coop.vigie.store.StoredNotice;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the calls, and keeps them in step with their notices. */
public final class CallStore {

    private final Database database;
    private final NoticeStore notices;
    private final JoinStore joins;

    public CallStore(Database database, NoticeStore notices) {
        this.database = database;
        this.notices = notices;
        this.joins = new JoinStore(notices);
    }

    /** How many notices were new, changed, or as they were. */
    public record Ingested(int added, int changed, int unchanged) {

        public static final Ingested NOTHING = new Ingested(0, 0, 0);

        public Ingested plus(Ingested more) {
            return new Ingested(added + more.added, changed + more.changed, unchanged + more.unchanged);
        }
    }

    /**
     * One thing that a reader could be told about a call.
     *
     * @param deadline as it stood then
     */
    public record Revision(int revision, Instant at, Stage stage, Deadline deadline) {}

    /** Stores all that a source lists inside the caller's transaction, and brings their calls up to date. */
    public Ingested ingest(Handle handle, Collection<ParsedNotice> parsed, Instant now) {
        return ingest(handle, parsed, idsOf(parsed), now);
    }

    /** @param together ids of all that its source lists, of which these notices may be a part: none of them is another one's older id */
    public Ingested ingest(Handle handle, Collection<ParsedNotice> parsed, Set<NoticeId> together, Instant now) {
        int added = 0;
        int changed = 0;
        Set<NoticeId> touched = new LinkedHashSet<>();
        for (ParsedNotice each : parsed) {
            Notice notice = named(handle, each.notice());
            NoticeId call = callFor(handle, notice, together, now, touched);
            switch (notices.save(handle, notice, new Raw(each.raw(), each.rawType()), call, now)) {
                case NEW -> added++;
                case CHANGED -> {
                    changed++;
                    joins.forgetNames(handle, notice);
                }
                case UNCHANGED -> {
                    continue;
                }
            }
            joins.saveNames(handle, notice);
            touched.add(call);
        }
        Set<NoticeId> alike = new LinkedHashSet<>();
        touched.forEach(call -> alike.addAll(recompose(handle, call, now)));
        alike.forEach(call -> showLookAlikes(handle, call, now));
        return new Ingested(added, changed, parsed.size() - added - changed);
    }

    public static Set<NoticeId> idsOf(Collection<ParsedNotice> parsed) {
        return parsed.stream().map(each -> each.notice().id()).collect(Collectors.toSet());
    }

    /** Some converters give one id to many notices; one of another procedure than the first gets a name of its own. */
    private Notice named(Handle handle, Notice notice) {
        String procedure = notice.procedure();
        boolean taken = procedure != null
                && !notice.hasTranslations() // one more language is no other procedure
                && notices.procedureOf(handle, notice.id())
                        .filter(first -> !first.equals(procedure))
                        .isPresent();
        return taken
                ? notice.toBuilder(
                                new NoticeId(notice.id().source(), notice.id().nativeId() + "#" + procedure))
                        .build()
                : notice;
    }

    /** @param touched gets the calls that are swallowed here */
    private NoticeId callFor(Handle handle, Notice notice, Set<NoticeId> together, Instant now, Set<NoticeId> touched) {
        Set<NoticeId> calls = joins.callsOf(handle, notice, together, now);
        if (calls.size() > 1) {
            touched.addAll(calls);
        }
        // A later version names its procedure, or another source names it first: what looked like two calls was one.
        return calls.stream()
                .reduce((one, other) -> join(handle, one, other, now))
                .orElse(notice.id());
    }

    private NoticeId join(Handle handle, NoticeId one, NoticeId other, Instant now) {
        NoticeId kept = notices.join(handle, one, other);
        String swallowed = (kept.equals(one) ? other : one).toString();
        handle.createUpdate("DELETE FROM call_revision WHERE call_id = :id")
                .bind("id", swallowed)
                .execute();
        handle.createUpdate("DELETE FROM call WHERE id = :id")
                .bind("id", swallowed)
                .execute();
        ChangeLog.append(handle, swallowed, now);
        return kept;
    }

    /** Brings a call up to date with its notices; the calls that look like it now, or did before. */
    private Set<NoticeId> recompose(Handle handle, NoticeId id, Instant now) {
        List<StoredNotice> parts = notices.ofCall(handle, id);
        if (parts.isEmpty()) {
            // Swallowed by another call after one of its notices was touched.
            return LookAlikeStore.forget(handle, id);
        }
        Optional<Row> before = row(handle, id);
        int revision = before.map(Row::revision).orElse(0);
        Function<NoticeId, Instant> datedSince = notice -> notices.datedSince(handle, notice);
        var corrections = new Corrections(CorrectionStore.of(handle, ids(parts)), now);
        Call call = Composition.compose(id, parts, Math.max(revision, 1), datedSince, corrections);
        String fingerprint = Composition.fingerprint(call);
        boolean revised = before.isEmpty() || !before.get().fingerprint().equals(fingerprint);
        if (revised) {
            call = Composition.compose(id, parts, revision + 1, datedSince, corrections);
        }
        // A later version of the first notice must not make the call look younger.
        call = before.map(row -> row.call().firstSeen()).map(call::seen).orElse(call);
        Set<NoticeId> alike = new LinkedHashSet<>();
        if (before.isPresent()) {
            alike.addAll(LookAlikeStore.forget(handle, id));
        }
        alike.addAll(LookAlikeStore.find(handle, call));
        call = alike.isEmpty() ? call : call.lookingLike(LookAlikeStore.of(handle, id));
        if (before.isPresent() && before.get().body().equals(Json.write(call))) {
            return alike;
        }
        save(handle, call, fingerprint, now);
        if (revised) {
            logRevision(handle, call, now);
        }
        ChangeLog.append(handle, id.toString(), now);
        return alike;
    }

    private static List<NoticeId> ids(List<StoredNotice> parts) {
        return parts.stream().map(part -> part.notice().id()).toList();
    }

    /**
     * A person says of a call what its sources say wrongly, or not at all. A deadline that was corrected is a change like any
     * other: the revision grows.
     *
     * @param call its id, or that of one of its notices
     * @param said a notice that states the right values
     * @param which of its values count
     * @return the call as it is now; empty if there is none
     */
    public Optional<Call> correct(NoticeId call, Notice said, Set<Correction> which, Instant now) {
        return corrected(call, now, (handle, present) -> {
            List<StoredNotice> parts = notices.ofCall(handle, present);
            // As the sources state it, whatever was corrected before.
            Notice stated = Composition.compose(
                            present,
                            parts,
                            1,
                            notice -> notices.datedSince(handle, notice),
                            new Corrections(Map.of(), now))
                    .facts();
            var values = new EnumMap<Correction, Corrections.Value>(Correction.class);
            which.forEach(each -> values.put(each, new Corrections.Value(each.of(said), each.said(stated))));
            CorrectionStore.save(handle, present, values, now);
        });
    }

    /** What persons said of a call counts no more; the call as its sources state it, empty if there is none. */
    public Optional<Call> uncorrect(NoticeId call, Instant now) {
        return corrected(
                call, now, (handle, present) -> CorrectionStore.forget(handle, ids(notices.ofCall(handle, present))));
    }

    private Optional<Call> corrected(NoticeId call, Instant now, BiConsumer<Handle, NoticeId> change) {
        Optional<NoticeId> known = find(call).map(Call::id);
        known.ifPresent(present -> database.write(handle -> {
            change.accept(handle, present);
            recompose(handle, present, now).forEach(alike -> showLookAlikes(handle, alike, now));
            return true;
        }));
        return known.flatMap(this::find);
    }

    /** Another call has come to look like this one, or does so no longer. No revision grows. */
    private static void showLookAlikes(Handle handle, NoticeId id, Instant now) {
        row(handle, id).ifPresent(before -> {
            Call call = before.call().lookingLike(LookAlikeStore.of(handle, id));
            if (!before.body().equals(Json.write(call))) {
                save(handle, call, before.fingerprint(), now);
                ChangeLog.append(handle, id.toString(), now);
            }
        });
    }

    private static void save(Handle handle, Call call, String fingerprint, Instant now) {
        handle.createUpdate("""
                        INSERT INTO call (id, revision, fingerprint, next_passes, body)
                        VALUES (:id, :revision, :fingerprint, :next, :body)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision,
                          fingerprint = excluded.fingerprint, next_passes = excluded.next_passes, body = excluded.body
                        """)
                .bind("id", call.id().toString())
                .bind("revision", call.revision())
                .bind("fingerprint", fingerprint)
                .bind("next", nextPassing(call, now))
                .bind("body", Json.write(call))
                .execute();
    }

    private static void logRevision(Handle handle, Call call, Instant now) {
        handle.createUpdate("""
                        INSERT INTO call_revision (call_id, revision, at, stage, deadline)
                        VALUES (:call, :revision, :at, :stage, :deadline)
                        """)
                .bind("call", call.id().toString())
                .bind("revision", call.revision())
                .bind("at", now.toEpochMilli())
                .bind("stage", call.stage().code())
                .bind("deadline", Json.write(call.deadline(now)))
                .execute();
    }

    /** When the deadline that counts now will have passed, so that another one counts; null if none will. */
    private static @Nullable Long nextPassing(Call call, Instant now) {
        return call.deadline(now) instanceof Deadline.Dated dated && !now.isAfter(dated.instant())
                ? dated.instant().toEpochMilli()
                : null;
    }

    /**
     * Logs a change for every call whose deadline has passed since it was last looked at, so that its order in the index
     * follows the next date. No revision grows. Nothing that is stored from now on looks like what has closed.
     *
     * @return how many
     */
    public int passDeadlines(Instant now) {
        return database.write(handle -> {
            List<Row> passed = handle.createQuery(
                            "SELECT id, revision, fingerprint, body FROM call WHERE next_passes < :now ORDER BY id")
                    .bind("now", now.toEpochMilli())
                    .map((row, context) -> new Row(
                            row.getString("id"),
                            row.getInt("revision"),
                            row.getString("fingerprint"),
                            row.getString("body")))
                    .list();
            LookAlikeStore.forgetBefore(handle, now);
            for (Row row : passed) {
                if (row.call().corrected().getOrDefault(Correction.DEADLINE.code(), false)) {
                    // What the source has said since counts from now on.
                    recompose(handle, row.call().id(), now).forEach(alike -> showLookAlikes(handle, alike, now));
                    continue;
                }
                save(handle, row.call(), row.fingerprint(), now);
                ChangeLog.append(handle, row.id(), now);
            }
            return passed.size();
        });
    }

    /** The call with that id, or the one that a notice of that id belongs to. */
    public Optional<Call> find(NoticeId id) {
        return database.read(handle -> row(handle, id)
                .or(() -> notices.callOf(handle, id).flatMap(call -> row(handle, call)))
                .map(Row::call));
    }

    /** Calls by id; unknown ids are left out. */
    public Map<String, Call> findAll(Collection<String> ids) {
        return database.read(handle -> {
            Map<String, Call> found = new LinkedHashMap<>();
            List<String> all = List.copyOf(ids);
            for (int from = 0; from < all.size(); from += 500) {
                handle.createQuery("SELECT id, body FROM call WHERE id IN (<ids>)")
                        .bindList("ids", all.subList(from, Math.min(all.size(), from + 500)))
                        .map((row, context) -> Json.read(row.getString("body"), Call.class))
                        .forEach(call -> found.put(call.id().toString(), call));
            }
            return found;
        });
    }

    /** Hands over a stream of every call, by id, which ends with the action; each is read when, and by the thread that, asks for it. */
    public void withAll(Consumer<Stream<Supplier<Call>>> action) {
        database.read(handle -> {
            try (var bodies = handle.createQuery("SELECT body FROM call ORDER BY id").mapTo(String.class).stream()) {
                action.accept(bodies.map(body -> () -> Json.read(body, Call.class)));
            }
            return true;
        });
    }

    /** What could be told about a call, the first thing first. */
    public List<Revision> revisions(NoticeId call) {
        return database.read(handle -> handle.createQuery(
                        "SELECT revision, at, stage, deadline FROM call_revision WHERE call_id = :call ORDER BY revision")
                .bind("call", call.toString())
                .map((row, context) -> new Revision(
                        row.getInt("revision"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        Stage.ofCode(row.getString("stage")).orElseThrow(),
                        Json.read(row.getString("deadline"), Deadline.class)))
                .list());
    }

    public long count() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM call")
                .mapTo(Long.class)
                .one());
    }

    private record Row(String id, int revision, String fingerprint, String body) {

        Call call() {
            return Json.read(body, Call.class);
        }
    }

    private static Optional<Row> row(Handle handle, NoticeId id) {
        return handle.createQuery("SELECT id, revision, fingerprint, body FROM call WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> new Row(
                        row.getString("id"),
                        row.getInt("revision"),
                        row.getString("fingerprint"),
                        row.getString("body")))
                .findOne();
    }

    /** As in {@link NoticeStore#nextClosing}. */
    public @Nullable Instant nextClosing(Handle handle, SourceId source, Instant now) {
        return notices.nextClosing(handle, source, now);
    }
}
