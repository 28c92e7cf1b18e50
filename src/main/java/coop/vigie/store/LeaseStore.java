package coop.vigie.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Who visits which source: of several processes on one store, only one visits a source at a time, and none that was visited since
 * its own round began. By the real clock. A process that ends in whatever way gives up what it held; one on another machine loses it
 * when it does not say in time that it goes on.
 */
public final class LeaseStore {

    /** How long a lease lasts without {@link #goOn}. */
    public static final Duration LASTS = Duration.ofMinutes(2);

    private final Database database;
    private final InstantSource clock;
    private final String holder = Holder.name();
    private final Instant began;

    /** For a round that begins now. */
    public LeaseStore(Database database, InstantSource clock) {
        this(database, clock, clock.instant());
    }

    /** @param began when it was decided which sources are due */
    public LeaseStore(Database database, InstantSource clock, Instant began) {
        this.database = database;
        this.clock = clock;
        this.began = began;
    }

    private record Lease(@Nullable String holder, long until, long ended) {}

    /** @return false if another process visits it, or has done so since this round began */
    public boolean take(String source) {
        return database.write(handle -> {
            Instant now = clock.instant();
            Lease lease = handle.createQuery("SELECT holder, until, ended FROM source_lease WHERE source = :source")
                    .bind("source", source)
                    .map((row, context) ->
                            new Lease(row.getString("holder"), row.getLong("until"), row.getLong("ended")))
                    .findOne()
                    .orElse(new Lease(null, 0, 0));
            boolean held = !holder.equals(lease.holder()) && Holder.holds(lease.holder(), lease.until(), now);
            // What ended in a time to come ended under another clock.
            boolean read = lease.ended() > began.toEpochMilli() && lease.ended() <= now.toEpochMilli();
            if (held || read) {
                return false;
            }
            handle.createUpdate("""
                            INSERT INTO source_lease (source, holder, until, ended)
                            VALUES (:source, :holder, :until, :ended)
                            ON CONFLICT (source) DO UPDATE SET holder = excluded.holder, until = excluded.until
                            """)
                    .bind("source", source)
                    .bind("holder", holder)
                    .bind("until", now.plus(LASTS).toEpochMilli())
                    .bind("ended", lease.ended())
                    .execute();
            return true;
        });
    }

    /** The visit has ended. */
    public void give(String source) {
        database.write(handle -> handle.createUpdate(
                        "UPDATE source_lease SET holder = NULL, ended = :now WHERE source = :source AND holder = :holder")
                .bind("source", source)
                .bind("holder", holder)
                .bind("now", clock.millis())
                .execute());
    }

    /** Says that this round still holds what it holds. */
    public void goOn() {
        database.write(handle -> handle.createUpdate("UPDATE source_lease SET until = :until WHERE holder = :holder")
                .bind("until", clock.instant().plus(LASTS).toEpochMilli())
                .bind("holder", holder)
                .execute());
    }
}
