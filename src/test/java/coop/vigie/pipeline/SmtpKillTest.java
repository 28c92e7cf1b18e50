package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.SmtpServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * P4 with a mail server: the sending process is killed at any instant while it writes to 200 people (or {@code -Dvigie.recipients}); nothing is lost, and no
 * kill doubles more than the one message of its open connection.
 */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -9 is what this test is about")
class SmtpKillTest {

    /** A round number of {@code -Dvigie.kills=100} takes minutes; fewer find the same, given more builds. */
    private static final int KILLS = Integer.getInteger("vigie.kills", 20);

    private static final long SEED = Long.getLong("vigie.kill.seed", 20261124L);
    private static final int RECIPIENTS = Integer.getInteger("vigie.recipients", 200);
    private static final int PATIENCE_SECONDS = 60;

    private final Random random = new Random(SEED);
    private final List<String> recipients = IntStream.range(0, RECIPIENTS)
            .mapToObj(i -> "m%03d@example.org".formatted(i))
            .toList();

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private String classPath = "";
    private String shared = "";

    /** A hundred starts are cheap where the classes come from an archive, made in one run that is not killed. */
    private void prepare(OutboxInTest home, SmtpServer server) throws IOException, InterruptedException {
        classPath = jars();
        Path archive = folder.resolve("classes.jsa");
        everybodyGets(home, server, "trained", () -> sendToTheEnd(server, "-XX:ArchiveClassesAtExit=" + archive));
        shared = "-XX:SharedArchiveFile=" + archive;
    }

    private interface Run {
        void go() throws IOException, InterruptedException;
    }

    private void everybodyGets(OutboxInTest home, SmtpServer server, String round, Run run)
            throws IOException, InterruptedException {
        List<Outgoing> messages = home.freeze(round, recipients);
        run.go();
        everybodyWasToldOnce(home, server, messages);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    @Test
    void losesNobody_andDoublesOneAtMost_perKillAndOpenConnection() throws Exception {
        data = folder.resolve("data");
        try (var home = new OutboxInTest(data);
                var server = SmtpServer.plain()) {
            prepare(home, server);
            var kills = new Kills();
            for (int round = 0; kills.made < KILLS; round++) {
                everybodyGets(home, server, "e" + round, () -> sendUntilAllIsSent(server, kills));
            }
            System.out.printf(
                    "SmtpKillTest: %d kills, %d messages, %d doubles%n",
                    kills.made, server.taken().size(), kills.doubles);
        }
    }

    private static final class Kills {
        private int made;
        private int doubles;
    }

    private void sendUntilAllIsSent(SmtpServer server, Kills kills) throws IOException, InterruptedException {
        boolean ended = false;
        int open = 0;
        while (!ended) {
            int killedWith = kills.made < KILLS ? sendAndKill(server) : -1;
            if (kills.made >= KILLS) {
                sendToTheEnd(server);
            }
            // What this run sent a second time was under way in the run before it.
            int doubles = doubles(server);
            int doubled = doubles - kills.doubles;
            int mayBe = open;
            assertTrue(doubled <= mayBe, () -> doubled + " doubled with " + mayBe + " open; seed " + SEED);
            kills.doubles = doubles;
            ended = killedWith < 0;
            kills.made += ended ? 0 : 1;
            // A run that never came as far as a connection leaves what the one before it had under way.
            open = killedWith == 0 && doubled == 0 ? open : Math.max(killedWith, 0);
            assertTrue(open <= 1, "more than one connection");
        }
    }

    /** How many connections were open when it was killed; negative if it had come to a good end before. */
    private int sendAndKill(SmtpServer server) throws IOException, InterruptedException {
        int connections = server.connections();
        int before = server.count();
        Process process = start(server, shared);
        try {
            // One kill in eight while it starts; the others while it sends, after some messages and a moment.
            if (random.nextInt(8) == 0) {
                process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            } else {
                int until = before + random.nextInt(40);
                while ((server.connections() == connections || server.count() < until) && process.isAlive()) {
                    Thread.sleep(1);
                }
                process.waitFor(random.nextLong(20_000), TimeUnit.MICROSECONDS);
            }
            int open = server.openConnections();
            process.destroyForcibly();
            int code = process.waitFor();
            assertTrue(code == 0 || code == 128 + 9, () -> "the process ended with " + code + ": " + output());
            while (server.openConnections() > 0) {
                // The server still reads what the killed process had sent: that may be a whole message.
                Thread.sleep(1);
            }
            return code == 0 ? -1 : open;
        } finally {
            process.destroyForcibly();
        }
    }

    private void sendToTheEnd(SmtpServer server) throws IOException, InterruptedException {
        sendToTheEnd(server, shared);
    }

    private void sendToTheEnd(SmtpServer server, String flag) throws IOException, InterruptedException {
        Process process = start(server, flag);
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the process does not end");
            assertEquals(0, process.exitValue(), this::output);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(SmtpServer server, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
        command.addAll(List.of(flags));
        command.addAll(List.of(SendingProcess.class.getName(), data.toString(), Integer.toString(server.port())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }

    /** The class path with jars alone: only from these can classes be shared between starts. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry), jars.size()) : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private String jar(Path classes, int number) throws IOException {
        Path jar = folder.resolve("classes-" + number + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    /** How many messages the server took more than once, over and above the first time. */
    private static int doubles(SmtpServer server) {
        List<SmtpServer.Taken> taken = server.taken();
        return taken.size()
                - (int) taken.stream()
                        .map(SmtpServer.Taken::messageId)
                        .distinct()
                        .count();
    }

    private static void everybodyWasToldOnce(OutboxInTest home, SmtpServer server, List<Outgoing> messages) {
        Map<String, String> byId = server.taken().stream()
                .collect(Collectors.toMap(
                        SmtpServer.Taken::messageId, SmtpServer.Taken::recipient, (one, other) -> one, TreeMap::new));
        for (Outgoing message : messages) {
            assertEquals("sent", home.state(message));
            assertEquals(message.recipient(), byId.get(message.messageId()), "lost");
        }
        var accepted = new TreeSet<String>();
        byId.forEach((id, recipient) -> accepted.add(recipient + " source:" + id.substring(1, id.indexOf('-')) + " 1"));
        assertEquals(accepted, new TreeSet<>(home.told()), "the ledger is what the server took");
    }
}
