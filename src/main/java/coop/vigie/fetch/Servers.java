package coop.vigie.fetch;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.HostMemory.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are left alone for now: those that asked for it (Retry-After, RFC 9110, section 10.2.3), and those that failed
 * several times in a row (a circuit breaker). After the pause the next request tries; one that fails again makes it longer.
 */
final class Servers {

    /** A wish this short is waited for by whoever got it; a longer one holds for everybody who wants to ask that server. */
    private static final Duration SHORT = Duration.ofMinutes(2);

    private static final int FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final HostMemory memory;

    /** Read once per round: what another process learns meanwhile is known to the next one. */
    private final Map<String, Server> known = new ConcurrentHashMap<>();

    Servers(HostMemory memory) {
        this.memory = memory;
    }

    /**
     * Why a server is not asked now; null if it is.
     *
     * @param insists true if a person wants it asked though we would rather wait; what the server wishes stands
     */
    @Nullable
    Failed objection(String origin, boolean insists, String attempt) {
        Server server = known(origin);
        Instant until = server.leftAloneUntil();
        if (until == null || (insists && !server.wished()) || !until.isAfter(memory.now())) {
            return null;
        }
        String why = server.wished()
                ? "asked to be left alone until then"
                : "has failed " + server.failures() + " times in a row";
        return leftAlone(attempt, "it %s".formatted(why), Duration.between(memory.now(), until));
    }

    static Failed leftAlone(String attempt, String why, Duration wait) {
        String message = "%s has to wait for %s: its server was not asked, as %s.".formatted(attempt, words(wait), why);
        return new Failed(Failed.Reason.LEFT_ALONE, null, message, wait);
    }

    private static String words(Duration wait) {
        long minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        return minutes < 120 ? minutes + " min" : (minutes + 59) / 60 + " h";
    }

    /** Learns from an answer, or from there being none. */
    void note(String origin, FetchOutcome outcome) {
        known.compute(origin, (key, before) -> {
            Server server = before == null ? load(key) : before;
            Server after = outcome instanceof Failed failed ? after(server, failed) : well(server);
            if (!after.equals(server)) {
                memory.save(after);
            }
            return after;
        });
    }

    /** It answered, whatever it said. */
    void answers(String origin) {
        known.computeIfPresent(origin, (key, server) -> {
            Server after = well(server);
            if (!after.equals(server)) {
                memory.save(after);
            }
            return after;
        });
    }

    private static Server well(Server server) {
        return server.failures() == 0 && server.leftAloneUntil() == null
                ? server
                : new Server(server.origin(), 0, null, false);
    }

    private Server after(Server server, Failed failed) {
        if (!isTheServers(failed.reason())) {
            return failed.status() == null ? server : well(server);
        }
        int failures = server.failures() + 1;
        Instant now = memory.now();
        Duration wish = failed.retryAfter();
        if (wish != null && wish.compareTo(SHORT) > 0) {
            return new Server(server.origin(), failures, now.plus(wish), true);
        }
        return failures < FAILURES
                ? new Server(server.origin(), failures, null, false)
                : new Server(server.origin(), failures, now.plus(pause(failures)), false);
    }

    /** Longer and longer, and never at the same moment as everybody else's. */
    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - FAILURES, 10));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4));
    }

    private static boolean isTheServers(Failed.Reason reason) {
        return switch (reason) {
            case DNS, CONNECT, TLS, TIMEOUT, BROKEN_OFF, RATE_LIMITED, SERVER_ERROR -> true;
            case BAD_RESPONSE,
                    BAD_ENCODING,
                    TOO_LARGE,
                    EMPTY,
                    CLIENT_ERROR,
                    UNEXPECTED_STATUS,
                    MISSING_FILE,
                    UNREADABLE_FILE,
                    BROKEN_ARCHIVE,
                    LEFT_ALONE,
                    VISIT_TOO_LONG,
                    INTERRUPTED -> false;
        };
    }

    private Server known(String origin) {
        return known.computeIfAbsent(origin, this::load);
    }

    private Server load(String origin) {
        return memory.server(origin).orElseGet(() -> new Server(origin, 0, null, false));
    }
}
