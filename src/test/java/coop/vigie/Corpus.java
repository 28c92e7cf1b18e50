package coop.vigie;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Third-party test data that lies beside the repository, never in it. */
public final class Corpus {

    private Corpus() {}

    /** A file or folder of the corpus; the calling test is skipped, visibly, where there is none. */
    public static Path require(String relative) {
        String root = Objects.requireNonNullElse(System.getenv("VIGIE_CORPUS"), "../shared/corpus");
        Path path = Path.of(root).resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> relative + " skipped: no corpus");
        return path;
    }
}
