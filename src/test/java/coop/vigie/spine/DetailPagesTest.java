package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of a list whose deadlines stand on pages of their own. */
class DetailPagesTest {

    private static final String HTML = "text/html; charset=utf-8";

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aListWithPages() throws IOException {
        site = new Site();
        site.page("/robots.txt", "text/plain", "User-agent: *\nDisallow: /prive/\n");
        home = new HomeInTest(folder, "2026-11-09T08:00:00Z").feeds("""
                - id: list
                  type: html-list
                  url: %s
                  languages: [fr]
                  allow-private-network: true
                  select: { item: "li", title: "a", link: "a@href" }
                  detail: { text: ".texte", deadline: ".limite" }
                """.formatted(site.url("/appels")));
    }

    @AfterEach
    void closed() {
        site.close();
    }

    @Test
    void areReadOnce_andGiveDeadlineTextAndDocuments() {
        list("/a Ateliers d'écriture");
        page("/a", "15 décembre 2026", "Pour les auteurs. <a href='/reglement.pdf'>Règlement</a>");
        JsonNode report = home.fetch().json();

        assertEquals("fetched", report.at("/sources/0/outcome").asText(), report.toString());
        JsonNode call = call();
        assertAll(
                () -> assertEquals("2026-12-15", call.at("/deadline/date").asText()),
                () -> assertEquals("field", call.at("/deadline/origin").asText()),
                () -> assertEquals("Ateliers d'écriture", call.at("/title").asText()),
                () -> assertEquals(
                        site.url("/reglement.pdf"), call.at("/documents").asText()));
        assertEquals(1, home.search("auteurs").size());
        assertEquals(List.of("/robots.txt", "/appels", "/a"), asked());

        for (int again = 0; again < 2; again++) {
            home.fetch();
            assertEquals(List.of("/appels"), asked());
        }
        list("/a Ateliers d'écriture", "/b Résidence");
        page("/b", "1er février 2027", "");
        JsonNode second = home.fetch().json();
        assertEquals(List.of("/appels", "/b"), asked());
        assertEquals(
                "1 1",
                second.at("/sources/0/new").asInt() + " "
                        + second.at("/sources/0/unchanged").asInt());
        assertEquals("2026-12-15", call().at("/deadline/date").asText());
    }

    @Test
    void areReadAgain_whenTheListSaysSomethingElse() {
        list("/a Ateliers");
        page("/a", "15 décembre 2026", "");
        home.fetch();
        asked();

        list("/a Ateliers (prolongé)");
        page("/a", "20 décembre 2026", "");
        home.fetch();

        assertEquals(List.of("/appels", "/a"), asked());
        assertEquals("2026-12-20", call().at("/deadline/date").asText());
    }

    @Test
    void areReadAgain_onceInTheLastSevenDays_evenIfTheListIsUnchanged() {
        list("/a Ateliers");
        page("/a", "15 décembre 2026", "");
        home.fetch();
        page("/a", "18 décembre 2026", "");
        home.at("2026-12-07T08:00:00Z").fetch();
        assertEquals("2026-12-15", call().at("/deadline/date").asText());
        asked();

        home.at("2026-12-09T08:00:00Z").fetch();

        assertEquals(List.of("/robots.txt", "/appels", "/a"), asked());
        assertEquals("2026-12-18", call().at("/deadline/date").asText());
        // Seven days before the new date, once more.
        home.at("2026-12-12T08:00:00Z").fetch();
        home.at("2026-12-13T08:00:00Z").fetch();
        assertEquals(List.of("/robots.txt", "/appels", "/a", "/robots.txt", "/appels"), asked());
        home.at("2026-12-20T08:00:00Z").fetch();
        assertEquals(List.of("/robots.txt", "/appels"), asked());
    }

    @Test
    void costNothingButAWarning_whenTheyFail_andAreAskedForAgain() {
        list("/a Ateliers", "/b Résidence");
        site.handle("/a", exchange -> exchange.sendResponseHeaders(500, -1));
        page("/b", "1er février 2027", "");
        JsonNode report = home.fetch().json();

        assertEquals("fetched", report.at("/sources/0/outcome").asText());
        assertTrue(report.at("/sources/0/warnings").toString().contains("/a"), report.toString());
        assertEquals(2, home.search("*").size());

        page("/a", "15 décembre 2026", "");
        home.at("2026-11-09T14:00:00Z").fetch();
        assertEquals(
                List.of("2026-12-15", "2027-02-01"),
                home.search("*").findValuesAsText("date").stream().distinct().toList());
    }

    @Test
    void keepWhatTheyGave_whenTheyFailLater() {
        list("/a Ateliers");
        page("/a", "15 décembre 2026", "Pour les auteurs.");
        home.fetch();
        list("/a Ateliers (nouveau titre)");
        site.handle("/a", exchange -> exchange.sendResponseHeaders(503, -1));
        home.fetch();

        assertEquals("2026-12-15", call().at("/deadline/date").asText());
        page("/a", "15 décembre 2026", "Pour les auteurs.");
        home.at("2026-11-09T14:00:00Z").fetch();
        assertEquals("Ateliers (nouveau titre)", call().at("/title").asText());
    }

    @Test
    void areNotAsked_whereRobotsMayNot() {
        list("/prive/a Ateliers");
        page("/prive/a", "15 décembre 2026", "");
        JsonNode report = home.fetch().json();

        assertEquals(List.of("/robots.txt", "/appels"), asked());
        assertTrue(report.at("/sources/0/warnings").toString().contains("robots"), report.toString());
        assertEquals(1, home.search("*").size());
    }

    @Test
    void areReadAHundredInAVisit_andTheRestInTheNext() {
        String[] items = IntStream.range(0, 130)
                .mapToObj(each -> "/p" + each + " Appel " + each)
                .toArray(String[]::new);
        list(items);
        for (int each = 0; each < 130; each++) {
            page("/p" + each, "15 décembre 2026", "");
        }
        JsonNode report = home.fetch().json();
        assertTrue(report.at("/sources/0/warnings").toString().contains("30 items' own pages"), report.toString());
        assertEquals(130, home.search("*").size());
        assertEquals(102, asked().size());

        home.fetch();
        assertEquals(31, asked().size());
        assertEquals(130, home.search("deadline:2026-12-15..2026-12-15").size());
    }

    @Test
    void starveNobody_whenSomeFailForEver() {
        list("/a A", "/b B", "/c C", "/d D", "/e E");
        for (String bad : List.of("/a", "/b", "/c")) {
            site.handle(bad, exchange -> exchange.sendResponseHeaders(500, -1));
        }
        page("/d", "15 décembre 2026", "");
        page("/e", "16 décembre 2026", "");
        home.fetch();
        assertEquals(0, home.search("deadline:2026-12-15..2026-12-16").size());

        home.at("2026-11-09T15:00:00Z").fetch();

        assertEquals(2, home.search("deadline:2026-12-15..2026-12-16").size());
    }

    @Test
    void areLeftAloneForHours_whereThereIsNothingToRead() {
        list("/a Ateliers");
        site.page("/a", "application/pdf", "%PDF-1.7 …");
        home.fetch();
        asked();
        home.at("2026-11-09T10:00:00Z").fetch();
        assertEquals(List.of("/appels"), asked());
        home.at("2026-11-09T14:30:00Z").fetch();
        assertEquals(List.of("/appels", "/a"), asked());
    }

    @Test
    void areNotTheListItself() {
        site.page("/appels", HTML, """
                <html lang=fr><title>Appels</title><ul><li><a href='/a'>Ateliers</a> Date limite : 2 janvier 2027</li>
                <li><a>Prix du roman</a></li><li><a href='mailto:x@example.org'>Résidence</a></li></ul>""");
        page("/a", "2 janvier 2027", "");
        home.fetch();

        assertEquals(List.of("/robots.txt", "/appels", "/a"), asked());
        assertEquals(3, home.search("*").size());
        assertEquals(1, home.search("deadline:2027-01-02..2027-01-02").size());

        // Shortly before a deadline that the list itself names, neither.
        site.page("/appels", HTML, """
                <html lang=fr><title>Appels</title><ul><li><a href='/a'>Ateliers</a></li>
                <li><a>Prix du roman</a> Date limite : 3 janvier 2027</li></ul>""");
        home.at("2026-12-20T08:00:00Z").fetch();
        home.at("2026-12-30T08:00:00Z").fetch();
        assertEquals(1, home.search("deadline:2027-01-03..2027-01-03").size());
        assertEquals(1, home.search("deadline:2027-01-02..2027-01-02").size());
    }

    @Test
    void areReadAnew_whenASelectorIsMended() {
        list("/a Ateliers");
        site.page("/a", HTML, "<html lang=fr><main><p class=limite>15/12/2026</p><div class=texte>Rien</div></main>");
        String feeds = read("feeds.yaml");
        home.write("feeds.yaml", feeds.replace(".limite", ".texte"));
        home.fetch();
        assertEquals("unknown", call().at("/deadline/state").asText());

        home.write("feeds.yaml", feeds);
        home.fetch();
        assertEquals("2026-12-15", call().at("/deadline/date").asText());

        String without = feeds.replaceAll("(?m)^.*detail:.*\n", "");
        home.write("feeds.yaml", without);
        home.fetch();
        home.write("feeds.yaml", feeds);
        home.fetch();
        assertEquals("2026-12-15", call().at("/deadline/date").asText());
    }

    @Test
    void areReadBeforeClosing_thoughAnEarlierFetchHadItsClockAhead() {
        list("/a Ateliers");
        page("/a", "15 décembre 2026", "");
        home.at("2027-01-01T08:00:00Z").fetch();
        page("/a", "18 décembre 2026", "");
        home.at("2026-12-10T08:00:00Z").fetch();
        assertEquals("2026-12-18", call().at("/deadline/date").asText());
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void list(String... items) {
        site.page(
                "/appels",
                HTML,
                Stream.of(items)
                        .map(item -> item.split(" ", 2))
                        .map(item -> "<li><a href='%s'>%s</a></li>".formatted(item[0], item[1]))
                        .collect(Collectors.joining("", "<html lang=fr><title>Appels</title><ul>", "</ul>")));
    }

    private void page(String path, String deadline, String text) {
        site.page(path, HTML, """
                <html lang=fr><title>Appel</title><main><h1>Appel</h1><p class=limite>Date limite : %s</p>
                <div class=texte>%s</div></main>""".formatted(deadline, text));
    }

    private JsonNode call() {
        return home.search("*", "--include-closed").get(0);
    }

    private List<String> asked() {
        return site.answers().stream()
                .map(answer -> answer.substring("200 ".length()))
                .toList();
    }
}
