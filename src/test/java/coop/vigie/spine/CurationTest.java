package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.pipeline.Memberships.Answered;
import coop.vigie.token.TokenStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What persons make of calls: picks, notes, corrections, suggestions, interest and reminders. */
class CurationTest {

    private static final String ANNE = "- { mail: anne@example.org, language: fr, role: coordinator, status: active, "
            + "consent: { how: paper, date: 2026-10-01 } }\n";
    private static final String BART = Entries.member("bart@example.org", "nl");
    private static final String DAILY = "  cadence: { every: day, at: \"07:30\" }\n";

    @TempDir
    private Path folder;

    private Story story;

    @BeforeEach
    void twoOpenCalls() {
        story = new Story(folder, "2026-11-09T08:00:00Z");
        story.publish(
                Eforms.competition("101-2026", "p1", "2026-12-20").title("Scénographie"),
                Eforms.competition("102-2026", "p2", "2026-12-22").title("Costumes"));
        story.round("2026-11-09T08:00:00Z");
        story.home().groups(Entries.group("g", "query: \"*\"", ANNE, BART) + DAILY);
    }

    @Test
    void answersByTheLinksOfADigest_andTheNextOneSaysSo() {
        Mail bart = sent("bart@example.org");

        assertEquals(Answered.DONE, click(bart, "ik zoek een partner", 1));
        assertEquals(Answered.UNCHANGED, click(bart, "ik zoek een partner", 1));
        moveDates();
        Mail anne = sent("anne@example.org");

        assertTrue(anne.text().contains("1 membre cherche un·e partenaire"), anne::text);
        assertFalse(anne.text().contains("tu cherches"), anne::text);
        Mail again = mailTo("bart@example.org");
        assertTrue(again.text().contains("je zoekt een partner"), again::text);
        assertFalse(again.text().contains("1 lid"), again::text);
        String calendar = again.calendar().orElseThrow();
        assertTrue(calendar.contains("UID:one:101-2026"), calendar);
        assertFalse(calendar.contains("102-2026"), calendar);
        assertTrue(anne.calendar().isEmpty());
    }

    @Test
    void understandsARepliedLine_inThreeLanguages() {
        String token = token(sent("bart@example.org"));

        for (String words :
                List.of("Re: 2 nieuwe oproepen\nkijk 1", "looking 2", "partenaire 1, 2", "DÉPOSÉ 1", "pas 2")) {
            assertEquals(Answered.DONE, act(token, words), words);
        }
        for (String words : List.of("looking", "looking 3", "kijk 0", "a 1", "> kijk 1", "we zijn met 2", "")) {
            assertEquals(Answered.UNKNOWN, act(token, words), words);
        }
        assertEquals(Answered.UNKNOWN, act("vg-" + "a".repeat(26), "looking 1"));
        JsonNode marks = export("bart@example.org").at("/marks");
        assertEquals("SUBMITTED", marks.at("/one:101-2026/interest").asText(), marks::toString);
        assertTrue(marks.at("/one:102-2026/hidden").asBoolean(), marks::toString);
    }

    @Test
    void hidesForTheMemberWhoSaysSo_butTellsThemWhenItMoves() {
        assertEquals(Answered.DONE, click(sent("bart@example.org"), "niet voor mij", 1));
        story.publish(Eforms.competition("103-2026", "p3", "2026-12-23").title("Danse"));
        story.round("2026-11-10T08:00:00Z");

        Map<String, List<String>> told = story.told();

        assertEquals(List.of("new: one:103-2026", "still-open: one:102-2026"), told.get("bart@example.org"));
        assertEquals(
                List.of("new: one:103-2026", "still-open: one:101-2026 one:102-2026"), told.get("anne@example.org"));
        story.home().at("2026-11-11T08:00:00Z");
        moveDates();
        assertEquals(
                "changed: one:101-2026 one:102-2026",
                story.told().get("bart@example.org").getFirst());
    }

    @Test
    void hidesForTheGroup_onlyWhenItsCoordinatorSaysSo() {
        sent("anne@example.org");
        Mail bart = mailTo("bart@example.org");
        Mail anne = mailTo("anne@example.org");

        assertEquals(
                0,
                Jsoup.parse(bart.html()).select("a.answer:contains(verbergen)").size());
        assertEquals(Answered.UNKNOWN, act(token(bart), "verberg 1"));
        Ran refused = run("notice", "hide", "one:101-2026", "--group", "g", "--by", "bart@example.org");
        assertEquals(2, refused.code(), refused::toString);
        assertEquals(Answered.DONE, click(anne, "cacher pour le groupe", 1));
        story.publish(Eforms.competition("103-2026", "p3", "2026-12-23").title("Danse"));
        story.round("2026-11-10T08:00:00Z");

        assertEquals(
                List.of("new: one:103-2026", "still-open: one:102-2026"),
                story.told().get("bart@example.org"));
        Ran shown = run("show", "one:101-2026", "--history");
        assertTrue(shown.out().contains("hide anne@example.org g"), shown::toString);
    }

    @Test
    void anotherGroupStillBringsWhatOneHides() {
        story.home()
                .groups(
                        Entries.group("g", "query: \"*\"", ANNE, BART) + DAILY,
                        Entries.group("h", "query: \"costumes\"", BART) + DAILY);
        ok("notice", "hide", "one:101-2026", "--group", "g");
        ok("notice", "hide", "one:102-2026", "--group", "g");

        Map<String, List<String>> told = story.told();

        assertEquals(Map.of("bart@example.org", List.of("new: one:102-2026")), told);
        ok("profile", "not-for-us", "one:101-2026", "--group", "g", "--undo");
        assertEquals(List.of("new: one:101-2026"), story.told().get("anne@example.org"));
    }

    @Test
    void aReplayedMailChangesNothing_andAnOldOneNeither() {
        Mail anne = sent("anne@example.org");
        assertEquals(Answered.DONE, click(anne, "épingler", 1));
        ok("notice", "pick", "one:101-2026", "--group", "g", "--undo", "--by", "anne@example.org");

        assertEquals(Answered.UNCHANGED, click(anne, "épingler", 1));
        assertEquals(Answered.DONE, click(anne, "épingler", 2));
        story.home().at("2026-12-10T08:00:00Z");
        assertEquals(Answered.TOO_LATE, click(anne, "cacher pour le groupe", 1));

        story.home().at("2026-11-10T08:00:00Z");
        moveDates();
        Mail next = sent("bart@example.org");
        assertEquals(1, next.text().split("keuze van de groep", -1).length - 1, next::text);
    }

    @Test
    void showsTheCoordinatorsNote_inTheReadersLanguage() {
        ok("notice", "note", "one:101-2026", "On répond ensemble ?", "--group", "g", "--lang", "fr");
        ok("notice", "note", "one:101-2026", "Samen antwoorden?", "--group", "g", "--lang", "nl");
        ok("notice", "pick", "one:101-2026", "--group", "g");

        Mail bart = sent("bart@example.org");
        Mail anne = mailTo("anne@example.org");

        assertTrue(bart.text().contains("nota van de groep: Samen antwoorden?"), bart::text);
        assertTrue(anne.text().contains("note du groupe\u00a0: On répond ensemble ?"), anne::text);
        assertTrue(anne.text().contains(" · choix du groupe"), anne::text);
        assertEquals(Answered.DONE, act(token(anne), "note 2 Pour les jeunes compagnies"));
        Ran shown = run("show", "one:102-2026", "--format", "json");
        assertEquals("note", shown.json().at("/curation/0/act").asText(), shown::toString);
        assertEquals(
                "Pour les jeunes compagnies",
                shown.json().at("/curation/0/detail").asText());
    }

    @Test
    void whatWasSaidOfACallHolds_whenAnotherSwallowsIt() {
        // Its procedure is named by a later version only: until then, it is a call of its own.
        Eforms light = Eforms.competition("104-2026", "p2", "2026-12-22").title("Lumières");
        story.publish(light.procedure(""));
        story.round("2026-11-09T09:00:00Z");
        Mail bart = sent("bart@example.org");
        for (String id : List.of("one:104-2026", "one:102-2026")) {
            ok("notice", "note", id, "Samen " + id + "?", "--group", "g");
            ok("notice", "correct", id, "--buyer", "Stad " + id);
        }
        int number = numbers(bart).indexOf("one:104-2026") + 1;
        assertEquals(Answered.DONE, act(token(bart), "looking " + number));

        story.publish(light);
        story.round("2026-11-10T09:00:00Z");

        JsonNode one = story.show("one:104-2026");
        assertEquals("one:102-2026", one.at("/id").asText());
        assertTrue(one.at("/buyer").asText().startsWith("Stad "), one::toString);
        assertEquals(4, one.at("/curation").size(), one::toString);
        story.publish(Eforms.competition("106-2026", "p6", "2026-12-29").title("Autre"));
        story.round("2026-11-10T10:00:00Z");
        Mail next = sent("bart@example.org");
        assertEquals(1, next.text().split("je kijkt ernaar", -1).length - 1, next::text);
        assertEquals(Answered.UNCHANGED, act(token(bart), "looking " + number));
        assertEquals(Answered.DONE, act(token(bart), "forget " + number));
        assertEquals("{}", export("bart@example.org").at("/marks").toString());
    }

    /** The calls of a mail, in the order of their numbers. */
    private List<String> numbers(Mail mail) {
        String edition = mail.header("Message-ID").replaceFirst("<([^.]+)\\..*", "$1");
        List<String> ids = new ArrayList<>();
        for (JsonNode block :
                ok("digest", "show", edition, "--format", "json").json().at("/blocks")) {
            for (JsonNode item : block.at("/items")) {
                ids.add(item.at("/id").asText());
                assertEquals(ids.size(), item.at("/number").asInt());
            }
        }
        return ids;
    }

    @Test
    void correctionsOutliveTheNextFetch_andDoubtWhatTheSourceSaysLater() {
        sent("bart@example.org");
        int before = story.revision("one:101-2026");

        ok(
                "notice",
                "correct",
                "one:101-2026",
                "--deadline",
                "2026-12-18 12:00",
                "--title",
                "Décor",
                "--by",
                "anne@example.org");

        JsonNode corrected = story.show("one:101-2026");
        assertEquals(before + 1, corrected.at("/revision").asInt());
        assertEquals("hand", corrected.at("/deadline/origin").asText());
        assertEquals("hand", corrected.at("/provenance/deadline").asText());
        assertEquals("Décor", corrected.at("/title").asText());
        assertEquals(
                "changed: one:101-2026", story.told().get("bart@example.org").getFirst());
        story.round("2026-11-10T08:00:00Z");
        assertEquals(corrected.at("/deadline"), story.show("one:101-2026").at("/deadline"));
        assertTrue(run("show", "one:101-2026").out().contains("anne@example.org"));

        story.publish(Eforms.competition("101-2026", "p1", "2027-01-15").title("Scénographie"));
        story.round("2026-11-11T08:00:00Z");

        JsonNode doubted = story.show("one:101-2026");
        assertEquals("2026-12-18", doubted.at("/deadline/date").asText());
        assertTrue(doubted.at("/deadline/doubtful").asBoolean(), doubted::toString);
        assertEquals("2027-01-15", doubted.at("/deadline/quote").asText());
        assertEquals(before + 1, doubted.at("/revision").asInt());
        Ran shown = run("show", "one:101-2026");
        assertTrue(shown.out().contains("the source has come to say something else"), shown::toString);

        story.round("2026-12-18T15:00:00Z");
        assertEquals(
                "2027-01-15", story.show("one:101-2026").at("/deadline/date").asText(), "it has passed");
    }

    @Test
    void takesCorrectionsBack() {
        ok("notice", "correct", "one:101-2026", "--place", "BE10", "--deadline", "rolling");
        assertEquals("rolling", story.show("one:101-2026").at("/deadline/state").asText());
        assertEquals("BE10", story.show("one:101-2026").at("/places/0").asText());

        ok("notice", "correct", "one:101-2026", "--undo");

        assertEquals(
                "2026-12-20", story.show("one:101-2026").at("/deadline/date").asText());
        assertEquals(
                2,
                run("notice", "correct", "one:101-2026", "--deadline", "2026-02-31")
                        .code());
        assertEquals(2, run("notice", "correct", "one:101-2026").code());
        assertEquals(
                "2026-12-20", story.show("one:101-2026").at("/deadline/date").asText());
    }

    @Test
    void aSuggestionWaits_untilSomebodyDecides() {
        Ran suggested = ok("notice", "suggest", "https://example.org/bourse", "--by", "bart@example.org");
        assertEquals("1", suggested.out().strip());
        assertEquals(
                "1", ok("notice", "suggest", "https://example.org/bourse").out().strip());
        ok("notice", "suggest", "https://example.org/other", "--title", "Autre");
        assertEquals(2, run("notice", "suggest", "not an address").code());

        assertEquals(2, run("notice", "approve", "1").code(), "it has no title");
        ok("notice", "approve", "1", "--title", "Bourse", "--deadline", "2026-12-30", "--by", "anne@example.org");
        ok("notice", "refuse", "2");

        assertEquals(2, run("notice", "approve", "2").code());
        assertEquals(2, run("notice", "refuse", "7").code());
        assertEquals(
                "2026-12-30",
                story.show("hand:https://example.org/bourse")
                        .at("/deadline/date")
                        .asText());
        JsonNode all = ok("notice", "suggestions", "--all", "--format", "json").json();
        assertEquals(List.of("approved", "refused"), all.findValuesAsText("state"));
        assertEquals(0, ok("notice", "suggestions", "--format", "json").json().size());
    }

    @Test
    void remindsOnce_onEachDayThatTheReaderWished() {
        story.home()
                .groups(Entries.group("g", "query: \"*\"", ANNE, BART)
                        + "  cadence: { every: month, on: 1, at: \"07:30\" }\n  reminders: [14d, 3d]\n");
        assertEquals(Answered.DONE, click(sent("bart@example.org"), "dit interesseert me", 1));
        click(mailTo("bart@example.org"), "dit interesseert me", 2);
        act(token(mailTo("bart@example.org")), "ingediend 2");

        List<String> reminded = new ArrayList<>();
        for (int day = 0; day < 45; day++) {
            Instant now = Instant.parse("2026-11-09T09:00:00Z").plus(day, ChronoUnit.DAYS);
            // The machine is off when the last reminder would be due.
            if (day < 36 || day > 38) {
                reminded.addAll(reminders(now));
                reminded.addAll(reminders(now.plusSeconds(60)));
            }
        }

        assertEquals(List.of("2026-12-06", "2026-12-18"), reminded);
    }

    /** What the daemon does at that moment; the day of each reminder that it sends. */
    private List<String> reminders(Instant now) {
        story.home().at(now.toString());
        Set<Path> before = Set.copyOf(story.home().outbox());
        try (Vigie vigie = open()) {
            assertEquals(List.of(), new Upkeep(vigie).now().remarks());
        }
        List<Mail> reminders = story.home().outbox().stream()
                .filter(message -> !before.contains(message))
                .map(Mail::read)
                .filter(mail -> mail.subject().startsWith("1 herinnering: Scénographie"))
                .toList();
        for (Mail mail : reminders) {
            assertEquals("bart@example.org", mail.to());
            assertTrue(mail.text().contains("HERINNERING"), mail::text);
            assertTrue(mail.calendar().orElseThrow().contains("101-2026"));
        }
        return reminders.stream()
                .map(mail -> now.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10))
                .toList();
    }

    /** Both dates come two days earlier. */
    private void moveDates() {
        story.publish(
                Eforms.competition("101-2026", "p1", "2026-12-18").title("Scénographie"),
                Eforms.competition("102-2026", "p2", "2026-12-19").title("Costumes"));
        story.round(story.home().now());
    }

    private Mail sent(String to) {
        Ran sent = story.home().send();
        assertEquals(0, sent.code(), sent::toString);
        return mailTo(to);
    }

    /** The newest mail to this person. */
    private Mail mailTo(String to) {
        return story.home().outbox().reversed().stream()
                .map(Mail::read)
                .filter(mail -> mail.to().equals(to))
                .max(Comparator.comparingInt(CurationTest::edition))
                .orElseThrow();
    }

    private static int edition(Mail mail) {
        return Integer.parseInt(mail.header("Message-ID").replaceFirst("<e(\\d+)-.*", "$1"));
    }

    /** Sends what the link of that name would send. */
    private Answered click(Mail mail, String link, int number) {
        String address = Jsoup.parse(mail.html())
                .select("a.answer:containsOwn(" + link + ")")
                .get(number - 1)
                .attr("href");
        String subject = URLDecoder.decode(address.substring(address.indexOf('=') + 1), StandardCharsets.UTF_8);
        return act(token(subject), subject);
    }

    private Answered act(String token, String words) {
        try (Vigie vigie = open()) {
            return vigie.answers().act(token, words);
        }
    }

    private Vigie open() {
        return new Vigie(folder, Instant.parse(story.home().now()), Map.of());
    }

    private static String token(Mail mail) {
        return token(mail.text());
    }

    private static String token(String text) {
        return TokenStore.find(text).orElseThrow();
    }

    private JsonNode export(String mail) {
        return ok("member", "export", mail).json();
    }

    private Ran run(String... command) {
        return story.home().run(command);
    }

    private Ran ok(String... command) {
        Ran ran = run(command);
        assertEquals(0, ran.code(), ran::toString);
        return ran;
    }
}
