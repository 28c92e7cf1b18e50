package coop.vigie.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One address to read.
 *
 * @param uri {@code http}, {@code https}, or {@code file:///…} for a file, a folder, a .zip, .tar.gz or .gz, {@code imaps} or
 *     {@code imap} for a folder of a mailbox. Anything else is {@link FetchOutcome.Refused}, not an exception
 * @param post null for a plain GET. A POST is never conditional, and never follows a redirect to another host
 * @param headers beside the usual ones, by name
 * @param login null if the interface wants none. A request with one never follows a redirect to another host
 * @param validators of the last answer whose content was stored; {@link Validators#NONE} asks for everything
 * @param delay least time between the end of one request to a host and the start of the next
 * @param allowPrivateNetwork for intranets and tests; such a request never follows a redirect to another host
 * @param obeysRobots true for what a crawler reads: the host's robots.txt is asked first, and its Crawl-delay counts when
 *     it is larger than {@code delay}. Documented interfaces have terms of their own instead
 * @param insists true if a person wants the server asked now, although it has failed lately. What the server itself wished for
 *     (Retry-After) stands
 * @param patience with the servers, shared by all requests of a visit
 * @param mail for {@code imap:} and {@code imaps:} alone; null for everything else
 */
public record FetchRequest(
        URI uri,
        Query.@Nullable Post post,
        Map<String, String> headers,
        @Nullable ClientCredentials login,
        Validators validators,
        Limits limits,
        Duration delay,
        boolean allowPrivateNetwork,
        boolean obeysRobots,
        boolean insists,
        Patience patience,
        @Nullable MailAccess mail) {

    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);

    public FetchRequest {
        headers = Map.copyOf(headers);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
    }

    /** Everything, with default limits and delay, from the public network only, without asking robots.txt. */
    public static FetchRequest of(URI uri) {
        return new FetchRequest(
                uri,
                null,
                Map.of(),
                null,
                Validators.NONE,
                Limits.DEFAULT,
                DEFAULT_DELAY,
                false,
                false,
                false,
                Patience.endless(),
                null);
    }

    public FetchRequest with(Query query) {
        return changed(draft -> {
            draft.uri = query.uri();
            draft.post = query.post();
            draft.headers = query.headers();
        });
    }

    public FetchRequest with(Validators other) {
        return changed(draft -> draft.validators = other);
    }

    public FetchRequest with(Limits other) {
        return changed(draft -> draft.limits = other);
    }

    public FetchRequest withLogin(@Nullable ClientCredentials other) {
        return changed(draft -> draft.login = other);
    }

    public FetchRequest withDelay(Duration other) {
        return changed(draft -> draft.delay = other);
    }

    public FetchRequest allowingPrivateNetwork(boolean allow) {
        return changed(draft -> draft.allowPrivateNetwork = allow);
    }

    public FetchRequest allowingPrivateNetwork() {
        return allowingPrivateNetwork(true);
    }

    public FetchRequest obeyingRobots(boolean obeys) {
        return changed(draft -> draft.obeysRobots = obeys);
    }

    public FetchRequest with(@Nullable MailAccess other) {
        return changed(draft -> draft.mail = other);
    }

    public FetchRequest with(Patience other) {
        return changed(draft -> draft.patience = other);
    }

    /** As a person wants it who names a source. */
    public FetchRequest insisting(boolean insisting) {
        return changed(draft -> draft.insists = insisting);
    }

    private FetchRequest changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new FetchRequest(
                draft.uri,
                draft.post,
                draft.headers,
                draft.login,
                draft.validators,
                draft.limits,
                draft.delay,
                draft.allowPrivateNetwork,
                draft.obeysRobots,
                draft.insists,
                draft.patience,
                draft.mail);
    }

    /** A request on its way to another one. */
    private static final class Draft {
        private URI uri;
        private Query.@Nullable Post post;
        private Map<String, String> headers;
        private @Nullable ClientCredentials login;
        private Validators validators;
        private Limits limits;
        private Duration delay;
        private boolean allowPrivateNetwork;
        private boolean obeysRobots;
        private boolean insists;
        private Patience patience;
        private @Nullable MailAccess mail;

        private Draft(FetchRequest from) {
            uri = from.uri;
            post = from.post;
            headers = from.headers;
            login = from.login;
            validators = from.validators;
            limits = from.limits;
            delay = from.delay;
            allowPrivateNetwork = from.allowPrivateNetwork;
            obeysRobots = from.obeysRobots;
            insists = from.insists;
            patience = from.patience;
            mail = from.mail;
        }
    }
}
