package coop.vigie.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Tables of broken files with all their problems, as they stand beside the tests in {@code broken-….txt}. */
public final class BrokenFiles {

    /** One broken file. */
    public record Case(String name, String content, List<String> problems) {
        @Override
        public String toString() {
            return name;
        }
    }

    private BrokenFiles() {}

    public static Stream<Case> in(Class<?> test, String table) throws IOException {
        try (var stream = test.getResourceAsStream(table)) {
            if (stream == null) {
                throw new IllegalStateException(table + " is missing");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ")).skip(1).map(BrokenFiles::read);
        }
    }

    private static Case read(String text) {
        int end = text.indexOf('\n');
        String[] halves = text.substring(end + 1).split("(?m)^---\n", 2);
        // A document's own start is written with a fourth dash and a blank, to tell it from the table's line.
        String content = halves[0].replace("---- \n", "---\n");
        return new Case(
                text.substring(0, end), content, halves[1].strip().lines().toList());
    }
}
