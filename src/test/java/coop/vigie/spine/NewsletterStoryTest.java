package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.pipeline.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newsletter in a real home, from the set day to the archive. */
class NewsletterStoryTest {

    private static final String SETTINGS = """
            newsletter: { every: month, on: 1, at: "09:00", to: comms@example.org, languages: [fr, nl] }
            """;
    private static final String HOSTILE = "Appel <script>alert(1)</script> [clic](javascript:alert(1)) & **gras**";

    @TempDir
    Path folder;

    private HomeInTest home;

    @BeforeEach
    void start() {
        var story = new Story(folder, "2026-11-20T08:00:00Z");
        home = story.home();
        home.write("vigie.yaml", SETTINGS);
        home.groups(
                Entries.group("arts", "query: \"*\", kinds: [tender]", Entries.member("anne@example.org", "fr")),
                Entries.group(
                        "solo",
                        "query: \"*\"",
                        Entries.member("bob@example.org", "nl"),
                        Entries.member("anne@example.org", "fr"),
                        Entries.member("eve@example.org", "en")));
        story.publish(
                Eforms.competition("00000001-2026", "p-1", "2026-12-08").title("Décors de théâtre"),
                Eforms.competition("00000002-2026", "p-2", "2027-01-20").title("Éclairage de scène"));
        story.round("2026-11-20T08:00:00Z");
        enter("Bourse de création", "2026-12-18");
        enter(HOSTILE, "2027-02-01");
    }

    private void enter(String title, String deadline) {
        Ran entered = home.run(
                "notice",
                "add",
                "--title",
                title,
                "--deadline",
                deadline,
                "--url",
                "https://calls.example.org/" + Integer.toHexString(title.hashCode()));
        assertEquals(0, entered.code(), entered::toString);
    }

    @Test
    void goesFromTheSetDayToTheArchive_andToEachReaderOnce() throws IOException {
        Upkeep.Done drafted = tick("2026-12-01T08:05:00Z");

        assertEquals(List.of("comms@example.org"), recipients(drafted.team()));
        Mail told = mailTo("comms@example.org", "Vigie");
        assertTrue(told.text().contains("newsletters/2026-12-01.md"), told::text);
        assertTrue(told.text().contains("Bourse de création"), told::text);
        assertEquals(List.of(), tick("2026-12-01T08:06:00Z").team(), "the draft is told once");

        Path file = folder.resolve("newsletters/2026-12-01.md");
        edit(file, "## intro [fr]\n", "## intro [fr]\n\nBonjour **à** [toutes](https://example.org) et <b>tous</b>.\n");
        edit(file, "## intro [nl]\n", "## intro [nl]\n\nDag allemaal.\n");
        Ran preview = home.at("2026-12-01T10:00:00Z").run("newsletter", "preview", "--language", "fr");
        assertEquals(0, preview.code(), preview::toString);
        assertEquals("", preview.err());
        // The tender of 8 December closes within seven days of the sending on the 4th; it stands first in its part.
        String text = preview.out();
        inOrder(
                text,
                "APPELS À PROJETS",
                "Bourse de création",
                "MARCHÉS PUBLICS",
                "* À remettre",
                "Décors",
                "Éclairage");

        assertEquals(List.of(), tick("2026-12-01T12:00:00Z").newsletters(), "nothing leaves before its day");
        edit(file, "approved: no", "approved: yes");
        assertEquals(List.of(), tick("2026-12-02T08:00:00Z").newsletters(), "nothing leaves before its day");
        Upkeep.Done sent = tick("2026-12-04T08:01:00Z");
        assertEquals(List.of("anne@example.org", "bob@example.org", "eve@example.org"), recipients(sent.newsletters()));
        assertEquals(List.of(), tick("2026-12-04T08:02:00Z").newsletters(), "each reader gets it once");
        assertEquals(List.of(), recipients(tick("2026-12-05T08:02:00Z").team()), "what was sent needs no reminder");

        Mail bob = mailTo("bob@example.org", "Projectoproepen");
        assertTrue(bob.text().contains("Dag allemaal."), bob::text);
        assertTrue(bob.header("List-Unsubscribe").matches("<mailto:vigie@example.org\\?subject=unsubscribe%20vg-.*>"));
        Mail anne = mailTo("anne@example.org", "Appels");
        inert(anne);
        assertTrue(anne.html().contains("<strong>à</strong>"), anne::html);

        Ran archived = home.run("newsletter", "archive", "2026-12-01");
        assertEquals(0, archived.code(), archived::toString);
        Path pages = folder.resolve("newsletters/archive/2026-12-01");
        String page = Files.readString(pages.resolve("2026-12-01.fr.html"));
        assertFalse(page.contains("mailto:vigie"), page);
        assertTrue(Files.exists(pages.resolve("2026-12-01.nl.md")));
        assertEquals(
                "archived",
                home.run("newsletter", "list", "--format", "json")
                        .json()
                        .at("/0/state")
                        .asText());
        assertEquals(2, home.run("newsletter", "preview", "2026-12-01").code());
    }

    @Test
    void remindsOnce_andSendsNothing_withoutApproval() throws IOException {
        tick("2026-12-01T08:05:00Z");

        Upkeep.Done due = tick("2026-12-04T08:01:00Z");

        assertEquals(List.of("comms@example.org"), recipients(due.team()));
        assertEquals(List.of(), due.newsletters());
        assertTrue(mailTo("comms@example.org", "Vigie : la lettre 2026-12-01 n’est pas")
                .text()
                .contains("approved: yes"));
        Upkeep.Done later = tick("2026-12-09T08:01:00Z");
        assertEquals(List.of(), later.team());
        assertEquals(List.of(), later.newsletters());
        Ran byHand = home.at("2026-12-09T09:00:00Z").run("newsletter", "send");
        assertEquals(2, byHand.code(), byHand::toString);
        assertTrue(byHand.err().contains("does not say 'approved: yes'"), byHand.err());

        edit(folder.resolve("newsletters/2026-12-01.md"), "approved: no", "approved: yes");
        Upkeep.Done sent = tick("2026-12-09T10:00:00Z");
        assertEquals(3, sent.newsletters().size());
        // What closed on the 8th is left out, and said.
        assertTrue(sent.remarks().stream().anyMatch(remark -> remark.contains("Décors")), sent.remarks()::toString);
        assertFalse(mailTo("anne@example.org", "Appels").text().contains("Décors"));
    }

    @Test
    void remindsOnceOfAFaultyFile_onItsDay() throws IOException {
        tick("2026-12-01T08:05:00Z");
        Path file = folder.resolve("newsletters/2026-12-01.md");
        edit(file, "approved: no", "approved: yes");
        edit(file, "## tenders", "## tender");

        assertEquals(List.of(), tick("2026-12-02T08:01:00Z").team(), "somebody may be writing in it");
        assertEquals(1, tick("2026-12-04T08:01:00Z").team().size());
        String text = mailTo("comms@example.org", "Vigie : la lettre 2026-12-01 n’est pas")
                .text();
        assertTrue(text.contains("2026-12-01.md:"), text);
        Upkeep.Done later = tick("2026-12-04T08:02:00Z");
        assertEquals(List.of(), later.team());
        assertEquals(List.of(), later.newsletters());
    }

    @Test
    void neverWritesOverAFile_andTestsWithoutNotingIt() throws IOException {
        Ran drafted = home.run("newsletter", "draft", "--week", "--theme", "solo");
        assertEquals(0, drafted.code(), drafted::toString);
        Path file = folder.resolve("newsletters/2026-11-20-solo.md");
        assertEquals(file.toString(), drafted.out().strip());
        String before = Files.readString(file);

        assertEquals(
                2, home.run("newsletter", "draft", "--week", "--theme", "solo").code());
        assertEquals(before, Files.readString(file));

        Ran tested = home.run("newsletter", "test", "comms@example.org", "--language", "nl");
        assertEquals(0, tested.code(), tested::toString);
        assertTrue(mailTo("comms@example.org", "[test] ").text().contains("Bourse de création"));
        assertTrue(tested.err().contains("intro missing in nl"), tested.err());
        edit(file, "approved: no", "approved: yes");
        assertEquals(
                3,
                home.run("newsletter", "send", "--format", "json")
                        .json()
                        .at("/sent")
                        .asInt());
        assertEquals(
                0,
                home.run("newsletter", "send", "2026-11-20-solo", "--format", "json")
                        .json()
                        .at("/sent")
                        .asInt());
        // It is no digest: what stood in it is new to the readers still.
        assertTrue(
                home.run("digest", "preview", "--as", "bob@example.org").out().contains("Bourse de création"));
    }

    @Test
    void givesCleanPiecesToPasteElsewhere() {
        home.run("newsletter", "draft", "--month");

        Ran html = home.run("newsletter", "fragment", "--language", "fr");
        Ran markdown = home.run("newsletter", "fragment", "--format", "md", "--language", "fr");

        assertEquals(0, html.code(), html::toString);
        var tags = Jsoup.parseBodyFragment(html.out()).body().select("*");
        tags.removeFirst();
        for (var tag : tags) {
            assertTrue(
                    List.of("p", "h2", "h3", "ul", "li", "a", "strong", "em").contains(tag.tagName()), tag.outerHtml());
            assertTrue(
                    tag.attributes().asList().stream()
                            .allMatch(each -> each.getKey().equals("href")),
                    tag.outerHtml());
        }
        assertTrue(html.out().contains("&lt;script&gt;"), html.out());
        assertTrue(markdown.out().contains("\\<script\\>"), markdown.out());
        assertTrue(markdown.out().contains("\\[clic\\]\\(javascript"), markdown.out());
        assertTrue(markdown.out().contains("## Appels"), markdown.out());
    }

    @Test
    void tellsFifteenInFull_andTheRestOnOneLine() throws IOException {
        IntStream.range(0, 17).forEach(number -> enter("Appel numéro " + "x".repeat(number + 1), "2027-03-01"));

        home.run("newsletter", "draft", "--month");

        List<String> lines = Files.readAllLines(folder.resolve("newsletters/2026-11-20.md"));
        assertEquals(15, lines.stream().filter(line -> line.startsWith("#### ")).count());
        assertEquals(6, lines.stream().filter(line -> line.startsWith("##### ")).count());
        assertEquals(
                21,
                home.run("newsletter", "preview", "--format", "json")
                        .json()
                        .at("/calls")
                        .size());
    }

    @Test
    void draftsWhatASearchFinds_andNamesWhatIsWrongInTheFile() throws IOException {
        Ran drafted = home.run("newsletter", "draft", "--theme", "théâtre");
        Path file = folder.resolve("newsletters/2026-11-20-theatre.md");
        assertTrue(Files.readString(file).contains("Décors"), drafted::toString);
        assertFalse(Files.readString(file).contains("Bourse"));

        edit(file, "### arts", "### dance");
        edit(file, "## calls\n", "## calls\n\n#### hand:nobody-knows\n");
        edit(file, "to: [all]", "to: [arts, ghosts]");
        Ran edited = home.run("newsletter", "edit");

        assertEquals(2, edited.code());
        List<String> faults =
                edited.err().lines().filter(line -> line.contains(".md:")).toList();
        assertEquals(3, faults.size(), edited.err());
        assertTrue(faults.get(0).endsWith("there is no group 'ghosts'"), edited.err());
        assertTrue(faults.get(1).endsWith("there is no call 'hand:nobody-knows'"), edited.err());
        assertTrue(faults.get(2).endsWith("there is no group 'dance'"), edited.err());
    }

    private Upkeep.Done tick(String now) {
        home.at(now);
        try (var vigie = new Vigie(folder, Instant.parse(now), Map.of())) {
            return new Upkeep(vigie).now();
        }
    }

    private static List<String> recipients(List<Sent> sent) {
        return sent.stream().map(Sent::recipient).sorted().toList();
    }

    private Mail mailTo(String reader, String subject) {
        return home.outbox().stream()
                .map(Mail::read)
                .filter(mail -> mail.to().contains(reader) && mail.subject().startsWith(subject))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String before = Files.readString(file);
        assertTrue(before.contains(from), before);
        Files.writeString(file, before.replace(from, to));
    }

    private static void inert(Mail mail) {
        var page = Jsoup.parse(mail.html());
        assertEquals(
                0, page.select("script, b:contains(tous), img, iframe, form").size(), mail::html);
        assertEquals(0, page.select("a[href^=javascript]").size(), mail::html);
        assertTrue(page.text().contains("<script>alert(1)</script>"), page.text());
        assertTrue(page.text().contains("<b>tous</b>"), page.text());
    }

    private static void inOrder(String text, String... words) {
        int at = -1;
        for (String word : words) {
            int next = text.indexOf(word, at + 1);
            assertTrue(next > at, () -> "'" + word + "' does not follow in " + text);
            at = next;
        }
    }
}
