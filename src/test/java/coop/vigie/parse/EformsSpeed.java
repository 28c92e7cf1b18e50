package coop.vigie.parse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How fast a folder of notices is read, for a person to look at: {@code EformsSpeed FOLDER [ROUNDS]}. */
final class EformsSpeed {

    private EformsSpeed() {}

    public static void main(String[] arguments) throws IOException {
        List<byte[]> notices = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                notices.add(Files.readAllBytes(file));
            }
        }
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        double megabytes = notices.stream().mapToLong(bytes -> bytes.length).sum() / 1e6;
        var parser = new EformsParser();
        for (int round = 1; round <= rounds; round++) {
            long start = System.nanoTime();
            long read = notices.stream()
                    .mapToLong(bytes -> parser.parse(
                                    EformsParserTest.payload("notice.xml", bytes), EformsParserTest.CONTEXT)
                            .notices()
                            .size())
                    .sum();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("round %d: %.0f notices/s, %.1f MB/s%n", round, read / seconds, megabytes / seconds);
        }
    }
}
