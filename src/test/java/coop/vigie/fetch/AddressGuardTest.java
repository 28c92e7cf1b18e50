package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:0:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2002:c0a8:1::",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void isNotPublic(String address) throws IOException {
        assertFalse(AddressGuard.isPublic(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "193.190.0.1",
                "223.255.255.255",
                "169.253.0.1",
                "2a00:1450::1",
                "2001:6a8::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void isPublic(String address) throws IOException {
        assertTrue(AddressGuard.isPublic(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "2130706433, true",
        "0, true",
        "127.1, true",
        "127.0.1, true",
        "127.0.0.1., true",
        "0177.0.0.1, true",
        "0o177.0.0.1, true",
        "q177.0.0.1, true",
        "0x7f.0.0.1, true",
        "0x7f000001, true",
        "0X7F.1, true",
        "1.2.3.0x4, true",
        "256.1.1.1, true",
        "1.2.3.4.5, true",
        "999999999999, true",
        "127.0.0.1, false",
        "8.8.8.8, false",
        "255.255.255.255, false",
        "example.org, false",
        "1.example, false",
        "2026.example.org, false",
        "x1, false",
        "[::1], false"
    })
    void knowsANumberInDisguise(String host, boolean disguised) {
        assertEquals(disguised, AddressGuard.isDisguisedNumber(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:8080/x",
                "http://127.0.0.1./",
                "http://[::1]/",
                "http://[::ffff:7f00:1]/",
                "http://[0:0:0:0:0:ffff:127.0.0.1]/",
                "http://[fe80::1%25eth0]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[::ffff:8.8.8.8]/",
                "http://[64:ff9b::8.8.8.8]/",
                "http://[2002:808:808::1]/",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0x7f.0x0.0x0.0x1/",
                "http://user@8.8.8.8/",
                "http://%31%32%37.0.0.1/",
                "http://under_score.example.org/"
            })
    void objectsBeforeAnythingIsSent(URI uri) {
        assertInstanceOf(Refused.class, Addresses.objection(uri, "Fetching it", false));
    }

    @Test
    void cutsTheSocketItself_whenItWouldConnectToAPrivateAddress() throws IOException {
        try (NastyServer server = new NastyServer()) {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            try (Socket guarded = new AddressGuard(InetAddress::getAllByName, false).socket();
                    Socket free = new AddressGuard(InetAddress::getAllByName, true).socket()) {
                assertThrows(ForbiddenAddressException.class, () -> guarded.connect(target));
                assertFalse(guarded.isConnected());
                free.connect(target);
                assertTrue(free.isConnected());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            http://example.org/a/b?x=1 | c                       | http://example.org/a/c
            http://example.org/a/b?x=1 | /c?y=2#frag             | http://example.org/c?y=2
            http://example.org/a/b?x=1 | ?page=2                 | http://example.org/a/b?page=2
            http://example.org         | feed                    | http://example.org/feed
            http://example.org/        | https://www.example.org | https://www.example.org
            https://example.org/       | //other.example/x       | https://other.example/x
            http://example.org/        | /a b/é                  | http://example.org/a%20b/%E9
            http://example.org/        | http://a\\@b/           | http://a%5C@b/
            http://example.org/        | http://[bad/            | none
            """)
    void findsWhereARedirectLeads(URI from, String location, URI expected) {
        assertEquals(expected, Addresses.redirected(from, location));
    }

    /** Names cannot be looked up here; each is taken to lead to loopback, as an attacker's would. */
    @Test
    void refusesEveryForgedAddressOfThePayloadCollection() throws IOException {
        Pattern line = Pattern.compile("\\{\"kind\": \"ssrf\", \"payload\": \"(.*)\"}");
        List<String> fetched = new ArrayList<>();
        try (Fetcher fetcher =
                new Fetcher("x@example.org", host -> new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            for (String json : Files.readAllLines(Corpus.require("security-payloads/payloads.jsonl"))) {
                Matcher payload = line.matcher(json);
                if (!payload.matches()) {
                    continue;
                }
                for (String address : payload.group(1).replace("\\\\", "\\").split(" = ")) {
                    URI uri = Addresses.redirected(URI.create("https://example.org/"), address);
                    FetchRequest source =
                            FetchRequest.of(URI.create("https://example.org/")).withDelay(Duration.ZERO);
                    if (uri != null && !(fetcher.follow(source, Query.get(uri), Validators.NONE) instanceof Refused)) {
                        fetched.add(address);
                    }
                }
            }
        }
        assertEquals(List.of(), fetched);
    }
}
