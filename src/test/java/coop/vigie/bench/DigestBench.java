package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import coop.vigie.Vigie;
import coop.vigie.deliver.Envelope;
import coop.vigie.deliver.MessageBuilder;
import coop.vigie.digest.Rendered;
import coop.vigie.group.GroupsFile;
import coop.vigie.pipeline.Sent;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Personal digests, from matches and ledger to a mail server on loopback, against Jakarta Mail building and serialising the same
 * messages alone in one thread. Both are the work of this process; the server takes everything and does little.
 */
final class DigestBench {

    private static final long SEED = 20261124;
    private static final int GROUPS = 40;
    private static final int NOTICES = 900;
    private static final int PROBES = 20;

    private final int readers;

    DigestBench(int readers) {
        this.readers = readers;
    }

    /** A message taken apart, to be built again. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Parts(Rendered rendered, Envelope envelope, byte[] frozen) {}

    /**
     * What something took.
     *
     * @param processors seconds of processors, which other work on the machine changes less than the clock
     */
    private record Taken(double seconds, double processors) {

        static final Taken NOTHING = new Taken(0, 0);

        /** @param busy nanoseconds of processors so far */
        static Taken by(LongSupplier busy, Work work) throws Exception {
            long start = System.nanoTime();
            long before = busy.getAsLong();
            work.run();
            return new Taken((System.nanoTime() - start) / 1e9, (busy.getAsLong() - before) / 1e9);
        }

        Taken and(Taken other) {
            return new Taken(seconds + other.seconds, processors + other.processors);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    void run() throws Exception {
        Path home = Files.createTempDirectory("vigie-bench-digest-");
        try (var sink = new MailSink()) {
            prepare(home, sink.port());
            List<Integer> megabytes = new ArrayList<>();
            List<Sent> sent = new ArrayList<>();
            Taken whole;
            try (var vigie = new Vigie(home, Calls.NOW, Map.of())) {
                int each = Math.max(1, readers / PROBES);
                whole = Taken.by(
                        DigestBench::ofProcess,
                        () -> vigie.digestRun().send(any -> true, message -> {
                            sent.add(message);
                            if (sent.size() % each == 0) {
                                megabytes.add(used());
                            }
                        }));
            }
            if (sent.size() != readers || sink.recipients() != readers) {
                throw new IllegalStateException("%d readers, %d messages, %d of them arrived"
                        .formatted(readers, sent.size(), sink.recipients()));
            }
            alone(home, sent, whole, megabytes);
        } finally {
            Folders.delete(home);
        }
    }

    private void alone(Path home, List<Sent> sent, Taken whole, List<Integer> megabytes) throws Exception {
        Taken alone = Taken.NOTHING;
        long bytes = 0;
        var builder = new MessageBuilder();
        try (var vigie = new Vigie(home, Calls.NOW, Map.of())) {
            for (Sent each : sent) {
                Parts parts = parts(each, vigie.outbox().message(each.edition()));
                alone = alone.and(built(parts, () -> builder.build(parts.rendered(), parts.envelope())));
                bytes += parts.frozen().length;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d personal digests of %.1f KB, from matches to a mail server on loopback; %s%n%n",
                readers,
                bytes / 1e3 / readers,
                Machine.describe());
        row("composed, rendered, frozen, sent, confirmed", whole);
        row("the same messages built alone", alone);
        System.out.printf(
                Locale.ROOT,
                "%-46s %7.0f %%%n%-46s %s MB%n%n",
                "reached of building alone",
                100 * alone.seconds() / whole.seconds(),
                "heap in use along the way",
                megabytes);
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of(
                        "bench",
                        "digest",
                        "mails",
                        readers,
                        "machine",
                        Machine.describe(),
                        "wholeMs",
                        Math.round(1e3 * whole.seconds()),
                        "wholeProcessorMs",
                        Math.round(1e3 * whole.processors()),
                        "aloneMs",
                        Math.round(1e3 * alone.seconds()),
                        "aloneProcessorMs",
                        Math.round(1e3 * alone.processors()),
                        "ratio",
                        Math.round(100 * alone.seconds() / whole.seconds()) / 100.0)));
    }

    private void row(String what, Taken taken) {
        System.out.printf(
                Locale.ROOT,
                "%-46s %,7.0f mails/s %6.2f ms of processors a mail%n",
                what,
                readers / taken.seconds(),
                1e3 * taken.processors() / readers);
    }

    private static Taken built(Parts parts, Supplier<byte[]> build) throws Exception {
        AtomicReference<byte[]> built = new AtomicReference<>(new byte[0]);
        Taken taken = Taken.by(DigestBench::ofThread, () -> built.set(build.get()));
        if (!Arrays.equals(built.get(), parts.frozen())) {
            throw new IllegalStateException(
                    "built again, it is another message:\n" + new String(built.get(), StandardCharsets.US_ASCII));
        }
        return taken;
    }

    private static long ofThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long ofProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Parts parts(Sent sent, byte[] frozen) throws Exception {
        var message = new MimeMessage(null, new ByteArrayInputStream(frozen));
        var alternatives = (Multipart) message.getContent();
        String text = String.valueOf(alternatives.getBodyPart(0).getContent()).replace("\r\n", "\n");
        String html = String.valueOf(alternatives.getBodyPart(1).getContent()).replace("\r\n", "\n");
        var envelope = new Envelope(
                sent.edition(),
                header(message, "From"),
                sent.recipient(),
                null,
                header(message, "List-Id").replaceAll("[<>]", ""),
                header(message, "List-Unsubscribe").replaceAll("[<>]", ""),
                Calls.NOW);
        return new Parts(new Rendered(message.getSubject(), text, html), envelope, frozen);
    }

    private static String header(MimeMessage message, String name) throws Exception {
        return MimeUtility.unfold(message.getHeader(name, ", "));
    }

    private static int used() {
        Runtime runtime = Runtime.getRuntime();
        return (int) ((runtime.totalMemory() - runtime.freeMemory()) / 1_000_000);
    }

    private void prepare(Path home, int port) throws IOException {
        var calls = new Calls(SEED);
        try (var out = new ZipOutputStream(Files.newOutputStream(home.resolve("notices.zip")))) {
            for (int i = 1; i <= NOTICES; i++) {
                out.putNextEntry(new ZipEntry("%08d_2026.xml".formatted(i)));
                out.write(EformsNotice.xml(i, calls).getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.writeString(home.resolve("feeds.yaml"), """
                contact: "bench@example.org"
                sources:
                  - { id: ted, type: eforms, url: "file:notices.zip", name: TED, level: european, kind: tender, max-size: 200MB }
                """);
        Files.writeString(home.resolve("vigie.yaml"), """
                mail: { host: 127.0.0.1, port: %d, tls: none, from: "Vigie <bench@example.org>" }
                """.formatted(port));
        Path groups = Files.writeString(home.resolve("groups.yaml"), groups());
        try (var vigie = new Vigie(home, Calls.NOW, Map.of())) {
            vigie.groups().apply(GroupsFile.read(groups), "bench", vigie.now());
            vigie.fetch(vigie.catalogue().enabled(), false, done -> {});
        }
    }

    /** Each reader is in two groups, and no two of them in the same two before all pairs are taken. */
    private String groups() {
        var yaml = new StringBuilder("groups:\n");
        for (int group = 0; group < GROUPS; group++) {
            yaml.append(
                    "  - id: g%d\n    name: { fr: \"Groupe %1$d\" }\n    profiles: [ { id: p, any: [%s, %s] } ]\n    members:\n"
                            .formatted(group, Calls.word(6_000 + 17 * group), Calls.word(7_000 + 29 * group)));
            for (int reader = 0; reader < readers; reader++) {
                if (reader % GROUPS == group || (reader / GROUPS + reader) % GROUPS == group) {
                    yaml.append(
                            "      - { mail: r%d@example.org, language: %s, consent: { how: bench, date: 2026-10-01 } }\n"
                                    .formatted(reader, List.of("fr", "nl", "en").get(reader % 3)));
                }
            }
        }
        return yaml.toString();
    }
}
