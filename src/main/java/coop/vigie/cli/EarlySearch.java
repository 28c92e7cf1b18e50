package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.notice.VigieException;
import coop.vigie.pipeline.IndexView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a second thread does while the first builds the search and reads its words: it opens the index for both, and then
 * searches for nothing in particular, so that what this loads the search that was asked finds ready.
 */
final class EarlySearch implements Runnable {

    private final Supplier<Session> sessions;
    private final CompletableFuture<@Nullable Opened> opened = new CompletableFuture<>();

    private record Opened(Path home, Searcher searcher) {}

    /** @param sessions makes one of its own; whatever that throws, the command meets again, and says it */
    EarlySearch(Supplier<Session> sessions) {
        this.sessions = sessions;
    }

    /**
     * The index of that home; to be closed by whoever asks.
     *
     * @return null if it was not opened, for whatever reason: whoever opens it again meets the reason, and says it
     */
    @Nullable
    Searcher searcher(Path home) {
        Opened found = opened.join();
        return found != null && found.home().equals(home) ? found.searcher() : null;
    }

    @Override
    public void run() {
        try {
            Session session = sessions.get();
            Instant now = Instant.now();
            try (Vigie vigie = new Vigie(session.home(), now, session.environment())) {
                Searcher searcher = open(vigie.indexFolder());
                if (searcher != null) {
                    opened.complete(new Opened(session.home(), searcher));
                    searcher.search(CompiledQuery.EVERYTHING, new Filter(now, false), Sort.DEADLINE, 1).hits().stream()
                            .map(hit -> IndexView.callOf(hit.payload()))
                            .forEach(call -> JsonText.line(Views.call(call, now, null, List.of())));
                }
            }
        } finally {
            opened.complete(null); // unless something was found
        }
    }

    private static @Nullable Searcher open(Path index) {
        try {
            return Index.briefly(index);
        } catch (VigieException missingOrOutdated) {
            return null;
        }
    }
}
