package coop.vigie.call;

import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.Json;
import coop.vigie.store.NoticeStore;
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

    /** More notices of one source under one address make it no item's own page; further ones are not worth a row. */
    private static final int TOO_MANY = 2;

    private final NoticeStore notices;

    JoinStore(NoticeStore notices) {
        this.notices = notices;
    }

    /** The calls that this notice belongs to, its own first; empty if it is the first of a call. */
    Set<NoticeId> callsOf(Handle handle, Notice notice) {
        Set<NoticeId> calls = new LinkedHashSet<>();
        Set<String> procedures = new HashSet<>();
        Optional.ofNullable(notice.procedure()).ifPresent(procedures::add);
        notices.callOf(handle, notice.id()).ifPresent(own -> {
            calls.add(own);
            procedures.addAll(notices.proceduresOf(handle, own, notice.id()));
        });
        for (NoticeId call : candidates(handle, notice)) {
            Set<String> all = new HashSet<>(procedures);
            all.addAll(notices.proceduresOf(handle, call, notice.id()));
            if (all.size() <= 1) {
                calls.add(call);
                procedures.addAll(all);
            }
        }
        return calls;
    }

    private List<NoticeId> candidates(Handle handle, Notice notice) {
        return Stream.of(
                        Optional.ofNullable(notice.procedure())
                                .flatMap(procedure -> notices.callOfProcedure(handle, procedure))
                                .stream(),
                        byName(handle, notice).stream(),
                        byPage(handle, notice).stream())
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

    private record Namesake(SourceId source, NoticeId call, Notice notice) {}

    /**
     * The calls of other sources whose item has the same page and half of its title's words. An address that a source gives to
     * several items is a list's or a site's, and names none of them.
     */
    private static List<NoticeId> byPage(Handle handle, Notice notice) {
        String page = Names.page(notice);
        if (page == null || othersAt(handle, page, notice) > 0) {
            return List.of();
        }
        List<Namesake> namesakes = handle.createQuery("""
                        SELECT call_id, body FROM notice_name JOIN notice ON notice.id = notice_id
                        WHERE name = :page AND notice_id <> :id ORDER BY arrival
                        """)
                .bind("page", page)
                .bind("id", notice.id().toString())
                .map((row, context) -> {
                    Notice each = Json.read(row.getString("body"), Notice.class);
                    return new Namesake(
                            each.id().source(),
                            NoticeId.parse(row.getString("call_id")).orElseThrow(),
                            each);
                })
                .list();
        Set<String> title = Likeness.titleOf(notice);
        return namesakes.stream()
                .filter(each -> namesakes.stream()
                                .filter(other -> other.source().equals(each.source()))
                                .count()
                        == 1)
                .filter(each -> Likeness.contained(title, Likeness.titleOf(each.notice())) >= Likeness.HALF)
                .map(Namesake::call)
                .toList();
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

    /** How many other notices of the same source have that page. */
    private static int othersAt(Handle handle, String page, Notice notice) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM notice_name JOIN notice ON notice.id = notice_id
                        WHERE name = :page AND source = :source AND notice_id <> :id
                        """)
                .bind("page", page)
                .bind("source", notice.id().source().value())
                .bind("id", notice.id().toString())
                .mapTo(Integer.class)
                .one();
    }
}
