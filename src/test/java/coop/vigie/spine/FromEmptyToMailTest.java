package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.Corpus;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way: an empty home, recorded notices and a feed on loopback, and at its end a mail. */
class FromEmptyToMailTest {

    private static final String FEED = Rss.of(
            Rss.item("residence", "Résidence d'écriture", "Candidatures jusqu'au 12 décembre 2026 à 17h00."),
            Rss.item("bourse", "Bourse pour compagnies", "Date limite : 4 janvier 2027."));
    private static final String FEED_WITH_A_MOVED_DEADLINE = Rss.of(
            Rss.item("residence", "Résidence d'écriture", "Candidatures jusqu'au 19 décembre 2026 à 17h00."),
            Rss.item("bourse", "Bourse pour compagnies", "Date limite : 4 janvier 2027."));

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aHomeWithAFolderAndAFeed() throws IOException {
        site = new Site().feed("/appels.xml", FEED);
        home = new HomeInTest(folder, "2026-11-16T08:00:00Z");
        home.feeds(Entries.notices("bulletin", "notices"), Entries.feed("appels", site.url("/appels.xml")));
        home.write(
                "notices/one.xml",
                Eforms.competition("101-2026", "p1", "2026-12-01").xml());
        home.write(
                "notices/deeper/two.xml",
                Eforms.competition("102-2026", "p2", "2026-11-20").xml());
        home.write(
                "notices/closed.xml",
                Eforms.competition("103-2026", "p3", "2026-11-10").xml());
    }

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bringsAMailWithAllOpenCallsByDeadline_whetherGroupsOrNoticesCameFirst(boolean groupsFirst) {
        if (groupsFirst) {
            assertEquals(0, home.groups(Entries.EVERYTHING).code());
        }
        Ran fetched = home.fetch();
        assertEquals(0, fetched.code(), fetched::toString);
        assertEquals(5, fetched.json().at("/notices").asInt());
        List<String> open = ids(home.search("*"));
        if (!groupsFirst) {
            assertEquals(0, home.groups(Entries.EVERYTHING).code());
        }
        Ran sent = home.send();

        assertEquals(List.of("bulletin:102-2026", "bulletin:101-2026", "appels:residence", "appels:bourse"), open);
        assertEquals(0, sent.code(), sent::toString);
        assertEquals(1, sent.json().at("/sent").asInt());
        JsonNode edition = edition(sent);
        assertEquals(List.of("closing-soon", "new"), edition.findValuesAsText("name"));
        assertEquals(open, ids(edition.at("/blocks/0/items"), edition.at("/blocks/1/items")));
        assertEquals(
                List.of("2026-11-20T10:00:00Z", "2026-12-01T10:00:00Z", "2026-12-12T16:00:00Z", "2027-01-04T22:59:59Z"),
                edition.findValuesAsText("instant"));
        Mail mail = Mail.read(home.outbox().getFirst());
        assertEquals("anne@example.org", mail.to());
        assertTrue(mail.text().contains("Résidence d'écriture"), mail::text);
        assertTrue(mail.html().contains("https://calls.example.org/bourse"), mail::html);
    }

    @Test
    void storesAndSendsNothing_theSecondTime() {
        home.groups(Entries.EVERYTHING);
        home.fetch();
        home.send();
        site.answers();

        Ran again = home.at("2026-11-16T20:00:00Z").fetch();
        Ran sent = home.send();

        assertEquals(List.of("304 /appels.xml"), site.answers());
        assertEquals(0, again.json().at("/notices").asInt(), again::toString);
        assertEquals(List.of("unchanged", "unchanged"), again.json().findValuesAsText("outcome"));
        assertEquals(0, sent.json().at("/editions").asInt(), sent::toString);
        assertEquals(0, sent.code());
        assertEquals(1, home.outbox().size());
    }

    @Test
    void tellsTheOldAndTheNewDateOnce_whenADeadlineMoves() {
        home.groups(Entries.EVERYTHING);
        home.fetch();
        home.send();
        site.feed("/appels.xml", FEED_WITH_A_MOVED_DEADLINE);

        Ran moved = home.at("2026-11-17T08:00:00Z").fetch();
        JsonNode edition = edition(home.send());
        Ran afterwards = home.send();

        assertEquals(1, moved.json().at("/sources/1/changed").asInt(), moved::toString);
        JsonNode changed = edition.at("/blocks/0");
        assertEquals("changed", changed.at("/name").asText());
        assertEquals(List.of("appels:residence"), ids(changed.at("/items")));
        assertEquals("2026-12-12", changed.at("/items/0/before/date").asText());
        assertEquals("2026-12-19", changed.at("/items/0/deadline/date").asText());
        assertEquals("still-open", edition.at("/blocks/1/name").asText());
        assertEquals(2, edition.at("/blocks").size());
        Mail mail = Mail.read(home.outbox().getLast());
        assertTrue(mail.text().matches("(?s).*12 déc.*→.*19 déc.*"), mail::text);
        assertEquals(0, afterwards.json().at("/editions").asInt(), afterwards::toString);
    }

    @Test
    void goesTheWholeWay_withRecordedNotices() throws IOException {
        Path recorded = Corpus.require("sources/eforms");
        home.feeds(Entries.notices("bulletin", recorded.toString()), Entries.feed("appels", site.url("/appels.xml")));
        home.at("2023-11-20T08:00:00Z");
        long files;
        try (Stream<Path> all = Files.walk(recorded)) {
            files = all.filter(file -> file.toString().endsWith(".xml")).count();
        }

        Ran fetched = home.fetch();
        JsonNode open = home.search("kind:tender");
        home.groups(Entries.EVERYTHING);
        Ran sent = home.send();
        Ran again = home.fetch();
        Ran sentAgain = home.send();

        JsonNode source = fetched.json().at("/sources/0");
        assertEquals(
                files,
                source.at("/new").asInt()
                        + source.at("/changed").asInt()
                        + source.at("/unchanged").asInt()
                        + notRead(source),
                fetched::toString);
        assertTrue(open.size() > 5, open::toString);
        assertEquals(1, sent.json().at("/sent").asInt(), sent::toString);
        assertEquals(0, again.json().at("/notices").asInt(), again::toString);
        assertEquals(0, sentAgain.json().at("/editions").asInt(), sentAgain::toString);
    }

    private static long notRead(JsonNode source) {
        return StreamSupport.stream(source.at("/warnings").spliterator(), false)
                .map(JsonNode::asText)
                .filter(warning -> warning.contains("by which it could be kept") || warning.contains("was expected"))
                .count();
    }

    private JsonNode edition(Ran sent) {
        return home.run("digest", "show", sent.json().at("/messages/0/edition").asText())
                .json();
    }

    private static List<String> ids(JsonNode... lists) {
        return Stream.of(lists)
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(item -> item.at("/id").asText())
                .toList();
    }
}
