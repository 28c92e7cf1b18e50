package coop.vigie.fetch;

import coop.vigie.fetch.AddressGuard.Names;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.net.InetAddress;
import java.net.URI;

/**
 * Fetches one address at a time for each caller; safe for many (virtual) threads at once. Requests to one host wait for
 * each other, so share one fetcher among all.
 */
public final class Fetcher implements AutoCloseable {

    private static final String PRODUCT = "Vigie/0.1";

    private final Web web;
    private final Names names;

    /**
     * @param contact how the owner of a server reaches the people who run this: a page and a mail address. Goes into the
     *     User-Agent, on one line and in ASCII
     */
    public Fetcher(String contact) {
        this(contact, HostMemory.NONE);
    }

    /** @param memory what is known of hosts from other rounds and processes */
    public Fetcher(String contact, HostMemory memory) {
        this(contact, memory, new Room(Room.BYTES));
    }

    /** @param room for all documents that are in memory at once */
    Fetcher(String contact, HostMemory memory, Room room) {
        this(contact, InetAddress::getAllByName, new AddressGuard(InetAddress::getAllByName, false), memory, room);
    }

    Fetcher(String contact, Names names) {
        this(contact, names, new AddressGuard(names, false));
    }

    /** @param guard of requests that may not enter a private network */
    Fetcher(String contact, Names names, AddressGuard guard) {
        this(contact, names, guard, HostMemory.NONE, new Room(Room.BYTES));
    }

    private Fetcher(String contact, Names names, AddressGuard guard, HostMemory memory, Room room) {
        this.web = new Web(userAgent(contact), names, guard, memory, room);
        this.names = names;
    }

    /**
     * Blocks until the whole answer is here or has failed; then no connection is held any more. Never throws for what a
     * server or a file does.
     */
    public FetchOutcome fetch(FetchRequest request) {
        if (Addresses.isWeb(request.uri())) {
            return web.fetch(request);
        }
        if (Addresses.scheme(request.uri()).equals("file")) {
            return LocalFiles.read(request);
        }
        if (Mailbox.isMailbox(request.uri())) {
            return Mailbox.read(request, names);
        }
        return forbiddenScheme(request.uri());
    }

    /**
     * Asks what was found in an answer to {@code source}: a further page, a detail. Like {@link #fetch} with the same
     * limits and delay, but for what an author from outside may not decide: it leads to no file, into a private
     * network only on the source's own host, and carries a login only there.
     *
     * @param validators of {@code found}
     */
    public FetchOutcome follow(FetchRequest source, Query found, Validators validators) {
        if (!Addresses.isWeb(found.uri())) {
            return forbiddenScheme(found.uri());
        }
        boolean sameHost = Addresses.host(found.uri()).equals(Addresses.host(source.uri()));
        return web.fetch(source.with(found)
                .with(validators)
                .withLogin(Addresses.isSameOrigin(found.uri(), source.uri()) ? source.login() : null)
                .allowingPrivateNetwork(source.allowPrivateNetwork() && sameHost));
    }

    private static Refused forbiddenScheme(URI uri) {
        return new Refused(
                Refused.Reason.FORBIDDEN_SCHEME,
                null,
                "Fetching %s was refused: only http and https addresses are read here.".formatted(Words.address(uri)));
    }

    static String userAgent(String contact) {
        String line = contact.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return line.isEmpty() ? PRODUCT : PRODUCT + " (+" + line + ")";
    }

    /** Cuts what is still running. */
    @Override
    public void close() {
        web.close();
    }
}
