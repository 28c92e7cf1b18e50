package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites that list their pages for crawlers; all that a call is stands on the pages. */
class SitemapsTest {

    private static final String HTML = "text/html; charset=utf-8";

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aSiteWithASitemap() throws IOException {
        site = new Site();
        site.page("/robots.txt", "text/plain", "User-agent: *\nDisallow: /prive/\n");
        home = new HomeInTest(folder, "2026-11-09T08:00:00Z").feeds("""
                - id: site
                  type: sitemap
                  url: %s
                  languages: [fr, nl]
                  include: ["/appel", "/oproep"]
                  allow-private-network: true
                """.formatted(site.url("/sitemap.xml")));
    }

    @AfterEach
    void closed() {
        site.close();
    }

    @Test
    void givesCallsWithTheirTitlesAndDates_eachPageReadOnce() {
        sitemap("/appel-a 2026-11-02", "/contact 2026-11-03", "/prive/appel-b 2026-11-03");
        page("/appel-a", "fr", "Ateliers d'écriture", "Date limite : 15 décembre 2026 à 12h00");
        JsonNode report = home.fetch().json();

        assertEquals("fetched", report.at("/sources/0/outcome").asText(), report.toString());
        assertTrue(report.at("/sources/0/warnings").toString().contains("robots"), report.toString());
        assertEquals(1, home.search("*").size());
        assertAll(
                () -> assertEquals("Ateliers d'écriture", call().at("/title").asText()),
                () -> assertEquals("2026-12-15", call().at("/deadline/date").asText()),
                () -> assertEquals("fr", call().at("/language").asText()),
                () -> assertEquals(site.url("/appel-a"), call().at("/url").asText()));
        assertEquals(List.of("/robots.txt", "/sitemap.xml", "/appel-a"), asked());

        home.fetch();
        assertEquals(List.of("/sitemap.xml"), asked());
    }

    @Test
    void readsAPageAgain_whenItsDateOfChangeMoves() {
        sitemap("/appel-a 2026-11-02", "/appel-b 2026-11-02", "/appel-c");
        for (String path : List.of("/appel-a", "/appel-b", "/appel-c")) {
            page(path, "fr", "Ateliers " + path, "Date limite : 15 décembre 2026");
        }
        home.fetch();
        asked();

        sitemap("/appel-a 2026-11-09T09:00:00+01:00", "/appel-b 2026-11-02", "/appel-c");
        page("/appel-a", "fr", "Ateliers /appel-a", "Prolongé ! Date limite : 20 décembre 2026");
        home.fetch();

        assertEquals(List.of("/sitemap.xml", "/appel-a"), asked());
        assertEquals(1, home.search("deadline:2026-12-20..2026-12-20").size());
    }

    @Test
    void makesOneCallOfTwoLanguages_whereThePagesNameEachOther() {
        sitemap("/nl/oproep-a 2026-11-03", "/fr/appel-a 2026-11-02", "/fr/appel-b 2026-11-01");
        translated("/fr/appel-a", "fr", "Ateliers d'écriture", "Date limite : 15 décembre 2026", "/nl/oproep-a");
        translated("/nl/oproep-a", "nl", "Schrijfateliers", "Uiterste datum: 15 december 2026", "/fr/appel-a");
        // Names a page that does not name it.
        translated("/fr/appel-b", "fr", "Résidence", "Date limite : 16 décembre 2026", "/nl/oproep-a");
        JsonNode report = home.fetch().json();

        assertEquals(3, report.at("/sources/0/new").asInt(), report.toString());
        assertEquals(2, home.search("*").size());
        JsonNode call = home.search("schrijfateliers").get(0);
        assertEquals("Ateliers d'écriture", call.at("/titles/fr").asText(), call.toString());
        assertEquals("Schrijfateliers", call.at("/titles/nl").asText());
        assertEquals(call.at("/id"), home.search("écriture").get(0).at("/id"));
        assertEquals("2026-12-15", call.at("/deadline/date").asText());
        assertTrue(!call.at("/deadline/doubtful").asBoolean());

        // One that is brought up to date before the other: the earlier date, in doubt.
        sitemap("/nl/oproep-a 2026-11-03", "/fr/appel-a 2026-11-09", "/fr/appel-b 2026-11-01");
        translated("/fr/appel-a", "fr", "Ateliers d'écriture", "Date limite : 20 décembre 2026", "/nl/oproep-a");
        home.fetch();
        JsonNode later = home.search("schrijfateliers").get(0);
        assertEquals("2026-12-15", later.at("/deadline/date").asText());
        assertTrue(later.at("/deadline/doubtful").asBoolean());
    }

    @Test
    void readsTheOtherSitemapsOfAnIndex_whenOneIsNotThere() {
        site.page("/sitemap.xml", "application/xml", """
                <sitemapindex><sitemap><loc>%s</loc></sitemap><sitemap><loc>%s</loc></sitemap></sitemapindex>
                """.formatted(site.url("/gone.xml"), site.url("/there.xml")));
        site.page("/there.xml", "application/xml", urlset("/appel-a 2026-11-02"));
        page("/appel-a", "fr", "Ateliers d'écriture", "Date limite : 15 décembre 2026");

        JsonNode report = home.fetch().json();

        assertEquals("failed", report.at("/sources/0/outcome").asText(), report.toString());
        assertTrue(report.at("/sources/0/message").asText().contains("/gone.xml"), report.toString());
        assertEquals("2026-12-15", call().at("/deadline/date").asText());
    }

    @Test
    void followsAnIndex_alsoToCompressedSitemaps_andAsksForAllOfThemEachTime() throws IOException {
        site.page("/sitemap.xml", "application/xml", """
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap><loc>%s</loc></sitemap><sitemap><loc>%s</loc></sitemap></sitemapindex>
                """.formatted(site.url("/one.xml.gz"), site.url("/two.xml")));
        byte[] zipped = gzip(urlset("/appel-a 2026-11-02"));
        site.handle("/one.xml.gz", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/gzip");
            exchange.sendResponseHeaders(200, zipped.length);
            exchange.getResponseBody().write(zipped);
        });
        site.page("/two.xml", "application/xml", urlset());
        page("/appel-a", "fr", "Ateliers", "Date limite : 15 décembre 2026");
        home.fetch();
        assertEquals(1, home.search("*").size());

        site.page("/two.xml", "application/xml", urlset("/appel-b 2026-11-09"));
        page("/appel-b", "fr", "Résidence", "Date limite : 16 décembre 2026");
        home.fetch();

        assertEquals(2, home.search("*").size(), "though the index itself has not changed");
    }

    @Test
    void keepsNothingOfAnAddressBeforeItsPageIsRead_andReadsTheRestNextTime() {
        String[] pages =
                IntStream.range(0, 130).mapToObj(each -> "/appel-" + each).toArray(String[]::new);
        sitemap(pages);
        Stream.of(pages).forEach(path -> page(path, "fr", "Appel" + path, "Date limite : 15 décembre 2026"));
        JsonNode report = home.fetch().json();

        assertTrue(report.at("/sources/0/warnings").toString().contains("30 items' own pages"), report.toString());
        assertEquals(100, home.search("*").size());

        // The sitemap has not changed, and is read nonetheless.
        home.fetch();
        assertEquals(130, home.search("*").size());
        asked();
        home.fetch();
        assertEquals(List.of("/sitemap.xml"), asked());
    }

    @Test
    void showsAFewPages_whenASourceIsTriedOut() {
        sitemap("/appel-a 2026-11-02", "/appel-b 2026-11-03");
        page("/appel-a", "fr", "Ateliers", "Date limite : 15 décembre 2026");
        page("/appel-b", "fr", "Résidence", "Date limite : 16 décembre 2026");

        HomeInTest.Ran ran = home.run("sources", "test", "site");

        assertEquals(0, ran.code(), ran::toString);
        assertTrue(ran.out().contains("Ateliers") && ran.out().contains("Résidence"), ran::toString);
    }

    private void sitemap(String... pages) {
        site.page("/sitemap.xml", "application/xml", urlset(pages));
    }

    private String urlset(String... pages) {
        return Stream.of(pages)
                .map(page -> page.split(" ", 2))
                .map(page -> "<url><loc>" + site.url(page[0]) + "</loc>"
                        + (page.length > 1 ? "<lastmod>" + page[1] + "</lastmod>" : "") + "</url>")
                .collect(Collectors.joining(
                        "\n", "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">", "</urlset>"));
    }

    private void page(String path, String language, String title, String text) {
        site.page(path, HTML, """
                <html lang=%s><head><title>%s - Site</title></head><body><nav><a href=/>Site</a></nav>
                <main><h1>%s</h1><p>%s</p></main></body></html>""".formatted(language, title, title, text));
    }

    private void translated(String path, String language, String title, String text, String other) {
        String otherLanguage = language.equals("fr") ? "nl" : "fr";
        site.page(path, HTML, """
                <html lang="%s-BE"><head><title>%s - Site</title><link rel="alternate" hreflang="%s-BE" href="%s">
                <link rel="alternate" hreflang="%s" href="%s"></head>
                <body><main><h1>%s</h1><p>%s</p></main></body></html>""".formatted(
                        language, title, language, site.url(path), otherLanguage, other, title, text));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
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
