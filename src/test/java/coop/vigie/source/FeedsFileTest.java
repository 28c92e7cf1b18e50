package coop.vigie.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.BrokenFiles;
import coop.vigie.config.ConfigException;
import coop.vigie.config.HomeFiles;
import coop.vigie.config.Secret;
import coop.vigie.fetch.ClientCredentials;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedsFileTest {

    private static final String CONTACT = "contact: vigie@example.org\n";

    @TempDir
    Path home;

    @Test
    void fillsInTheDocumentedDefaults() throws IOException {
        Catalogue catalogue = read(CONTACT + "sources: [{ id: a, type: rss, url: https://example.org/feed }]");

        var expected = new Source(
                new SourceId("a"),
                SourceType.RSS,
                URI.create("https://example.org/feed"),
                "a",
                Level.PRIVATE,
                null,
                List.of(),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                Duration.ofHours(6),
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                15_000_000,
                List.of(),
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                20,
                null,
                Reuse.EXCERPT,
                false,
                null,
                null,
                true);
        var mail = new EmailAddress("vigie@example.org");
        assertEquals(new Catalogue("vigie@example.org", mail, List.of(expected)), catalogue);
    }

    @Test
    void readsEveryKey() throws IOException {
        Catalogue catalogue = read("""
                contact: "https://example.org/vigie, Vigie@example.org"
                defaults: { every: 1h, delay: 1s, timeout: 10s, max-size: 1MB, zone: Europe/Paris }
                sources:
                  - id: all-keys
                    type: html-list
                    url: https://example.org/list?key=${ENV:KEY}
                    name: "Liste – appels"
                    level: community
                    kind: scheme
                    languages: [fr, nl]
                    places: [BE10, BE3]
                    zone: Europe/Amsterdam
                    cron: "0 30 6 ? * MON-FRI"
                    delay: 10s
                    timeout: 1m
                    max-size: 2MB
                    include: ["/appel", "(?i)oproep"]
                    exclude: ["\\\\.pdf$"]
                    query: "a OR b"
                    params: { status: [open, closed], size: 100 }
                    select: { item: ".views-row", link: "h3 a@href" }
                    detail: { text: ".content" }
                    max-pages: 3
                    verified: 2026-10-01
                    reuse: link
                    allow-private-network: true
                    enabled: false
                    oauth:
                      token-url: https://login.example.org/token
                      client-id: us
                      client-secret: "${ENV:KEY}"
                      scope: read all
                """);

        var expected = new Source(
                new SourceId("all-keys"),
                SourceType.HTML_LIST,
                URI.create("https://example.org/list?key=ky"),
                "Liste – appels",
                Level.COMMUNITY,
                Kind.SCHEME,
                List.of("fr", "nl"),
                List.of("BE10", "BE3"),
                ZoneId.of("Europe/Amsterdam"),
                Duration.ofHours(1),
                "0 30 6 ? * MON-FRI",
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                2_000_000,
                List.of("/appel", "(?i)oproep"),
                List.of("\\.pdf$"),
                "a OR b",
                Map.of("status", List.of("open", "closed"), "size", List.of("100")),
                Map.of("item", ".views-row", "link", "h3 a@href"),
                Map.of("text", ".content"),
                3,
                LocalDate.of(2026, 10, 1),
                Reuse.LINK,
                true,
                null,
                new ClientCredentials(
                        URI.create("https://login.example.org/token"), "us", new Secret("ky"), "read all"),
                false);
        assertEquals(
                new Catalogue(
                        "https://example.org/vigie, Vigie@example.org",
                        new EmailAddress("Vigie@example.org"),
                        List.of(expected)),
                catalogue);
        assertEquals(List.of(), catalogue.enabled());
        assertEquals(expected, catalogue.find(new SourceId("all-keys")).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            file:notices,              notices
            file:./notices,            notices
            file:notices/,             notices
            file:../beside/a.zip,      ../beside/a.zip
            file:my notices/été.xml,   my notices/été.xml
            file:my%20notices,         my notices
            """)
    void resolvesFilesAgainstTheFolderOfTheCatalogue(String url, String path) throws IOException {
        Source source = only("{ id: a, type: eforms, url: \"" + url + "\" }");

        assertEquals(home.resolve(path).normalize(), Path.of(source.url()));
        assertTrue(source.isLocal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/srv/notices", "file:///srv/notices"})
    void keepsAbsoluteFiles(String url) throws IOException {
        assertEquals(
                URI.create("file:///srv/notices"),
                only("{ id: a, type: eforms, url: " + url + " }").url());
    }

    @Test
    void givesTheSameAddress_whetherTheFolderExistsOrNot() throws IOException {
        URI before = only("{ id: a, type: eforms, url: file:notices }").url();
        Files.createDirectory(home.resolve("notices"));

        assertEquals(before, only("{ id: a, type: eforms, url: file:notices }").url());
    }

    @Test
    void readsNoticesFromTheWebToo() throws IOException {
        assertFalse(only("{ id: a, type: eforms, url: \"http://localhost:8080/day.tar.gz\" }")
                .isLocal());
    }

    @ParameterizedTest
    @EnumSource(SourceType.class)
    void acceptsEveryTypeThatIsOff(SourceType type) throws IOException {
        assertEquals(
                type,
                only("{ id: a, type: " + type.code() + ", url: https://example.org, enabled: false }")
                        .type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 30 6 ? * MON-FRI",
                "0 0/15 * * * ?",
                "0 0 6,18 1,15 * ? 2026-2028",
                "0 0 12 L * ?",
                "0 15 10 ? * 6L",
                "0 15 10 ? * FRI#3",
                "5/10 * * ? JAN-MAR *",
                "0 0 8 15W * ?",
                "0 0 8 LW * ?"
            })
    void acceptsQuartzExpressions(String cron) throws IOException {
        assertEquals(
                cron,
                only("{ id: a, type: rss, url: https://example.org, cron: \"" + cron + "\" }")
                        .cron());
    }

    @Test
    void findsTheMailAddressAmongOtherWords() throws IOException {
        String contact = "Vigie <https://example.org> (mailto:who@example.org)";

        assertEquals(
                new EmailAddress("who@example.org"),
                read("contact: \"" + contact + "\"\nsources: []").contactMail());
    }

    @Test
    void readsTheCatalogueOfThisRepository() {
        Catalogue catalogue = FeedsFile.read(Path.of("feeds.yaml"), Map.of());

        assertEquals(
                List.of(
                        "cocof",
                        "ec-culture",
                        "perform-europe",
                        "ted-belgium",
                        "eu-funding-portal",
                        "boamp-border",
                        "equal-brussels",
                        "hub-brussels-subsidies"),
                catalogue.enabled().stream().map(source -> source.id().value()).toList());
        assertTrue(catalogue.sources().stream()
                .noneMatch(source -> source.languages().isEmpty()));
        // No feed may be entered as seen that nobody saw through this program.
        assertTrue(catalogue.sources().stream().allMatch(source -> source.verified() == null));
    }

    @Test
    void readsTheStarterOfANewHome_andFetchesNothingYet() {
        HomeFiles.create(home.resolve("new"));

        Catalogue catalogue = FeedsFile.read(home.resolve("new/feeds.yaml"), Map.of());

        assertEquals(List.of(), catalogue.enabled());
    }

    @Test
    void namesTheVariable_notItsValue_whenTheValueIsBad() {
        var failure = assertThrows(
                ConfigException.class,
                () -> FeedsFile.read(
                        Files.writeString(
                                home.resolve("feeds.yaml"),
                                CONTACT + "sources: [{ id: a, type: rss, url: \"https://example.org/${ENV:KEY}\" }]"),
                        Map.of("KEY", "se cret")));

        assertEquals(
                "feeds.yaml:2:36: 'url': 'https://example.org/${ENV:KEY}' is not a valid address: Illegal character in path",
                failure.getMessage());
    }

    static Stream<BrokenFiles.Case> brokenFiles() throws IOException {
        return BrokenFiles.in(FeedsFileTest.class, "broken-feeds.txt");
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void namesEveryProblemWithItsPlace(BrokenFiles.Case broken) {
        var failure = assertThrows(ConfigException.class, () -> read(broken.content()));

        assertEquals(String.join("\n", broken.problems()), failure.getMessage());
    }

    private Source only(String source) throws IOException {
        return read(CONTACT + "sources:\n  - " + source).sources().get(0);
    }

    private Catalogue read(String content) throws IOException {
        return FeedsFile.read(Files.writeString(home.resolve("feeds.yaml"), content), Map.of("KEY", "ky"));
    }
}
