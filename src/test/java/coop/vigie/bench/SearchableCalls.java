package coop.vigie.bench;

import coop.vigie.index.Document;
import coop.vigie.index.Index;
import coop.vigie.notice.Call;
import coop.vigie.pipeline.IndexView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** Made-up calls in a home that has an index and no store, which is all that a search needs; and beside it the rival's tables. */
final class SearchableCalls {

    private static final long SEED = 20261124;

    private final Path home;
    private final int calls;

    SearchableCalls(Path checkout, int calls) {
        this.calls = calls;
        // Another seed or another kind of data is another folder.
        this.home = checkout.resolve(".vigie-cache/bench/calls-1-" + SEED + "-" + calls);
    }

    Path home() {
        return home;
    }

    Path index() {
        return home.resolve("data/index/public");
    }

    Path rival() {
        return home.resolve("fts.db");
    }

    /** Makes both once, and an index of another format anew. The file that says so comes last. */
    void prepare() throws IOException, SQLException {
        Path done = home.resolve("feeds.yaml");
        if (Index.isMissingOrOutdated(index()) || !Files.exists(done)) {
            System.err.printf(Locale.ROOT, "indexing %,d calls, once …%n", calls);
            Files.createDirectories(home);
            try (Index index = Index.open(index())) {
                index.rebuild(Calls.many(SEED, calls).iterator(), SearchableCalls::document, calls);
            }
        }
        if (!Files.exists(done)) {
            System.err.printf(Locale.ROOT, "and the same in SQLite …%n");
            SqliteRival.write(
                    rival(),
                    Calls.many(SEED, calls).map(SearchableCalls::document).iterator());
            Files.writeString(done, "contact: \"bench@example.org\"\nsources: []\n");
        }
    }

    private static Document document(Call call) {
        return IndexView.document(call, 1, Calls.NOW);
    }
}
