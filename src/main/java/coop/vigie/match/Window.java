package coop.vigie.match;

import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Searcher;
import coop.vigie.index.Searcher.Dated;
import coop.vigie.notice.Call;
import coop.vigie.notice.Stage;
import coop.vigie.store.CallJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of some time that somebody could have reacted to, open or not: those that were published in it, or, where no date of
 * publication is known, first seen in it. What was only ever seen as an award or a cancellation does not count: it
 * was never told. Not safe for several threads.
 */
final class Window {

    private static final List<Stage> OVER = List.of(Stage.AWARD, Stage.CANCELLED);

    private final Searcher searcher;
    private final Instant from;
    private final Instant to;
    private final CompiledQuery certain;
    private final CompiledQuery uncertain;
    /** By id, the date by which a call counts; empty for one that does not. Such calls are read once. */
    private final Map<String, Optional<Instant>> read = new HashMap<>();

    /** Both ends are included. */
    Window(Searcher searcher, Instant from, Instant to) {
        this.searcher = searcher;
        this.from = from;
        this.to = to;
        CompiledQuery within = CompiledQuery.publishedBetween(from, to);
        CompiledQuery over = CompiledQuery.stages(OVER);
        CompiledQuery undated = CompiledQuery.not(CompiledQuery.publishedBetween(null, null));
        certain = CompiledQuery.and(List.of(within, CompiledQuery.not(over)));
        uncertain = CompiledQuery.or(List.of(undated, CompiledQuery.and(List.of(within, over))));
    }

    /** What a query finds in it: by id, the date by which it counts. */
    Map<String, Instant> hits(CompiledQuery query) {
        Map<String, Instant> hits = new HashMap<>();
        for (Dated each : searcher.dated(CompiledQuery.and(List.of(query, certain)))) {
            hits.put(each.id(), each.published() == null ? to : each.published());
        }
        for (Dated each : searcher.dated(CompiledQuery.and(List.of(query, uncertain)))) {
            read.computeIfAbsent(each.id(), this::date).ifPresent(date -> hits.put(each.id(), date));
        }
        return hits;
    }

    private Optional<Instant> date(String id) {
        return call(id).filter(call -> !OVER.contains(call.facts().stage()))
                .map(call -> call.facts().published() == null
                        ? call.firstSeen()
                        : call.facts().published())
                .filter(date -> !date.isBefore(from) && !date.isAfter(to));
    }

    /** Without its long text. */
    Optional<Call> call(String id) {
        return searcher.payload(id).map(CallJson::read);
    }
}
