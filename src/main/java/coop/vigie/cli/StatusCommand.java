package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.deliver.Outbox;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.source.Source;
import coop.vigie.store.SourceStore;
import coop.vigie.watch.Alarm;
import coop.vigie.watch.Breach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class StatusCommand implements Callable<Integer> {

    /** How the state of things is printed. */
    enum Form {
        TABLE,
        JSON
    }

    private final Session session;

    @Option(names = "--format", paramLabel = "table|json")
    private Form format = Form.TABLE;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Vigie vigie = session.open()) {
            List<Map<String, @Nullable Object>> sources = sources(vigie);
            Map<Outbox.State, Long> outbox = vigie.hasMembers() ? vigie.outbox().counts() : Map.of();
            long pending =
                    outbox.getOrDefault(Outbox.State.PENDING, 0L) + outbox.getOrDefault(Outbox.State.SENDING, 0L);
            long failed = outbox.getOrDefault(Outbox.State.FAILED, 0L);
            boolean upToDate = !vigie.hasStore() || vigie.indexView().isUpToDate();
            var view = new LinkedHashMap<String, @Nullable Object>();
            view.put("sources", sources);
            view.put(
                    "store",
                    Map.of(
                            "notices", vigie.hasStore() ? vigie.notices().count() : 0,
                            "calls", vigie.hasStore() ? vigie.calls().count() : 0));
            view.put("index", Map.of("calls", indexed(vigie), "upToDate", upToDate));
            view.put("outbox", Map.of("pending", pending, "failed", failed));
            if (format == Form.TABLE) {
                table(sources, view);
            } else {
                session.listing().json(view);
            }
            boolean trouble = failed > 0
                    || !upToDate
                    || sources.stream()
                            .filter(source -> Boolean.TRUE.equals(source.get("enabled")))
                            .anyMatch(StatusCommand::needsAPerson);
            return trouble ? ExitCode.IN_PART : ExitCode.DONE;
        }
    }

    /** Trouble that somebody has acknowledged stays in sight, but is no news any more. */
    private static boolean needsAPerson(Map<String, @Nullable Object> source) {
        boolean seen = source.get("breach") instanceof Map<?, ?> breach && breach.get("acknowledged") != null;
        return !seen
                && (source.get("breach") != null || List.of("failing", "gone").contains(source.get("health")));
    }

    private int indexed(Vigie vigie) {
        return vigie.hasStore() && vigie.indexView().isUsable()
                ? vigie.indexView().size()
                : 0;
    }

    private List<Map<String, @Nullable Object>> sources(Vigie vigie) {
        var health = Health.of(vigie);
        var alarm = new Alarm(session.words().language());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Source source : vigie.catalogue().sources()) {
            SourceStore.State state = health.state(source);
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("id", source.id().value());
            row.put("enabled", source.enabled());
            row.put("lastOk", state == null ? null : Views.text(state.lastOk()));
            row.put("lastItem", state == null ? null : Views.text(state.lastItem()));
            row.put(
                    "nextDue",
                    state == null || !source.enabled() || FetchRound.isGone(source, state)
                            ? null
                            : state.nextDue().toString());
            Breach breach = health.breach(source);
            row.put("health", health.word(source));
            String message = state == null ? "" : state.message();
            row.put("message", message.isEmpty() && breach != null ? alarm.sentence(breach.finding()) : message);
            row.put("breach", breach == null ? null : Views.breach(breach));
            rows.add(row);
        }
        return rows;
    }

    private void table(List<Map<String, @Nullable Object>> sources, Map<String, @Nullable Object> view) {
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.source")),
                                Listing.Column.fixed(words.text("column.health")),
                                Listing.Column.fixed(words.text("column.last-ok")),
                                Listing.Column.fixed(words.text("column.next-due"))),
                        sources.stream()
                                .map(row -> List.of(
                                        String.valueOf(row.get("id")),
                                        words.text(
                                                Boolean.TRUE.equals(row.get("enabled"))
                                                        ? "health." + row.get("health")
                                                        : "health.off"),
                                        moment(row.get("lastOk")),
                                        moment(row.get("nextDue"))))
                                .toList());
        messages(sources);
        line("store", view.get("store"), "notices", "calls");
        line("index", view.get("index"), "calls", "upToDate");
        line("outbox", view.get("outbox"), "pending", "failed");
    }

    /** Below the table, where they are not cut: what matters in a message often stands at its end. */
    private void messages(List<Map<String, @Nullable Object>> sources) {
        List<Map<String, @Nullable Object>> troubled = sources.stream()
                .filter(row -> Boolean.TRUE.equals(row.get("enabled")))
                .filter(row -> !"".equals(row.get("message")))
                .toList();
        if (troubled.isEmpty()) {
            return;
        }
        var out = session.terminal().out();
        out.println();
        troubled.forEach(row -> out.println(row.get("id") + ": " + row.get("message")));
        out.println();
        session.say("status.what-to-do", String.valueOf(troubled.getFirst().get("id")));
    }

    private void line(String part, @Nullable Object facts, String first, String second) {
        Words words = session.words();
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(facts);
        String last = map.get(second) instanceof Boolean good
                ? words.text(good ? "yes" : "no")
                : String.valueOf(map.get(second));
        session.terminal().out().println(words.text("status." + part, String.valueOf(map.get(first)), last));
    }

    /** An instant of the JSON form as a person reads it. */
    private static String moment(@Nullable Object instant) {
        return instant == null ? "" : Say.moment(Instant.parse(instant.toString()));
    }
}
