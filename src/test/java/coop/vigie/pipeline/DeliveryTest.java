package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.Receipt;
import coop.vigie.deliver.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P4: what became of a message is on the disk before another one leaves, and before anything is waited for. */
class DeliveryTest {

    @TempDir
    private Path folder;

    private OutboxInTest home;
    private List<Outgoing> messages = List.of();
    private final List<List<String>> seen = new ArrayList<>();

    @BeforeEach
    void open() {
        home = new OutboxInTest(folder);
        messages = home.freeze("e1", List.of("a@example.org", "b@example.org", "c@example.org"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void writesDownWhatWasTaken_beforeTheNextLeaves() {
        home.run(looking());

        assertEquals(
                List.of(
                        List.of("sending", "pending", "pending"),
                        List.of("sent", "sending", "pending"),
                        List.of("sent", "sent", "sending")),
                seen);
        assertEquals(List.of("sent", "sent", "sent"), states());
    }

    @Test
    void writesDownWhatWasTaken_beforeItWaitsForMoreToBeFrozen() {
        var frozen = new Frozen();
        frozen.add(messages.subList(0, 1));

        home.delivery(looking(), new Pace(null, null)).deliver(frozen, sent -> {
            seen.add(states());
            if (seen.size() == 2) {
                frozen.add(messages.subList(1, 3));
                frozen.from(() -> {});
            }
        });

        assertEquals(List.of("sent", "pending", "pending"), seen.get(1));
        assertEquals(List.of("sent", "sent", "sent"), states());
    }

    @Test
    void sendsWhatWasFrozen_beforeItThrowsWhatEndedTheFreezing() {
        var broken = new IllegalStateException("a template is broken");
        var frozen = new Frozen();
        frozen.add(messages.subList(0, 2));
        frozen.from(() -> {
            throw broken;
        });

        Delivery delivery = home.delivery(looking(), new Pace(null, null));

        assertSame(broken, assertThrows(IllegalStateException.class, () -> delivery.deliver(frozen, sent -> {})));
        assertEquals(List.of("sent", "sent", "pending"), states());
    }

    @Test
    void doesNotSend_toWhoLeftWhileTheRunGoesOn() {
        List<String> taken = new ArrayList<>();
        home.run(new Transport() {
            @Override
            public Receipt send(String recipient, String messageId, byte[] message) {
                taken.add(recipient);
                home.members.write(handle -> home.outbox.cancel(handle, "b@example.org", "left"));
                return new Receipt.Accepted("250 taken", null);
            }

            @Override
            public void close() {}
        });

        assertEquals(List.of("a@example.org", "c@example.org"), taken);
        assertEquals(List.of("sent", "failed", "sent"), states());
    }

    private List<String> states() {
        return messages.stream().map(home::state).toList();
    }

    /** Takes everything, and notes how each message stood when one came. */
    private Transport looking() {
        return new Transport() {
            @Override
            public Receipt send(String recipient, String messageId, byte[] message) {
                seen.add(states());
                return new Receipt.Accepted("250 taken", null);
            }

            @Override
            public void close() {}
        };
    }
}
