package coop.vigie.call;

import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.Json;
import coop.vigie.store.NoticeStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Which calls a notice makes one: by its procedure, by the names that it shares with other notices ({@link Names}), by its page.
 * Every rule looks at pairs of notices, so that the order of arrival does not matter, but for one case: notices that name
 * different procedures are never one call, and a notice that names none and fits two stays with the first.
 */
final class JoinStore {

    /** More calls of one source under one address make it no item's own page; further ones are not worth a row. */
    private static final int TOO_MANY = 2;

    private final NoticeStore notices;

    JoinStore(NoticeStore notices) {
        this.notices = notices;
    }

    /**
     * The calls that this notice belongs to, its own first; empty if it is the first of a call.
     *
     * @param together what its source lists beside it, which is not the same item under an older id
     * @param now what had closed by then is another round of the same item
     */
    Set<NoticeId> callsOf(Handle handle, Notice notice, Set<NoticeId> together, Instant now) {
        Set<NoticeId> calls = new LinkedHashSet<>();
        Set<String> procedures = new HashSet<>();
        Optional.ofNullable(notice.procedure()).ifPresent(procedures::add);
        notices.callOf(handle, notice.id()).ifPresent(own -> {
            calls.add(own);
            procedures.addAll(notices.proceduresOf(handle, own, notice.id()));
        });
        for (NoticeId call : candidates(handle, notice, together, now)) {
            Set<String> all = new HashSet<>(procedures);
            all.addAll(notices.proceduresOf(handle, call, notice.id()));
            if (all.size() <= 1) {
                calls.add(call);
                procedures.addAll(all);
            }
        }
        return calls;
    }

    private List<NoticeId> candidates(Handle handle, Notice notice, Set<NoticeId> together, Instant now) {
        return Stream.of(
                        Optional.ofNullable(notice.procedure())
                                .flatMap(procedure -> notices.callOfProcedure(handle, procedure))
                                .stream(),
                        byName(handle, notice).stream(),
                        byPage(handle, notice, together, now).stream())
                .flatMap(calls -> calls)
                .distinct()
                .toList();
    }

    private static List<NoticeId> byName(Handle handle, Notice notice) {
        Set<String> names = Names.of(notice);
        if (names.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                        SELECT call_id, MIN(arrival) AS first FROM notice_name JOIN notice ON notice.id = notice_id
                        WHERE name IN (<names>) GROUP BY call_id ORDER BY first
                        """)
                .bindList("names", List.copyOf(names))
                .map((row, context) -> NoticeId.parse(row.getString("call_id")).orElseThrow())
                .list();
    }

    private record Namesake(NoticeId call, Notice notice) {

        SourceId source() {
            return notice.id().source();
        }
    }

    /**
     * The calls of other sources whose item has the same page and nearly the same title, and that of the same source's item
     * which has this page and this title, is open, and has got another id. An address that a source gives to several items is a list's or a
     * site's, and names none of them.
     */
    private List<NoticeId> byPage(Handle handle, Notice notice, Set<NoticeId> together, Instant now) {
        String page = Names.page(notice);
        if (page == null) {
            return List.of();
        }
        List<Namesake> namesakes = namesakes(handle, page, notice);
        boolean ofSeveral = namesakes.stream()
                .filter(each -> each.source().equals(notice.id().source()))
                .anyMatch(each -> together.contains(each.notice().id())
                        || hasClosed(each.notice(), now)
                        || !sameTitle(each.notice(), notice));
        if (ofSeveral) {
            return List.of();
        }
        return namesakes.stream()
                .filter(each -> namesakes.stream()
                                .filter(other -> other.source().equals(each.source()))
                                .map(Namesake::call)
                                .distinct()
                                .count()
                        == 1)
                .filter(each -> Likeness.titlesFit(each.notice(), notice))
                .map(Namesake::call)
                .toList();
    }

    /** All other notices of that page but those of the notice's own call. */
    private List<Namesake> namesakes(Handle handle, String page, Notice notice) {
        String own = notices.callOf(handle, notice.id()).map(NoticeId::toString).orElse("");
        return handle.createQuery("""
                        SELECT call_id, body FROM notice_name JOIN notice ON notice.id = notice_id
                        WHERE name = :page AND notice_id <> :id AND call_id <> :own ORDER BY arrival
                        """)
                .bind("page", page)
                .bind("id", notice.id().toString())
                .bind("own", own)
                .map((row, context) -> new Namesake(
                        NoticeId.parse(row.getString("call_id")).orElseThrow(),
                        Json.read(row.getString("body"), Notice.class)))
                .list();
    }

    private static boolean hasClosed(Notice notice, Instant now) {
        Instant closes = notice.closes();
        return closes != null && closes.isBefore(now);
    }

    private static boolean sameTitle(Notice one, Notice other) {
        Set<String> title = Likeness.titleOf(one);
        return title.size() >= Likeness.TELLING_TITLE && title.equals(Likeness.titleOf(other));
    }

    /** Forgets the names of a notice, which is about to get others. */
    void forgetNames(Handle handle, Notice notice) {
        handle.createUpdate("DELETE FROM notice_name WHERE notice_id = :id")
                .bind("id", notice.id().toString())
                .execute();
    }

    /** Keeps the names of a notice that has none yet. */
    void saveNames(Handle handle, Notice notice) {
        Set<String> names = new LinkedHashSet<>(Names.of(notice));
        String page = Names.page(notice);
        if (page != null && othersAt(handle, page, notice) < TOO_MANY) {
            names.add(page);
        }
        if (names.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("INSERT INTO notice_name (name, notice_id) VALUES (:name, :id)");
        names.forEach(name ->
                batch.bind("name", name).bind("id", notice.id().toString()).add());
        batch.execute();
    }

    /** How many other calls of the same source have that page: by the page, as a source may have tens of thousands (hence the plus). */
    private static int othersAt(Handle handle, String page, Notice notice) {
        return handle.createQuery("""
                        SELECT COUNT(DISTINCT call_id) FROM notice_name JOIN notice ON notice.id = notice_id
                        WHERE name = :page AND +source = :source
                          AND call_id <> (SELECT call_id FROM notice WHERE id = :id)
                        """)
                .bind("page", page)
                .bind("source", notice.id().source().value())
                .bind("id", notice.id().toString())
                .mapTo(Integer.class)
                .one();
    }
}
