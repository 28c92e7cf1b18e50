package coop.vigie.fetch;

import java.net.URI;
import java.time.Duration;

/**
 * One address to read.
 *
 * @param uri {@code http}, {@code https}, or {@code file:///…} for a file, a folder, a .zip, .tar.gz or .gz. Anything
 *     else is {@link FetchOutcome.Refused}, not an exception
 * @param validators of the last answer whose content was stored; {@link Validators#NONE} asks for everything
 * @param delay least time between the end of one request to a host and the start of the next
 * @param allowPrivateNetwork for intranets and tests; such a request never follows a redirect to another host
 */
public record FetchRequest(URI uri, Validators validators, Limits limits, Duration delay, boolean allowPrivateNetwork) {

    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);

    public FetchRequest {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
    }

    /** Everything, with default limits and delay, from the public network only. */
    public static FetchRequest of(URI uri) {
        return new FetchRequest(uri, Validators.NONE, Limits.DEFAULT, DEFAULT_DELAY, false);
    }

    public FetchRequest with(Validators other) {
        return new FetchRequest(uri, other, limits, delay, allowPrivateNetwork);
    }

    public FetchRequest with(Limits other) {
        return new FetchRequest(uri, validators, other, delay, allowPrivateNetwork);
    }

    public FetchRequest withDelay(Duration other) {
        return new FetchRequest(uri, validators, limits, other, allowPrivateNetwork);
    }

    public FetchRequest allowingPrivateNetwork() {
        return new FetchRequest(uri, validators, limits, delay, true);
    }
}
