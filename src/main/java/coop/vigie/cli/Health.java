package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.SourceId;
import coop.vigie.source.Source;
import coop.vigie.store.SourceStore;
import coop.vigie.watch.Breach;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the sources of a home do, as one word each. */
record Health(Map<SourceId, SourceStore.State> states, Map<SourceId, Breach> breaches) {

    static Health of(Vigie vigie) {
        List<SourceStore.State> states = vigie.hasStore() ? vigie.sources().all() : List.of();
        return new Health(
                states.stream().collect(Collectors.toMap(SourceStore.State::source, Function.identity())),
                vigie.breaches().stream().collect(Collectors.toMap(Breach::source, Function.identity())));
    }

    SourceStore.@Nullable State state(Source source) {
        return states.get(source.id());
    }

    @Nullable
    Breach breach(Source source) {
        return breaches.get(source.id());
    }

    /** As in {@code status}: ok, failing, quiet, gone or never. */
    String word(Source source) {
        SourceStore.State state = state(source);
        if (state == null || (state.lastOk() == null && state.failures() == 0)) {
            return "never";
        }
        if (state.failures() == 0) {
            return breach(source) == null ? "ok" : "quiet";
        }
        return state.outcome().equals("refused") ? "gone" : "failing";
    }
}
