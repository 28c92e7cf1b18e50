package coop.vigie.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTurnsTest {

    @TempDir
    Path folder;

    @Test
    void worksAlone_whenOthersWantTheSameTurn() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (Database one = Database.open(folder, Schema.MEMBERS);
                Database other = Database.open(folder, Schema.MEMBERS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Database either = i % 2 == 0 ? one : other;
                threads.execute(() -> either.alone("sending", () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000_000);
                    return inside.decrementAndGet();
                }));
            }
        }

        assertEquals(1, most.get());
        assertEquals(0, inside.get());
    }

    @Test
    void givesTheTurnBack_whenTheWorkFails() {
        try (Database database = Database.open(folder, Schema.MEMBERS)) {
            assertThrows(
                    StoreException.class,
                    () -> database.alone("sending", () -> {
                        throw new StoreException("the disk is full", null);
                    }));

            assertEquals("done", database.alone("sending", () -> "done"));
        }
    }

    @Test
    void changesNothing_whenTheLogIsForcedOntoTheDisk() {
        try (Database database = Database.open(folder, Schema.PUBLIC)) {
            var log = new ChangeLog(database);
            database.write(handle -> ChangeLog.append(handle, "source:1", Instant.EPOCH));

            log.settle();

            assertEquals(1, log.last());
        }
    }
}
