package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.SmtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * P4 with a mail server: the sending process is killed at any instant while it writes to 200 people; nothing is lost, and no
 * kill doubles more than the one message of its open connection.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -9 is what this test is about")
class SmtpKillTest {

    /** Fewer with {@code -Dvigie.kills=…}, where time is short. */
    private static final int KILLS = Integer.getInteger("vigie.kills", 100);

    private static final long SEED = Long.getLong("vigie.kill.seed", 20261124L);
    private static final int RECIPIENTS = 200;
    private static final int PATIENCE_SECONDS = 60;

    private final Random random = new Random(SEED);
    private final List<String> recipients = IntStream.range(0, RECIPIENTS)
            .mapToObj(i -> "m%03d@example.org".formatted(i))
            .toList();

    @TempDir
    private Path folder;

    @Test
    void losesNobody_andDoublesOneAtMost_perKillAndOpenConnection() throws Exception {
        try (var home = new OutboxInTest(folder);
                var server = SmtpServer.plain()) {
            int kills = 0;
            int doubles = 0;
            for (int round = 0; kills < KILLS; round++) {
                List<Outgoing> messages = home.freeze("e" + round, recipients);
                boolean ended = false;
                while (!ended) {
                    int before = server.taken().size();
                    int open = 0;
                    if (kills < KILLS) {
                        int killedWith = sendAndKill(server);
                        ended = killedWith < 0;
                        open = Math.max(killedWith, 0);
                        kills += ended ? 0 : 1;
                    } else {
                        sendToTheEnd(server);
                        ended = true;
                    }
                    assertTrue(open <= 1, "more than one connection");
                    assertTrue(server.taken().size() >= before);
                    int now = doubles(server);
                    doubles = now;
                    assertTrue(doubles <= kills, () -> now + " doubles, seed " + SEED);
                }
                everybodyWasToldOnce(home, server, messages);
            }
            System.out.printf(
                    "SmtpKillTest: %d kills, %d messages, %d doubles%n",
                    kills, server.taken().size(), doubles);
        }
    }

    /** How many connections were open when it was killed; negative if it had come to a good end before. */
    private int sendAndKill(SmtpServer server) throws IOException, InterruptedException {
        int connections = server.connections();
        Process process = start(server);
        try {
            // One kill in eight while it starts; the others while it sends.
            if (random.nextInt(8) == 0) {
                process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
            } else {
                while (server.connections() == connections && process.isAlive()) {
                    Thread.sleep(1);
                }
                process.waitFor(random.nextLong(150_000), TimeUnit.MICROSECONDS);
            }
            int open = server.openConnections();
            process.destroyForcibly();
            int code = process.waitFor();
            assertTrue(code == 0 || code == 128 + 9, () -> "the process ended with " + code);
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
        Process process = start(server);
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the process does not end");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(SmtpServer server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SendingProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(server.port()))
                .inheritIO()
                .start();
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
