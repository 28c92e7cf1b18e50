package coop.vigie.pipeline;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.util.Locale;

/** Why a visit did not go well, as far as a person would act differently. */
public enum Trouble {
    /** The server wants to know who we are. */
    LOGIN,
    /** 403, and the other ways in which a server says that it does not want us. */
    FORBIDDEN,
    /** A check for browsers stands in place of the content. */
    CHALLENGE,
    ROBOTS,
    /** 410. */
    GONE,
    /** 404, or a file or folder that is not there. */
    NOT_FOUND,
    /** 429. */
    RATE_LIMITED,
    /** Not asked: its server wants to be left alone for now, or has failed too often lately. */
    LEFT_ALONE,
    /** 5xx. */
    SERVER,
    /** No answer, or not all of it. */
    UNREACHABLE,
    /** No trustworthy encrypted connection. */
    TLS,
    TIMEOUT,
    TOO_LARGE,
    /** Inside a private network, and the source does not allow that. */
    PRIVATE_ADDRESS,
    /** An address that is not asked at all. */
    ADDRESS,
    /** What came is not what the source's entry expects. */
    LAYOUT,
    /** What came cannot be read, or a server that makes no sense. */
    UNREADABLE;

    /** "rate-limited". */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Trouble of(Refused refused) {
        return switch (refused.reason()) {
            case LOGIN_REQUIRED -> LOGIN;
            case FORBIDDEN, PAYMENT_REQUIRED, LEGAL -> FORBIDDEN;
            case BOT_CHALLENGE -> CHALLENGE;
            case ROBOTS -> ROBOTS;
            case GONE -> GONE;
            case PRIVATE_ADDRESS -> PRIVATE_ADDRESS;
            case FORBIDDEN_SCHEME, INVALID_ADDRESS, TOO_MANY_REDIRECTS, REDIRECT_TO_OTHER_HOST -> ADDRESS;
        };
    }

    static Trouble of(Failed failed) {
        return switch (failed.reason()) {
            case DNS, CONNECT, BROKEN_OFF, INTERRUPTED -> UNREACHABLE;
            case TLS -> TLS;
            case TIMEOUT, VISIT_TOO_LONG -> TIMEOUT;
            case TOO_LARGE -> TOO_LARGE;
            case RATE_LIMITED -> RATE_LIMITED;
            case LEFT_ALONE -> LEFT_ALONE;
            case SERVER_ERROR -> SERVER;
            case MISSING_FILE -> NOT_FOUND;
            case CLIENT_ERROR -> Integer.valueOf(404).equals(failed.status()) ? NOT_FOUND : UNREADABLE;
            case BAD_RESPONSE, BAD_ENCODING, EMPTY, UNEXPECTED_STATUS, UNREADABLE_FILE, BROKEN_ARCHIVE -> UNREADABLE;
        };
    }
}
