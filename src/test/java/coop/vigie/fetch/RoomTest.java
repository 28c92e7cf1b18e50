package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.FetchOutcome.Fetched;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is in memory at once stays within bounds; who finds no room waits, and loses nothing by it. */
@Timeout(30)
class RoomTest {

    private static final int LARGE = 300_000;
    private static final int LIMIT = 500_000;

    private final Room room = new Room(LIMIT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Room.Taken read(int bytes) throws IOException {
        return room.read(new ByteArrayInputStream(new byte[bytes]), LIMIT, new Stopwatch());
    }

    /** How many large documents may still be read without waiting. */
    private int left() throws InterruptedException {
        List<Future<Room.Taken>> tried = new ArrayList<>();
        int read = 0;
        for (int i = 0; i < 3; i++) {
            Future<Room.Taken> next = threads.submit(() -> read(LARGE));
            tried.add(next);
            try {
                next.get(300, TimeUnit.MILLISECONDS);
                read++;
            } catch (TimeoutException waits) {
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        tried.forEach(each -> each.cancel(true));
        return read;
    }

    @Test
    void holdsNoMoreThanItHas_whenManyComeAtOnce() throws Exception {
        var held = new AtomicInteger();
        var most = new AtomicInteger();
        List<Callable<Integer>> documents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            documents.add(() -> {
                try (Room.Taken taken = read(LARGE)) {
                    most.accumulateAndGet(held.addAndGet(taken.document().length), Math::max);
                    Thread.sleep(2);
                    held.addAndGet(-taken.document().length);
                    return taken.document().length;
                }
            });
        }

        int all = 0;
        for (Future<Integer> each : threads.invokeAll(documents)) {
            all += each.get();
        }

        assertEquals(100 * LARGE, all);
        assertTrue(most.get() <= LIMIT, most::toString);
    }

    @Test
    void letsSmallOnesPass() throws IOException {
        try (Room.Taken large = read(LIMIT);
                Room.Taken small = read(Room.SMALL - 1)) {
            assertEquals(LIMIT, large.document().length);
            assertEquals(Room.SMALL - 1, small.document().length);
        }
    }

    @Test
    void isFreeAgain_howeverReadingEnds() throws Exception {
        assertThrows(TooLargeException.class, () -> read(LIMIT + 1));
        InputStream end = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("broken off");
            }
        };
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[LARGE]), end);
        assertThrows(IOException.class, () -> room.read(broken, LIMIT, new Stopwatch()));
        Room.Taken twice = read(LARGE);
        twice.close();
        twice.close();

        assertEquals(1, left());
    }

    /** A source may allow more than there is in all. */
    @Test
    void readsWhatIsLargerThanItself_alone() throws IOException {
        try (Room.Taken taken = room.read(new ByteArrayInputStream(new byte[2 * LIMIT]), 3 * LIMIT, new Stopwatch())) {
            assertEquals(2 * LIMIT, taken.document().length);
        }
    }

    /** Longer than the answer's time-out: the server is not to blame. */
    @Test
    void anAnswerWaitsWithoutFailing() throws Exception {
        try (var server = new NastyServer();
                var fetcher = new Fetcher("vigie@example.org", HostMemory.NONE, room)) {
            server.on("/", "200 OK|Content-Type: text/plain", new byte[LARGE]);
            FetchRequest request = FetchRequest.of(server.uri("/"))
                    .withDelay(Duration.ZERO)
                    .with(Limits.DEFAULT.withTimeout(Duration.ofMillis(1_500)))
                    .allowingPrivateNetwork();
            Fetched first = assertInstanceOf(Fetched.class, fetcher.fetch(request));
            Future<FetchOutcome> second = threads.submit(() -> fetcher.fetch(request));

            assertThrows(TimeoutException.class, () -> second.get(2_500, TimeUnit.MILLISECONDS));
            first.payloads().close();

            Fetched fetched = assertInstanceOf(Fetched.class, second.get(10, TimeUnit.SECONDS));
            try (Payloads payloads = fetched.payloads()) {
                Payload payload = payloads.next();
                assertEquals(LARGE, payload == null ? 0 : payload.bytes().length);
            }
        }
    }

    /** As a database that is busy for too long. */
    @Test
    void isFreeAgain_whenWhatIsKnownOfTheHostCannotBeWrittenDown() throws Exception {
        var forgetful = new HostMemory() {
            @Override
            public void give(String host, Duration delay) {
                throw new IllegalStateException("busy");
            }
        };
        try (var server = new NastyServer();
                var fetcher = new Fetcher("vigie@example.org", forgetful, room)) {
            server.on("/", "200 OK|Content-Type: text/plain", new byte[LARGE]);
            FetchRequest request =
                    FetchRequest.of(server.uri("/")).withDelay(Duration.ZERO).allowingPrivateNetwork();

            assertThrows(IllegalStateException.class, () -> fetcher.fetch(request));
        }

        assertEquals(1, left());
    }

    @Test
    void servesALargeOneInItsTurn_thoughSmallerOnesWouldFit() throws Exception {
        var wide = new Room(3 * LIMIT);
        Room.Taken held = wide.read(new ByteArrayInputStream(new byte[LARGE]), LIMIT, new Stopwatch());
        Future<Room.Taken> all =
                threads.submit(() -> wide.read(new ByteArrayInputStream(new byte[LARGE]), 3 * LIMIT, new Stopwatch()));
        assertThrows(TimeoutException.class, () -> all.get(300, TimeUnit.MILLISECONDS));

        Future<Room.Taken> later =
                threads.submit(() -> wide.read(new ByteArrayInputStream(new byte[LARGE]), LIMIT, new Stopwatch()));

        assertThrows(TimeoutException.class, () -> later.get(300, TimeUnit.MILLISECONDS));
        held.close();
        all.get(5, TimeUnit.SECONDS);
        later.get(5, TimeUnit.SECONDS);
    }
}
