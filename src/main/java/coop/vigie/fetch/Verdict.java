package coop.vigie.fetch;

import coop.vigie.fetch.Exchange.Answer;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/** What an answer, or the failure to get one, means. */
sealed interface Verdict {

    record Content(Body body) implements Verdict {}

    /** @param setsCookie what a server does that lets in only those who bring it back */
    record Redirect(String location, boolean setsCookie) implements Verdict {}

    record Final(FetchOutcome outcome) implements Verdict {}

    /** A server's wish is followed as it stands; one beyond this is a slip of the keyboard, or no number of seconds at all. */
    Duration ABSURD_RETRY_AFTER = Duration.ofDays(366);

    /** What an absurd wish counts as: it must not silence a source for years. */
    Duration LONG_RETRY_AFTER = Duration.ofDays(30);

    static Verdict of(Answer answer, boolean conditional, String attempt) {
        int status = answer.status();
        if (isChallenge(answer)) {
            return refused(
                    Refused.Reason.BOT_CHALLENGE, status, attempt, "a check for browsers in place of the content");
        }
        return switch (status) {
            case 204, 205 -> failed(Failed.Reason.EMPTY, answer, attempt, "and sent nothing");
            case 206 -> failed(Failed.Reason.UNEXPECTED_STATUS, answer, attempt, "a part of the content, unasked");
            case 301, 302, 303, 307, 308 -> {
                String location = answer.header("Location");
                yield location == null
                        ? failed(Failed.Reason.UNEXPECTED_STATUS, answer, attempt, "a redirect to nowhere")
                        : new Redirect(location, answer.header("Set-Cookie") != null);
            }
            case 304 ->
                conditional
                        ? new Final(new Unchanged(status, Freshness.of(answer)))
                        : failed(Failed.Reason.UNEXPECTED_STATUS, answer, attempt, "unchanged, although all was asked");
            case 401, 407 -> refused(Refused.Reason.LOGIN_REQUIRED, status, attempt, "it wants a login");
            case 402 -> refused(Refused.Reason.PAYMENT_REQUIRED, status, attempt, "it wants to be paid");
            case 403 ->
                // Gateways were seen to say so in place of 429.
                retryAfter(answer) == null
                        ? refused(Refused.Reason.FORBIDDEN, status, attempt, "it does not let us in")
                        : failed(Failed.Reason.RATE_LIMITED, answer, attempt, "it does not let us in for now");
            case 410 -> refused(Refused.Reason.GONE, status, attempt, "gone for good");
            case 451 -> refused(Refused.Reason.LEGAL, status, attempt, "unavailable for legal reasons");
            case 404 -> failed(Failed.Reason.CLIENT_ERROR, answer, attempt, "there is no such page");
            case 429 -> failed(Failed.Reason.RATE_LIMITED, answer, attempt, "too many requests");
            default -> byClass(answer, attempt);
        };
    }

    private static Verdict byClass(Answer answer, String attempt) {
        Body body = answer.body();
        return switch (answer.status() / 100) {
            case 2 ->
                body == null || body.isEmpty()
                        ? failed(Failed.Reason.EMPTY, answer, attempt, "and sent nothing")
                        : new Content(body);
            case 4 -> failed(Failed.Reason.CLIENT_ERROR, answer, attempt, "it does not accept the request");
            case 5 -> failed(Failed.Reason.SERVER_ERROR, answer, attempt, "it has a problem of its own");
            default -> failed(Failed.Reason.UNEXPECTED_STATUS, answer, attempt, "which makes no sense here");
        };
    }

    /** AWS WAF answers 202 or 405 with a header of its own, Cloudflare 403 with another; 202 without a body is a WAF's, too. */
    private static boolean isChallenge(Answer answer) {
        boolean sentNothing = answer.body() == null || answer.body().isEmpty();
        return answer.header("x-amzn-waf-action") != null
                || "challenge".equalsIgnoreCase(answer.header("cf-mitigated"))
                || (answer.status() == 202 && sentNothing);
    }

    private static Verdict refused(Refused.Reason reason, int status, String attempt, String meaning) {
        String message = "%s was refused: the server answered %d, %s.".formatted(attempt, status, meaning);
        return new Final(new Refused(reason, status, message));
    }

    private static Verdict failed(Failed.Reason reason, Answer answer, String attempt, String meaning) {
        String message = "%s failed: the server answered %d, %s.".formatted(attempt, answer.status(), meaning);
        return new Final(new Failed(reason, answer.status(), message, retryAfter(answer), answer.words()));
    }

    /** RFC 9110, section 10.2.3: seconds or a date. */
    private static @Nullable Duration retryAfter(Answer answer) {
        String value = answer.header("Retry-After");
        if (value == null) {
            return null;
        }
        Duration wait;
        if (value.strip().matches("[0-9]+")) {
            String digits = value.strip();
            wait = digits.length() > 9 ? Duration.ofDays(10_000) : Duration.ofSeconds(Long.parseLong(digits));
        } else {
            Instant until = parsedDate(value);
            if (until == null) {
                return null;
            }
            wait = Duration.between(Instant.now(), until);
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(ABSURD_RETRY_AFTER) > 0 ? LONG_RETRY_AFTER : wait;
    }

    private static @Nullable Instant parsedDate(String value) {
        try {
            return DateUtils.parseStandardDate(value);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What it means that no answer came, or not all of it. */
    static FetchOutcome of(Exception e, String attempt, Limits limits) {
        if (causedBy(e, ForbiddenAddressException.class)) {
            return Addresses.privateAddress(attempt);
        }
        Problem problem = problem(e, limits);
        return new Failed(problem.reason(), null, attempt + " failed: " + problem.words() + ".", null);
    }

    record Problem(Failed.Reason reason, String words) {}

    private static Problem problem(Exception e, Limits limits) {
        if (causedBy(e, TimeoutException.class) || causedBy(e, InterruptedIOException.class)) {
            return new Problem(Failed.Reason.TIMEOUT, "no complete answer within " + Words.time(limits.timeout()));
        }
        if (causedBy(e, TooLargeException.class)) {
            return new Problem(Failed.Reason.TOO_LARGE, "the answer is " + tooLarge(e));
        }
        if (causedBy(e, UnknownHostException.class)) {
            return new Problem(Failed.Reason.DNS, "the host's name is unknown");
        }
        if (causedBy(e, SSLException.class)) {
            return new Problem(Failed.Reason.TLS, tlsProblem(e));
        }
        if (causedBy(e, ConnectException.class) || causedBy(e, NoRouteToHostException.class)) {
            return new Problem(Failed.Reason.CONNECT, "nobody answers at this address");
        }
        if (causedBy(e, Body.BadEncodingException.class) || causedBy(e, ZipException.class)) {
            return new Problem(Failed.Reason.BAD_ENCODING, "the answer is not encoded as its header says");
        }
        if (causedBy(e, ConnectionClosedException.class)
                || causedBy(e, NoHttpResponseException.class)
                || causedBy(e, TruncatedChunkException.class)
                || causedBy(e, EOFException.class)
                || causedBy(e, SocketException.class)) {
            return new Problem(Failed.Reason.BROKEN_OFF, "the connection ended before the answer was complete");
        }
        return new Problem(Failed.Reason.BAD_RESPONSE, "the answer is not valid HTTP");
    }

    private static String tooLarge(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLargeException large) {
                return String.valueOf(large.getMessage());
            }
        }
        return "too large";
    }

    private static String tlsProblem(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trust.DistrustException distrust) {
                return distrust.words();
            }
        }
        if (causedBy(e, CertificateExpiredException.class) || causedBy(e, CertificateNotYetValidException.class)) {
            return "the server's certificate has expired or is not valid yet";
        }
        if (causedBy(e, SSLPeerUnverifiedException.class)) {
            return "the server's certificate is for another host name";
        }
        return "no encrypted connection came about";
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
