package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import coop.vigie.config.Secret;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Refused.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From a public server no way leads into a private network. There is no public network here: 127.9.9.9 stands for it, and
 * 127.0.0.1 is what it is.
 */
@Timeout(20)
class PrivateNetworkTest {

    private static final String PUBLIC = "127.9.9.9";

    private final NastyServer outside = new NastyServer(PUBLIC);
    private final NastyServer canary = new NastyServer("127.0.0.1");
    private final Map<String, Deque<String>> names = new ConcurrentHashMap<>();
    private final Fetcher fetcher = new Fetcher(
            "https://example.org/vigie, vigie@example.org",
            this::resolve,
            new AddressGuard(
                    this::resolve,
                    address -> address.getHostAddress().equals(PUBLIC) || AddressGuard.isPublic(address)));

    @BeforeEach
    void aPublicSite() {
        name("public.example", PUBLIC);
        name("inside.example", "127.0.0.1");
        name("both.example", PUBLIC + " 127.0.0.1");
        name("localhost", "127.0.0.1");
        outside.on("/", "200 OK|Content-Length: 2", "hi".getBytes(StandardCharsets.US_ASCII));
        canary.on("/", "200 OK|Content-Length: 6", "secret".getBytes(StandardCharsets.US_ASCII));
        canary.on("/robots.txt", "200 OK|Content-Length: 0");
    }

    @AfterEach
    void nobodyInsideWasAsked() {
        fetcher.close();
        outside.close();
        canary.close();
        assertEquals(List.of(), canary.requests);
    }

    /** @param answers one after the other, the last one for good; each with blanks between its addresses */
    private void name(String host, String... answers) {
        names.put(host, new ArrayDeque<>(List.of(answers)));
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        Deque<String> answers = names.get(host);
        if (answers == null) {
            return InetAddress.getAllByName(host);
        }
        String[] answer = (answers.size() > 1 ? answers.remove() : answers.getFirst()).split(" ");
        InetAddress[] addresses = new InetAddress[answer.length];
        for (int i = 0; i < answer.length; i++) {
            addresses[i] = InetAddress.getByName(answer[i]);
        }
        return addresses;
    }

    private FetchRequest request(String host) {
        return FetchRequest.of(URI.create("http://" + host + ":" + outside.port() + "/"))
                .withDelay(Duration.ZERO);
    }

    private void assertRefused(Reason reason, FetchOutcome outcome) {
        assertEquals(
                reason,
                assertInstanceOf(Refused.class, outcome, outcome::toString).reason(),
                outcome::toString);
    }

    @Test
    void readsThePublicSite() {
        assertInstanceOf(Fetched.class, fetcher.fetch(request("public.example")));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, PRIVATE_ADDRESS",
        "localhost, PRIVATE_ADDRESS",
        "LOCALHOST, PRIVATE_ADDRESS",
        "inside.example, PRIVATE_ADDRESS",
        "both.example, PRIVATE_ADDRESS",
        "2130706433, INVALID_ADDRESS",
        "127.1, INVALID_ADDRESS",
        "127.0.0.1., INVALID_ADDRESS",
        "0177.0.0.1, INVALID_ADDRESS",
        "0x7f.0.0.1, INVALID_ADDRESS",
        "0x7f000001, INVALID_ADDRESS",
        "0.0.0.0, PRIVATE_ADDRESS",
        "169.254.169.254, PRIVATE_ADDRESS",
        "100.64.0.1, PRIVATE_ADDRESS",
        "[::1], PRIVATE_ADDRESS",
        "[::], PRIVATE_ADDRESS",
        "[0:0:0:0:0:0:0:1], PRIVATE_ADDRESS",
        "[fe80::1%25lo], PRIVATE_ADDRESS",
        "[fd00::1], PRIVATE_ADDRESS",
        "[::ffff:127.0.0.1], INVALID_ADDRESS",
        "[::ffff:7f00:1], INVALID_ADDRESS",
        "[64:ff9b::127.0.0.1], INVALID_ADDRESS",
        "[2002:7f00:1::], INVALID_ADDRESS",
        "[::127.0.0.1], PRIVATE_ADDRESS"
    })
    void followsNoRedirectInside(String host, Reason reason) {
        outside.on("/", "302 Found|Location: http://" + host + ":" + canary.port() + "/");

        assertRefused(reason, fetcher.fetch(request("public.example")));
        assertRefused(reason, fetcher.fetch(request("public.example").obeyingRobots(true)));
    }

    @Test
    void followsNoChainInside() {
        outside.on("/", "302 Found|Location: /b");
        outside.on("/b", "307 Temporary Redirect|Location: http://public.example:" + outside.port() + "/c");
        outside.on("/c", "308 Permanent Redirect|Location: http://inside.example:" + canary.port() + "/");

        assertRefused(Reason.PRIVATE_ADDRESS, fetcher.fetch(request("public.example")));
    }

    /** The file itself allows everything then, and the page is read. */
    @Test
    void readsNoRobotsFromInside() {
        outside.on("/robots.txt", "302 Found|Location: http://inside.example:" + canary.port() + "/robots.txt");

        assertInstanceOf(Fetched.class, fetcher.fetch(request("public.example").obeyingRobots(true)));
    }

    @Test
    void followsNoLinkInside() {
        FetchRequest source = request("public.example");
        URI link = URI.create("http://inside.example:" + canary.port() + "/");

        assertRefused(Reason.PRIVATE_ADDRESS, fetcher.follow(source, Query.get(link), Validators.NONE));
    }

    @Test
    void asksForNoTokenInside_andTakesNoneThere() {
        outside.on("/token", "307 Temporary Redirect|Location: http://inside.example:" + canary.port() + "/");
        FetchRequest source = request("public.example");
        Secret secret = new Secret("hush");

        for (String host : List.of("inside.example:" + canary.port(), "127.0.0.1:" + canary.port())) {
            URI tokens = URI.create("http://" + host + "/");
            assertRefused(
                    Reason.PRIVATE_ADDRESS,
                    fetcher.fetch(source.withLogin(new ClientCredentials(tokens, "us", secret, ""))));
        }
        URI tokens = URI.create("http://public.example:" + outside.port() + "/token");
        assertRefused(
                Reason.REDIRECT_TO_OTHER_HOST,
                fetcher.fetch(source.withLogin(new ClientCredentials(tokens, "us", secret, ""))));
    }

    /** DNS rebinding: the name is public when robots.txt is asked for, and private when the page is. */
    @Test
    void isNotRebound_betweenTwoRequests() {
        name("rebinding.example", PUBLIC, "127.0.0.1");

        assertRefused(
                Reason.PRIVATE_ADDRESS,
                fetcher.fetch(request("rebinding.example").obeyingRobots(true)));
        assertEquals(1, outside.requests.size());
    }

    /** And between two hops: to its own name again, which leads elsewhere now. */
    @Test
    void isNotRebound_byARedirectToItself() {
        name("rebinding.example", PUBLIC, "127.0.0.1");
        outside.on("/", "302 Found|Location: http://rebinding.example:" + canary.port() + "/");

        assertRefused(Reason.PRIVATE_ADDRESS, fetcher.fetch(request("rebinding.example")));
    }

    /** The address that was judged is the one that is connected to: there is no second look-up in between. */
    @Test
    void looksEachNameUpOnce() {
        name("rebinding.example", PUBLIC, "127.0.0.1");

        assertInstanceOf(Fetched.class, fetcher.fetch(request("rebinding.example")));
        assertEquals(
                "[127.0.0.1]", String.valueOf(names.get("rebinding.example")), "the second answer is still to come");
    }

    /** The mail library looks names up by itself; its socket is judged as well. */
    @Test
    void opensNoMailboxInside_whenItsNameIsRebound() {
        name("localhost", "8.8.8.8");
        FetchRequest mailbox = FetchRequest.of(URI.create("imap://localhost:" + canary.port() + "/INBOX"))
                .with(new MailAccess(new MailLogin("us", "hush"), true, false, LocalDate.of(2026, 11, 1)));

        assertRefused(Reason.PRIVATE_ADDRESS, fetcher.fetch(mailbox));
    }
}
