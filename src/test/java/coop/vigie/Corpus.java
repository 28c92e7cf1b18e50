package coop.vigie;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The third-party test suites beside the repository; tests that need them are skipped where they are absent. */
public final class Corpus {

    private Corpus() {}

    /** A file or folder of the corpus: below {@code VIGIE_CORPUS} if set, else {@code ../shared/corpus}. */
    public static Path require(String relative) {
        String root = System.getenv("VIGIE_CORPUS");
        Path path = Path.of(root == null || root.isBlank() ? "../shared/corpus" : root)
                .resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " skipped: no corpus");
        return path;
    }
}
