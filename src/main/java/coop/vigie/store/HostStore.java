package coop.vigie.store;

import coop.vigie.fetch.HostMemory;
import coop.vigie.fetch.Validators;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is known of hosts and servers, for all rounds and processes on one store. */
public final class HostStore implements HostMemory {

    /** Who waits for another process's turn looks again after this. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final Database database;
    private final InstantSource clock;
    private final Instant now;
    private final String holder = Holder.name();

    /**
     * @param clock the real one: turns and pauses go by it
     * @param now the moment by which due times are judged
     */
    public HostStore(Database database, InstantSource clock, Instant now) {
        this.database = database;
        this.clock = clock;
        this.now = now;
    }

    @Override
    public Instant now() {
        return now;
    }

    private record Turn(@Nullable String holder, long until, long ended, long delay) {}

    @Override
    public Duration take(String host, Duration delay, Duration atMost) {
        return database.write(handle -> {
            Instant moment = clock.instant();
            Turn turn = handle.createQuery("SELECT holder, until, ended, delay FROM host_turn WHERE host = :host")
                    .bind("host", host)
                    .map((row, context) -> new Turn(
                            row.getString("holder"), row.getLong("until"), row.getLong("ended"), row.getLong("delay")))
                    .findOne()
                    .orElse(new Turn(null, 0, 0, 0));
            if (!holder.equals(turn.holder()) && Holder.holds(turn.holder(), turn.until(), moment)) {
                return POLL;
            }
            // A turn that was never given back has ended at some moment since: as far as we know, now.
            long ended = turn.holder() == null ? turn.ended() : moment.toEpochMilli();
            long pause = Math.max(turn.delay(), delay.toMillis());
            // A clock that was put back makes nobody wait longer than the pause.
            long wait = Math.min(ended + pause - moment.toEpochMilli(), pause);
            if (wait > 0 && turn.holder() != null) {
                put(handle, host, new Turn(null, 0, ended, turn.delay()));
            }
            if (wait > 0) {
                return Duration.ofMillis(wait);
            }
            put(handle, host, new Turn(holder, moment.plus(atMost).toEpochMilli(), turn.ended(), delay.toMillis()));
            return Duration.ZERO;
        });
    }

    @Override
    public void give(String host, Duration delay) {
        // One more, for what was cut off in rounding.
        long ended = clock.millis() + 1;
        database.write(handle -> {
            put(handle, host, new Turn(null, 0, ended, delay.toMillis()));
            return true;
        });
    }

    private static void put(Handle handle, String host, Turn turn) {
        handle.createUpdate("""
                        INSERT INTO host_turn (host, holder, until, ended, delay)
                        VALUES (:host, :holder, :until, :ended, :delay)
                        ON CONFLICT (host) DO UPDATE SET holder = excluded.holder, until = excluded.until,
                          ended = excluded.ended, delay = excluded.delay
                        """)
                .bind("host", host)
                .bind("holder", turn.holder())
                .bind("until", turn.until())
                .bind("ended", turn.ended())
                .bind("delay", turn.delay())
                .execute();
    }

    @Override
    public Optional<Server> server(String origin) {
        return database.read(handle -> handle.createQuery("SELECT * FROM server_state WHERE origin = :origin")
                .bind("origin", origin)
                .map((row, context) -> new Server(
                        origin, row.getInt("failures"), instant(row, "left_alone"), row.getBoolean("wished")))
                .findOne());
    }

    @Override
    public void save(Server server) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO server_state (origin, failures, left_alone, wished)
                        VALUES (:origin, :failures, :leftAlone, :wished)
                        ON CONFLICT (origin) DO UPDATE SET failures = excluded.failures,
                          left_alone = excluded.left_alone, wished = excluded.wished
                        """)
                .bind("origin", server.origin())
                .bind("failures", server.failures())
                .bind("leftAlone", millis(server.leftAloneUntil()))
                .bind("wished", server.wished())
                .execute());
    }

    @Override
    public Optional<RobotsFile> robots(String origin) {
        return database.read(handle -> handle.createQuery("SELECT * FROM robots_file WHERE origin = :origin")
                .bind("origin", origin)
                .map((row, context) -> new RobotsFile(
                        origin, row.getString("body"), validators(row), Instant.ofEpochMilli(row.getLong("asked"))))
                .findOne());
    }

    @Override
    public void save(RobotsFile file) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO robots_file (origin, body, etag, last_modified, validators_of, asked)
                        VALUES (:origin, :body, :etag, :lastModified, :of, :asked)
                        ON CONFLICT (origin) DO UPDATE SET body = excluded.body, etag = excluded.etag,
                          last_modified = excluded.last_modified, validators_of = excluded.validators_of,
                          asked = excluded.asked
                        """)
                .bind("origin", file.origin())
                .bind("body", file.text())
                .bind("etag", file.validators().etag())
                .bind("lastModified", file.validators().lastModified())
                .bind("of", of(file.validators()))
                .bind("asked", file.asked().toEpochMilli())
                .execute());
    }

    /** Of the columns etag, last_modified and validators_of. */
    static Validators validators(ResultSet row) throws SQLException {
        String of = row.getString("validators_of");
        return new Validators(
                row.getString("etag"), row.getString("last_modified"), of == null ? null : URI.create(of));
    }

    /** The column validators_of. */
    static @Nullable String of(Validators validators) {
        URI of = validators.of();
        return of == null ? null : of.toString();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
