package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.deliver.Outbox;
import coop.vigie.notice.SourceId;
import coop.vigie.source.Source;
import coop.vigie.store.SourceStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class StatusCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--format", paramLabel = "table|json")
    private Format format = Format.TABLE;

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
            if (format == Format.TABLE) {
                table(sources, view);
            } else {
                session.listing().json(view);
            }
            boolean trouble = failed > 0
                    || !upToDate
                    || sources.stream()
                            .anyMatch(source -> List.of("failing", "gone").contains(source.get("health")));
            return trouble ? ExitCode.IN_PART : ExitCode.DONE;
        }
    }

    private int indexed(Vigie vigie) {
        return vigie.hasStore() && vigie.indexView().isUsable()
                ? vigie.indexView().size()
                : 0;
    }

    private static List<Map<String, @Nullable Object>> sources(Vigie vigie) {
        Map<SourceId, SourceStore.State> states = new HashMap<>();
        if (vigie.hasStore()) {
            vigie.sources().all().forEach(state -> states.put(state.source(), state));
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Source source : vigie.catalogue().sources()) {
            SourceStore.State state = states.get(source.id());
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("id", source.id().value());
            row.put("enabled", source.enabled());
            row.put("lastOk", state == null ? null : Views.text(state.lastOk()));
            row.put("lastItem", state == null ? null : Views.text(state.lastItem()));
            row.put(
                    "nextDue",
                    state == null || !source.enabled() ? null : state.nextDue().toString());
            row.put("health", health(source, state));
            row.put("message", state == null ? "" : state.message());
            rows.add(row);
        }
        return rows;
    }

    private static String health(Source source, SourceStore.@Nullable State state) {
        if (state == null || !source.enabled()) {
            return "never";
        }
        if (state.failures() == 0) {
            return "ok";
        }
        return state.outcome().equals("refused") ? "gone" : "failing";
    }

    private void table(List<Map<String, @Nullable Object>> sources, Map<String, @Nullable Object> view) {
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.source")),
                                Listing.Column.fixed(words.text("column.health")),
                                Listing.Column.fixed(words.text("column.last-ok")),
                                Listing.Column.fixed(words.text("column.next-due")),
                                Listing.Column.flexible(words.text("column.message"))),
                        sources.stream()
                                .map(row -> List.of(
                                        String.valueOf(row.get("id")),
                                        words.text(
                                                Boolean.TRUE.equals(row.get("enabled"))
                                                        ? "health." + row.get("health")
                                                        : "health.off"),
                                        row.get("lastOk") == null ? "" : String.valueOf(row.get("lastOk")),
                                        row.get("nextDue") == null ? "" : String.valueOf(row.get("nextDue")),
                                        String.valueOf(row.get("message"))))
                                .toList());
        for (String part : List.of("store", "index", "outbox")) {
            session.terminal().out().println(words.text("status." + part, numbers(view.get(part), part)));
        }
    }

    private static Object[] numbers(@Nullable Object part, String name) {
        Map<?, ?> map = (Map<?, ?>) part;
        return map == null
                ? new Object[0]
                : switch (name) {
                    case "store" -> new Object[] {map.get("notices"), map.get("calls")};
                    case "index" -> new Object[] {map.get("calls"), map.get("upToDate")};
                    default -> new Object[] {map.get("pending"), map.get("failed")};
                };
    }
}
