package coop.vigie.fetch;

import coop.vigie.fetch.AddressGuard.Names;
import coop.vigie.fetch.Exchange.Answer;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code http} and {@code https}: the hops of a request, each in its host's turn and each checked anew. */
final class Web implements AutoCloseable {

    static final int MAX_REDIRECTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private final HostGates gates;
    private final Servers servers;
    private final Exchange publicOnly;
    private final Exchange anyNetwork;
    private final Robots robots;
    private final Tokens tokens = new Tokens(request -> hop(request, request.uri(), Trip.secret(request, "")));

    Web(String userAgent, Names names, AddressGuard guard, HostMemory memory, Room room) {
        gates = new HostGates(memory);
        servers = new Servers(memory);
        robots = new Robots(this::fetch, memory);
        publicOnly = new Exchange(userAgent, guard, room);
        anyNetwork = new Exchange(userAgent, new AddressGuard(names, true), room);
    }

    FetchOutcome fetch(FetchRequest request) {
        ClientCredentials login = request.login();
        if (login == null) {
            return hop(request, request.uri(), Trip.open(request));
        }
        // A token may end before its time: one that is turned down is asked for anew, once.
        String turnedDown = null;
        while (true) {
            Tokens.Answer token = tokens.of(login, request);
            String value = token.value();
            if (value == null) {
                return Objects.requireNonNull(token.instead());
            }
            FetchOutcome outcome = hop(request, request.uri(), Trip.secret(request, "Bearer " + value));
            boolean unwelcome =
                    outcome instanceof Refused refused && refused.status() != null && refused.status() == 401;
            if (!unwelcome || turnedDown != null) {
                return outcome;
            }
            turnedDown = value;
            tokens.forget(login, value);
        }
    }

    /**
     * How far a request has come.
     *
     * @param authorization header that goes along; "" if none
     * @param bound true if what is sent is not meant for another origin than the one that is asked
     */
    private record Trip(String authorization, boolean bound, int redirects, Duration timeLeft) {

        static Trip open(FetchRequest request) {
            return new Trip("", false, 0, request.limits().timeout());
        }

        static Trip secret(FetchRequest request, String authorization) {
            return new Trip(authorization, true, 0, request.limits().timeout());
        }

        Trip redirected(Duration taken) {
            return new Trip(authorization, bound, redirects + 1, timeLeft.minus(taken));
        }
    }

    private FetchOutcome hop(FetchRequest request, URI uri, Trip trip) {
        String attempt = attempt(request.uri(), uri);
        Refused objection = Addresses.objection(uri, attempt, request.allowPrivateNetwork());
        if (objection != null) {
            return objection;
        }
        if (request.patience().isOver()) {
            String message = "%s was given up: the answers of this visit have taken more than %s together."
                    .formatted(attempt, Words.time(request.patience().most()));
            return new Failed(Failed.Reason.VISIT_TOO_LONG, null, message, null);
        }
        // A validator says something about one document only: https in place of http is the same one, another path is
        // not.
        URI own = request.validators().of() == null
                ? request.uri()
                : request.validators().of();
        boolean conditional = request.post() == null && isSamePath(own, uri);
        Validators validators = conditional ? request.validators() : Validators.NONE;
        try {
            Duration delay = request.delay();
            if (request.obeysRobots()) {
                Robots.Answer allowed = robots.about(request, uri, attempt);
                if (allowed.objection() != null) {
                    return allowed.objection();
                }
                delay = allowed.delay();
            }
            Timed timed = inTurn(request, uri, validators, delay, trip, attempt);
            Answer answer = timed.answer();
            return switch (timed.verdict()) {
                case Verdict.Final verdict -> {
                    if (answer != null) {
                        answer.discard();
                    }
                    yield verdict.outcome();
                }
                case Verdict.Content content ->
                    fetched(request, uri, Objects.requireNonNull(answer), content.body(), attempt);
                case Verdict.Redirect to ->
                    follow(request, uri, to, Objects.requireNonNull(answer).status(), trip.redirected(timed.taken()));
            };
        } catch (IOException | TimeoutException e) {
            return Verdict.of(e, attempt, request.limits());
        } catch (HostGates.TooLongException e) {
            return Servers.leftAlone(attempt, "its turn comes only then", e.waitingTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Failed.Reason.INTERRUPTED, null, attempt + " was interrupted.", null);
        }
    }

    /** @param answer null if there was none */
    private record Timed(@Nullable Answer answer, Verdict verdict, Duration taken) {}

    /** What the answer means for the server is noted before the host's next turn. */
    private Timed inTurn(
            FetchRequest request, URI uri, Validators validators, Duration delay, Trip trip, String attempt)
            throws IOException, TimeoutException, InterruptedException, HostGates.TooLongException {
        Exchange exchange = request.allowPrivateNetwork() ? anyNetwork : publicOnly;
        String origin = Addresses.origin(uri);
        HostGates.Turn turn = gates.enter(Addresses.host(uri), delay, trip.timeLeft());
        var watch = new Stopwatch();
        Answer answer = null;
        Verdict verdict;
        try {
            try {
                Failed leftAlone = servers.objection(origin, request.insists(), attempt);
                if (leftAlone != null) {
                    return new Timed(null, new Verdict.Final(leftAlone), Duration.ZERO);
                }
                Map<String, String> headers = new HashMap<>(request.headers());
                if (!trip.authorization().isEmpty()) {
                    headers.put("Authorization", trip.authorization());
                }
                var query = new Query(uri, request.post(), headers);
                answer = exchange.ask(query, validators, request.limits(), trip.timeLeft(), watch);
                verdict = Verdict.of(answer, !validators.isEmpty(), attempt);
                if (verdict instanceof Verdict.Final known) {
                    servers.note(origin, known.outcome());
                } else {
                    servers.answers(origin);
                }
            } catch (IOException | TimeoutException e) {
                servers.note(origin, Verdict.of(e, attempt, request.limits()));
                throw e;
            } finally {
                request.patience().spend(watch.taken());
                turn.close();
            }
        } catch (RuntimeException memoryFailed) {
            if (answer != null) {
                answer.discard();
            }
            throw memoryFailed;
        }
        return new Timed(answer, verdict, watch.taken());
    }

    /** @param trip as it goes on */
    private FetchOutcome follow(FetchRequest request, URI from, Verdict.Redirect to, int status, Trip trip)
            throws TimeoutException {
        String attempt = attempt(request.uri(), from);
        URI next = Addresses.redirected(from, to.location());
        if (next == null) {
            return new Failed(
                    Failed.Reason.BAD_RESPONSE,
                    status,
                    attempt + " failed: the server redirects to something that is no address.",
                    null);
        }
        if (trip.redirects() > MAX_REDIRECTS) {
            return new Refused(
                    Refused.Reason.TOO_MANY_REDIRECTS,
                    status,
                    "%s was refused: more than %d redirects in a row%s."
                            .formatted(
                                    attempt,
                                    MAX_REDIRECTS,
                                    to.setsCookie() ? "; the server wants a cookie back, and none are kept" : ""));
        }
        if (!Addresses.isWeb(next)) {
            return new Refused(
                    Refused.Reason.FORBIDDEN_SCHEME,
                    status,
                    "%s was refused: the server redirects to an address of type '%s'."
                            .formatted(attempt, Words.name(Addresses.scheme(next))));
        }
        if (trip.bound() && !Addresses.isSameOrigin(next, from)) {
            return new Refused(
                    Refused.Reason.REDIRECT_TO_OTHER_HOST,
                    status,
                    "%s was refused: a login may not be redirected to another host, port or scheme (%s)."
                            .formatted(attempt, Words.name(Addresses.scheme(next) + "://" + Addresses.host(next))));
        }
        boolean bound = request.allowPrivateNetwork() || request.post() != null;
        if (bound && !Addresses.host(next).equals(Addresses.host(from))) {
            String who = request.post() == null ? "a source in a private network" : "what is posted to";
            return new Refused(
                    Refused.Reason.REDIRECT_TO_OTHER_HOST,
                    status,
                    "%s was refused: %s may not redirect to another host (%s)."
                            .formatted(attempt, who, Words.name(Addresses.host(next))));
        }
        if (request.post() != null && status == 303) {
            return new Failed(
                    Failed.Reason.UNEXPECTED_STATUS,
                    status,
                    attempt + " failed: the server answers a question with an address in place of an answer.",
                    null);
        }
        if (!trip.timeLeft().isPositive()) {
            throw new TimeoutException();
        }
        if (Addresses.scheme(from).equals("https") && Addresses.scheme(next).equals("http")) {
            LOG.info("{} redirects from https to unprotected http", Words.address(from));
        }
        return hop(request, next, trip);
    }

    private static FetchOutcome fetched(FetchRequest request, URI uri, Answer answer, Body body, String attempt) {
        Limits limits = request.limits();
        try {
            Payloads payloads = new Payloads(body.payloads(uri, answer.header("Content-Type"), limits));
            var validators = new Validators(
                    answer.header("ETag"), answer.header("Last-Modified"), isSamePath(request.uri(), uri) ? null : uri);
            return new Fetched(uri, answer.status(), payloads, validators, Freshness.of(answer));
        } catch (TooLargeException e) {
            return Verdict.of(e, attempt, limits);
        } catch (IOException e) {
            return new Failed(
                    Failed.Reason.BROKEN_ARCHIVE,
                    answer.status(),
                    attempt + " brought a broken archive: " + Words.problem(e) + ".",
                    null);
        }
    }

    private static boolean isSamePath(URI one, URI other) {
        return one.getRawPath().equals(other.getRawPath()) && Objects.equals(one.getRawQuery(), other.getRawQuery());
    }

    private static String attempt(URI asked, URI now) {
        String redirected = asked.equals(now) ? "" : " (redirected to " + Words.address(now) + ")";
        return "Fetching " + Words.address(asked) + redirected;
    }

    @Override
    public void close() {
        publicOnly.close();
        anyNetwork.close();
    }
}
