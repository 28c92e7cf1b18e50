package coop.vigie.call;

import coop.vigie.notice.Call;
import coop.vigie.notice.Call.LookAlike;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.store.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds the calls of other sources that look like one ({@link Likeness}), each time that call changes.
 *
 * <p>Cost: four ranges of the primary key of {@code call_closing}, those of the longest words of the call's title on the day on which it
 * closes, without its own sources. Of each row the title is compared, and only where
 * half of the words are the same is that call itself read, five at most. Where 300 calls of another source close that day, all with a word in
 * common, storing a call takes half as long again (LookAlikesTest prints it); as a rule few have.
 */
final class LookAlikeStore {

    /** Of a title that more calls share, nobody can say which is which. */
    private static final int NEAR_AT_MOST = 5;
    /** So many titles are compared for each word; one that more have in common tells nothing, and another will. */
    private static final int TITLES_AT_MOST = 50;

    private LookAlikeStore() {}

    /** @param title share of the words of the shorter title that are in the longer */
    private record Near(String call, Set<String> words, double title) {

        static Near of(String call, Set<String> words, Set<String> title) {
            return new Near(call, words, Likeness.contained(title, words));
        }
    }

    /** Enters a call that is not entered yet, and pairs it with those that look like it. */
    static Set<NoticeId> find(Handle handle, Call call) {
        String day = day(call);
        if (day == null) {
            return Set.of();
        }
        Set<String> title = Likeness.titleOf(call.facts());
        Set<SourceId> sources = sources(call.notices());
        enter(handle, call, day, title, sources);
        Set<NoticeId> alike = alike(handle, call, day, title, sources);
        if (!alike.isEmpty()) {
            var pairs = handle.prepareBatch("INSERT INTO look_alike (call_id, other_id) VALUES (:one, :other)");
            for (NoticeId other : alike) {
                pairs.bind("one", call.id().toString())
                        .bind("other", other.toString())
                        .add();
                pairs.bind("one", other.toString())
                        .bind("other", call.id().toString())
                        .add();
            }
            pairs.execute();
        }
        return alike;
    }

    private static void enter(Handle handle, Call call, String day, Set<String> title, Set<SourceId> sources) {
        Set<String> words = Likeness.keyWords(title);
        if (words.isEmpty()) {
            return;
        }
        var rows = handle.prepareBatch("""
                INSERT INTO call_closing (day, word, source, call_id, title) VALUES (:day, :word, :source, :call, :title)
                """);
        for (String word : words) {
            for (SourceId source : sources) {
                rows.bind("day", day)
                        .bind("word", word)
                        .bind("source", source.value())
                        .bind("call", call.id().toString())
                        .bind("title", Likeness.column(title))
                        .add();
            }
        }
        rows.execute();
    }

    private static Set<NoticeId> alike(Handle handle, Call call, String day, Set<String> title, Set<SourceId> sources) {
        List<Near> near = with(handle, day, List.copyOf(Likeness.keyWords(title)), title, sources).stream()
                .filter(each -> each.title() >= Likeness.HALF)
                .sorted(Comparator.comparingDouble(Near::title).reversed().thenComparing(Near::call))
                .limit(NEAR_AT_MOST)
                .toList();
        if (near.isEmpty()) {
            return Set.of();
        }
        Set<NoticeId> alike = new TreeSet<>();
        Likeness.Print print = Likeness.Print.of(call.facts());
        for (Near each : near) {
            if (!Likeness.numbersFit(title, each.words())) {
                continue; // whatever else it says, so that it need not be read
            }
            candidate(handle, each.call())
                    // A source that has both of them means two things.
                    .filter(other -> sources(other.notices()).stream().noneMatch(sources::contains))
                    .filter(other -> Likeness.alike(print, Likeness.Print.of(other.facts())))
                    .flatMap(other -> NoticeId.parse(each.call()))
                    .ifPresent(alike::add);
        }
        return alike;
    }

    /**
     * Those of other sources that close on that day and have one of these words: one statement, as preparing it takes longer than
     * running it. The own sources' rows are left out by ranges between them, for a source may have thousands on one day.
     */
    private static List<Near> with(
            Handle handle, String day, List<String> words, Set<String> title, Set<SourceId> sources) {
        if (words.isEmpty()) {
            return List.of();
        }
        List<String> bounds = bounds(sources);
        var query = handle.createQuery(IntStream.range(0, words.size())
                        .mapToObj(word -> IntStream.range(1, bounds.size())
                                .mapToObj(range ->
                                        "SELECT call_id, title FROM call_closing WHERE day = :day AND word = :word"
                                                + word + " AND source > :source" + (range - 1) + " AND source < :source"
                                                + range)
                                .collect(Collectors.joining(" UNION ALL ", "SELECT * FROM (", " LIMIT :most)")))
                        .collect(Collectors.joining(" UNION ")))
                .bind("day", day)
                .bind("most", TITLES_AT_MOST);
        for (int i = 0; i < words.size(); i++) {
            query.bind("word" + i, words.get(i));
        }
        for (int i = 0; i < bounds.size(); i++) {
            query.bind("source" + i, bounds.get(i));
        }
        return query.map((row, context) ->
                        Near.of(row.getString("call_id"), Likeness.ofColumn(row.getString("title")), title))
                .list();
    }

    /** The sources in order, with what stands before and after all ids. */
    private static List<String> bounds(Set<SourceId> sources) {
        return Stream.of(
                        Stream.of(""),
                        sources.stream().map(SourceId::value).sorted(),
                        Stream.of(String.valueOf(Character.MAX_VALUE)))
                .flatMap(each -> each)
                .toList();
    }

    /** Takes a call out; the calls that looked like it. */
    static Set<NoticeId> forget(Handle handle, NoticeId call) {
        Set<NoticeId> others = new HashSet<>(others(handle, call));
        if (!others.isEmpty()) {
            handle.createUpdate(
                            "DELETE FROM look_alike WHERE call_id = :id OR (other_id = :id AND call_id IN (<others>))")
                    .bind("id", call.toString())
                    .bindList("others", others.stream().map(NoticeId::toString).toList())
                    .execute();
        }
        handle.createUpdate("DELETE FROM call_closing WHERE call_id = :id")
                .bind("id", call.toString())
                .execute();
        return others;
    }

    /** Takes out all that closed before yesterday, in whatever zone. The pairs that were found stay. */
    static void forgetBefore(Handle handle, Instant now) {
        handle.createUpdate("DELETE FROM call_closing WHERE day < :day")
                .bind(
                        "day",
                        LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1).toString())
                .execute();
    }

    /**
     * The calls that look like this one, by id. Of what may be hundreds, each naming hundreds in turn, only the address leaves the
     * database.
     */
    static List<LookAlike> of(Handle handle, NoticeId call) {
        return handle
                .createQuery("""
                        SELECT other_id, body -> 'facts' ->> 'url' AS url
                        FROM look_alike JOIN call ON id = other_id WHERE call_id = :id ORDER BY other_id
                        """)
                .bind("id", call.toString())
                .map((row, context) -> {
                    String url = row.getString("url");
                    return NoticeId.parse(row.getString("other_id")).map(id -> new LookAlike(id, url));
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<NoticeId> others(Handle handle, NoticeId call) {
        return handle
                .createQuery("SELECT other_id FROM look_alike WHERE call_id = :id ORDER BY other_id")
                .bind("id", call.toString())
                .mapTo(String.class)
                .stream()
                .flatMap(id -> NoticeId.parse(id).stream())
                .toList();
    }

    /** What is compared of another call, without those that look like it already. */
    record Candidate(List<NoticeId> notices, Notice facts) {}

    private static Optional<Candidate> candidate(Handle handle, String id) {
        return handle.createQuery("SELECT body FROM call WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Candidate.class));
    }

    private static Set<SourceId> sources(List<NoticeId> notices) {
        return notices.stream().map(NoticeId::source).collect(Collectors.toSet());
    }

    /** The local day on which the last date passes, which does not move as others pass; null for what nobody can answer. */
    private static @Nullable String day(Call call) {
        Instant closes = call.closes();
        if (closes == null || call.stage() == Stage.AWARD || call.stage() == Stage.CANCELLED) {
            return null;
        }
        return call.facts().deadlines().isEmpty() && call.facts().stated() instanceof Deadline.Dated stated
                ? stated.date().toString()
                : closes.atZone(call.facts().zone()).toLocalDate().toString();
    }
}
