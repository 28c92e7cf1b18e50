package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.pipeline.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever runs Vigie is told what to do about a source that cannot be read, and when it is tried again. */
class TroubledSourcesTest {

    @TempDir
    Path folder;

    private HomeInTest home;
    private Site site;

    @BeforeEach
    void begins() throws IOException {
        home = new HomeInTest(folder, "2026-11-24T08:00:00Z");
        site = new Site();
    }

    @AfterEach
    void ends() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | login        | OAuth
            403 | forbidden    | Ask the publisher
            404 | not-found    | if it has moved, change 'url'
            410 | gone         | new address
            429 | rate-limited | longer 'delay'
            503 | server       | publisher's side
            """)
    void saysWhatToDoAndWhen_whenAServerDoesNotAnswerWell(int status, String trouble, String advice) {
        site.handle("/feed", exchange -> exchange.sendResponseHeaders(status, -1));
        source("rss", "/feed");

        Ran fetched = home.fetch();

        assertEquals(1, fetched.code());
        assertEquals(trouble, fetched.json().at("/sources/0/trouble").asText());
        assertEquals(
                "2026-11-24T08:15:00Z", fetched.json().at("/sources/0/nextDue").asText());
        assertTrue(fetched.err().contains(advice), fetched.err());
        assertTrue(fetched.err().contains("Tried again from 2026-11-24 09:15 on."), fetched.err());
    }

    @Test
    void namesTheMomentThatTheServerAskedFor_whenItHasHadTooManyRequests() {
        site.handle("/feed", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7200");
            exchange.sendResponseHeaders(429, -1);
        });
        source("rss", "/feed");

        assertTrue(home.fetch().err().contains("Tried again from 2026-11-24 11:00 on."));
        assertTrue(home.run("fetch").err().contains("No source is due before 2026-11-24 11:00"));
    }

    @Test
    void saysHowToTryOut_whenAPageHasANewLayout() {
        site.page("/feed", "text/html", "<title>Appels</title><p>Bonjour</p>");
        source("rss", "/feed");

        Ran fetched = home.fetch();
        Ran tried = home.run("sources", "test", "calls", "--ui-lang", "nl");

        assertEquals("layout", fetched.json().at("/sources/0/trouble").asText());
        assertTrue(fetched.err().contains("vigie sources test calls"), fetched.err());
        assertTrue(tried.err().contains("Open het adres in een browser"), tried.err());
    }

    @Test
    void doesNotSayThatAllIsWell_whenASourceHasJustFailed() {
        site.handle("/feed", exchange -> exchange.sendResponseHeaders(404, -1));
        source("rss", "/feed");
        home.fetch();

        assertTrue(home.run("sources", "quiet").err().contains("last visit failed: 1"));
        assertTrue(home.run("status").out().contains("\ncalls: Fetching " + site.url("/feed")));
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void hasWordsInEveryLanguage(Trouble trouble) {
        assertAll(Stream.of("en", "fr", "nl")
                .map(language -> () -> assertTrue(ResourceBundle.getBundle("coop.vigie.cli.messages_" + language)
                        .containsKey("advice." + trouble.code()))));
    }

    private void source(String type, String path) {
        home.feeds(
                "- { id: calls, type: %s, url: '%s', allow-private-network: true }\n".formatted(type, site.url(path)));
    }
}
