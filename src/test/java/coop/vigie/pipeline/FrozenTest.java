package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.deliver.Outbox.Outgoing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FrozenTest {

    private final Frozen frozen = new Frozen();

    @Test
    void letsFreezingWait_untilSomeAreTaken() throws Exception {
        frozen.add(messages());

        CompletableFuture<Boolean> wanted = CompletableFuture.supplyAsync(frozen::isWanted);

        Thread.sleep(50);
        assertFalse(wanted.isDone());
        assertEquals(100, frozen.ready().size());
        assertTrue(wanted.get(5, TimeUnit.SECONDS));
    }

    @Test
    void letsFreezingGo_whenNobodyTakesAnyMore() throws Exception {
        frozen.add(messages());
        CompletableFuture<Boolean> wanted = CompletableFuture.supplyAsync(frozen::isWanted);

        frozen.stop();

        assertFalse(wanted.get(5, TimeUnit.SECONDS));
    }

    private static List<Outgoing> messages() {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Outgoing("e" + i, i + "@example.org", "<e" + i + "@example.org>"))
                .toList();
    }
}
