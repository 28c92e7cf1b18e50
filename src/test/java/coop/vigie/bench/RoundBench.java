package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Vigie;
import coop.vigie.group.GroupsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A day of TED: eForms notices in one archive, from bytes to matched, against many profiles. */
final class RoundBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261124;
    private static final int RUNS = 3;
    private static final int PROFILES_IN_A_GROUP = 20;

    private final Path checkout;
    private final int notices;
    private final int profiles;

    RoundBench(Path checkout, int notices, int profiles) {
        this.checkout = checkout;
        this.notices = notices;
        this.profiles = profiles;
    }

    void run() throws Exception {
        var times = new LinkedHashMap<String, List<Double>>();
        long matches = 0;
        long bytes = 0;
        for (int run = 0; run < RUNS; run++) {
            Path home = Files.createTempDirectory("vigie-bench-round-");
            try {
                prepare(home);
                bytes = Files.size(home.resolve("notices.zip"));
                JsonNode parse = step(home, "parse");
                JsonNode whole = step(home, "whole");
                matches = whole.path("matches").asLong();
                double both = whole.path("parseAndStore").asDouble();
                double parsing = parse.path("parse").asDouble();
                double index = whole.path("index").asDouble();
                double match = whole.path("match").asDouble();
                add(times, "parse", parsing);
                add(times, "store", Math.max(1, both - parsing));
                add(times, "index", index);
                add(times, "match", match);
                add(times, "all", both + index + match);
                add(times, "peak MB", whole.path("peakMegabytes").asDouble());
            } finally {
                Folders.delete(home);
            }
        }
        print(times, matches, bytes);
    }

    private static void add(Map<String, List<Double>> times, String step, double time) {
        times.computeIfAbsent(step, name -> new ArrayList<>()).add(time);
    }

    private void print(Map<String, List<Double>> times, long matches, long bytes) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "a round from bytes to matched: %,d eForms notices (%.1f MB zipped), %,d profiles, %,d matches; %d runs, each cold%n%s%n%n",
                notices,
                bytes / 1e6,
                profiles,
                matches,
                RUNS,
                Machine.describe());
        System.out.printf("%-8s %-26s %s%n", "step", "ms: median (min – max)", "notices/s");
        var view = new LinkedHashMap<String, Object>();
        times.forEach((step, each) -> {
            var figures = new Figures(each);
            view.put(step, figures.view());
            String rate = step.equals("peak MB")
                    ? ""
                    : String.format(Locale.ROOT, "%,.0f", notices / (figures.median() / 1000));
            System.out.printf("%-8s %-26s %s%n", step, figures, rate);
        });
        System.out.println();
        System.out.println(JSON.writeValueAsString(Map.of(
                "bench", "round",
                "notices", notices,
                "profiles", profiles,
                "matches", matches,
                "machine", Machine.describe(),
                "steps", view)));
    }

    private void prepare(Path home) throws IOException {
        var calls = new Calls(SEED);
        Path zip = home.resolve("notices.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 1; i <= notices; i++) {
                var entry = new ZipEntry("%08d_2026.xml".formatted(i));
                entry.setLastModifiedTime(FileTime.from(Calls.NOW));
                out.putNextEntry(entry);
                out.write(EformsNotice.xml(i, calls).getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.writeString(
                home.resolve("feeds.yaml"), """
                contact: "bench@example.org"
                sources:
                  - { id: ted, type: eforms, url: "%s", name: TED, level: european, kind: tender, max-size: 200MB }
                """.formatted(zip.toUri().toString().replaceFirst("^file:/+", "file:///")));
        Path groups = Files.writeString(home.resolve("groups.yaml"), groups(calls));
        try (var vigie = new Vigie(home, Calls.NOW, Map.of())) {
            vigie.groups().apply(GroupsFile.read(groups), "bench", vigie.now());
        }
    }

    private String groups(Calls calls) {
        var yaml = new StringBuilder("groups:\n");
        for (int i = 0; i < profiles; i++) {
            if (i % PROFILES_IN_A_GROUP == 0) {
                yaml.append("""
                          - id: group-%1$d
                            name: { fr: "Groupe %1$d" }
                            axis: sector
                            languages: [fr, nl]
                            channels: [ { type: mail } ]
                            profiles:
                        """.formatted(i / PROFILES_IN_A_GROUP).indent(0));
            }
            yaml.append("      - { id: p%d, any: [%s, %s, \"\\\"%s\\\"\"], none: [%s], cpv: [\"%s\"] }\n"
                    .formatted(
                            i,
                            Calls.word(rare(17 * i)),
                            Calls.word(rare(29 * i)),
                            Calls.word(3) + " " + Calls.word(rare(13 * i)),
                            Calls.word(2_000 + i),
                            calls.cpv()));
        }
        return yaml.toString();
    }

    /** So rare that a profile finds about one notice in a hundred. */
    private static int rare(int step) {
        return 8_000 + step % 22_000;
    }

    private JsonNode step(Path home, String step) throws Exception {
        JsonNode took = JavaStep.run(checkout, JavaStep.asARound(), RoundStep.class, home.toString(), step);
        if (took.path("notices").asInt() != notices) {
            throw new IllegalStateException("the step '" + step + "' said " + took);
        }
        return took;
    }
}
