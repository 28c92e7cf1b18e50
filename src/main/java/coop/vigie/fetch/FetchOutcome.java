package coop.vigie.fetch;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request. Every message is one English sentence for people that names the address, without passwords
 * and without the values of query parameters that look secret.
 */
public sealed interface FetchOutcome {

    /**
     * There is something to read.
     *
     * @param uri where it came from in the end, after redirects
     * @param status of the HTTP answer; 0 for {@code file:}
     * @param payloads to be closed by the caller, as they may hold a temporary file
     * @param fresh how long it stays as it is, by what the server says; null if it does not say
     */
    record Fetched(
            URI uri,
            int status,
            Payloads payloads,
            Validators validators,
            @Nullable Duration fresh) implements FetchOutcome {

        /** From where nobody says how long it stays as it is. */
        public Fetched(URI uri, int status, Payloads payloads, Validators validators) {
            this(uri, status, payloads, validators, null);
        }
    }

    /**
     * Good news: nothing has changed since the request's validators.
     *
     * @param status 304; 0 for {@code file:}
     * @param fresh as in {@link Fetched}
     */
    record Unchanged(int status, @Nullable Duration fresh) implements FetchOutcome {

        public Unchanged(int status) {
            this(status, null);
        }
    }

    /**
     * The server does not want us there, or we do not want to go. Asking again will not help; a person should look.
     *
     * @param status null when no answer was received
     */
    record Refused(Reason reason, @Nullable Integer status, String message) implements FetchOutcome {

        public enum Reason {
            /** Leads to a private, loopback or otherwise special address, and the source does not allow that. */
            PRIVATE_ADDRESS,
            /** Neither http, https nor (for the address of a source itself) file. */
            FORBIDDEN_SCHEME,
            /** Holds a password, has no plain host name, or writes a number as address in a disguised form. */
            INVALID_ADDRESS,
            TOO_MANY_REDIRECTS,
            /** A source in a private network redirects to another host. */
            REDIRECT_TO_OTHER_HOST,
            /** A page for browsers only, in place of the content. */
            BOT_CHALLENGE,
            /** 401 and 407. */
            LOGIN_REQUIRED,
            /** 402. */
            PAYMENT_REQUIRED,
            /** 403. */
            FORBIDDEN,
            /** 410: taken away on purpose. */
            GONE,
            /** 451: unavailable for legal reasons. */
            LEGAL,
            /** The host's robots.txt asks us to stay away, and the request obeys it. */
            ROBOTS
        }
    }

    /**
     * It did not work this time. When and whether to ask again is decided by the caller; nothing is retried here.
     *
     * @param status null when no complete answer header was received
     * @param retryAfter what the server asked for in Retry-After; zero if that moment has passed, null if it did not say
     * @param answer the beginning of what the server said to a POST, at most 8 KB, in which interfaces explain themselves;
     *     null where nothing was said. Never logged
     */
    record Failed(
            Failed.Reason reason,
            @Nullable Integer status,
            String message,
            @Nullable Duration retryAfter,
            @Nullable String answer)
            implements FetchOutcome {

        /** Without words of the server's own. */
        public Failed(Failed.Reason reason, @Nullable Integer status, String message, @Nullable Duration retryAfter) {
            this(reason, status, message, retryAfter, null);
        }

        public enum Reason {
            /** The host's name is unknown. */
            DNS,
            /** Nobody answers at the address. */
            CONNECT,
            /** No trustworthy encrypted connection. */
            TLS,
            /** The whole exchange took too long. */
            TIMEOUT,
            /** The connection ended in the middle of the answer. */
            BROKEN_OFF,
            /** The answer is not valid HTTP, or its headers are too large. */
            BAD_RESPONSE,
            /** Content-Encoding unknown, or the body is not encoded as it says. */
            BAD_ENCODING,
            TOO_LARGE,
            EMPTY,
            /** 429, or 403 with a time after which to come back. */
            RATE_LIMITED,
            /** Not asked at all: the server wants to be left alone for now, or has failed too often lately. */
            LEFT_ALONE,
            /** Not asked at all: the answers of this visit have taken too long together. */
            VISIT_TOO_LONG,
            /** Any other 4xx. */
            CLIENT_ERROR,
            /** 5xx. */
            SERVER_ERROR,
            /** A status that makes no sense here, such as 304 to an unconditional request. */
            UNEXPECTED_STATUS,
            /** {@code file:} – nothing there. */
            MISSING_FILE,
            /** {@code file:} – there, but not readable, or neither file nor folder. */
            UNREADABLE_FILE,
            /** {@code file:} – called an archive, but it does not begin like one. */
            BROKEN_ARCHIVE,
            /** This thread was interrupted; its interrupt flag is set. */
            INTERRUPTED
        }
    }
}
