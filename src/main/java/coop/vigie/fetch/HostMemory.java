package coop.vigie.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of hosts beyond one round, and shared with other processes: whose turn it is, which servers are left alone,
 * what their robots.txt said. Thread-safe.
 */
public interface HostMemory {

    /** Remembers nothing, for requests beside a store; a {@link Fetcher} still keeps to all rules by itself while it lives. */
    HostMemory NONE = new HostMemory() {};

    /**
     * How a server does, by its last answers.
     *
     * @param origin scheme, host and port
     * @param failures in a row; 0 when the last answer was one
     * @param leftAloneUntil null if it may be asked
     * @param wished true if the server itself asked for that, which counts for everybody; else it is our guess
     */
    record Server(String origin, int failures, @Nullable Instant leftAloneUntil, boolean wished) {}

    /**
     * A robots.txt as it was read.
     *
     * @param origin scheme, host and port
     * @param text its bytes as ISO 8859-1; null if there is none, so that everything is allowed
     */
    record RobotsFile(String origin, @Nullable String text, Validators validators, Instant asked) {}

    /** The moment by which due times are judged. */
    default Instant now() {
        return Instant.now();
    }

    /**
     * Asks for a host's turn, across processes.
     *
     * @param delay that this request wants between the end of the last one and its start
     * @param atMost how long the turn may last if it is not given back
     * @return zero if the turn is ours now; else after how long to ask again
     */
    default Duration take(String host, Duration delay, Duration atMost) {
        return Duration.ZERO;
    }

    /**
     * Gives a turn back.
     *
     * @param delay that the request which has just ended wants after it
     */
    default void give(String host, Duration delay) {}

    default Optional<Server> server(String origin) {
        return Optional.empty();
    }

    default void save(Server server) {}

    default Optional<RobotsFile> robots(String origin) {
        return Optional.empty();
    }

    default void save(RobotsFile file) {}
}
