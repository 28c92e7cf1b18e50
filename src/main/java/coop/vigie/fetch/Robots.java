package coop.vigie.fetch;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import coop.vigie.fetch.HostMemory.RobotsFile;
import crawlercommons.robots.BaseRobotRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the robots.txt of each host lets us read (RFC 9309), asked once and remembered for a while.
 *
 * <p>No such file, or a page where it should be, allows everything. A server that fails, or cannot be reached, allows
 * nothing for now: section 2.3.1.4.
 */
final class Robots {

    private static final Logger LOG = LoggerFactory.getLogger(Robots.class);

    /** Our product token, in lower case as the parser wants it. */
    private static final Set<String> NAME = Set.of(RobotsText.AGENT.toLowerCase(Locale.ROOT));

    /** RFC 9309, section 2.4: not longer than a day. */
    private static final Duration KEPT = Duration.ofHours(24);

    /** A failure is asked about again soon, but not once for each page of a visit. */
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(5);

    /** Section 2.5 wants at least 500 KiB to be read. */
    private static final long MAX_BYTES = 2_000_000;

    /** Whoever wants longer pauses than this between two requests has mistyped something. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(30);

    /** Either rules, or why there are none. */
    private record Known(
            @Nullable BaseRobotRules rules, @Nullable Failed failure, long until) {

        boolean isFresh() {
            return until - System.nanoTime() > 0;
        }
    }

    private static final class Site {
        private final ReentrantLock asking = new ReentrantLock();
        private @Nullable Known known;
    }

    /** Grows by one entry per host ever asked; hosts are few. */
    private final ConcurrentMap<String, Site> sites = new ConcurrentHashMap<>();

    private final Function<FetchRequest, FetchOutcome> web;

    private final HostMemory memory;

    /** @param web fetches without asking here */
    Robots(Function<FetchRequest, FetchOutcome> web, HostMemory memory) {
        this.web = web;
        this.memory = memory;
    }

    /**
     * @param objection why the address must not be asked now; null if it may be
     * @param delay what counts between two requests to its host
     */
    record Answer(@Nullable FetchOutcome objection, Duration delay) {}

    /** @param attempt how a message about this address begins */
    Answer about(FetchRequest request, URI uri, String attempt) throws InterruptedException {
        Known known = known(request, uri);
        if (known.failure() != null) {
            Failed failed = known.failure();
            String message = "%s has to wait: whether its robots.txt allows it could not be found out. %s"
                    .formatted(attempt, failed.message());
            return new Answer(
                    new Failed(failed.reason(), failed.status(), message, failed.retryAfter()), request.delay());
        }
        BaseRobotRules rules = known.rules();
        if (rules == null) {
            return new Answer(null, request.delay());
        }
        Duration delay = larger(request.delay(), rules.getCrawlDelay());
        if (rules.isAllowed(uri.toString())) {
            return new Answer(null, delay);
        }
        String path = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?…";
        String what = rules.isAllowNone() ? "anything" : path.isEmpty() ? "/" : Words.name(path);
        String message = "%s was refused: the robots.txt of %s does not allow us to read %s."
                .formatted(attempt, Words.name(Addresses.host(uri)), what);
        return new Answer(new Refused(Refused.Reason.ROBOTS, null, message), delay);
    }

    private static Duration larger(Duration delay, long crawlDelayMillis) {
        if (crawlDelayMillis <= delay.toMillis()) { // the parser says "unset" with a negative number
            return delay;
        }
        Duration crawlDelay = Duration.ofMillis(crawlDelayMillis);
        return crawlDelay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : crawlDelay;
    }

    private Known known(FetchRequest request, URI uri) throws InterruptedException {
        String root = Addresses.scheme(uri) + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT);
        Site site = sites.computeIfAbsent(root, key -> new Site());
        site.asking.lockInterruptibly();
        try {
            Known known = site.known;
            if (known == null || !known.isFresh()) {
                known = remembered(request, root);
                site.known = known;
            }
            return known;
        } finally {
            site.asking.unlock();
        }
    }

    private Known remembered(FetchRequest request, String root) {
        RobotsFile before = memory.robots(root).orElse(null);
        Instant now = memory.now();
        // One from a time to come was written under another clock.
        boolean fresh = before != null
                && !before.asked().isAfter(now)
                && before.asked().plus(KEPT).isAfter(now);
        return before != null && fresh ? known(before) : ask(request, root, before);
    }

    private Known ask(FetchRequest request, String root, @Nullable RobotsFile before) {
        URI address = URI.create(root + "/robots.txt");
        FetchOutcome outcome = web.apply(FetchRequest.of(address)
                .with(before == null ? Validators.NONE : before.validators())
                .with(Limits.DEFAULT.withTimeout(request.limits().timeout()).withMaxBytes(MAX_BYTES))
                .withDelay(request.delay())
                .insisting(request.insists())
                .with(request.patience())
                .allowingPrivateNetwork(request.allowPrivateNetwork()));
        return switch (outcome) {
            case Fetched fetched -> keep(read(fetched, root));
            case Refused refused -> {
                // Section 2.3.1.3. What is said here of the host is said again, in better words, of the page itself.
                LOG.info("{} Without it, everything there is allowed.", refused.message());
                yield keep(everything(root));
            }
            case Unchanged unchanged ->
                keep(
                        before == null
                                ? everything(root)
                                : new RobotsFile(root, before.text(), before.validators(), memory.now()));
            case Failed failed -> isNoSuchFile(failed) ? keep(everything(root)) : failure(failed);
        };
    }

    private Known keep(RobotsFile file) {
        memory.save(file);
        return known(file);
    }

    private static boolean isNoSuchFile(Failed failed) {
        return failed.reason() == Failed.Reason.CLIENT_ERROR || failed.reason() == Failed.Reason.EMPTY;
    }

    private RobotsFile everything(String root) {
        return new RobotsFile(root, null, Validators.NONE, memory.now());
    }

    private static Known known(RobotsFile file) {
        String text = file.text();
        BaseRobotRules rules = text == null
                ? null
                : RobotsText.parse(file.origin() + "/robots.txt", text.getBytes(StandardCharsets.ISO_8859_1), NAME);
        return new Known(rules, null, System.nanoTime() + KEPT.toNanos());
    }

    private static Known failure(Failed failed) {
        Duration asked = failed.retryAfter();
        // Of a visit that was over already: the next one may have more patience.
        boolean ofVisit = failed.reason() == Failed.Reason.VISIT_TOO_LONG;
        Duration kept =
                ofVisit ? Duration.ZERO : asked != null && asked.compareTo(FAILURE_KEPT) < 0 ? asked : FAILURE_KEPT;
        return new Known(null, failed, System.nanoTime() + kept.toNanos());
    }

    private RobotsFile read(Fetched fetched, String root) {
        try (Payloads payloads = fetched.payloads()) {
            Payload payload = payloads.next();
            String text = payload == null || isPage(payload)
                    ? null
                    : new String(payload.bytes(), StandardCharsets.ISO_8859_1);
            return new RobotsFile(root, text, fetched.validators(), memory.now());
        }
    }

    /** Many sites answer every address with a page for people. */
    private static boolean isPage(Payload payload) {
        String type = payload.contentType();
        if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
            return true;
        }
        int length = Math.min(payload.bytes().length, 200);
        return new String(payload.bytes(), 0, length, StandardCharsets.ISO_8859_1)
                .strip()
                .startsWith("<");
    }
}
