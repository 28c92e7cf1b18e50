package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.Rate;
import coop.vigie.deliver.Receipt;
import coop.vigie.deliver.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No mail server is asked for more than it allows. */
class PaceTest {

    private static final Instant NOW = OutboxInTest.NOW;

    @TempDir
    private Path folder;

    @Property(seed = "20261124", tries = 200)
    void neverPassesTheRate_inAnySpan(
            @ForAll @IntRange(min = 1, max = 5) int messages,
            @ForAll @Size(max = 40) List<@IntRange(max = 20) Integer> gaps) {
        var rate = new Rate(messages, Duration.ofMinutes(1));
        var pace = new Pace(rate, null);
        Instant clock = NOW;
        List<Instant> sent = new ArrayList<>();
        for (int gap : gaps) {
            clock = clock.plusSeconds(gap);
            clock = clock.plus(pace.pause("a@example.org", clock));
            assertEquals(Duration.ZERO, pace.pause("a@example.org", clock));
            pace.count("a@example.org", clock);
            sent.add(clock);
        }
        for (Instant first : sent) {
            long inSpan = sent.stream()
                    .filter(each -> !each.isBefore(first) && each.isBefore(first.plus(rate.per())))
                    .count();
            assertTrue(inSpan <= messages, () -> inSpan + " in one span: " + sent);
        }
    }

    @Test
    void letsOtherDomainsGoFirst_whenOneMustWait() {
        var order = new ArrayList<String>();
        try (var home = new OutboxInTest(folder)) {
            var messages =
                    home.freeze("e1", List.of("a@one.example", "b@one.example", "c@one.example", "d@two.example"));
            var pace = new Pace(null, new Rate(2, Duration.ofMinutes(1)));
            home.delivery(new Noting(order), pace).deliver(messages, any -> {});

            assertEquals(List.of("a@one.example", "b@one.example", "d@two.example", "c@one.example"), order);
            assertEquals(NOW.plusSeconds(60), home.clock);
        }
    }

    @Test
    void letsFoldersGo_andDoesNotCountThem() {
        var rate = new Rate(1, Duration.ofHours(1));
        var pace = new Pace(rate, rate);
        pace.count("folder:arts", NOW);
        assertEquals(Duration.ZERO, pace.pause("a@example.org", NOW));

        pace.count("a@example.org", NOW);
        assertEquals(Duration.ZERO, pace.pause("folder:arts", NOW));
    }

    @Test
    void remembersWhatAnEarlierRunSent() {
        var order = new ArrayList<String>();
        try (var home = new OutboxInTest(folder)) {
            var messages = home.freeze(
                    "e1",
                    IntStream.range(0, 4)
                            .mapToObj(i -> "m" + i + "@example.org")
                            .toList());
            var rate = new Rate(2, Duration.ofHours(1));
            home.delivery(new Noting(order), new Pace(rate, null)).deliver(messages.subList(0, 2), any -> {});
            home.clock = NOW.plusSeconds(60);
            home.delivery(new Noting(order), new Pace(rate, null)).deliver(messages.subList(2, 4), any -> {});

            assertEquals(NOW.plus(Duration.ofHours(1)), home.clock);
            assertEquals(4, order.size());
        }
    }

    @Test
    void leavesPending_whatWouldWaitLongerThanOurPatience() {
        var order = new ArrayList<String>();
        try (var home = new OutboxInTest(folder)) {
            var messages = home.freeze("e1", List.of("a@example.org", "b@example.org"));
            var pace = new Pace(new Rate(1, Duration.ofHours(2)), null);
            home.delivery(new Noting(order), pace).deliver(messages, any -> {});

            assertEquals(
                    List.of("sent", "pending"),
                    messages.stream().map(home::state).toList());
            assertEquals(NOW, home.clock);
        }
    }

    /** Takes everything. */
    private record Noting(List<String> order) implements Transport {
        @Override
        public Receipt send(String recipient, String messageId, byte[] message) {
            order.add(recipient);
            return new Receipt.Accepted("250", null);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
