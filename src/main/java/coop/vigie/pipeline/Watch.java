package coop.vigie.pipeline;

import coop.vigie.call.CallStore.Ingested;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Symptom;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.Source;
import coop.vigie.store.Database;
import coop.vigie.watch.Breach;
import coop.vigie.watch.Finding;
import coop.vigie.watch.History;
import coop.vigie.watch.Visited;
import coop.vigie.watch.Visited.Answer;
import coop.vigie.watch.WatchStore;
import coop.vigie.watch.Watchdog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Notes what a round's visits brought, and what is wrong with whom since. */
public final class Watch {

    private final Database database;
    private final WatchStore store;
    private final Watchdog watchdog;

    public Watch(Database database, WatchStore store, Watchdog watchdog) {
        this.database = database;
        this.store = store;
        this.watchdog = watchdog;
    }

    /**
     * Works a round into the past of its sources. What is wrong with a source lasts until it is over: only then, or when a
     * source that delivered in part delivers nothing, can something new be wrong with it.
     *
     * @param enabled all sources that are read; nothing can be wrong with others
     */
    public void after(List<SourceReport> round, List<Source> enabled, Instant now) {
        Map<SourceId, Source> watched = enabled.stream().collect(Collectors.toMap(Source::id, Function.identity()));
        database.write(handle -> {
            Map<SourceId, Breach> open =
                    store.open(handle).stream().collect(Collectors.toMap(Breach::source, Function.identity()));
            open.values().stream()
                    .filter(breach -> !watched.containsKey(breach.source()))
                    .forEach(breach -> store.end(handle, breach, now));
            for (SourceReport report : round) {
                Source source = watched.get(report.id());
                if (source != null) {
                    store.note(handle, source.id(), visited(report, now), LocalDate.ofInstant(now, source.zone()));
                    judge(handle, source, open.get(source.id()), now);
                }
            }
            return true;
        });
    }

    private void judge(Handle handle, Source source, @Nullable Breach open, Instant now) {
        History history = store.history(handle, source.id(), now, LocalDate.ofInstant(now, source.zone()));
        Optional<Finding> found = watchdog.look(history, now, source.zone());
        boolean lasts = open != null && watchdog.persists(open.finding(), history);
        boolean worse = open != null
                && open.finding().delivers()
                && found.filter(finding -> !finding.delivers()).isPresent();
        if (open != null && (!lasts || worse)) {
            store.end(handle, open, now);
        }
        if (!lasts || worse) {
            found.ifPresent(finding -> store.raise(handle, source.id(), finding, now));
        }
    }

    private static Visited visited(SourceReport report, Instant now) {
        Ingested ingested = report.ingested();
        Answer answer =
                switch (report.outcome()) {
                    case FETCHED -> Answer.FETCHED;
                    case UNCHANGED -> Answer.UNCHANGED;
                    case REFUSED, FAILED -> Answer.FAILED;
                };
        Optional<Symptom> symptom = Optional.ofNullable(report.symptom());
        return new Visited(
                now,
                answer,
                ingested.added() + ingested.changed() + ingested.unchanged(),
                ingested.added(),
                symptom.map(Symptom::sign),
                report.message().isEmpty() ? symptom.map(Symptom::words).orElse("") : report.message());
    }
}
