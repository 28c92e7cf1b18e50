package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A month of TED in one file, daily archives in an archive, against reading every notice in it as a tree. */
final class PackagesBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RUNS = 3;

    private final Path checkout;
    private final int days;
    private final int notices;

    /** @param notices of each day */
    PackagesBench(Path checkout, int days, int notices) {
        this.checkout = checkout;
        this.days = days;
        this.notices = notices;
    }

    void run() throws Exception {
        Path folder = checkout.resolve(".vigie-cache/bench");
        Path day = TedPackage.month(folder, 1, notices);
        Path month = TedPackage.month(folder, days, notices);
        var rows = new LinkedHashMap<String, Row>();
        for (int run = 0; run < RUNS; run++) {
            measure(rows, "vigie, one day", day, 1, "vigie");
            measure(rows, "vigie, the month", month, days, "vigie");
            measure(rows, "tree, the month", month, days, "tree");
        }
        if (!rows.get("vigie, the month").answer.equals(rows.get("tree, the month").answer)) {
            throw new IllegalStateException("the two ways of reading give different numbers, titles or dates: " + rows);
        }
        print(rows, Files.size(month));
    }

    private static final class Row {
        private final int notices;
        private final List<Double> millis = new ArrayList<>();
        private long peak;
        private String answer = "";

        Row(int notices) {
            this.notices = notices;
        }

        Figures figures() {
            return new Figures(millis);
        }

        double rate() {
            return notices / (figures().median() / 1000);
        }

        @Override
        public String toString() {
            return answer;
        }
    }

    private void measure(Map<String, Row> rows, String name, Path file, int ofDays, String reader) throws Exception {
        Row row = rows.computeIfAbsent(name, any -> new Row(ofDays * notices));
        JsonNode said = step(file, reader);
        if (said.path("notices").asInt() != row.notices) {
            throw new IllegalStateException(name + " gave " + said + " instead of " + row.notices + " notices");
        }
        row.millis.add(said.path("millis").asDouble());
        row.peak = Math.max(row.peak, said.path("peakMegabytes").asLong());
        row.answer = said.path("answer").asText();
    }

    /** One processor, and a small heap: what grows with the archive would not fit. */
    private JsonNode step(Path file, String reader) throws Exception {
        return JavaStep.run(
                checkout,
                List.of("-XX:ActiveProcessorCount=1", "-Xmx96m"),
                PackagesStep.class,
                file.toString(),
                reader);
    }

    private void print(Map<String, Row> rows, long bytes) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "a month of TED: %d days of %,d notices, every third in TED_EXPORT (%.1f MB); one processor, heap 96 MB; %d runs, each cold%n%s%n%n",
                days,
                notices,
                bytes / 1e6,
                RUNS,
                Machine.describe());
        System.out.printf("%-18s %-26s %-10s %s%n", "reader", "ms: median (min – max)", "notices/s", "peak MB");
        var view = new LinkedHashMap<String, Object>();
        rows.forEach((name, row) -> {
            view.put(
                    name,
                    Map.of(
                            "ms", row.figures().view(),
                            "noticesPerSecond", Math.round(row.rate()),
                            "peakMegabytes", row.peak));
            System.out.printf(Locale.ROOT, "%-18s %-26s %,9.0f %8d%n", name, row.figures(), row.rate(), row.peak);
        });
        System.out.println();
        System.out.println(JSON.writeValueAsString(Map.of(
                "bench", "packages",
                "days", days,
                "notices", notices,
                "machine", Machine.describe(),
                "readers", view)));
    }
}
