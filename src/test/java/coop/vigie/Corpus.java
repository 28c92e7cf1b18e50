package coop.vigie;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Third-party test suites, which lie outside the repository and may be absent. */
public final class Corpus {

    private Corpus() {}

    /** The file or folder of that name in the corpus; the calling test is skipped, visibly, where there is none. */
    public static Path require(String relative) {
        String configured = System.getenv("VIGIE_CORPUS");
        Path path = Path.of(configured == null ? "../shared/corpus" : configured)
                .resolve(relative)
                .toAbsolutePath()
                .normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> path + " skipped: no corpus");
        return path;
    }
}
