package coop.vigie;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Third-party test data that lies beside the repository. Tests that need it are skipped, visibly, where it is absent. */
public final class Corpus {

    private Corpus() {}

    /** The path in the folder that {@code VIGIE_CORPUS} names, else in {@code ../shared/corpus}. */
    public static Path require(String relative) {
        String named = System.getenv("VIGIE_CORPUS");
        Path path = Path.of(named == null ? "../shared/corpus" : named).resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), relative + " skipped: no corpus");
        return path;
    }
}
