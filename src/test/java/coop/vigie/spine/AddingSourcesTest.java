package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A coordinator has an address, and wants an entry of the catalogue. */
class AddingSourcesTest {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String LIST = """
            <main><h1>Appels ${ENV:HOME}</h1>
            <div class="appel"><h3><a href="/a1">Résidences d'écriture</a></h3><p class="fin">Date limite : 15 décembre 2026</p></div>
            <div class="appel"><h3><a href="/a2">Ateliers de théâtre</a></h3><p class="fin">Date limite : 16 décembre 2026</p></div>
            <div class="appel"><h3><a href="/a3">Bourses de voyage</a></h3><p class="fin">Date limite : 17 décembre 2026</p></div></main>""";

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aSite() throws IOException {
        site = new Site();
        site.page("/robots.txt", "text/plain", "User-agent: *\nDisallow: /prive\n");
        home = new HomeInTest(folder, "2026-11-24T08:00:00Z").feeds("""
                - id: old  # a comment
                  type: rss
                  url: https://example.org/feed
                  # more of it
                """);
    }

    @AfterEach
    void closed() {
        site.close();
    }

    @Test
    void addsAListThatItsFetchThenReads_andLeavesTheRestOfTheFile() throws IOException {
        site.page("/appels", HTML, html("", LIST));
        String before = feeds();

        var ran = add("/appels", "--yes", "--id", "site", "--level", "local", "--places", "BE10");

        assertEquals(0, ran.code(), ran.toString());
        assertTrue(ran.out().contains("2026-12-15 (open) · Résidences d'écriture"), ran.out());
        assertTrue(feeds().startsWith(before), feeds());
        JsonNode tried = home.run("sources", "test", "site", "--format", "json").json();
        assertEquals(3, tried.size());
        assertAll(
                () -> assertEquals("2026-12-15", tried.at("/0/deadline/date").asText()),
                () -> assertEquals("local", tried.at("/0/level").asText()),
                () -> assertEquals("BE10", tried.at("/0/places/0").asText()));
        var again = add("/appels/", "--yes");
        assertEquals(2, again.code());
        assertTrue(again.err().contains("'site'"), again.err());
    }

    @Test
    void writesNothing_withoutYesAndWithoutATerminal() throws IOException {
        site.page("/appels", HTML, html("", LIST));
        String before = feeds();

        var ran = add("/appels");

        assertEquals(0, ran.code(), ran.toString());
        assertEquals(before, feeds());
        assertTrue(ran.err().contains("--yes"), ran.err());
        // What is on stdout may be appended as it is.
        Files.writeString(folder.resolve("feeds.yaml"), before + ran.out());
        assertEquals(0, home.run("sources", "check").code());
    }

    @Test
    void prefersTheFeedThatThePageNames_unlessItIsAboutOtherThings() {
        String link = "<link rel=alternate type=application/rss+xml href=/rss>";
        site.page("/appels", HTML, html(link, LIST));
        site.feed("/rss", rss("/a1", "/a2", "/a3"));
        assertEquals("rss", json("/appels").at("/type").asText());
        assertEquals(
                "html-list", json("/appels", "--type", "html-list").at("/type").asText());

        site.feed("/rss", rss("/n1", "/n2", "/n3"));
        JsonNode other = json("/appels");
        assertEquals("html-list", other.at("/type").asText());
        assertEquals("rss", other.at("/candidates/1/type").asText());
        site.feed("/rss", rss());
        assertEquals("html-list", json("/appels").at("/type").asText());
    }

    @Test
    void takesAFeedAndASitemapAsTheyAre_andTheSitemapOfAPageThatHasNothingElse() {
        site.feed("/flux", rss("/a1"));
        assertEquals("rss", json("/flux").at("/type").asText());

        site.page("/sitemap.xml", "application/xml", """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s</loc></url><url><loc>%s</loc></url></urlset>""".formatted(site.url("/appels/a1"), site.url("/contact")));
        site.page("/appels", HTML, html("", "<main><h1>Appels</h1><p>Bientôt.</p></main>"));
        JsonNode found = json("/appels");
        assertAll(
                () -> assertEquals("sitemap", found.at("/type").asText(), found.toString()),
                () -> assertEquals(1, found.at("/items").size()),
                () -> assertTrue(found.at("/entry").asText().contains("include: [\"/appels/\"]"), found.toString()));
        assertEquals("sitemap", json("/sitemap.xml").at("/type").asText());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/prive, robots.txt",
        "/nowhere, no such page",
        "/login, password",
        "/doc, PDF",
        "/app, script",
        "/plain, no list of calls",
    })
    void saysWhatToDo_whereNothingCanBeRead(String path, String words) throws IOException {
        site.page("/login", HTML, html("", "<form><input type=password></form>"));
        site.page("/doc", "application/pdf", "%PDF-1.7 ...");
        site.page("/app", HTML, html("<script src=/x.js></script>", "<div id=root></div>"));
        site.page("/plain", HTML, html("", "<main><p>Une page avec une phrase.</p></main>"));
        String before = feeds();

        var ran = add(path, "--yes");

        assertEquals(1, ran.code(), ran.toString());
        assertTrue(ran.err().contains(words), ran.err());
        assertEquals("", ran.out());
        assertEquals(before, feeds());
    }

    @Test
    void changesNothing_whenTheFileIsFaulty() throws IOException {
        home.feeds("- id: old\n  type: nonsense\n");
        String before = feeds();

        var ran = add("/appels", "--yes");

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("feeds.yaml:"), ran.err());
        assertEquals(before, feeds());
        assertEquals(List.of(), site.answers());
    }

    private HomeInTest.Ran add(String path, String... options) {
        var command = new ArrayList<>(List.of("sources", "add", site.url(path), "--allow-private-network"));
        command.addAll(List.of(options));
        return home.run(command.toArray(String[]::new));
    }

    private JsonNode json(String path, String... options) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--format", "json"));
        var ran = add(path, all.toArray(String[]::new));
        return ran.out().isEmpty() ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : ran.json();
    }

    private String feeds() throws IOException {
        return Files.readString(folder.resolve("feeds.yaml"));
    }

    private static String html(String head, String body) {
        return "<!doctype html><html lang=fr><head><title>Appels | Site</title>" + head + "</head><body>" + body
                + "</body></html>";
    }

    private String rss(String... paths) {
        var items = new StringBuilder();
        for (String path : paths) {
            items.append("<item><title>Titre ")
                    .append(path)
                    .append("</title><link>")
                    .append(site.url(path))
                    .append("</link></item>");
        }
        return "<rss version=\"2.0\"><channel><title>Flux</title><link>" + site.url("/") + "</link>" + items
                + "</channel></rss>";
    }
}
