package coop.vigie.pipeline;

import coop.vigie.fetch.Fetcher;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.Searcher;
import coop.vigie.notice.Call;
import coop.vigie.publish.Pull;
import coop.vigie.publish.PulledFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The index of a home that has no store: a view of what was pulled. */
public final class PulledIndex {

    private final PulledFolder pulled;
    private final Path folder;

    /** @param folder of the index */
    public PulledIndex(PulledFolder pulled, Path folder) {
        this.pulled = pulled;
        this.folder = folder;
    }

    /**
     * What a pull came to.
     *
     * @param open how many calls are open now
     * @param added how many of them were not open here before
     */
    public record Outcome(Pull.Outcome pull, int open, int added) {}

    /** Brings over what is published there, and the index up to it. */
    public Outcome pull(Fetcher fetcher, URI from, boolean allowPrivateNetwork, Instant now, Pull.Watcher watcher) {
        Set<String> before = open(now);
        boolean usable = !Index.isMissingOrOutdated(folder);
        Pull.Outcome outcome = new Pull(fetcher, pulled, now)
                .run(from, allowPrivateNetwork, usable, calls -> rebuild(calls, now), watcher);
        Set<String> after = open(now);
        int open = after.size();
        after.removeAll(before);
        return new Outcome(outcome, open, after.size());
    }

    private Set<String> open(Instant now) {
        if (Index.isMissingOrOutdated(folder)) {
            return new HashSet<>();
        }
        try (Index index = Index.openReadOnly(folder);
                Searcher searcher = index.searcher()) {
            return new HashSet<>(searcher.matching(CompiledQuery.EVERYTHING, Filter.open(now), -1, Long.MAX_VALUE));
        }
    }

    /** Makes the index anew of what was pulled last, as after a new version of the program. */
    public void rebuild(Instant now) {
        rebuild(pulled.calls(new AtomicInteger()), now);
    }

    private void rebuild(Stream<Call> calls, Instant now) {
        try (Index index = Index.open(folder)) {
            index.rebuild(calls.iterator(), call -> IndexView.document(call, 0, now), 0);
        }
    }
}
