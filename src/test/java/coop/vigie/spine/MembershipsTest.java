package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.pipeline.Memberships.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets mails and how often: asking, agreeing, leaving, erasing. */
class MembershipsTest {

    private static final Pattern TOKEN = Pattern.compile("vg-[a-z2-7]{26}");
    private static final String CLARA = "- { mail: clara@example.org, name: \"Clara Voorbeeld\", language: nl }\n";

    @TempDir
    private Path folder;

    private Story story;

    @BeforeEach
    void oneOpenCall() {
        story = new Story(folder, "2026-11-09T08:00:00Z");
        story.publish(Eforms.competition("101-2026", "p1", "2026-12-20").title("Scénographie"));
        story.round("2026-11-09T08:00:00Z");
    }

    @Test
    void asksOnceInTheirLanguage_andTellsNothingBeforeTheAnswer() {
        story.home().groups(Entries.group("g", "query: \"*\"", CLARA), Entries.group("h", "query: \"*\"", CLARA));

        assertEquals(Map.of(), story.told());
        assertEquals(Map.of(), story.told());

        Mail asking = Mail.read(only(story.home().outbox()));
        assertEquals("clara@example.org", asking.to());
        assertEquals("Vigie: bevestig je?", asking.subject());
        assertTrue(asking.text().contains("Groep g, Groep h"), asking::text);
        assertTrue(asking.html().contains("Ja, ik wil deze mails krijgen"), asking::html);
    }

    @Test
    void tellsThemEverything_onceTheyAgreed() {
        story.home().groups(Entries.group("g", "query: \"*\"", CLARA));
        story.home().run("member", "invite");
        String token = token(Mail.read(only(story.home().outbox())));

        assertEquals(Answered.UNKNOWN, confirm("vg-" + "a".repeat(26)));
        assertEquals(Answered.DONE, confirm(token));
        assertEquals(Answered.UNCHANGED, confirm(token));

        assertEquals(List.of("new: one:101-2026"), story.told().get("clara@example.org"));
        Ran shown = story.home().run("member", "show", "clara@example.org");
        assertTrue(shown.out().contains("opt-in by mail"), shown::toString);
    }

    @Test
    void takesNoAnswer_afterThirtyDays() {
        story.home().groups(Entries.group("g", "query: \"*\"", CLARA));
        story.home().run("member", "invite");
        String token = token(Mail.read(only(story.home().outbox())));

        story.home().at("2026-12-10T08:00:00Z");

        assertEquals(Answered.TOO_LATE, confirm(token));
        assertEquals(Map.of(), story.told());
    }

    @Test
    void leavesByTheTokenOfAnyMail_andNoImportBringsThemBack() {
        story.home().groups(Entries.EVERYTHING);
        story.told();
        Mail digest = Mail.read(only(story.home().outbox()));
        String header = digest.header("List-Unsubscribe");
        String token = token(digest);

        assertTrue(header.contains(token), header);
        assertEquals(Answered.DONE, with(vigie -> vigie.memberships().leave(token)));
        assertEquals(Answered.UNCHANGED, with(vigie -> vigie.memberships().leave(token)));

        Ran again = story.home().groups(Entries.EVERYTHING);
        assertTrue(again.err().contains("anne@example.org stays unsubscribed"), again::toString);
        story.publish(Eforms.competition("102-2026", "p2", "2026-12-21").title("Costumes"));
        story.round("2026-11-10T08:00:00Z");
        assertEquals(Map.of(), story.told());
    }

    @Test
    void asksAgainByMail_whoeverComesBack() {
        story.home().groups(Entries.EVERYTHING);
        story.home().run("member", "leave", "anne@example.org");

        Ran joined = story.home().run("group", "join", "all", "anne@example.org", "--consent", "said so on the phone");

        assertTrue(joined.err().contains("is asked first"), joined::toString);
        Mail asking = Mail.read(only(story.home().outbox()));
        assertEquals("anne@example.org", asking.to());
        assertEquals(Answered.DONE, confirm(token(asking)));
        assertEquals(List.of("new: one:101-2026"), story.told().get("anne@example.org"));
    }

    @Test
    void letsNoFileStandForTheAnswerOfSomebodyWhoCameBack() {
        story.home().groups(Entries.EVERYTHING);
        story.home().run("member", "erase", "anne@example.org", "--yes");
        story.home().run("group", "join", "all", "anne@example.org", "--consent", "on the phone");

        Ran again = story.home().groups(Entries.EVERYTHING);

        assertTrue(again.err().contains("anne@example.org stays pending"), again::toString);
        assertEquals(Map.of(), story.told());
    }

    @Test
    void asksNobodyWhoseMailsCameBack_untilThatIsTakenBack() {
        story.home()
                .groups(
                        Entries.EVERYTHING,
                        Entries.group("other", "query: \"*\"", Entries.member("bert@example.org", "nl")));
        story.home().run("member", "suppress", "anne@example.org", "--reason", "550 no such user");

        Ran joined = story.home().run("group", "join", "other", "anne@example.org", "--consent", "on the phone");

        assertEquals(2, joined.code(), joined::toString);
        assertTrue(joined.err().contains("is suppressed"), joined::toString);
        assertEquals(List.of(), story.home().outbox());
        Ran undone = story.home().run("member", "suppress", "anne@example.org", "--undo");
        assertEquals(0, undone.code(), undone::toString);
        assertTrue(undone.err().contains("Opt-in mails sent: 1"), undone::toString);
        assertEquals(Answered.DONE, confirm(token(Mail.read(only(story.home().outbox())))));
    }

    @Test
    void takesTwoSpellingsForOnePerson() {
        story.home()
                .groups(
                        Entries.group("g", "query: \"*\"", Entries.member("Anne@example.org", "fr")),
                        Entries.group("h", "query: \"*\"", Entries.member("anne@Example.org", "fr")));

        assertEquals(Set.of("anne@example.org"), story.told().keySet());
        story.home().run("member", "leave", "ANNE@example.org");
        Ran again = story.home().groups(Entries.group("g", "query: \"*\"", Entries.member("ANNE@example.org", "fr")));
        assertTrue(again.err().contains("stays unsubscribed"), again::toString);
    }

    @Test
    void sendsNothingThatWaitedForAServer_toWhoHasLeftMeanwhile() throws IOException {
        story.home().groups(Entries.EVERYTHING);
        try (var free = new ServerSocket(0)) {
            story.home()
                    .write(
                            "vigie.yaml",
                            "mail: { host: 127.0.0.1, port: %d, tls: none }".formatted(free.getLocalPort()));
        }
        assertEquals(3, story.home().send().code());
        story.home().run("member", "leave", "anne@example.org");
        Files.delete(folder.resolve("vigie.yaml"));

        assertEquals(0, story.home().send().code());

        assertEquals(List.of(), story.home().outbox());
    }

    @Test
    void keepsToTheWeekday_alsoWhenThereWasNothingOnIt() {
        story.home().groups(Entries.EVERYTHING + "  cadence: { every: week, on: monday, at: \"07:30\" }\n");
        due();
        story.home().at("2026-11-16T09:00:00Z");
        assertEquals(List.of(), due(), "Monday, nothing new");

        story.publish(Eforms.competition("102-2026", "p2", "2026-12-21").title("Costumes"));
        story.round("2026-11-17T09:00:00Z");

        assertEquals(List.of(), due(), "Tuesday");
        story.home().at("2026-11-23T09:00:00Z");
        assertEquals(List.of("anne@example.org"), due(), "Monday");
    }

    @Test
    void keepsItsRhythm_afterALookIntoTheFuture() {
        story.home().groups(Entries.EVERYTHING);
        story.home().at("2030-01-01T09:00:00Z");
        due();
        story.home().at("2026-11-10T09:00:00Z");
        story.publish(Eforms.competition("102-2026", "p2", "2026-12-21").title("Costumes"));
        story.round("2026-11-10T09:00:00Z");

        assertEquals(List.of("anne@example.org"), due());
    }

    @Test
    void sendsOneMailForEachRhythm_withEachCallOnce() {
        String anne = Entries.member("anne@example.org", "fr");
        story.home()
                .groups(
                        Entries.group("daily", "query: \"*\"", anne) + "  cadence: { every: day, at: \"07:30\" }\n",
                        Entries.group("weekly", "query: \"*\"", anne) + "  cadence: { every: week, on: thursday }\n");
        story.home().at("2026-11-09T09:00:00Z");
        assertEquals(1, due().size(), "the first mail of either rhythm tells everything");

        story.publish(Eforms.competition("102-2026", "p2", "2026-12-21").title("Costumes"));
        story.round("2026-11-10T09:00:00Z");

        assertEquals(List.of("anne@example.org"), due());
        story.home().at("2026-11-12T09:00:00Z");
        assertEquals(List.of(), due(), "what the daily mail told, the weekly one does not repeat");
    }

    @Test
    void followsTheMembersOwnRhythm_ratherThanTheGroups() {
        story.home().groups(Entries.EVERYTHING + "  cadence: { every: day, at: \"07:30\" }\n");
        due();
        Ran set = story.home().run("member", "set", "anne@example.org", "--cadence", "week", "--on", "friday");
        assertEquals(0, set.code(), set::toString);

        story.publish(Eforms.competition("102-2026", "p2", "2026-12-21").title("Costumes"));
        story.round("2026-11-10T09:00:00Z");
        assertEquals(List.of(), due(), "Tuesday");
        story.home().at("2026-11-13T09:00:00Z");
        assertEquals(List.of("anne@example.org"), due(), "Friday");
    }

    @Test
    void saysOnceAMonthThatAllIsWell() {
        story.home().groups(Entries.EVERYTHING);
        assertEquals(1, due().size());
        story.home().at("2026-11-30T09:00:00Z");
        assertEquals(0, due().size());

        story.home().at("2026-12-14T09:00:00Z");
        assertEquals(1, due().size());
        Mail well = Mail.read(story.home().outbox().getLast());
        assertTrue(well.subject().startsWith("Rien à signaler, 1 source lue"), well::subject);

        assertEquals(0, due().size());
        story.home().at("2026-12-21T09:00:00Z");
        assertEquals(0, due().size());
    }

    @Test
    void leavesNothingOfWhoIsErased() {
        story.home().groups(Entries.group("g", "query: \"*\"", CLARA, Entries.member("anne@example.org", "fr")));
        story.home().run("member", "invite");
        confirm(token(Mail.read(only(story.home().outbox()))));
        story.told();
        story.home()
                .run("notice", "add", "--title", "Résidence", "--deadline", "2026-12-30", "--by", "clara@example.org");
        leavesTracesOfCuration();
        story.home().run("member", "suppress", "clara@example.org", "--reason", "clara@example.org asked");
        assertTrue(
                story.home().run("member", "export", "clara@example.org").out().contains("101-2026"));
        assertTrue(holds("clara@example.org"));

        Ran erased = story.home().run("member", "erase", "clara@example.org", "--yes");

        assertEquals(0, erased.code(), erased::toString);
        assertFalse(holds("clara@example.org"));
        assertFalse(holds("Clara Voorbeeld"));
        assertTrue(holds("anne@example.org"));
        Ran again = story.home().groups(Entries.group("g", "query: \"*\"", CLARA));
        assertTrue(again.err().contains("clara@example.org"), again::toString);
        assertFalse(holds("clara@example.org"));
    }

    private void leavesTracesOfCuration() {
        String by = "clara@example.org";
        story.home().run("member", "set", by, "--role", "coordinator");
        for (List<String> command : List.of(
                List.of("notice", "pick", "one:101-2026", "--group", "g", "--by", by),
                List.of("notice", "correct", "one:101-2026", "--buyer", "Stad", "--by", by),
                List.of("notice", "suggest", "https://example.org/x", "--by", by),
                List.of("profile", "not-for-us", "one:101-2026", "--as", by))) {
            Ran done = story.home().run(command.toArray(String[]::new));
            assertEquals(0, done.code(), done::toString);
        }
        var kept = story.home().run("member", "export", by).json();
        assertTrue(kept.at("/marks/one:101-2026/hidden").asBoolean(), kept::toString);
        assertEquals(2, kept.at("/curation").size(), kept::toString);
        assertEquals(1, kept.at("/suggestions").size(), kept::toString);
    }

    @Test
    void erasesNobodyWithoutBeingSure() {
        story.home().groups(Entries.EVERYTHING);

        Ran asked = story.home().run("member", "erase", "anne@example.org");

        assertEquals(2, asked.code(), asked::toString);
        assertTrue(holds("anne@example.org"));
    }

    private List<String> due() {
        Ran sent = story.home().run("digest", "send", "--due", "--format", "json");
        assertEquals(0, sent.code(), sent::toString);
        return sent.json().findValuesAsText("recipient");
    }

    /** True if these characters stand in any file of the home's data, whatever the file is. */
    private boolean holds(String text) {
        try (var files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file ->
                            file.toString().contains(text) || latin(file).contains(text));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String latin(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Answered confirm(String token) {
        return with(vigie -> vigie.memberships().confirm(token));
    }

    private Answered with(java.util.function.Function<Vigie, Answered> work) {
        try (var vigie = new Vigie(folder, Instant.parse(story.home().now()), Map.of())) {
            return work.apply(vigie);
        }
    }

    private static String token(Mail mail) {
        Matcher matcher = TOKEN.matcher(mail.text());
        assertTrue(matcher.find(), mail::text);
        return matcher.group();
    }

    private static Path only(List<Path> files) {
        assertEquals(1, files.size(), files::toString);
        return files.getFirst();
    }
}
