package coop.vigie;

import coop.vigie.fetch.NastyServer;
import coop.vigie.fetch.NastyServer.Route;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Servers on loopback that each do one thing that a server should not do, each on an address of its own, with the entry of
 * {@code feeds.yaml} that leads there; and some that do nothing wrong.
 */
final class HostileSites implements AutoCloseable {

    static final int ITEMS_OF_A_GOOD_SITE = 25;

    private static final String RSS = "200 OK|Content-Type: application/rss+xml; charset=utf-8";
    private static final String ZIP = "200 OK|Content-Type: application/zip";
    private static final int MB = 1_000_000;

    private final Map<String, String> entries = new LinkedHashMap<>();
    private final List<NastyServer> servers = new ArrayList<>();
    private final List<String> good = new ArrayList<>();

    /** Where nobody should ever ask: what stands for a service inside a private network. */
    private final NastyServer canary = new NastyServer("127.0.0.1");

    private final TestCertificates certificates;
    private int addresses;
    private @Nullable ServerSocket plain;

    HostileSites(TestCertificates certificates) {
        this.certificates = certificates;
        servers.add(canary);
        canary.on("/", "200 OK|Content-Length: 6", "secret".getBytes(StandardCharsets.US_ASCII));
        goodSites(1);
        addressesThatLeadInside();
        redirects();
        slowness();
        framing();
        bombs();
        characters();
        content();
        statuses();
        lists();
        encryption();
        goodSites(5);
    }

    /** Ids of the sources, in the order of {@code feeds.yaml}. */
    List<String> ids() {
        return List.copyOf(entries.keySet());
    }

    List<String> good() {
        return List.copyOf(good);
    }

    String entry(String id) {
        return String.valueOf(entries.get(id));
    }

    List<NastyServer.Request> canarySaw() {
        return canary.requests;
    }

    // --- what leads into a private network

    private void addressesThatLeadInside() {
        inside("private-literal", "127.0.0.1");
        inside("private-name", "localhost");
        inside("private-decimal", "2130706433");
        inside("private-octal", "0177.0.0.1");
        inside("private-hexadecimal", "0x7f000001");
        inside("private-unspecified", "0.0.0.0");
        inside("private-ipv6", "[::1]");
        inside("private-mapped", "[::ffff:127.0.0.1]");
        inside("private-nat64", "[64:ff9b::7f00:1]");
        inside("private-link-local", "169.254.169.254");
    }

    private void inside(String id, String host) {
        entries.put(id, "- { id: %s, type: rss, url: 'http://%s:%d/' }%n".formatted(id, host, canary.port()));
    }

    private void redirects() {
        redirect("redirect-loop", "/");
        site("redirect-between-two").on("/", "302 Found|Location: /b");
        last().on("/b", "302 Found|Location: /");
        // A browser with the cookie would be let in.
        site("redirect-for-a-cookie").on("/", (request, out) -> {
            String answer = request.header("Cookie") == null
                    ? "302 Found|Set-Cookie: seen=1|Location: /|Content-Length: 0"
                    : RSS + "|Content-Length: 0";
            out.write(NastyServer.head(answer));
        });
        site("redirect-chain-inside").on("/", "301 Moved|Location: /b");
        last().on("/b", "308 Moved|Location: http://127.0.0.1:" + canary.port() + "/");
        redirect("redirect-to-name", "http://localhost:" + canary.port() + "/");
        redirect("redirect-to-decimal", "http://2130706433:" + canary.port() + "/");
        redirect("redirect-to-octal", "http://0177.0.0.1:" + canary.port() + "/");
        redirect("redirect-to-ipv6", "http://[::1]:" + canary.port() + "/");
        redirect("redirect-to-mapped", "http://[::ffff:7f00:1]:" + canary.port() + "/");
        redirect("redirect-to-file", "file:///etc/passwd");
        redirect("redirect-to-ftp", "ftp://127.0.0.1/");
        redirect("redirect-to-script", "javascript:alert(1)");
        redirect("redirect-to-nonsense", "http://[bad/");
        site("redirect-with-password");
        last().on("/", "302 Found|Location: " + last().uri("/b").toString().replace("://", "://user:hunter2@"));
        site("redirect-without-address").on("/", "302 Found|Content-Length: 0");
        site("robots-redirect-inside", goodFeed("robots-redirect-inside"))
                .on("/robots.txt", "302 Found|Location: http://127.0.0.1:" + canary.port() + "/robots.txt");
    }

    private void redirect(String id, String location) {
        site(id).on("/", "302 Found|Content-Length: 0|Location: " + location);
    }

    // --- time

    private void slowness() {
        NastyServer silent = slow("says-nothing");
        silent.on("/", (request, out) -> Thread.sleep(60_000));
        // Each page in good time, and no end. On the same host, so that it is visited when the rush of the beginning is
        // over.
        String keys = LIST + "max-pages: 1000, timeout: 2s, ";
        entry("slow-pages-without-end", "html-list", silent.uri("/list").toString(), keys);
        Route slowPage = (request, out) -> {
            Thread.sleep(400);
            listPage(request, out);
        };
        silent.on("/list", slowPage);
        IntStream.range(1, 1_000).forEach(i -> silent.on("/p" + i, slowPage));
        slow("slow-headers").on("/", (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            drip(out, "x");
        });
        slow("slow-body").on("/", (request, out) -> {
            out.write(NastyServer.head(RSS));
            drip(out, " ");
        });
        slow("slow-chunks").on("/", (request, out) -> {
            out.write(NastyServer.head(RSS + "|Transfer-Encoding: chunked"));
            drip(out, "1\r\nx\r\n");
        });
        slow("slow-redirects").on("/", (request, out) -> {
            Thread.sleep(600);
            out.write(NastyServer.head("302 Found|Content-Length: 0|Location: /"));
        });
        slow("slow-error").on("/", (request, out) -> {
            out.write(NastyServer.head("500 Oops|Content-Length: 100000"));
            drip(out, "x");
        });
        slow("slow-robots").on("/robots.txt", (request, out) -> Thread.sleep(60_000));
        slow("endless-continue").on("/", (request, out) -> {
            while (true) {
                out.write(NastyServer.head("103 Early Hints|Link: </x>"));
                out.flush();
                Thread.sleep(10);
            }
        });
    }

    /** All others have time enough on the busiest machine. */
    private NastyServer slow(String id) {
        return site(id, "rss", "timeout: 2s, ");
    }

    private static void drip(OutputStream out, String drop) throws IOException, InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            out.write(drop.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(50);
        }
    }

    // --- HTTP

    private void framing() {
        byte[] spaces = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        site("endless-body").on("/", (request, out) -> {
            out.write(NastyServer.head(RSS));
            while (true) {
                out.write(spaces);
            }
        });
        site("endless-headers").on("/", (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-More: 1\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
            }
        });
        site("endless-error").on("/", (request, out) -> {
            out.write(NastyServer.head("404 Not Found"));
            while (true) {
                out.write(spaces);
            }
        });
        raw("length-too-large", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>");
        raw("length-huge", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>");
        raw("length-too-small", "HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n" + feed("length-too-small", 25));
        raw("length-negative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss>");
        raw("length-twice", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n<rss>");
        raw("chunk-without-size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n0\r\n\r\n");
        raw("chunk-cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n<rss>");
        raw("chunk-huge", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<rss>");
        raw("chunk-last-missing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n");
        raw("closes-at-once", "");
        raw("closes-in-headers", "HTTP/1.1 200 OK\r\nContent-Ty");
        raw("not-http", "SSH-2.0-OpenSSH_9.6\r\n".repeat(50));
        raw("header-huge", "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(MB) + "\r\n\r\n<rss/>");
        raw("headers-10000", "HTTP/1.1 200 OK\r\n" + "X-Many: 1\r\n".repeat(10_000) + "\r\n<rss/>");
        raw("status-line-huge", "HTTP/1.1 200 " + "O".repeat(MB) + "\r\n\r\n<rss/>");
    }

    private void raw(String id, String answer) {
        site(id).on("/", (request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    // --- what unpacks to very much

    private void bombs() {
        site("bomb-gzip").on("/", RSS + "|Content-Encoding: gzip", gzip(zeros(40)));
        site("bomb-deflate").on("/", RSS + "|Content-Encoding: deflate", deflated(zeros(40)));
        site("brotli-unasked").on("/", RSS + "|Content-Encoding: br", new byte[] {0x0b, 0x02, (byte) 0x80, 0x68, 0x69});
        site("gzip-twice").on("/", RSS + "|Content-Encoding: gzip, gzip", gzip(gzip(bytes("<rss/>"))));
        site("gzip-in-name-only").on("/", RSS + "|Content-Encoding: gzip", bytes("<rss/>"));
        site("gzip-cut").on("/", RSS + "|Content-Encoding: gzip", Arrays.copyOf(gzip(bytes(feed("x", 9))), 60));
        site("bomb-gz-file").on("/", "200 OK|Content-Type: application/gzip", gzip(zeros(40)));
        archive("bomb-zip", ZIP, zip("notice.xml", zeros(40)));
        archive("bomb-zip-of-many", ZIP, zipOfMany());
        archive("bomb-tar-gz", "200 OK|Content-Type: application/gzip", gzip(tar("notice.xml", zeros(60))));
        archive("zip-in-zip", ZIP, zip("inner.zip", zip("inner.zip", zip("notice.xml", zeros(20)))));
        archive("zip-encrypted", ZIP, encrypted(zip("notice.xml", bytes("x"))));
        archive("zip-path-upward", ZIP, zip("../../../../tmp/vigie-hostile.xml", bytes("<x/>")));
        archive("zip-cut", ZIP, Arrays.copyOf(zip("notice.xml", bytes("<x/>".repeat(50))), 40));
        sitemap("bomb-sitemap", gzip(joined(bytes("<urlset><url><loc>"), zeros(40))));
    }

    private void archive(String id, String head, byte[] body) {
        site(id, "eforms", "").on("/", head, body);
    }

    private void sitemap(String id, byte[] body) {
        site(id, "sitemap", "").on("/", "200 OK|Content-Type: application/xml", body);
    }

    /** 3 GB in 3 MB: one entry of 10 MB, packed once. */
    private static byte[] zipOfMany() {
        var many = new ByteArrayOutputStream();
        byte[] zeros = zeros(10);
        var crc = new CRC32();
        crc.update(zeros);
        byte[] packed = bare(zeros);
        try (var zip = new ZipArchiveOutputStream(many)) {
            for (int i = 0; i < 300; i++) {
                var entry = new ZipArchiveEntry(i + ".xml");
                entry.setMethod(ZipEntry.DEFLATED);
                entry.setSize(zeros.length);
                entry.setCompressedSize(packed.length);
                entry.setCrc(crc.getValue());
                zip.addRawArchiveEntry(entry, new ByteArrayInputStream(packed));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return many.toByteArray();
    }

    private static byte[] bare(byte[] bytes) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            return written(out -> {
                try (var deflate = new DeflaterOutputStream(out, deflater)) {
                    deflate.write(bytes);
                }
            });
        } finally {
            deflater.end();
        }
    }

    // --- characters

    private void characters() {
        String text = feed("wrong-charset", 5);
        site("wrong-charset").on("/", "200 OK|Content-Type: text/xml; charset=us-ascii", bytes(text));
        site("wrong-charset-latin").on("/", RSS, feed("wrong-charset-latin", 5).getBytes(StandardCharsets.ISO_8859_1));
        for (String order : List.of("LE", "BE")) {
            String id = "utf-16-without-mark-" + order.toLowerCase(java.util.Locale.ROOT);
            site(id).on("/", "200 OK|Content-Type: text/xml", feed(id, 5).getBytes(Charset.forName("UTF-16" + order)));
        }
        site("not-text").on("/", RSS, noise());
    }

    private static byte[] noise() {
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        return noise;
    }

    // --- content

    private void content() {
        page("html-in-place-of-rss", "<!doctype html><html><head><title>Appels</title></head><body>x</body></html>");
        page(
                "error-page-with-200",
                "<!doctype html><html><head><title>500 Internal error</title></head><body>Sorry</body></html>");
        page("cookies-wanted", "<html><head><title>Please enable cookies</title></head><body>x</body></html>");
        site("json-cut", "json", "").on("/", "200 OK|Content-Type: application/json", bytes("[{\"title\": \"Ap"));
        site("json-deep", "json", "").on("/", "200 OK|Content-Type: application/json", bytes("[".repeat(100_000)));
        site("xml-deep").on("/", RSS, bytes("<rss><channel>" + "<a>".repeat(300_000)));
        site("xml-many-attributes").on("/", RSS, bytes(manyAttributes()));
        String laughs = IntStream.range(1, 30)
                .mapToObj(i -> "<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)))
                .collect(Collectors.joining("", "<!DOCTYPE rss [<!ENTITY l0 \"ha\">", "]>"));
        site("billion-laughs")
                .on("/", RSS, bytes(laughs + feed("billion-laughs", 5).replace("à", "&l29;")));
        String external = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY %% y SYSTEM \"%s\"> %%y;]>"
                .formatted(canary.uri("/dtd"));
        site("external-entity")
                .on("/", RSS, bytes(external + feed("external-entity", 5).replace("à", "&x;")));
        site("laughs-in-a-sitemap", "sitemap", "")
                .on(
                        "/",
                        "200 OK|Content-Type: application/xml",
                        bytes(laughs + "<urlset><url><loc>&l29;</loc></url></urlset>"));
        site("laughs-in-a-notice", "eforms", "")
                .on(
                        "/",
                        "200 OK|Content-Type: application/xml",
                        bytes(laughs + "<ContractNotice>&l29;</ContractNotice>"));
        site("empty").on("/", RSS + "|Content-Length: 0");
        site("etag-always-new");
        var count = new AtomicInteger();
        last().on("/", (request, out) -> {
            out.write(NastyServer.head(RSS + "|ETag: \"" + count.incrementAndGet() + "\""));
            out.write(bytes(feed("etag-always-new", 5)));
        });
    }

    private void page(String id, String html) {
        site(id).on("/", "200 OK|Content-Type: text/html; charset=utf-8", bytes(html));
    }

    private static String manyAttributes() {
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
        return "<rss" + attributes + "><channel/></rss>";
    }

    // --- statuses

    private void statuses() {
        Map.ofEntries(
                        Map.entry("status-101", "101 Switching Protocols"),
                        Map.entry("status-202-empty", "202 Accepted"),
                        Map.entry("status-204", "204 No Content"),
                        Map.entry("status-206", "206 Partial Content"),
                        Map.entry("status-300", "300 Multiple Choices"),
                        Map.entry("status-304-unasked", "304 Not Modified"),
                        Map.entry("status-401", "401 Unauthorized|WWW-Authenticate: Basic realm=x"),
                        Map.entry("status-402", "402 Payment Required"),
                        Map.entry("status-403", "403 Forbidden"),
                        Map.entry("status-403-challenge", "403 Forbidden|cf-mitigated: challenge"),
                        Map.entry("status-407", "407 Proxy Authentication Required|Proxy-Authenticate: Basic realm=x"),
                        Map.entry("status-410", "410 Gone"),
                        Map.entry("status-421", "421 Misdirected Request"),
                        Map.entry("status-451", "451 Unavailable For Legal Reasons"),
                        Map.entry("status-500", "500 Internal Server Error"),
                        Map.entry("status-502", "502 Bad Gateway"),
                        Map.entry("status-999", "999 Request denied"),
                        Map.entry("retry-after-seconds", "503 Busy|Retry-After: 7200"),
                        Map.entry("retry-after-date", "429 Too Many|Retry-After: " + inDays(2)),
                        Map.entry("retry-after-past", "503 Busy|Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"),
                        Map.entry("retry-after-negative", "429 Too Many|Retry-After: -5"),
                        Map.entry("retry-after-absurd", "503 Busy|Retry-After: 99999999999999999999"))
                .forEach((id, head) -> site(id).on("/", head + "|Content-Length: 0"));
    }

    private static String inDays(int days) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(days * 86_400L).atOffset(ZoneOffset.UTC));
    }

    // --- lists without an end

    private static final String LIST = "select: { item: li, title: a, link: 'a@href', next: '.next@href' }, ";

    /** With one item, and a link to the next page. */
    private static void listPage(NastyServer.Request request, OutputStream out) throws IOException {
        int number = Integer.parseInt("0" + request.path().replaceAll("\\D", ""));
        String html =
                "<title>Appels</title><ul><li><a href='/a%d'>Appel %d</a> 12/12/2026</ul><a class=next href='/p%d'>Suivant</a>"
                        .formatted(number, number, number + 1);
        out.write(NastyServer.head("200 OK|Content-Type: text/html"));
        out.write(bytes(html));
    }

    private void lists() {
        String select = LIST + "max-pages: 4, ";
        site("pages-without-end", "html-list", select).on("/", HostileSites::listPage);
        IntStream.range(1, 20).forEach(i -> servers.getLast().on("/p" + i, HostileSites::listPage));
        site("next-page-inside", "html-list", select)
                .on(
                        "/",
                        "200 OK|Content-Type: text/html",
                        bytes(
                                "<title>Appels</title><ul><li><a href='/a'>Appel</a> 12/12/2026</ul><a class=next href='%s'>Suivant</a>"
                                        .formatted(canary.uri("/"))));
        site("details-inside", "html-list", "select: { item: li, title: a, link: 'a@href' }, detail: { text: body }, ")
                .on(
                        "/",
                        "200 OK|Content-Type: text/html",
                        bytes("<title>Appels</title><ul><li><a href='%s'>Appel</a> 12/12/2026</ul>"
                                .formatted(canary.uri("/"))));
        sitemap(
                "sitemaps-inside",
                bytes("<sitemapindex><sitemap><loc>%s</loc></sitemap></sitemapindex>".formatted(canary.uri("/"))));
        site("sitemaps-without-end", "sitemap", "max-pages: 4, ")
                .on(
                        "/",
                        "200 OK|Content-Type: application/xml",
                        bytes("<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>"));
        for (int i = 1; i < 20; i++) {
            last().on(
                            "/" + i + ".xml",
                            "200 OK|Content-Type: application/xml",
                            bytes("<sitemapindex><sitemap><loc>/%d.xml</loc></sitemap></sitemapindex>"
                                    .formatted(i + 1)));
        }
    }

    // --- TLS

    private void encryption() {
        tls("tls-good", certificates.good(next()), address());
        good.add("tls-good");
        tls("tls-wrong-host", certificates.good("other.example"), next());
        tls("tls-expired", certificates.expired(next()), address());
        tls("tls-not-yet", certificates.notYetValid(next()), address());
        tls("tls-self-signed", certificates.selfSigned(next()), address());
        tls("tls-incomplete-chain", certificates.incomplete(next()), address());
        entry("tls-on-a-plain-port", "rss", "https://" + greeter(next()) + "/", "");
        var redirecting = new NastyServer(next(), certificates.good(address()).server());
        servers.add(redirecting);
        redirecting.on("/", "302 Found|Content-Length: 0|Location: http://127.0.0.1:" + canary.port() + "/");
        entry("tls-redirect-inside", "rss", redirecting.uri("/").toString(), "");
        entry("nobody-there", "rss", "http://" + next() + ":1/", "");
        entry("name-unknown", "rss", "http://nonexistent.invalid/", "");
    }

    private void tls(String id, TestCertificates.Identity identity, String address) {
        var server = new NastyServer(address, identity.server());
        servers.add(server);
        server.on("/", RSS, bytes(feed(id, ITEMS_OF_A_GOOD_SITE)));
        entry(id, "rss", server.uri("/").toString(), "");
    }

    /** Speaks first, as mail servers do; its host and port. */
    private String greeter(String address) {
        try {
            var server = new ServerSocket(0, 50, InetAddress.getByName(address));
            plain = server;
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        socket.getOutputStream().write(bytes("220 mail.example.org ESMTP\r\n"));
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException gone) {
                        // Or closed.
                    }
                }
            });
            return address + ":" + server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- those that do nothing wrong

    private void goodSites(int from) {
        for (int i = from; i < from + 4; i++) {
            String id = "good-" + i;
            site(id, goodFeed(id));
            good.add(id);
        }
    }

    private static Route goodFeed(String id) {
        return (request, out) -> {
            out.write(NastyServer.head(RSS + "|ETag: \"1\""));
            out.write(bytes(feed(id, ITEMS_OF_A_GOOD_SITE)));
        };
    }

    /** No title has a word in common with another, else they would be taken for one call. */
    private static String feed(String id, int items) {
        return IntStream.range(0, items)
                .mapToObj(i -> item(id, i))
                .collect(Collectors.joining(
                        "\n", "<rss version=\"2.0\"><channel><title>Appels</title>\n", "</channel></rss>"));
    }

    private static String item(String id, int number) {
        String title = Integer.toString((id + "à" + number).hashCode(), 36).replace('-', 'x');
        return """
                <item><guid>%s-%d</guid><title>%s</title><link>https://calls.example.org/%1$s/%2$d</link>
                <description>Réservé à tous. Date limite : 12 décembre 2026.</description></item>""".formatted(id, number, title);
    }

    // --- servers

    private NastyServer site(String id) {
        return site(id, "rss", "");
    }

    private NastyServer site(String id, Route route) {
        NastyServer server = site(id);
        server.on("/", route);
        return server;
    }

    private NastyServer site(String id, String type, String keys) {
        var server = new NastyServer(next());
        servers.add(server);
        entry(id, type, server.uri("/").toString(), keys);
        return server;
    }

    private NastyServer last() {
        return servers.getLast();
    }

    private void entry(String id, String type, String url, String keys) {
        entries.put(
                id,
                "- { id: %s, type: %s, url: '%s', languages: [fr], %sallow-private-network: true }%n"
                        .formatted(id, type, url, keys));
    }

    /** Another address of this machine: to Vigie another host, which waits for no other. */
    private String next() {
        addresses++;
        return address();
    }

    private String address() {
        return "127.77.0." + addresses;
    }

    // --- bytes

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return written(out -> {
            out.write(one);
            out.write(other);
        });
    }

    private static byte[] zeros(int megabytes) {
        return new byte[megabytes * MB];
    }

    private static byte[] gzip(byte[] bytes) {
        return written(out -> {
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
        });
    }

    private static byte[] deflated(byte[] bytes) {
        return written(out -> {
            try (var deflate = new DeflaterOutputStream(out)) {
                deflate.write(bytes);
            }
        });
    }

    private static byte[] zip(String name, byte[] content) {
        return written(out -> {
            try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
            }
        });
    }

    /** Says so in both headers; there is no need to have done it. */
    private static byte[] encrypted(byte[] zip) {
        for (int i = 0; i + 10 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && (zip[i + 2] == 3 || zip[i + 2] == 1)) {
                zip[i + (zip[i + 2] == 3 ? 6 : 8)] |= 1;
            }
        }
        return zip;
    }

    private static byte[] tar(String name, byte[] content) {
        return written(out -> {
            try (var tar = new TarArchiveOutputStream(out)) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        });
    }

    @Override
    public void close() {
        servers.forEach(NastyServer::close);
        try {
            if (plain != null) {
                plain.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
