package coop.vigie.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Lets one process at a time do a piece of work on a home. A lease ends by itself, so that a process that died holds nothing
 * up for long. Leases go by the real clock, whatever moment a command was told to take for now.
 */
public final class Leases {

    private final Database database;
    private final String holder;
    private final InstantSource clock;

    /** @param holder names this process; two processes never share it */
    public Leases(Database database, String holder, InstantSource clock) {
        this.database = database;
        this.holder = holder;
        this.clock = clock;
    }

    /** A held lease; give it back when the work is done. */
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes the lease on this work, or takes it on if this process has it; empty if another process is at it. */
    public Optional<Lease> take(String work, Duration atMost) {
        long now = clock.millis();
        boolean mine = database.write(handle -> {
            handle.createUpdate("""
                            INSERT INTO lease (work, holder, until) VALUES (:work, :holder, :until)
                            ON CONFLICT (work) DO UPDATE SET holder = excluded.holder, until = excluded.until
                            WHERE lease.until < :now OR lease.holder = excluded.holder
                            """)
                    .bind("work", work)
                    .bind("holder", holder)
                    .bind("until", now + atMost.toMillis())
                    .bind("now", now)
                    .execute();
            return holderOf(handle, work).filter(holder::equals).isPresent();
        });
        return mine ? Optional.of(() -> release(work)) : Optional.empty();
    }

    private void release(String work) {
        database.write(handle -> handle.createUpdate("DELETE FROM lease WHERE work = :work AND holder = :holder")
                .bind("work", work)
                .bind("holder", holder)
                .execute());
    }

    private static Optional<String> holderOf(Handle handle, String work) {
        return handle.createQuery("SELECT holder FROM lease WHERE work = :work")
                .bind("work", work)
                .mapTo(String.class)
                .findOne();
    }
}
