package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One round of the real program, with little memory, over {@link HostileSites}: each ends in time in the outcome that a person
 * can act on, and the good sources beside them are complete.
 */
@DisabledOnOs(
        value = {OS.MAC, OS.WINDOWS},
        disabledReason = "each site needs an address of 127.0.0.0/8 of its own")
class HostileRoundTest {

    /** With all of Lucene and SQLite; a whole round of bombs is no reason to need more. */
    private static final String HEAP = "-Xmx128m";

    /** Of a machine that has other things to do. Alone the round takes some twenty seconds, for a visit of slow pages. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NOW = "2026-11-24T08:00:00Z";

    private static final Map<String, JsonNode> SOURCES = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static HostileSites sites;
    private static String printed;
    private static Duration took;

    @BeforeAll
    static void fetchesEverythingOnce() throws Exception {
        var certificates = new TestCertificates();
        sites = new HostileSites(certificates);
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(
                home.resolve("feeds.yaml"),
                sites.ids().stream().map(id -> "  " + sites.entry(id)).collect(Collectors.joining("", """
                                contact: "https://vigie.example.org, vigie@example.org"
                                defaults: { delay: 0s, timeout: 20s }
                                sources:
                                """, "")));
        List<String> java = new ArrayList<>(certificates.trust(folder));
        java.add(HEAP);
        // A proxy of the environment, which nobody asked Vigie to use.
        java.addAll(List.of("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=1", "-Dhttps.proxyHost=127.0.0.1"));
        java.addAll(List.of("-Dhttps.proxyPort=1", "-DsocksProxyHost=127.0.0.1", "-DsocksProxyPort=1"));
        List<String> warmUp = ProgramClasses.java(); // not part of the round
        assertFalse(warmUp.isEmpty());
        long start = System.nanoTime();
        try (var program = Program.start(home, folder, java, NOW, "fetch", "--all", "--format", "json")) {
            int code = program.end();
            took = Duration.ofNanos(System.nanoTime() - start);
            printed = program.output();
            assertEquals(1, code, printed);
        }
        String json = printed.substring(printed.indexOf("{\n"));
        new ObjectMapper()
                .readTree(json)
                .path("sources")
                .forEach(source -> SOURCES.put(source.path("id").asText(), source));
    }

    @AfterAll
    static void closesTheSites() {
        if (sites != null) {
            sites.close();
        }
    }

    /** What an answer ends in, why, as {@code status} has it, and the words that name it; "-" where nothing went wrong. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            private-literal          | refused | private-address | it leads into a private network
            private-name             | refused | private-address | it leads into a private network
            private-decimal          | refused | address         | a number in an unusual form
            private-octal            | refused | address         | a number in an unusual form
            private-hexadecimal      | refused | address         | a number in an unusual form
            private-unspecified      | refused | private-address | it leads into a private network
            private-ipv6             | refused | private-address | it leads into a private network
            private-mapped           | refused | address         | an IPv4 address in the form of an IPv6 one
            private-nat64            | refused | address         | an IPv4 address in the form of an IPv6 one
            private-link-local       | refused | private-address | it leads into a private network
            redirect-loop            | refused | address         | more than 5 redirects in a row.
            redirect-between-two     | refused | address         | more than 5 redirects in a row.
            redirect-for-a-cookie    | refused | address         | the server wants a cookie back, and none are kept.
            redirect-chain-inside    | refused | address         | may not redirect to another host (127.0.0.1)
            redirect-to-name         | refused | address         | may not redirect to another host (localhost)
            redirect-to-decimal      | refused | address         | may not redirect to another host (2130706433)
            redirect-to-octal        | refused | address         | may not redirect to another host (0177.0.0.1)
            redirect-to-ipv6         | refused | address         | may not redirect to another host ([::1])
            redirect-to-mapped       | refused | address         | may not redirect to another host ([::ffff:7f00:1])
            redirect-to-file         | refused | address         | redirects to an address of type 'file'
            redirect-to-ftp          | refused | address         | redirects to an address of type 'ftp'
            redirect-to-script       | refused | address         | redirects to an address of type 'javascript'
            redirect-to-nonsense     | failed  | unreadable      | redirects to something that is no address
            redirect-with-password   | refused | address         | the address holds a user name
            redirect-without-address | failed  | unreadable      | a redirect to nowhere
            robots-redirect-inside   | fetched | -               | -
            says-nothing             | failed  | timeout         | no complete answer within 2 s
            slow-headers             | failed  | timeout         | no complete answer within 2 s
            slow-body                | failed  | timeout         | no complete answer within 2 s
            slow-chunks              | failed  | timeout         | no complete answer within 2 s
            slow-redirects           | failed  | timeout         | no complete answer within 2 s
            slow-error               | failed  | server          | the server answered 500
            slow-robots              | failed  | timeout         | whether its robots.txt allows it could not be found out
            endless-continue         | failed  | timeout         | no complete answer within 2 s
            endless-body             | failed  | too-large       | the answer is larger than 15 MB
            endless-headers          | failed  | unreadable      | not valid HTTP
            endless-error            | failed  | not-found       | there is no such page
            length-too-large         | failed  | unreachable     | the connection ended before the answer was complete
            length-huge              | failed  | too-large       | the answer is larger than 200 MB
            length-too-small         | failed  | unreadable      | the feed breaks off inside entry
            length-negative          | failed  | unreadable      | not valid HTTP
            length-twice             | failed  | unreadable      | not valid HTTP
            chunk-without-size       | failed  | unreadable      | not valid HTTP
            chunk-cut                | failed  | unreachable     | the connection ended before the answer was complete
            chunk-huge               | failed  | unreadable      | not valid HTTP
            chunk-last-missing       | failed  | unreachable     | the connection ended before the answer was complete
            closes-at-once           | failed  | unreachable     | the connection ended before the answer was complete
            closes-in-headers        | failed  | unreadable      | not valid HTTP
            not-http                 | failed  | unreadable      | not valid HTTP
            header-huge              | failed  | unreadable      | not valid HTTP
            headers-10000            | failed  | unreadable      | not valid HTTP
            status-line-huge         | failed  | unreadable      | not valid HTTP
            bomb-gzip                | failed  | too-large       | the answer is larger than 15 MB
            bomb-deflate             | failed  | too-large       | the answer is larger than 15 MB
            bomb-gz-file             | failed  | too-large       | the answer is larger than 15 MB
            bomb-sitemap             | failed  | unreadable      | unpacks to more than 25 MB
            bomb-zip                 | failed  | unreadable      | can be read
            bomb-zip-of-many         | failed  | unreadable      | it unpacks to more than
            bomb-tar-gz              | failed  | unreadable      | it unpacks to more than 50 MB
            zip-in-zip               | failed  | unreadable      | an archive inside an archive
            zip-encrypted            | failed  | unreadable      | encrypted
            zip-path-upward          | failed  | layout          | an XML document of type x
            zip-cut                  | failed  | unreadable      | broke off
            brotli-unasked           | failed  | unreadable      | not encoded as its header says
            gzip-twice               | failed  | unreadable      | not encoded as its header says
            gzip-in-name-only        | failed  | unreadable      | not encoded as its header says
            gzip-cut                 | failed  | unreachable     | the connection ended before the answer was complete
            wrong-charset            | fetched | -               | -
            wrong-charset-latin      | fetched | -               | -
            utf-16-without-mark-le   | fetched | -               | -
            utf-16-without-mark-be   | fetched | -               | -
            not-text                 | failed  | layout          | where a feed was expected
            html-in-place-of-rss     | failed  | layout          | an HTML page titled 'Appels'
            error-page-with-200      | failed  | layout          | an HTML page titled '500 Internal error'
            cookies-wanted           | failed  | layout          | an HTML page titled 'Please enable cookies'
            json-cut                 | failed  | unreadable      | JSON that cannot be read beyond line 1, column 15
            json-deep                | failed  | unreadable      | no readable JSON
            xml-deep                 | failed  | layout          | more than 250000 tags
            xml-many-attributes      | failed  | unreadable      | breaks off
            billion-laughs           | fetched | -               | -
            external-entity          | fetched | -               | -
            laughs-in-a-sitemap      | fetched | -               | -
            laughs-in-a-notice       | failed  | layout          | a DOCTYPE, which is not read for safety
            empty                    | failed  | unreadable      | and sent nothing
            etag-always-new          | fetched | -               | -
            status-101               | failed  | unreadable      | not valid HTTP
            status-202-empty         | refused | challenge       | a check for browsers
            status-204               | failed  | unreadable      | and sent nothing
            status-206               | failed  | unreadable      | a part of the content, unasked
            status-300               | failed  | unreadable      | which makes no sense here
            status-304-unasked       | failed  | unreadable      | unchanged, although all was asked
            status-401               | refused | login           | it wants a login
            status-402               | refused | forbidden       | it wants to be paid
            status-403               | refused | forbidden       | it does not let us in
            status-403-challenge     | refused | challenge       | a check for browsers
            status-407               | refused | login           | it wants a login
            status-410               | refused | gone            | gone for good
            status-421               | failed  | unreadable      | it does not accept the request
            status-451               | refused | forbidden       | unavailable for legal reasons
            status-500               | failed  | server          | it has a problem of its own
            status-502               | failed  | server          | it has a problem of its own
            status-999               | failed  | unreadable      | which makes no sense here
            retry-after-seconds      | failed  | server          | it has a problem of its own
            retry-after-date         | failed  | rate-limited    | too many requests
            retry-after-past         | failed  | server          | it has a problem of its own
            retry-after-negative     | failed  | rate-limited    | too many requests
            retry-after-absurd       | failed  | server          | it has a problem of its own
            pages-without-end        | fetched | -               | -
            slow-pages-without-end   | failed  | timeout         | the answers of this visit have taken more than 20 s together
            next-page-inside         | refused | private-address | it leads into a private network
            details-inside           | fetched | -               | -
            sitemaps-inside          | refused | private-address | it leads into a private network
            sitemaps-without-end     | fetched | -               | -
            tls-good                 | fetched | -               | -
            tls-wrong-host           | failed  | tls             | the server's certificate is for another host name
            tls-expired              | failed  | tls             | has expired or is not valid yet
            tls-not-yet              | failed  | tls             | has expired or is not valid yet
            tls-self-signed          | failed  | tls             | is signed by nobody but itself
            tls-incomplete-chain     | failed  | tls             | it ends before the certificate of 'CN=Test Middle'
            tls-on-a-plain-port      | failed  | tls             | no encrypted connection came about
            tls-redirect-inside      | refused | address         | may not redirect to another host (127.0.0.1)
            nobody-there             | failed  | unreachable     | nobody answers at this address
            name-unknown             | failed  | unreachable     | the host's name is unknown
            """)
    void endsWell(String id, String outcome, String trouble, String words) {
        JsonNode source = source(id);

        assertAll(
                source.toString(),
                () -> assertEquals(outcome, source.path("outcome").asText()),
                () -> assertEquals(trouble, source.path("trouble").asText("-")),
                () -> assertTrue(source.path("message").asText().contains(words.equals("-") ? "" : words)
                        && source.path("message").asText().isEmpty() == words.equals("-")));
    }

    /** Each that is not in the table of {@link #endsWell} is a good one. */
    @Test
    void knowsEverySite() {
        assertEquals(sites.ids(), List.copyOf(SOURCES.keySet()));
        assertTrue(sites.ids().size() - sites.good().size() > 100);
    }

    @Test
    void readsTheGoodOnesBesideThemWhole() {
        assertAll(Stream.concat(sites.good().stream(), Stream.of("robots-redirect-inside"))
                .map(id -> () -> assertEquals(
                        HostileSites.ITEMS_OF_A_GOOD_SITE,
                        source(id).path("new").asInt(),
                        id)));
    }

    @Test
    void asksNobodyInsideThePrivateNetwork() {
        assertEquals(List.of(), sites.canarySaw());
        assertFalse(printed.contains("root:"), "the passwords of this machine");
    }

    @Test
    void takesNoLongerThanItsTimeOuts() {
        assertTrue(took.compareTo(PATIENCE) < 0, took::toString);
    }

    @Test
    void leavesNothingBehind() throws IOException {
        assertFalse(printed.contains("hunter2"), "a password in a message");
        assertFalse(printed.contains("OutOfMemory") || printed.contains("-Xmx"), printed);
        assertFalse(printed.contains("please report it"), printed);
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            assertEquals(
                    List.of(),
                    files.map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> name.startsWith("vigie-"))
                            .toList());
        }
    }

    @Test
    void keepsWhatIsReadable_whateverTheCharacters() {
        assertAll(Stream.of(
                        "wrong-charset",
                        "wrong-charset-latin",
                        "utf-16-without-mark-le",
                        "utf-16-without-mark-be",
                        "billion-laughs",
                        "external-entity",
                        "etag-always-new")
                .map(id -> () -> assertEquals(5, source(id).path("new").asInt(), id)));
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-seconds, PT1H59M, PT2H1M",
        "retry-after-absurd, PT720H, PT1000000H",
        "retry-after-past, PT1M, PT6H",
        "retry-after-negative, PT1M, PT6H"
    })
    void comesBackWhenItMay(String id, Duration atLeast, Duration atMost) {
        Instant next = Instant.parse(source(id).path("nextDue").asText());
        Duration wait = Duration.between(Instant.parse(NOW), next);

        assertTrue(wait.compareTo(atLeast) >= 0 && wait.compareTo(atMost) <= 0, wait::toString);
    }

    private static JsonNode source(String id) {
        return Objects.requireNonNull(SOURCES.get(id), id);
    }
}
