package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call is, over the life of its procedure, as readers see it. */
class CallsTest {

    private static final String ANNE = "anne@example.org";
    private static final Map<String, List<String>> NOTHING = Map.of();
    private static final Eforms FESTIVAL = Eforms.competition("101-2026", "festival", "2026-12-01");
    private static final Eforms LIGHTS = Eforms.competition("102-2026", "lights", "2026-12-05");

    @TempDir
    private Path folder;

    private Story story;

    @BeforeEach
    void aReaderOfEverything() {
        story = new Story(folder, "2026-11-09T08:00:00Z");
        story.home().groups(Entries.EVERYTHING);
    }

    // One call

    @Test
    void isOneCall_whateverTheNumberOfItsNotices() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.publish(FESTIVAL.change("201-2026", "cor-buy", "2026-12-08"));
        story.publishIn(
                "two", FESTIVAL.change("301-2026", "cor-buy", "2026-12-15").published("2026-11-11"));
        story.round("2026-11-12T08:00:00Z");

        assertEquals(List.of("one:101-2026"), story.open());
        for (String alias : List.of("one:101-2026", "one:201-2026", "two:301-2026")) {
            assertEquals("one:101-2026", story.show(alias).at("/id").asText());
        }
        JsonNode call = story.show("one:101-2026");
        assertEquals("2026-12-15", call.at("/deadline/date").asText());
        assertEquals("two", call.at("/source").asText());
        assertEquals("one", call.at("/alsoIn/0").asText());
        assertEquals(
                1,
                story.home()
                        .run("status", "--format", "json")
                        .json()
                        .at("/store/calls")
                        .asInt());
    }

    @Test
    void joinsTheSameProcedure_whenTwoSourcesBringItInOneRound() {
        story.publish(FESTIVAL).publishIn("two", FESTIVAL);
        story.round("2026-11-09T08:00:00Z");

        assertEquals(1, story.open().size());
        assertEquals(
                story.show("one:101-2026").at("/id"), story.show("two:101-2026").at("/id"));
        assertEquals(List.of("new: " + story.open().getFirst()), story.told().get(ANNE));
    }

    @Test
    void joinsItsProcedure_whenALaterVersionNamesIt_andTellsNothingTwice() {
        story.publish(FESTIVAL, LIGHTS.procedure("").deadline("2026-12-01"));
        story.round("2026-11-09T08:00:00Z");
        assertEquals(List.of("new: one:101-2026 one:102-2026"), story.told().get(ANNE));

        story.publish(LIGHTS.procedure("festival").deadline("2026-12-01"));
        story.round("2026-11-10T08:00:00Z");

        assertEquals(List.of("one:101-2026"), story.open());
        assertEquals("one:101-2026", story.show("one:102-2026").at("/id").asText());
        assertEquals(
                List.of("one:101-2026", "one:102-2026"),
                texts(story.show("one:101-2026").at("/notices")));
        assertEquals(NOTHING, story.told());
    }

    @Test
    void tellsTheChange_whenAJoinedNoticeBringsAnotherDate() {
        story.publish(FESTIVAL, LIGHTS.procedure(""));
        story.round("2026-11-09T08:00:00Z");
        story.told();

        story.publish(LIGHTS.procedure("festival").published("2026-11-10"));
        story.round("2026-11-10T08:00:00Z");

        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
        assertEquals(
                "2026-12-05", story.show("one:101-2026").at("/deadline/date").asText());
        assertEquals(NOTHING, story.told());
    }

    @Test
    void tellsTheChange_toWhoeverKnewOnlyTheCallThatWasSwallowed() {
        story.publish(FESTIVAL.title("Scénographie"), LIGHTS.procedure("").title("Éclairage"));
        story.home().groups(Entries.group("all", "query: \"éclairage\"", Entries.member(ANNE, "fr")));
        story.round("2026-11-09T08:00:00Z");
        assertEquals(List.of("new: one:102-2026"), story.told().get(ANNE));
        story.publish(LIGHTS.procedure("").title("Éclairage").deadline("2026-12-06"));
        story.round("2026-11-09T12:00:00Z");
        assertEquals(List.of("changed: one:102-2026"), story.told().get(ANNE));

        story.publish(LIGHTS.procedure("festival")
                .title("Éclairage")
                .deadline("2026-12-08")
                .published("2026-11-10"));
        story.round("2026-11-10T08:00:00Z");

        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
        assertEquals(NOTHING, story.told());
    }

    // Amendments without a procedure

    @Test
    void tellsAChangeOnce_whenOnlyItsReferenceSaysWhatItChanges() {
        story.publish(FESTIVAL.procedure(""));
        story.round("2026-11-09T08:00:00Z");
        story.told();

        story.publish(FESTIVAL.procedure("").change("201-2026", "cor-buy", "2026-12-08"));
        story.round("2026-11-12T08:00:00Z");

        assertEquals(List.of("one:101-2026"), story.open());
        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
        assertEquals(NOTHING, story.told());
    }

    @Test
    void tellsNothingAgain_whenTheChangeCameFirst() {
        story.publish(FESTIVAL.procedure("").change("201-2026", "cor-buy", "2026-12-08"));
        story.round("2026-11-12T08:00:00Z");
        assertEquals(List.of("new: one:201-2026"), story.told().get(ANNE));

        story.publish(FESTIVAL.procedure(""));
        story.round("2026-11-13T08:00:00Z");

        assertEquals(List.of("one:201-2026"), story.open());
        assertEquals(
                "2026-12-08", story.show("one:101-2026").at("/deadline/date").asText());
        assertEquals(
                "one:201-2026",
                story.show("one:101-2026").at("/provenance/deadline").asText());
        assertEquals(NOTHING, story.told());
    }

    // Calls that look like one

    @Test
    void tellsACallThatLooksLikeOneToldBefore_andSaysSo() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.told();

        story.publishIn("two", Eforms.competition("301-2026", "other", "2026-12-01"));
        story.round("2026-11-10T08:00:00Z");

        assertEquals(List.of("one:101-2026", "two:301-2026"), story.open());
        JsonNode other = story.show("two:301-2026");
        assertEquals("one:101-2026", other.at("/alsoAt/0/call").asText());
        assertEquals("one", other.at("/alsoIn/0").asText());
        String text =
                story.home().run("show", "two:301-2026", "--ui-lang", "fr").out();
        assertTrue(text.contains("sans doute sur one:101-2026"), text);
        String preview = story.home().run("digest", "preview").out();
        assertTrue(preview.contains("sans doute aussi sur ted.europa.eu, déjà annoncé"), preview);
        assertEquals(
                List.of("new: two:301-2026", "still-open: one:101-2026"),
                story.told().get(ANNE));
        assertEquals(NOTHING, story.told());
    }

    // Its stages

    @Test
    void leavesOpenSearch_onceAwarded_andIsTheSameCall() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.told();
        story.publish(FESTIVAL.award("201-2026"));
        story.round("2026-12-21T08:00:00Z");

        assertEquals(List.of(), story.open());
        assertEquals("award", story.show("one:201-2026").at("/stage").asText());
        assertEquals("one:101-2026", story.show("one:201-2026").at("/id").asText());
        assertEquals(1, story.revision("one:101-2026"));
        assertEquals(NOTHING, story.told());
    }

    @Test
    void opensWithTheCompetition_whenAnEarlierAwardCameFirst() {
        story.publish(FESTIVAL.award("90-2026").published("2026-10-01"));
        story.round("2026-11-08T08:00:00Z");
        assertEquals(List.of(), story.open());
        assertEquals(NOTHING, story.told());

        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");

        assertEquals(List.of("one:90-2026"), story.open());
        assertEquals(List.of("new: one:90-2026"), story.told().get(ANNE));
    }

    @Test
    void staysAwarded_whenTheOlderCompetitionNoticeArrivesLater() {
        story.publish(FESTIVAL.deadline("2026-11-20").award("201-2026").published("2026-11-25"));
        story.round("2026-11-26T08:00:00Z");
        story.publish(FESTIVAL.deadline("2026-11-20"));
        story.round("2026-11-27T08:00:00Z");

        assertEquals(List.of(), story.open());
        assertEquals("award", story.show("one:101-2026").at("/stage").asText());
        assertEquals(
                "2026-11-20", story.show("one:101-2026").at("/deadline/date").asText());
    }

    @Test
    void tellsACancellation_toThoseToldBeforeAndNobodyElse() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.told();
        story.home()
                .groups(Entries.group(
                        "late", "query: \"*\"", Entries.member("bram@example.org", "nl"), Entries.member(ANNE, "fr")));
        story.publish(FESTIVAL.change("201-2026", "cancel", "2026-12-01"));
        story.round("2026-11-12T08:00:00Z");

        assertEquals(Map.of(ANNE, List.of("changed: one:101-2026")), story.told());
        assertEquals(List.of(), story.open());
        assertEquals("cancelled", story.show("one:101-2026").at("/stage").asText());
        assertEquals(NOTHING, story.told());
    }

    @Test
    void tellsAReopening() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.told();
        story.publish(FESTIVAL.change("201-2026", "cancel", "2026-12-01"));
        story.round("2026-11-12T08:00:00Z");
        story.told();
        story.publish(FESTIVAL.change("202-2026", "cor-buy", "2026-12-20").published("2026-11-15"));
        story.round("2026-11-16T08:00:00Z");

        assertEquals(List.of("one:101-2026"), story.open());
        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
        assertEquals(3, story.revision("one:101-2026"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what changes   , deadline  , title                     , revision
            nothing          , 2026-12-01, Scénographie d'un festival, 1
            the title        , 2026-12-01, Scénographie de festivals , 1
            a later deadline , 2026-12-08, Scénographie d'un festival, 2
            an earlier one   , 2026-11-28, Scénographie d'un festival, 2
            no deadline      , ''        , Scénographie d'un festival, 2
            """)
    void countsRevisionsByWhatAReaderPlansBy_andVersionsByAnyChange(
            String what, String deadline, String title, int revision) {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.publish(FESTIVAL.deadline(deadline).title(title));
        story.round("2026-11-10T08:00:00Z");

        String history = story.home().run("show", "one:101-2026", "--history").out();
        boolean changed = !what.equals("nothing");
        assertEquals(revision, story.revision("one:101-2026"), what);
        assertEquals(changed, history.contains("version        one:101-2026 2"), history);
    }

    @Test
    void becomesACompetition_afterAForecast() {
        Eforms forecast = FESTIVAL.form("planning", "pin-only").deadline("");
        story.publish(forecast);
        story.round("2026-11-09T08:00:00Z");
        assertEquals(List.of("forecast: one:101-2026"), story.told().get(ANNE));
        assertEquals(
                "forecast", story.show("one:101-2026").at("/deadline/state").asText());

        Eforms competition =
                Eforms.competition("201-2026", "festival", "2026-12-15").published("2026-11-10");
        story.publish(competition);
        story.round("2026-11-11T08:00:00Z");

        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
        assertEquals("open", story.show("one:101-2026").at("/deadline/state").asText());
        assertEquals(2, story.revision("one:101-2026"));
    }

    @Test
    void tellsThatAForecastHasOpened_evenWithoutADate() {
        story.publish(FESTIVAL.form("planning", "pin-only").deadline(""));
        story.round("2026-11-09T08:00:00Z");
        story.told();
        story.publish(Eforms.competition("201-2026", "festival", "").published("2026-11-10"));
        story.round("2026-11-11T08:00:00Z");

        assertEquals("unknown", story.show("one:101-2026").at("/deadline/state").asText());
        assertEquals(List.of("changed: one:101-2026"), story.told().get(ANNE));
    }

    // Its order and the time

    @Test
    void ordersDatedThenForecastThenRollingThenUnknown() throws Exception {
        try (var site = new Site()) {
            site.feed(
                    "/feed",
                    Rss.of(
                            Rss.item("rolling", "Aide permanente", "Dépôt permanent, tout au long de l'année."),
                            Rss.item("unknown", "Sans date", "Un appel."),
                            Rss.item("late", "Bourse", "Date limite : 4 janvier 2027."),
                            Rss.item("soon", "Résidence", "Date limite : 12 novembre 2026.")));
            story.home().feeds(Entries.feed("feed", site.url("/feed")), Entries.notices("one", "one"));
            story.publish(FESTIVAL.form("planning", "pin-only").deadline(""));
            story.round("2026-11-09T08:00:00Z");

            assertEquals(
                    List.of("feed:soon", "feed:late", "one:101-2026", "feed:rolling", "feed:unknown"), story.open());
            assertEquals(
                    List.of(
                            "closing-soon: feed:soon",
                            "new: feed:late",
                            "forecast: one:101-2026",
                            "rolling: feed:rolling",
                            "no-date: feed:unknown"),
                    story.told().get(ANNE));
        }
    }

    @Test
    void reordersTheIndex_whenALotCloses_withoutANewRevision() {
        String second = "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-12-20+01:00</cbc:EndDate>"
                + "<cbc:EndTime>11:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>";
        String twoLots = FESTIVAL.deadline("2026-11-15")
                .xml()
                .replaceFirst(
                        "</cac:ProcurementProjectLot>",
                        "</cac:ProcurementProjectLot><cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0002</cbc:ID>"
                                + "<cac:TenderingProcess>" + second
                                + "</cac:TenderingProcess></cac:ProcurementProjectLot>");
        story.home().write("one/lots.xml", twoLots);
        story.publish(LIGHTS);
        story.round("2026-11-09T08:00:00Z");
        assertEquals(List.of("one:101-2026", "one:102-2026"), story.open());
        story.told();

        story.round("2026-11-16T08:00:00Z");

        assertEquals(List.of("one:102-2026", "one:101-2026"), story.open());
        assertEquals(
                "2026-12-20", story.show("one:101-2026").at("/deadline/date").asText());
        assertEquals(1, story.revision("one:101-2026"));
        assertEquals(NOTHING, story.told());
    }

    @Test
    void tellsNothingNew_whenOnlyTimePasses() {
        story.publish(
                FESTIVAL,
                LIGHTS,
                FESTIVAL.form("planning", "pin-only").procedure("x").deadline(""));
        story.round("2026-11-09T08:00:00Z");
        story.told();

        assertAll(
                List.of("2026-11-10T08:00:00Z", "2026-11-25T08:00:00Z", "2026-12-02T08:00:00Z", "2027-02-01T08:00:00Z")
                        .stream()
                        .map(instant -> () -> {
                            story.round(instant);
                            assertEquals(NOTHING, story.told(), instant);
                        }));
    }

    @Test
    void keepsItsIdAndHistory_whenItsFirstNoticeChanges() {
        story.publish(FESTIVAL);
        story.round("2026-11-09T08:00:00Z");
        story.publish(FESTIVAL.change("201-2026", "cor-buy", "2026-12-08"));
        story.round("2026-11-10T08:00:00Z");
        story.publish(FESTIVAL.title("Scénographie, lumières"));
        story.round("2026-11-11T08:00:00Z");

        JsonNode call = story.show("one:201-2026");
        assertEquals("one:101-2026", call.at("/id").asText());
        assertEquals(2, call.at("/revision").asInt());
        assertEquals("2026-12-08", call.at("/deadline/date").asText());
        assertEquals(2, call.at("/history").size());
        assertNotEquals("", story.home().run("show", "one:201-2026", "--raw").out());
    }

    @Test
    void keepsBoth_whenTwoDocumentsOfOneSourceShareAnId_andDoesNotFlicker() {
        Eforms anonymous = new Eforms(
                "",
                "festival",
                "competition",
                "cn-standard",
                "2026-11-02",
                "Scénographie",
                "92310000",
                "2026-12-01",
                "");
        story.home().write("one/a.xml", anonymous.xml());
        story.home()
                .write(
                        "one/b.xml",
                        anonymous
                                .procedure("lights")
                                .title("Éclairage")
                                .deadline("2026-12-05")
                                .xml());
        story.round("2026-11-09T08:00:00Z");
        List<String> first = story.open();
        story.told();
        story.home().write("one/c.xml", LIGHTS.procedure("other").xml());
        var again = story.round("2026-11-10T08:00:00Z").json().at("/sources/0");

        assertEquals(2, first.size());
        assertEquals(0, again.at("/changed").asInt(), again::toString);
        assertEquals(1, again.at("/new").asInt(), again::toString);
        assertEquals(
                List.of("new: one:102-2026", "still-open: " + String.join(" ", first)),
                story.told().get(ANNE));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
