package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what: groups, profiles and members, as far as a mail shows it. */
class ReadersTest {

    private static final String ANNE = Entries.member("anne@example.org", "fr");
    private static final String BRAM = Entries.member("bram@example.org", "nl");
    private static final Eforms STAGE =
            Eforms.competition("101-2026", "p1", "2026-12-01").title("Scénographie");
    private static final Eforms WORDS =
            Eforms.competition("102-2026", "p2", "2026-12-05").title("Traduction de brochures");

    @TempDir
    private Path folder;

    private Story story;

    @BeforeEach
    void twoOpenCalls() {
        story = new Story(folder, "2026-11-09T08:00:00Z");
        story.publish(STAGE, WORDS);
        story.round("2026-11-09T08:00:00Z");
    }

    @Test
    void getsItsMatchesAtOnce_whenAProfileIsNewOrReworded() {
        Ran first = story.home().groups(Entries.group("g", "any: [traduction]", ANNE));
        assertTrue(first.err().contains("1"), first::toString);
        assertEquals(List.of("new: one:102-2026"), story.told().get("anne@example.org"));

        story.home().groups(Entries.group("g", "any: [traduction, scénographie]", ANNE));

        assertEquals(
                List.of("new: one:101-2026", "still-open: one:102-2026"),
                story.told().get("anne@example.org"));
    }

    @Test
    void tellsNothingMore_whenItsProfileIsGone() {
        story.home().groups(Entries.group("g", "any: [traduction]", ANNE));
        story.home().groups("""
                - id: g
                  profiles: [ { id: other, any: [maçonnerie] } ]
                  members:
                """ + ANNE.indent(4));

        assertEquals(Map.of(), story.told());
    }

    @Test
    void tellsOnlyMembersWhoSaidYes() {
        story.home()
                .groups(Entries.group(
                        "g",
                        "any: [traduction]",
                        "- { mail: pending@example.org, language: fr, status: active }\n",
                        "- { mail: waiting@example.org, language: fr, status: pending, consent: { how: paper, date: 2026-10-01 } }\n",
                        "- { mail: gone@example.org, language: fr, status: unsubscribed, consent: { how: paper, date: 2026-10-01 } }\n",
                        "- { mail: bounced@example.org, language: fr, status: suppressed }\n",
                        ANNE));

        assertEquals(List.of("anne@example.org"), List.copyOf(story.told().keySet()));
    }

    @Test
    void saysThatThereIsNobody_ratherThanThatNothingIsNew() {
        story.home()
                .groups(Entries.group(
                        "g", "any: [traduction]", "- { mail: pending@example.org, language: fr, status: active }\n"));

        for (String command : List.of("preview", "build", "send")) {
            Ran ran = story.home().run("digest", command);
            assertEquals(0, ran.code(), ran::toString);
            assertTrue(ran.err().contains("There is no active member"), ran::toString);
        }
    }

    @Test
    void staysSilent_whenAnImportWantsSomebodyBackWhoLeft() {
        story.home()
                .groups(Entries.group(
                        "g", "any: [traduction]", ANNE.replace("status: active", "status: unsubscribed")));
        Ran again = story.home().groups(Entries.group("g", "any: [traduction]", ANNE));

        assertTrue(again.err().contains("anne@example.org"), again::toString);
        assertEquals(Map.of(), story.told());
    }

    @Test
    void getsOneMailWithEachCallOnce_whenInTwoGroups() {
        story.home()
                .groups(
                        Entries.group("a", "any: [traduction, scénographie]", ANNE),
                        Entries.group("b", "cpv: [\"92310000\"]", ANNE, BRAM));

        Map<String, List<String>> told = story.told();

        assertEquals(List.of("new: one:101-2026 one:102-2026"), told.get("anne@example.org"));
        assertEquals(List.of("new: one:101-2026 one:102-2026"), told.get("bram@example.org"));
        assertEquals(2, story.home().outbox().size());
    }

    @Test
    void tellsOnlyTheGroupThatIsAsked() {
        story.home()
                .groups(
                        Entries.group("a", "any: [traduction]", ANNE),
                        Entries.group("b", "any: [scénographie]", ANNE, BRAM));
        Ran sent = story.home().run("digest", "send", "--group", "a", "--format", "json");

        assertEquals(1, sent.json().at("/sent").asInt(), sent::toString);
        assertEquals(List.of("new: one:101-2026"), story.told().get("bram@example.org"));
    }

    @Test
    void reportsAProfileWithABrokenQuery_andServesTheOthers() {
        Ran imported = story.home()
                .groups(
                        Entries.group("bad", "query: \"title:(\"", BRAM),
                        Entries.group("good", "any: [traduction]", ANNE));
        story.publish(Eforms.competition("103-2026", "p3", "2026-12-09").title("Traduction assermentée"));
        Ran fetched = story.home().at("2026-11-10T08:00:00Z").fetch();

        assertEquals(1, imported.code(), imported::toString);
        assertTrue(imported.err().contains("bad/main"), imported::toString);
        assertEquals(1, fetched.code(), fetched::toString);
        assertTrue(fetched.json().at("/remarks/0").asText().contains("bad/main"), fetched::toString);
        assertEquals(Map.of("anne@example.org", List.of("new: one:102-2026 one:103-2026")), story.told());
    }

    @Test
    void changesNothing_whenTheFileIsBroken() {
        story.home().groups(Entries.group("g", "any: [traduction]", ANNE));
        String before = story.home().run("group", "export").out();

        Ran broken = story.home().groups(Entries.group("g", "anny: [scénographie]", ANNE));

        assertEquals(2, broken.code(), broken::toString);
        assertEquals(before, story.home().run("group", "export").out());
    }

    @Test
    void findsForAProfileWhatSearchFinds() {
        String query = "traduction OR scénographie deadline:<30d";
        story.home().groups(Entries.group("g", "query: \"" + query + "\"", ANNE));

        assertEquals(
                List.of("new: " + String.join(" ", story.home().search(query).findValuesAsText("id"))),
                story.told().get("anne@example.org"));
    }

    @Test
    void tellsACallThatComesIntoAWindowOfTime_asSearchWouldFindIt() {
        story.home().groups(Entries.group("g", "query: \"traduction deadline:<7d\"", ANNE));
        assertEquals(Map.of(), story.told());

        story.round("2026-11-30T08:00:00Z");

        assertEquals(
                List.of("one:102-2026"),
                story.home().search("traduction", "deadline:<7d").findValuesAsText("id"));
        assertEquals(List.of("closing-soon: one:102-2026"), story.told().get("anne@example.org"));
    }

    @Test
    void writesNoMemberAddress_whereThePublicDataLies() throws IOException {
        story.home().groups(Entries.group("g", "any: [traduction, scénographie]", ANNE, BRAM));
        story.told();
        story.publish(STAGE.change("201-2026", "cor-buy", "2026-12-08"));
        story.round("2026-11-11T08:00:00Z");
        story.told();
        story.home().search("traduction");
        story.home().run("show", "one:101-2026", "--history");
        story.home().run("status");

        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("vigie.db")
                            || file.startsWith(folder.resolve("data/index/public")))
                    .toList();
        }
        assertTrue(files.size() > 3, files::toString);
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String secret : List.of("anne@example.org", "bram@example.org", "anne", "bram")) {
                assertFalse(bytes.contains(secret), () -> secret + " stands in " + file);
            }
        }
    }
}
