package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.SourceId;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.pipeline.RoundReport;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.pipeline.Sending;
import coop.vigie.source.Source;
import coop.vigie.store.SourceStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class FetchCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "ID")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "table|json|jsonl|csv")
    private Format format = Format.TABLE;

    FetchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Vigie vigie = session.open()) {
            List<Source> due = chosen(vigie);
            if (due.isEmpty()) {
                saysWhyNone(vigie);
            }
            RoundReport report;
            try (var progress = new Progress(session.terminal(), "fetch", due.size())) {
                report =
                        vigie.fetch(due, dryRun, done -> progress.step(done.id().value()));
            }
            print(report);
            if (!dryRun) {
                sendAlarms(vigie);
            }
            return report.inPart() ? ExitCode.IN_PART : ExitCode.DONE;
        }
    }

    private void saysWhyNone(Vigie vigie) {
        if (vigie.catalogue().enabled().isEmpty()) {
            session.say("fetch.none");
            return;
        }
        vigie.sources().all().stream()
                .filter(state -> vigie.catalogue()
                        .find(state.source())
                        .filter(Source::enabled)
                        .filter(source -> !FetchRound.isGone(source, state))
                        .isPresent())
                .map(SourceStore.State::nextDue)
                .min(Comparator.naturalOrder())
                .ifPresent(next -> session.say("fetch.none-due", Say.moment(next)));
    }

    /** Whoever lets a timer start rounds hears of trouble at once, too. What the mail server does not take now is tried again. */
    private void sendAlarms(Vigie vigie) {
        Sending told = vigie.sendAlarms();
        told.messages().forEach(sent -> session.say("fetch.alarm", sent.recipient()));
        told.down().ifPresent(down -> session.terminal().err().println(down.getMessage()));
    }

    private List<Source> chosen(Vigie vigie) {
        if (ids.isEmpty()) {
            return all ? vigie.catalogue().enabled() : vigie.dueSources();
        }
        List<Source> chosen = new ArrayList<>();
        for (String id : ids) {
            Source source = SourceId.isValid(id)
                    ? vigie.catalogue().find(new SourceId(id)).orElse(null)
                    : null;
            if (source == null || !source.enabled()) {
                throw new UsageException(session.words().text(source == null ? "fetch.unknown" : "fetch.disabled", id));
            }
            chosen.add(source);
        }
        return chosen;
    }

    private void print(RoundReport report) {
        Listing listing = session.listing();
        List<Map<String, @Nullable Object>> rows =
                report.sources().stream().map(FetchCommand::view).toList();
        switch (format) {
            case TABLE -> table(report);
            case JSON -> listing.json(view(report, rows));
            case JSONL, CSV -> listing.rows(format, rows);
        }
        for (SourceReport source : report.sources()) {
            if (!source.message().isEmpty()) {
                session.terminal()
                        .err()
                        .println(Advice.lines(
                                session.words(),
                                source.id().value(),
                                source.message(),
                                source.trouble(),
                                dryRun ? null : source.nextDue()));
            }
        }
        if (!report.elsewhere().isEmpty()) {
            session.say("fetch.elsewhere", report.elsewhere().size());
        }
        report.remarks().forEach(session.terminal().err()::println);
    }

    private void table(RoundReport report) {
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.source")),
                                Listing.Column.fixed(words.text("column.outcome")),
                                Listing.Column.fixed(words.text("column.new")),
                                Listing.Column.fixed(words.text("column.changed")),
                                Listing.Column.fixed(words.text("column.unchanged")),
                                Listing.Column.fixed(words.text("column.warnings"))),
                        report.sources().stream()
                                .map(source -> List.of(
                                        source.id().value(),
                                        words.text("outcome." + source.outcome().code()),
                                        String.valueOf(source.ingested().added()),
                                        String.valueOf(source.ingested().changed()),
                                        String.valueOf(source.ingested().unchanged()),
                                        String.valueOf(source.warnings().size())))
                                .toList());
        if (session.verbose()) {
            report.sources()
                    .forEach(source -> source.warnings().stream()
                            .map(warning ->
                                    warning.startsWith(source.id() + ": ") ? warning : source.id() + ": " + warning)
                            .forEach(session.terminal().err()::println));
        }
        session.say(dryRun ? "fetch.dry" : "fetch.done", report.notices(), report.matched());
        int warnings = report.sources().stream()
                .mapToInt(source -> source.warnings().size())
                .sum();
        if (warnings > 0 && !session.verbose()) {
            session.say("fetch.warnings", warnings);
        }
    }

    private static Map<String, @Nullable Object> view(RoundReport report, List<Map<String, @Nullable Object>> sources) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("round", report.started().toString());
        view.put("sources", sources);
        view.put("notices", report.notices());
        view.put("matched", report.matched());
        view.put("remarks", report.remarks());
        return view;
    }

    static Map<String, @Nullable Object> view(SourceReport source) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", source.id().value());
        view.put("outcome", source.outcome().code());
        view.put("status", source.status());
        view.put("new", source.ingested().added());
        view.put("changed", source.ingested().changed());
        view.put("unchanged", source.ingested().unchanged());
        view.put("warnings", source.warnings());
        view.put("message", source.message());
        view.put("trouble", source.trouble() == null ? null : source.trouble().code());
        view.put("nextDue", source.nextDue() == null ? null : source.nextDue().toString());
        return view;
    }
}
