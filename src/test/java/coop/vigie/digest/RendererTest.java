package coop.vigie.digest;

import static coop.vigie.digest.Samples.NOW;
import static coop.vigie.digest.Samples.at;
import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.edition;
import static coop.vigie.digest.Samples.frame;
import static coop.vigie.digest.Samples.fresh;
import static coop.vigie.digest.Samples.labels;
import static coop.vigie.digest.Samples.on;
import static coop.vigie.digest.Samples.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Money;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {

    private final Renderer renderer = new Renderer(null);

    @Test
    void showsAnItem_dateFirst_withReasonAndLink() {
        var candidate = new Candidate(
                call(
                        "a",
                        at("2026-11-27", "12:00"),
                        notice -> notice.kind(Kind.TENDER)
                                .title(LocalText.of("fr", "Scénographie d’une exposition"))
                                .buyer("Ville d’Exemple")
                                .value(new Money(new BigDecimal("12000"), "EUR"))
                                .places(List.of("BE100"))
                                .submissionLanguages(List.of("nl", "fr"))),
                List.of(
                        new Reason(Reason.Type.WORDS, "\"spectacle vivant\"", "title", "fr"),
                        new Reason(Reason.Type.CPV, "92310000", null, null)),
                null);

        String text = renderer.render(edition("fr", candidate), frame()).text();

        assertTrue(text.contains("""
                        FERME BIENTÔT
                        =============

                        1. ven. 27 nov. 2026, 12 h 00 (dans 3 jours) · marché public
                           Scénographie d’une exposition
                           12_000_€ · Ville d’Exemple · BE100 · réponse en fr, nl
                           parce que_: «_spectacle vivant_» dans le titre_; CPV 92310000
                           https://example.org/a
                        """.replace("12_000", "12\u202f000").replace('_', '\u00a0')), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | false | sans doute aussi sur appels.example.org, b
            fr | true  | sans doute aussi sur appels.example.org, b, déjà annoncé
            nl | false | waarschijnlijk ook op appels.example.org, b
            nl | true  | waarschijnlijk ook op appels.example.org, b, al gemeld
            en | false | probably also at appels.example.org, b
            en | true  | probably also at appels.example.org, b, of which you were told before
            """)
    void saysWhereElseACallSeemsToBe(String language, boolean likeTold, String words) {
        Call call = call("a", at("2026-11-27", "12:00"), notice -> notice)
                .lookingLike(List.of(
                        new Call.LookAlike(new NoticeId(new SourceId("a"), "1"), "https://www.appels.example.org/1"),
                        new Call.LookAlike(new NoticeId(new SourceId("b"), "1"), null)));

        Rendered rendered =
                renderer.render(edition(language, new Candidate(call, List.of(), null, likeTold, false)), frame());

        assertTrue(rendered.text().contains(words), rendered::text);
        assertTrue(Jsoup.parse(rendered.html()).text().contains(words), rendered::html);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | dans 3 jours | ven. 27 nov. 2026, 12 h 00
            nl | over 3 dagen | vr 27 nov. 2026, 12.00 uur
            en | in 3 days    | Fri 27 Nov 2026, 12:00
            """)
    void saysHowManyDaysAreLeft_onlyWhereItClosesSoon(String language, String left, String date) {
        String soon = renderer.render(edition(language, fresh(call("a", at("2026-11-27", "12:00")))), frame())
                .text();
        String later = renderer.render(edition(language, fresh(call("a", on("2026-12-27")))), frame())
                .text();

        assertTrue(soon.contains(date + " (" + left + ")"), soon);
        assertFalse(later.lines().anyMatch(line -> line.matches(".*2026.* \\(.*")), later);
    }

    @Test
    void tellsAChange_oldAndNew_andACancellation() {
        Rendered rendered = renderer.render(
                edition(
                        "fr",
                        told(call("forward", 2, at("2026-12-03", "12:00"), n -> n), 1, on("2026-12-18")),
                        told(call("extended", 2, on("2026-12-28"), n -> n), 1, on("2026-12-18")),
                        told(call("known", 2, on("2026-12-29"), n -> n), 1, Deadline.UNKNOWN),
                        told(call("lots", 2, on("2026-12-30"), n -> n), 1, on("2026-12-30")),
                        told(call("off", 2, on("2026-12-18"), n -> n.stage(Stage.CANCELLED)), 1, on("2026-12-18"))),
                frame());

        for (String part : List.of(rendered.text(), Jsoup.parse(rendered.html()).text())) {
            String flat = part.replaceAll("\\s+", " ").replace('\u00a0', ' ');
            for (String expected : List.of(
                    "date avancée : ven. 18 déc. 2026 → jeu. 3 déc. 2026, 12 h 00",
                    "date reportée : ven. 18 déc. 2026 → lun. 28 déc. 2026",
                    "date désormais connue : mar. 29 déc. 2026",
                    "une autre date de cet appel a changé",
                    "ANNULÉ · appel à projets",
                    "cet appel est annulé, oublie la date du ven. 18 déc. 2026")) {
                assertTrue(flat.contains(expected), expected + " in " + flat);
            }
        }
    }

    @Test
    void quotesTheSource_whenADateIsDoubtful_alsoInShort() {
        var doubtful = new Deadline.Dated(
                on("2026-12-31").date(), null, Samples.BRUSSELS, Deadline.Origin.TEXT, "fin décembre", true);
        String text = renderer.render(
                        edition(
                                "fr",
                                fresh(call("a", doubtful)),
                                fresh(call("b", new Deadline.Unknown("31 février"))),
                                told(call("c", doubtful), 1, doubtful)),
                        frame())
                .text()
                .replace('\u00a0', ' ');

        assertTrue(text.contains("date à vérifier, la page dit « fin décembre »"), text);
        assertTrue(text.contains("date à vérifier, la page dit « 31 février »"), text);
        assertTrue(text.contains("3. jeu. 31 déc. 2026 (à vérifier) · Appel c"), text);
    }

    @Test
    void choosesTheTitleTheReaderReads_elseSaysWhatItIsAbout() {
        var both = new LocalText(Map.of("nl", "Podiumkunsten", "de", "Bühne"), "de");
        var german = LocalText.of("de", "Bühnenbild");
        var edition = new Edition(
                "e",
                "a@example.org",
                List.of(),
                "fr",
                List.of("fr", "nl"),
                NOW,
                Composer.compose(
                        List.of(
                                fresh(call(
                                        "a",
                                        on("2026-12-20"),
                                        n -> n.title(both).cpv(List.of("92310000")))),
                                fresh(call(
                                        "b",
                                        on("2026-12-21"),
                                        n -> n.title(german).cpv(List.of("92310000"))))),
                        List.of(),
                        NOW));

        Rendered rendered = renderer.render(edition, frame(labels(null, "Services artistiques", null)));

        String text = rendered.text().replace('\u00a0', ' ');
        assertTrue(text.contains("  Podiumkunsten\n"), text);
        assertTrue(text.contains("  Bühnenbild (objet : Services artistiques)\n"), text);
        Document page = Jsoup.parse(rendered.html());
        assertEquals("fr", page.select("html").attr("lang"));
        assertEquals(List.of("nl", "de"), page.select(".item .t").eachAttr("lang"));
    }

    @Test
    void textAndHtmlListTheSameLinks_inTheSameOrder() {
        Rendered rendered = renderer.render(edition("nl", everything()), frame());

        List<String> fromHtml = Jsoup.parse(rendered.html()).select("a.t").eachAttr("href");
        assertEquals(links(rendered.text()), fromHtml);
        assertTrue(fromHtml.size() > 30);
    }

    @Test
    void wrapsTextAt72Columns_butNeverAnAddress() {
        String text = renderer.render(edition("fr", everything()), frame()).text();

        text.lines()
                .filter(line -> !line.strip().startsWith("http"))
                .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 72, line));
    }

    @Test
    void staysBelow100KB_andLosesNothing_whenThereIsMuch() {
        Candidate[] many = IntStream.range(0, 250)
                .mapToObj(n -> fresh(call(
                        "call-" + n,
                        on("2026-12-20"),
                        notice -> notice.buyer("Ministère " + n)
                                .title(LocalText.of(
                                        "fr", "Appel à projets pour une résidence d’écriture, numéro " + n)))))
                .toArray(Candidate[]::new);

        Rendered rendered = renderer.render(edition("fr", many), frame());

        assertTrue(rendered.html().getBytes(StandardCharsets.UTF_8).length < 100_000);
        List<String> links =
                Jsoup.parse(rendered.html()).select("table table a.t").eachAttr("href");
        assertEquals(250, links.stream().distinct().count());
        assertEquals(links, links(rendered.text()).subList(0, 250));
    }

    @Test
    void losesNothing_andKeepsTheWarnings_whenEvenOneLinersAreTooMany() {
        Candidate[] many = IntStream.range(0, 1200)
                .mapToObj(n -> told(call("call-" + n, 2, on("2026-12-20"), c -> c), 1, on("2026-12-24")))
                .toArray(Candidate[]::new);

        Rendered rendered = renderer.render(edition("fr", many), frame());

        Document page = Jsoup.parse(rendered.html());
        assertEquals(
                1200,
                page.select("table table a.t").eachAttr("href").stream()
                        .distinct()
                        .count());
        assertEquals(1200, page.select("td:contains(date avancée) > a").size());
        assertEquals(1201, links(rendered.text()).size());
    }

    @Test
    void showsEightWithoutDateInFull_andTheOthersOnOneLine() {
        Candidate[] many = IntStream.range(0, 12)
                .mapToObj(n -> fresh(call("c" + n, Deadline.UNKNOWN)))
                .toArray(Candidate[]::new);

        Document page =
                Jsoup.parse(renderer.render(edition("en", many), frame()).html());

        assertEquals(8, page.select(".item").size());
        assertEquals(12, page.select("table table .t").size());
    }

    @Test
    void namesSilentSources_withTheirLinks() {
        var silent = new Block.SilentSource("s", "Une source", "https://example.org/s", null, Block.Trouble.UNREAD);
        String text = renderer.render(edition("fr", List.of(Block.ofSilent(List.of(silent)))), frame())
                .text();

        assertTrue(text.contains("- Une source, pas encore lue\n  https://example.org/s\n"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "/a", " "})
    void makesNoLink_ofAnAddressThatIsNotHttpOrMailto(String address) {
        Document page = Jsoup.parse(renderer.render(
                        edition("fr", fresh(call("a", on("2026-12-20"), n -> n.url(address)))), frame())
                .html());

        assertEquals(0, page.select("table table a.t").size());
        assertEquals("Appel a", page.select("table table .t").text());
    }

    @Test
    void loadsNothing_andWorksInTheDark() {
        String html = renderer.render(edition("fr", everything()), frame()).html();
        Document page = Jsoup.parse(html);

        assertEquals(
                0,
                page.select("[src], link, script, iframe, form, object, [background]")
                        .size());
        assertFalse(html.contains("url("));
        assertFalse(html.contains("@import"));
        assertEquals("light dark", page.select("meta[name=color-scheme]").attr("content"));
        assertTrue(html.contains("prefers-color-scheme: dark"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG", "fr-BE", "th-TH-u-nu-thai"})
    void isTheSame_whateverTheMachinesLocale(String locale) {
        Rendered expected = renderer.render(edition("fr", everything()), frame());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertEquals(expected, new Renderer(null).render(edition("fr", everything()), frame()));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysThatAllIsWell_whenThereIsNothing() {
        var silent = new Block.SilentSource("s", "Source", "https://example.org/", null, Block.Trouble.UNREAD);
        Rendered rendered = renderer.render(edition("fr", List.of(Block.ofSilent(List.of(silent, silent)))), frame());

        assertEquals("Rien à signaler, 41 sources lues, 2 muettes", rendered.subject());
        assertTrue(
                renderer.render(edition("nl", List.<Block>of()), frame()).text().contains("Niets te melden"));
    }

    /** Something in every block. */
    private static Candidate[] everything() {
        var candidates = new ArrayList<Candidate>();
        candidates.add(told(call("moved", 2, on("2026-12-03"), n -> n), 1, on("2026-12-18")));
        candidates.add(fresh(call("soon", at("2026-11-26", "16:30"))));
        candidates.add(fresh(call(
                "new",
                on("2027-01-01"),
                n -> n.title(LocalText.of("fr", "Un titre très long ".repeat(12)))
                        .url("https://example.org/new/" + "a-long-path/".repeat(9)))));
        candidates.add(fresh(call("later", new Deadline.Forecast(), n -> n.stage(Stage.FORECAST))));
        candidates.add(fresh(call("rolling", new Deadline.Rolling(Deadline.Origin.TEXT, null))));
        IntStream.range(0, 11)
                .forEach(n -> candidates.add(fresh(call(
                        "none" + n, Deadline.UNKNOWN, notice -> notice.published(NOW.minus(Duration.ofDays(n)))))));
        IntStream.range(10, 28)
                .forEach(n -> candidates.add(told(call("open" + n, on("2026-12-" + n)), 1, on("2026-12-" + n))));
        candidates.add(fresh(call("training", on("2026-12-05"), n -> n.kind(Kind.TRAINING))));
        return candidates.toArray(Candidate[]::new);
    }

    private static List<String> links(String text) {
        return Stream.of(text.split("\n"))
                .map(String::strip)
                .filter(line -> line.startsWith("https://") || line.startsWith("mailto:"))
                .toList();
    }
}
