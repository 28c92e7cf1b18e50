package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A coordinator tunes what the group looks for: sees the effect first, changes it, takes it back, and asks why. */
class ProfileTuningTest {

    private static final String NOW = "2026-11-09T08:00:00Z";
    private static final String ANNE = "- { mail: anne@example.org, language: fr, role: coordinator, status: active, "
            + "consent: { how: paper, date: 2026-10-01 } }\n";
    private static final String BART = Entries.member("bart@example.org", "nl");
    private static final String DAILY = "  cadence: { every: day, at: \"07:30\" }\n";

    @TempDir
    private Path folder;

    private Story story;

    @BeforeEach
    void aHome() {
        story = new Story(folder, NOW);
    }

    private void group(String profile) {
        Ran imported = story.home().groups(Entries.group("g", profile, ANNE, BART) + DAILY);
        assertEquals(0, imported.code(), imported::toString);
    }

    /** Calls entered by hand, first seen now. */
    private void calls(String... rows) {
        Path file =
                story.home().write("calls.csv", "title,url,deadline,places,text\n" + String.join("\n", rows) + "\n");
        Ran imported = run("notice", "import", file.toString());
        assertEquals(0, imported.code(), imported::toString);
    }

    private static String row(int number, String title) {
        return row(number, title, "BE1", "");
    }

    private static String row(int number, String title, String place, String text) {
        return "%s,https://example.org/%d,2026-12-20,%s,%s".formatted(title, number, place, text);
    }

    @Test
    void previewsWhatTheLastDaysWouldHaveBrought_closedCallsToo() {
        story.publish(
                Eforms.competition("1-2026", "p1", "2026-12-20").title("Costumes de scène"),
                Eforms.competition("2-2026", "p2", "2026-03-20")
                        .published("2026-02-10")
                        .title("Costumes pour la danse"),
                Eforms.competition("3-2025", "p3", "2025-09-20")
                        .published("2025-08-10")
                        .title("Costumes d'hier"),
                Eforms.competition("4-2026", "p4", "2026-12-20").title("Toiture"));
        story.publish(Eforms.competition("5-2026", "p5", "")
                .title("Costumes attribués")
                .award("5-2026"));
        story.round(NOW);
        group("any: [costumes]");

        JsonNode preview = preview("g", "main");

        assertEquals("g", preview.at("/group").asText());
        assertEquals("main", preview.at("/profile").asText());
        assertEquals(365, preview.at("/days").asInt());
        for (String scope : List.of("narrow", "balanced", "wide")) {
            JsonNode reach = preview.at("/scopes/" + scope);
            assertTrue(reach.at("/total").asInt() >= 2, preview::toString);
            assertEquals(reach.at("/total").asInt(), reach.at("/examples").size());
        }
        assertEquals(List.of("one:1-2026", "one:2-2026"), ids(preview.at("/scopes/narrow/examples")));
        assertEquals(
                "\"costumes\" in the title (fr)",
                preview.at("/scopes/narrow/examples/0/why/0").asText());
        assertEquals(
                3,
                preview("g", "main", "--days", "800").at("/scopes/narrow/total").asInt());
        assertEquals(
                1,
                preview("g", "main", "--days", "30").at("/scopes/narrow/total").asInt());
    }

    @Test
    void countsAWeekOverWhatThereIs_andSaysHowFarItReaches() {
        story.publish(
                Eforms.competition("1-2026", "p1", "2026-12-20")
                        .published("2026-10-19")
                        .title("Costumes"),
                Eforms.competition("2-2026", "p2", "2026-12-20")
                        .published("2026-11-02")
                        .title("Costumes"));
        story.round(NOW);
        group("any: [costumes]");

        JsonNode preview = preview("g", "main");

        double weeks = Duration.between(Instant.parse(preview.at("/since").asText()), Instant.parse(NOW))
                        .toHours()
                / 168.0;
        assertEquals(3.0, weeks, 0.1);
        assertEquals(2 / weeks, preview.at("/scopes/narrow/perWeek").asDouble(), 0.01);
        assertTrue(preview.at("/warnings/0").asText().contains("reach back to 2026-10-19"), preview::toString);
        assertEquals(0, preview("g", "main", "--days", "14").at("/warnings").size());
    }

    @ParameterizedTest
    @CsvSource({"danse, starve, would have brought nothing", "appel, flood, would flood the group"})
    void warnsOfFloodsAndOfHunger(String word, String state, String warning) {
        calls(IntStream.range(0, 60).mapToObj(i -> row(i, "Appel " + i)).toArray(String[]::new));
        group("any: [" + word + "]");

        JsonNode preview = preview("g", "main", "--days", "7");

        assertEquals(state, preview.at("/scopes/balanced/state").asText());
        assertTrue(preview.at("/warnings").toString().contains(warning), preview::toString);
        Ran table = run("profile", "preview", "g", "--days", "7");
        assertTrue(table.err().contains(warning), table::toString);
    }

    /** What stands in a notice of the brute force, and nothing else. */
    private record Plain(String id, String word, String cpv, Instant published) {}

    @Test
    void countsAsBruteForceOverThePlainNoticesDoes() {
        var random = new Random(7);
        List<String> words = List.of("costumes", "danse", "toiture", "lampes");
        List<String> codes = List.of("92310000", "92312000", "79950000", "45261000");
        List<Plain> plain = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant published = Instant.parse("2026-11-09T00:00:00Z").minus(Duration.ofDays(random.nextInt(700)));
            String day = published.toString().substring(0, 10);
            var each = new Plain(
                    "one:" + i + "-2026", words.get(random.nextInt(4)), codes.get(random.nextInt(4)), published);
            plain.add(each);
            Eforms notice = Eforms.competition(i + "-2026", "p" + i, random.nextBoolean() ? "2026-12-20" : day)
                    .published(day)
                    .title("Marché " + each.word());
            story.publish(new Eforms(
                    notice.publication(),
                    notice.procedure(),
                    notice.form(),
                    notice.type(),
                    notice.published(),
                    notice.title(),
                    each.cpv(),
                    notice.deadline(),
                    ""));
        }
        story.round(NOW);
        group("any: [costumes, danse], cpv: [\"9231*\"], none: [lampes]");

        for (int days : List.of(1, 30, 365, 1000)) {
            Instant from = Instant.parse(NOW).minus(Duration.ofDays(days));
            long expected = plain.stream()
                    .filter(each -> List.of("costumes", "danse").contains(each.word())
                            || each.cpv().startsWith("9231"))
                    .filter(each -> !each.word().equals("lampes"))
                    // A day without a time is stored as its first moment in Brussels or in UTC.
                    .filter(each -> !each.published().minus(Duration.ofHours(1)).isBefore(from))
                    .count();
            assertEquals(
                    expected,
                    preview("g", "main", "--days", String.valueOf(days))
                            .at("/scopes/narrow/total")
                            .asLong(),
                    "days: " + days);
        }
    }

    @Test
    void aPreviewWithChangesIsThePreviewAfterTheyAreStored() {
        calls(
                row(1, "Costumes de scène"),
                row(2, "Costumes et lampes"),
                row(3, "Lampes de rue", "BE3", ""),
                row(4, "Danse"),
                row(5, "Toiture"));
        group("any: [costumes], places: [BE1]");
        List<List<String>> changes = List.of(
                List.of("--add", "any=danse"),
                List.of("--any", "lampes", "--clear", "place"),
                List.of("--none", "rue", "--add", "any=costumes", "--scope", "wide"),
                List.of("--remove", "none=rue", "--query", "lampes", "--kind", "call,tender"),
                List.of("--clear", "query,kind,any", "--place", "BE3"));
        for (List<String> options : changes) {
            JsonNode tried = preview("g", with(List.of("main"), options));
            JsonNode effect = ok(with(List.of("profile", "set", "g", "main", "--dry-run", "--format", "json"), options))
                    .json();
            assertTrue(effect.at("/change").isNull(), effect::toString);

            JsonNode set = ok(with(List.of("profile", "set", "g", "main", "--format", "json"), options))
                    .json();

            assertEquals(tried, preview("g", "main"), options::toString);
            assertEquals(effect.at("/open"), set.at("/open"));
            assertEquals(
                    set.at("/open/after").asInt(),
                    ok("profile", "show", "g", "main", "--format", "json")
                            .json()
                            .at("/calls")
                            .size());
        }
    }

    @Test
    void showsWhatComesAndGoes_thenMatchesAtOnce_andTellsNobodyTwice() {
        calls(row(1, "Costumes de scène"), row(2, "Danse à Bruxelles"));
        group("any: [costumes]");
        assertEquals(List.of("new: hand:https://example.org/1"), story.told().get("bart@example.org"));

        Ran tried = ok("profile", "set", "g", "main", "--any", "danse", "--dry-run");
        assertTrue(tried.out().contains("open calls: 1 -> 1; 1 comes, 1 goes"), tried::toString);
        assertTrue(tried.out().contains("+ 2026-11-09  hand:https://example.org/2  Danse"), tried::toString);
        assertTrue(tried.out().contains("- 2026-11-09  hand:https://example.org/1  Costumes"), tried::toString);
        assertEquals(0, story.told().size());

        ok("profile", "set", "g", "main", "--any", "danse", "--by", "anne@example.org");
        assertEquals(
                "new: hand:https://example.org/2",
                story.told().get("bart@example.org").getFirst());
        ok("profile", "undo", "g", "2");
        ok("profile", "set", "g", "main", "--add", "any=danse");

        assertEquals(0, story.told().size());
        JsonNode changes = learned().at("/changes");
        assertEquals(List.of("import", "set", "undo", "set"), changes.findValuesAsText("how"));
        assertEquals("anne@example.org", changes.at("/1/who").asText());
        assertEquals(2, changes.at("/2/undoes").asInt());
    }

    @Test
    void removesAProfileOnlyWhenAsked_andBringsItBack() {
        calls(row(1, "Costumes"), row(2, "Danse"));
        group("any: [costumes]");
        String before = ok("group", "export").out();
        ok("profile", "set", "g", "danse", "--new", "--any", "danse", "--place", "BE1,BE2");
        String both = ok("group", "export").out();
        assertEquals(1, matches("danse"));

        assertEquals(2, run("profile", "remove", "g", "danse").code());
        assertEquals(both, ok("group", "export").out());
        ok("profile", "remove", "g", "danse", "--yes");
        assertEquals(before, ok("group", "export").out());
        ok("profile", "undo", "g", "3");
        assertEquals(both, ok("group", "export").out());
        assertEquals(1, matches("danse"));
        ok("profile", "undo", "g", "2");
        assertEquals(before, ok("group", "export").out());
    }

    @Test
    void undoesOneChange_andLeavesLaterOnesAlone() {
        group("any: [costumes]");
        ok("profile", "set", "g", "main", "--add", "any=danse", "--scope", "wide");
        ok("profile", "set", "g", "main", "--add", "any=lampes", "--add", "none=toiture");

        ok("profile", "undo", "g", "2");

        JsonNode profile =
                ok("profile", "show", "g", "main", "--format", "json").json();
        assertEquals("[\"costumes\",\"lampes\"]", profile.at("/any").toString());
        assertEquals("[\"toiture\"]", profile.at("/none").toString());
        assertEquals("balanced", profile.at("/scope").asText());
        ok("profile", "set", "g", "main", "--scope", "narrow");
        ok("profile", "set", "g", "main", "--scope", "wide");
        Ran late = run("profile", "undo", "g", "5");
        assertEquals(2, late.code(), late::toString);
        assertTrue(late.err().contains("got another 'scope' since"), late::toString);
        assertEquals(2, run("profile", "undo", "g", "77").code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --cpv 1234                          | 'cpv': '1234' is not a CPV code
                    --add place=Bruxelles               | 'places': 'Bruxelles' is not a NUTS code
                    --level local,comunal               | 'levels': 'comunal' is not one of
                    --clear any                         | the profile would find everything
                    --remove any=danse                  | 'any': 'danse' is not there
                    --add word=danse                    | parts: any, all, none, cpv
                    --any title:(                       | title:(
                    --any ''                            | 'any': must not be empty
                    --scope broad                       | 'scope': 'broad' is not one of
                    """)
    void refusesWhatGroupsYamlWouldRefuse_andChangesNothing(String options, String message) {
        group("any: [costumes]");
        String before = ok("group", "export").out();
        List<String> words = List.of(options.strip().split(" +", -1)).stream()
                .map(word -> word.equals("''") ? "" : word)
                .toList();

        for (String verb : List.of("set", "preview")) {
            Ran ran = run(with(List.of("profile", verb, "g", "main"), words));

            assertEquals(2, ran.code(), ran::toString);
            assertTrue(ran.err().contains(message), ran::toString);
        }
        assertEquals(before, ok("group", "export").out());
    }

    @Test
    void letsOnlyCoordinatorsDecide_andAnUnknownNameMakesNoProfile() {
        group("any: [costumes]");

        assertEquals(
                2,
                run("profile", "set", "g", "main", "--any", "x", "--by", "bart@example.org")
                        .code());
        assertEquals(2, run("profile", "set", "g", "mian", "--any", "x").code());
        assertEquals(
                2, run("profile", "set", "g", "main", "--new", "--any", "x").code());
        assertEquals(2, run("profile", "set", "g", "main").code());
        assertEquals(1, learned().at("/changes").size());
    }

    @Test
    void explainsAHitAndAMiss_theNearestFirst() {
        calls(
                row(1, "Costumes de scène", "BE1", "Pour la danse"),
                row(2, "Costumes de rue", "BE3", ""),
                row(3, "Toiture", "BE3", ""));
        story.home()
                .groups(
                        Entries.group("g", "any: [costumes], places: [BE1], none: [rue]", ANNE, BART) + DAILY,
                        Entries.group("h", "any: [costumes, danse], places: [BE3]", BART) + DAILY,
                        Entries.group(
                                "i",
                                "any: [lampes], places: [FR]",
                                "- { mail: gone@example.org, status: unsubscribed }\n"));
        story.told();

        JsonNode hit = why("1");
        assertEquals("g", hit.at("/profiles/0/group").asText());
        assertTrue(hit.at("/profiles/0/wanted").asBoolean());
        assertEquals(2, hit.at("/profiles/0/told").asInt(), hit::toString);
        assertEquals(
                "{\"field\":\"title\",\"language\":\"fr\"}",
                hit.at("/profiles/0/parts/0/conditions/0/where/0").toString());
        assertEquals("[\"places\"]", hit.at("/profiles/1/missing").toString());
        assertEquals("[\"subject\",\"places\"]", hit.at("/profiles/2/missing").toString());
        assertEquals(0, hit.at("/profiles/2/recipients").asInt());
        Ran said = ok("profile", "why", "hand:https://example.org/2");
        assertTrue(said.out().contains("g/main: matches all but: place, excluded words"), said::toString);
        assertTrue(said.out().contains("h/main: wanted"), said::toString);
        assertTrue(said.out().contains("+ words or codes: \"costumes\" in the title"), said::toString);
        Ran one = ok("profile", "why", "hand:https://example.org/2", "--group", "g");
        assertTrue(one.out().contains("- place: not: BE1; it has BE3"), one::toString);
        assertTrue(one.out().contains("- excluded words: \"rue\" in the title"), one::toString);
        assertFalse(one.out().contains("h/main"), one::toString);
        assertEquals(2, run("profile", "why", "hand:https://example.org/9").code());
        assertEquals(
                2,
                run("profile", "why", "hand:https://example.org/1", "--profile", "x")
                        .code());
    }

    @Test
    void aProfileThatCannotBeReadStopsNothingElse_andCanBeMended() {
        calls(row(1, "Costumes"));
        assertEquals(
                1,
                story.home()
                        .groups(
                                Entries.group("g", "any: [\"title:(\"]", ANNE),
                                Entries.group("h", "any: [costumes]", BART))
                        .code());

        JsonNode why = why("1");
        assertEquals("h", why.at("/profiles/0/group").asText());
        assertTrue(why.at("/profiles/0/wanted").asBoolean(), why::toString);
        assertFalse(why.at("/profiles/1/unreadable").isNull(), why::toString);
        assertEquals(2, run("profile", "preview", "g").code());
        assertEquals(0, learned().at("/suggestions").size());
        ok("profile", "set", "g", "main", "--any", "costumes");
        assertEquals(1, matches("main"));
    }

    @Test
    void saysWhatBecameOfACall_hiddenClosedOrFlooded() {
        calls(IntStream.range(0, 210)
                .mapToObj(i -> "Costumes %1$d,https://example.org/%1$d,2027-03-01,BE1,".formatted(i))
                .toArray(String[]::new));
        group("any: [costumes]");
        ok("notice", "hide", "hand:https://example.org/7", "--group", "g");
        ok("profile", "not-for-us", "hand:https://example.org/7", "--as", "bart@example.org");

        JsonNode flooded = why("7").at("/profiles/0");
        assertTrue(flooded.at("/flood").asBoolean(), flooded::toString);
        assertTrue(flooded.at("/hiddenByGroup").asBoolean());
        assertEquals(1, flooded.at("/hiddenByMembers").asInt());
        Ran said = ok("profile", "why", "hand:https://example.org/7");
        assertTrue(said.out().contains("hidden by 1 member for themselves"), said::toString);

        ok("profile", "set", "g", "main", "--add", "any=danse");
        assertTrue(why("8").at("/profiles/0/flood").asBoolean(), "rewording brings no backlog back as news");
        story.home().at("2027-04-01T08:00:00Z");
        assertTrue(ok("profile", "why", "hand:https://example.org/7").out().contains("This call is closed"));
    }

    @Test
    void suggestsWordsAndCodes_eachWithWhatItWouldReallyAddOrTakeAway() {
        List<Eforms> notices = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            notices.add(withCode(i, "Costumes et marionnettes " + i, "92310000"));
            notices.add(withCode(10 + i, "Spectacle de marionnettes " + i, "92312000"));
            notices.add(withCode(20 + i, "Costumes de travail " + i, "18110000"));
        }
        IntStream.range(30, 90).forEach(i -> notices.add(withCode(i, "Toiture " + i, "45261000")));
        story.publish(notices.toArray(Eforms[]::new));
        story.round(NOW);
        group("any: [spectacle, costumes], cpv: [\"92310000\"], none: [travail]");

        JsonNode hints = preview("g", "main").at("/hints");

        assertHint(hints, "remove none=travail", 6, 0);
        for (JsonNode hint : hints) {
            String act = "--" + hint.at("/act").asText();
            String change = hint.at("/part").asText()
                    + (act.equals("--clear") ? "" : "=" + hint.at("/value").asText());
            int before = preview("g", "main").at("/scopes/balanced/total").asInt();
            int after = preview("g", "main", act, change)
                    .at("/scopes/balanced/total")
                    .asInt();
            assertEquals(hint.at("/adds").asInt() - hint.at("/removes").asInt(), after - before, hint::toString);
        }
        group("any: [spectacle]");
        JsonNode wider = preview("g", "main").at("/hints");
        assertHint(wider, "add any=marionnettes", 6, 0);
        group("any: [spectacle, costumes]");
        JsonNode coded = preview("g", "main", "--add", "none=marionnettes").at("/hints");
        assertHint(coded, "remove none=marionnettes", 12, 0);
    }

    private static Eforms withCode(int number, String title, String code) {
        Eforms any = Eforms.competition(number + "-2026", "p" + number, "2026-12-20");
        return new Eforms(
                any.publication(),
                any.procedure(),
                any.form(),
                any.type(),
                any.published(),
                title,
                code,
                any.deadline(),
                "");
    }

    private static void assertHint(JsonNode hints, String edit, int adds, int removes) {
        List<String> all = StreamSupport.stream(hints.spliterator(), false)
                .map(hint -> "%s %s=%s %d %d"
                        .formatted(
                                hint.at("/act").asText(),
                                hint.at("/part").asText(),
                                hint.at("/value").asText(),
                                hint.at("/adds").asInt(),
                                hint.at("/removes").asInt()))
                .toList();
        assertTrue(all.contains(edit + " " + adds + " " + removes), () -> edit + " is not among " + all);
    }

    @Test
    void suggestsNoWordBeforeSeveralCallsAreHidden_andNeverAppliesOne() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(row(i, "Costumes militaires " + i));
            rows.add(row(10 + i, "Costumes de scène " + i));
        }
        calls(rows.toArray(String[]::new));
        group("any: [costumes]");
        hide(0, "anne@example.org");
        hide(1, "bart@example.org");
        assertEquals(0, learned().at("/suggestions").size());
        assertEquals(10, matches("main"));

        ok("notice", "hide", "hand:https://example.org/2", "--group", "g");

        JsonNode learned = learned();
        assertEquals(3, learned.at("/hidden").size());
        assertHint(learned.at("/suggestions"), "add none=militaires", 0, 5);
        assertFalse(learned.toString().contains("bart@example.org"), learned::toString);
        assertEquals(10, matches("main"));
        ok("profile", "set", "g", "main", "--add", "none=militaires");
        assertEquals(5, matches("main"));
        assertEquals("[\"militaires\"]", learned().at("/changes/1/suggested").toString());
        Ran said = ok("profile", "learned", "g");
        assertTrue(said.out().contains("--add none=militaires  (had been suggested: militaires)"), said::toString);
        ok("profile", "undo", "g", "2");
        assertEquals(10, matches("main"));
    }

    @Test
    void suggestsNoWordThatWouldCostACallThatSomebodyLikes() {
        calls(IntStream.range(0, 6)
                .mapToObj(i -> row(i, "Costumes militaires " + i))
                .toArray(String[]::new));
        calls(row(20, "Costumes de scène"));
        group("any: [costumes]");
        hide(0, "anne@example.org");
        hide(1, "anne@example.org");
        hide(2, "bart@example.org");
        assertHint(learned().at("/suggestions"), "add none=militaires", 0, 6);

        ok("notice", "pick", "hand:https://example.org/4", "--group", "g");

        assertEquals(0, learned().at("/suggestions").size());
    }

    @Test
    void previewsAWholeGroup_eachCallOnce() {
        calls(row(1, "Costumes"), row(2, "Danse en costumes"), row(3, "Danse"));
        group("any: [costumes]");
        ok("profile", "set", "g", "danse", "--new", "--any", "danse");

        JsonNode whole = preview("g");

        assertTrue(whole.at("/profile").isNull());
        assertEquals(3, whole.at("/scopes/balanced/total").asInt());
        assertEquals(
                List.of(2, 2),
                List.of(
                        whole.at("/profiles/0/scopes/balanced/total").asInt(),
                        whole.at("/profiles/1/scopes/balanced/total").asInt()));
        assertEquals(2, run("profile", "preview", "g", "--add", "any=x").code());
    }

    @Test
    void forgetsWhoChangedAProfile_withThePerson() {
        group("any: [costumes]");
        ok("profile", "set", "g", "main", "--add", "any=danse", "--by", "anne@example.org");
        assertEquals(
                1,
                ok("member", "export", "anne@example.org")
                        .json()
                        .at("/profiles")
                        .size());

        ok("member", "erase", "anne@example.org", "--yes");

        JsonNode changes = learned().at("/changes");
        assertEquals("erased", changes.at("/1/who").asText());
        assertEquals(2, changes.size());
    }

    private void hide(int number, String mail) {
        ok("profile", "not-for-us", "hand:https://example.org/" + number, "--as", mail);
    }

    private JsonNode learned() {
        return ok("profile", "learned", "g", "--format", "json").json();
    }

    private JsonNode why(String number) {
        return ok("profile", "why", "hand:https://example.org/" + number, "--format", "json")
                .json();
    }

    private int matches(String profile) {
        return ok("profile", "show", "g", profile, "--format", "json")
                .json()
                .at("/matches")
                .asInt();
    }

    private JsonNode preview(String... groupAndOptions) {
        return ok(with(List.of("profile", "preview", "--format", "json"), List.of(groupAndOptions)))
                .json();
    }

    private JsonNode preview(String group, String[] rest) {
        return preview(with(List.of(group), List.of(rest)));
    }

    private static String[] with(List<String> command, List<String> options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(options);
        return all.toArray(String[]::new);
    }

    private static List<String> ids(JsonNode calls) {
        return calls.findValuesAsText("id").stream()
                .filter(id -> id.contains(":"))
                .toList();
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
