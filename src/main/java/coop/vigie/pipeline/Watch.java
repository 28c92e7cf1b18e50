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

/** Notes what a round's visits brought, and what is wrong with whom since. Thread-safe. */
public final class Watch {

    private final Database database;
    private final WatchStore store;
    private final Watchdog watchdog;
    private final Map<SourceId, Source> watched;
    private final Instant now;

    /** @param enabled all sources that are read; nothing can be wrong with others */
    public Watch(Database database, WatchStore store, Watchdog watchdog, List<Source> enabled, Instant now) {
        this.database = database;
        this.store = store;
        this.watchdog = watchdog;
        this.watched = enabled.stream().collect(Collectors.toMap(Source::id, Function.identity()));
        this.now = now;
    }

    /**
     * Works a visit into the past of its source. What is wrong with a source lasts until it is over: only then, or when a
     * source that delivered in part delivers nothing, can something new be wrong with it.
     */
    public void after(SourceReport report) {
        Source source = watched.get(report.id());
        if (source == null) {
            return;
        }
        database.write(handle -> {
            Breach open = store.open(handle).stream()
                    .filter(breach -> breach.source().equals(source.id()))
                    .findFirst()
                    .orElse(null);
            store.note(handle, source.id(), visited(report), LocalDate.ofInstant(now, source.zone()));
            judge(handle, source, open);
            return true;
        });
    }

    /** Ends what was wrong with sources that are not read any more. */
    public void endOthers() {
        database.write(handle -> {
            store.open(handle).stream()
                    .filter(breach -> !watched.containsKey(breach.source()))
                    .forEach(breach -> store.end(handle, breach, now));
            return true;
        });
    }

    private void judge(Handle handle, Source source, @Nullable Breach open) {
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

    private Visited visited(SourceReport report) {
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
