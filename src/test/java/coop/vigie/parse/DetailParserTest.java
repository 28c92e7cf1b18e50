package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailParserTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private static final String PAGE = """
            <html lang="nl-BE"><head><title>Erfgoed | Stad</title></head><body>
            <nav><a href="/oud.pdf">Uiterste datum: 1 januari 2027</a></nav>
            <main><h1>Erfgoed in de wijk, een oproep voor verenigingen</h1>
            <article><p>Verenigingen dienen hun aanvraag in.</p><p>Uiterste datum: 15 maart 2027 om 12 uur.</p>
            <p><a href="/bestand/reglement.pdf?utm_source=x">Reglement</a> <a href="formulier.docx">Formulier</a></p></article>
            <form>Deadline: 3 april 2027</form></main></body></html>
            """;

    @Test
    void addsWhatThePageSays_withoutAnySelector() {
        ParsedNotice listed = listed("Erfgoed in de wijk…", "Verenigingen dienen hun…", Deadline.UNKNOWN);

        DetailParser.Read read = read(PAGE, listed, Map.of());

        Notice notice = read.notice().notice();
        assertEquals(null, read.failure());
        assertEquals(List.of(), read.warnings());
        assertEquals(
                "Erfgoed in de wijk, een oproep voor verenigingen",
                notice.title().in(List.of()));
        assertEquals("nl", notice.title().original());
        assertEquals(
                "2027-03-15 12:00 Europe/Brussels text \"Uiterste datum: 15 maart 2027 om 12 uur.\"",
                HtmlListParserTest.written(notice.stated()));
        assertEquals("https://example.org/bestand/reglement.pdf", notice.documents());
        assertTrue(notice.text().in(List.of()).endsWith("\nFormulier: https://example.org/oproep/formulier.docx"));
        assertEquals(listed.notice().id(), notice.id());
        assertSame(listed.raw(), read.notice().raw());
    }

    @Test
    void readsWhatTheSelectorsName_andWarnsOfThoseThatMatchNothing() {
        DetailParser.Read read = read(
                """
                <html lang="fr"><title>Appel</title><h2 class=t>Appel des arts</h2><div class=c>Un.</div><div class=c>Deux.</div>
                <p class=d>Clôture : <time datetime="2027-02-01T17:00:00+01:00">1er février</time></p><p>Date limite : 3 mars 2027</p>
                """,
                listed("Appel", "", Deadline.UNKNOWN),
                Map.of(
                        "title",
                        ".t",
                        "text",
                        ".c",
                        "deadline",
                        ".d",
                        "language",
                        "html@lang",
                        "attachments",
                        ".gone@href"));

        Notice notice = read.notice().notice();
        assertEquals("Appel des arts", notice.title().in(List.of()));
        assertEquals("Un.\nDeux.", notice.text().in(List.of()));
        assertEquals(
                "2027-02-01 17:00 Europe/Brussels field \"Clôture : 1er février\"",
                HtmlListParserTest.written(notice.stated()));
        assertEquals(null, notice.documents());
        assertEquals(
                List.of("attachments"),
                read.warnings().stream().map(each -> each.field()).toList());
        assertTrue(read.warnings().getFirst().done().contains("titled 'Appel' ("));
    }

    /** t for running text, f for a field; ! for doubt. The page says its date in words, or in the element .d. */
    @ParameterizedTest(name = "the list says {0}, the page {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            -                | <p>Date limite : 15 mars 2027</p>         | 2027-03-15 t   | 0
            f 2027-03-15     | <p>Date limite : 15 mars 2027 à 12h</p>   | 2027-03-15 12:00 f | 0
            t 2027-03-15     | <p>Rien à dire.</p>                       | 2027-03-15 t   | 0
            f 2027-03-15     | <p>Date limite : 20 mars 2027</p>         | 2027-03-15 f ! | 1
            t 2027-03-15     | <p>Date limite : 20 mars 2027</p>         | 2027-03-15 t ! | 1
            t 2027-03-20     | <p>Date limite : 15 mars 2027</p>         | 2027-03-15 t ! | 1
            t 2027-03-15     | <p class=d>20/03/2027</p>                 | 2027-03-20 f ! | 1
            f 2027-03-15     | <p class=d>20/03/2027</p>                 | 2027-03-20 f ! | 1
            f 2027-03-15     | <p class=d>15/03/2027 à 9h</p>            | 2027-03-15 09:00 f | 0
            t 2027-03-15 !   | <p class=d>15/03/2027</p>                 | 2027-03-15 f   | 0
            rolling          | <p>Date limite : 15 mars 2027</p>         | 2027-03-15 t ! | 1
            f 2027-03-15     | <p class=d>fin mars</p>                   | 2027-03-15 f   | 1
            -                | <p class=d>fin mars</p>                   | unknown !      | 1
            t 2026-03-01     | <p>Date limite : 15 mars 2027</p>         | 2027-03-15 t ! | 1
            """)
    void joinsTwoDeadlines_neverSilently(String list, String html, String expected, int warnings) {
        String page = "<html lang=fr><title>A</title><main>" + html + "</main>";
        Map<String, String> select = html.contains("class=d") ? Map.of("deadline", ".d") : Map.of();

        DetailParser.Read read = read(page, listed("A", "", deadline(list)), select);

        assertEquals(expected, brief(read.notice().notice().stated()));
        assertEquals(warnings, read.warnings().size(), read.warnings()::toString);
    }

    private static Deadline deadline(String written) {
        if (written.equals("-")) {
            return Deadline.UNKNOWN;
        }
        if (written.equals("rolling")) {
            return new Deadline.Rolling(Deadline.Origin.TEXT, "en continu");
        }
        return new Deadline.Dated(
                LocalDate.parse(written.substring(2, 12)),
                null,
                ZONE,
                written.startsWith("f") ? Deadline.Origin.FIELD : Deadline.Origin.TEXT,
                "lu",
                written.endsWith("!"));
    }

    private static String brief(Deadline deadline) {
        @Nullable LocalTime time = deadline instanceof Deadline.Dated dated ? dated.time() : null;
        String said = deadline instanceof Deadline.Dated dated
                ? dated.date() + (time == null ? "" : " " + time) + " "
                        + dated.origin().code().charAt(0)
                : "unknown";
        return said + (deadline.doubtful() ? " !" : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                          | an empty page
            %PDF-1.7                                                    | a PDF document
            <title>Attention Required!</title><p>Please wait           | a bot challenge
            <title>Login</title><input type=password>                   | asks for a password
            """)
    void leavesTheListedNoticeAlone_givenAnotherPage(String html, String sentence) {
        ParsedNotice listed = listed("Appel", "Texte", deadline("f 2027-03-15"));

        DetailParser.Read read = read(html, listed, Map.of("title", "h1"));

        assertSame(listed, read.notice());
        assertTrue(String.valueOf(read.failure()).contains(sentence), read::toString);
    }

    @Property(seed = "20261124", tries = 200)
    void neverThrows_whateverThePage(@ForAll byte[] bytes, @ForAll String text) {
        ParsedNotice listed = listed("Appel", text, Deadline.UNKNOWN);
        Map<String, String> select = Map.of("title", "*", "deadline", "p", "attachments", "a@href");

        read(bytes, listed, select);
        read(("<p>" + text + "<a href='" + text + ".pdf'>x</a>").getBytes(StandardCharsets.UTF_8), listed, select);
    }

    private static ParsedNotice listed(String title, String text, Deadline deadline) {
        Notice notice = new Notice.Builder(new NoticeId(new SourceId("test"), "1"), ZONE)
                .title(LocalText.of("fr", title))
                .text(LocalText.of("fr", text))
                .published(Instant.parse("2026-11-20T09:00:00Z"))
                .stated(deadline)
                .url("https://example.org/oproep/1")
                .build();
        return new ParsedNotice(notice, new byte[] {1}, "text/html");
    }

    private static DetailParser.Read read(String html, ParsedNotice listed, Map<String, String> select) {
        return read(html.getBytes(StandardCharsets.UTF_8), listed, select);
    }

    private static DetailParser.Read read(byte[] bytes, ParsedNotice listed, Map<String, String> select) {
        URI address = URI.create("https://example.org/oproep/1");
        return DetailParser.read(
                new Payload(address, address.toString(), bytes, null),
                listed,
                HtmlListParserTest.context(Map.of(), select, "fr", "nl"));
    }
}
