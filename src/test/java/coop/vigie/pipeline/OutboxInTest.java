package coop.vigie.pipeline;

import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Tls;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.Transport;
import coop.vigie.digest.Edition;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.notice.Deadline;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An outbox of its own, with frozen messages that tell one call each, and a clock that a test moves. */
final class OutboxInTest implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    final Database members;
    final Outbox outbox;
    final LedgerStore ledger;
    Instant clock = NOW;

    OutboxInTest(Path folder) {
        members = Database.open(folder, Schema.MEMBERS);
        outbox = new Outbox(members);
        ledger = new LedgerStore(members);
    }

    static Mail mail(int port) {
        return new Mail("127.0.0.1", port, Tls.NONE, null, null, null, null, null, null, null, false);
    }

    static String messageId(String edition) {
        return "<" + edition + "@vigie.example.org>";
    }

    /** Freezes a message for each of these recipients; the edition is named after recipient and round. */
    List<Outgoing> freeze(String round, List<String> recipients) {
        return members.write(handle -> {
            List<Outgoing> frozen = new ArrayList<>();
            for (String recipient : recipients) {
                String id = round + "-" + recipient.substring(0, recipient.indexOf('@'));
                var edition = new Edition(id, recipient, List.of("Arts"), "fr", List.of("fr"), NOW, List.of());
                String message = "Message-ID: %s\r\nTo: %s\r\nSubject: %s\r\n\r\n%s"
                        .formatted(messageId(id), recipient, id, "One line of the digest.\r\n".repeat(50));
                outbox.freeze(
                        handle,
                        edition,
                        Outbox.Kind.REGULAR,
                        "",
                        messageId(id),
                        message.getBytes(StandardCharsets.US_ASCII));
                ledger.reserve(
                        handle,
                        recipient,
                        id,
                        List.of(new LedgerStore.Entry("source:" + round, 1, Deadline.UNKNOWN, false)),
                        NOW);
                frozen.add(new Outgoing(id, recipient, messageId(id)));
            }
            return frozen;
        });
    }

    Delivery delivery(Transport transport, Pace pace) {
        Consumer<Duration> waiting = pause -> clock = clock.plus(pause);
        InstantSource moving = () -> clock;
        return new Delivery(
                members,
                outbox,
                ledger,
                transport,
                pace,
                new Delivery.RealTime(moving, waiting, Duration.ofHours(1)),
                NOW);
    }

    /** One run over everything that is due. */
    Sending run(Transport transport) {
        List<Sent> sent = new ArrayList<>();
        Delivery delivery = delivery(transport, new Pace(null, null));
        delivery.deliver(delivery.due(), sent::add);
        return new Sending(sent, delivery.down());
    }

    String state(Outgoing message) {
        return outbox.find(message.editionId()).orElseThrow().state().code();
    }

    /** What the ledger says of a message's call: told, reserved or released. */
    String ledger(Outgoing message) {
        if (ledger.told().stream().anyMatch(entry -> entry.startsWith(message.recipient() + " "))) {
            return "told";
        }
        return ledger.latest(message.recipient()).isEmpty() ? "released" : "reserved";
    }

    Set<String> told() {
        return ledger.told();
    }

    @Override
    public void close() {
        members.close();
    }
}
