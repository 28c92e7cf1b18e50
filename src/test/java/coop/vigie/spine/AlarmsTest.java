package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1: a source that goes quiet raises an alarm once, and is named until it speaks again. */
class AlarmsTest {

    @TempDir
    private Path folder;

    @Test
    void aSourceThatNeverDeliversRaisesOneAlarm_andRestsOnceSeen_andEndsWhenItSpeaks() throws IOException {
        try (var site = new Site()) {
            site.feed("/feed", Rss.of());
            var home = new HomeInTest(folder, "2026-11-02T08:00:00Z").feeds(Entries.feed("mute", site.url("/feed")));
            for (int day = 2; day <= 8; day++) {
                home.at("2026-11-0" + day + "T08:00:00Z").run("fetch", "--all");
            }
            assertEquals(1, home.outbox().size(), "one mail, however long it lasts");
            assertTrue(Files.readString(home.outbox().getFirst()).contains("mute"));

            HomeInTest.Ran quiet = home.run("sources", "quiet", "--format", "json");
            assertEquals(1, quiet.code(), quiet::toString);
            assertEquals("mute", quiet.json().at("/0/source").asText(), quiet::toString);
            assertEquals(1, home.run("status").code());

            assertEquals(
                    0,
                    home.run("sources", "ack", "mute", "--note", "asked them", "--by", "anne@example.org")
                            .code());
            assertEquals(0, home.run("sources", "quiet").code());
            JsonNode status = home.run("status", "--format", "json").json();
            assertEquals("quiet", status.at("/sources/0/health").asText(), status::toString);

            site.feed("/feed", Rss.of(Rss.item("a", "Appel", "Jusqu'au 15 décembre 2026.")));
            home.at("2026-11-09T08:00:00Z").run("fetch", "--all");
            assertEquals(
                    0, home.run("sources", "quiet", "--format", "json").json().size());
            assertEquals(1, home.outbox().size());
        }
    }

    /** Rounds on every second day: five good ones, then trouble from the sixth on. */
    private static final List<String> ROUNDS = IntStream.rangeClosed(0, 11)
            .mapToObj(round -> LocalDate.of(2026, 11, 1).plusDays(2L * round) + "T08:00:00Z")
            .toList();

    private static final int TROUBLE = 5;

    /** The last news comes with the round before the trouble; silence needs two weeks of history. */
    private static final Map<String, String> KINDS = Map.of(
            "silent", "silent",
            "empty", "empty",
            "layout", "layout",
            "columns", "layout",
            "count", "count",
            "never", "never",
            "failing", "unread",
            "gone", "unread");

    @Test
    void everyKindOfTroubleRaisesOneAlarm_isNamedInTheDigest_andEndsWhenTheSourceSpeaks() throws IOException {
        try (var site = new Site()) {
            var home = new HomeInTest(folder, ROUNDS.getFirst())
                    .feeds(
                            Entries.feed("silent", site.url("/silent")),
                            Entries.feed("empty", site.url("/empty")),
                            Entries.feed("never", site.url("/never")),
                            Entries.feed("failing", site.url("/failing")),
                            Entries.feed("gone", site.url("/gone")),
                            list("layout", site.url("/layout")),
                            list("columns", site.url("/columns")),
                            Entries.feed("count", site.url("/count")).replace("rss", "tenderned"));
            home.groups(Entries.EVERYTHING);
            for (int round = 0; round < ROUNDS.size() - 1; round++) {
                site.feed("/silent", Rss.of(news(Math.min(round, TROUBLE))));
                serve(site, round < TROUBLE);
                site.feed("/never", Rss.of());
                home.at(ROUNDS.get(round)).fetch();
            }

            Map<String, String> kinds = new TreeMap<>();
            JsonNode quiet = home.run("sources", "quiet", "--format", "json").json();
            quiet.forEach(each ->
                    kinds.put(each.get("source").asText(), each.get("kind").asText()));
            assertEquals(new TreeMap<>(KINDS), kinds, quiet::toString);
            assertEquals(KINDS.keySet(), mailed(home), "each in one mail, once");
            String digest =
                    home.run("digest", "preview", "--as", "anne@example.org").out();
            for (String id : KINDS.keySet()) {
                assertTrue(digest.contains(site.url("/" + id)), () -> id + " is not named in " + digest);
            }
            JsonNode status = home.run("status", "--format", "json").json().get("sources");
            JsonNode list = home.run("sources", "list", "--format", "json").json();
            for (int i = 0; i < status.size(); i++) {
                String id = status.get(i).get("id").asText();
                assertEquals(KINDS.get(id), status.get(i).at("/breach/kind").asText());
                assertEquals(status.get(i).get("health"), list.get(i).get("health"));
                assertEquals(status.get(i).get("breach"), list.get(i).get("breach"));
                String health = Map.of("failing", "failing", "layout", "failing", "count", "failing", "gone", "gone")
                        .getOrDefault(id, "quiet");
                assertEquals(health, list.get(i).get("health").asText(), id);
            }
            assertTrue(home.run("sources", "list").out().contains("gone"));

            site.feed("/silent", Rss.of(news(9)));
            serve(site, true);
            site.feed("/never", Rss.of(news(9)));
            home.at(ROUNDS.getLast()).fetch();

            HomeInTest.Ran after = home.run("sources", "quiet", "--format", "json");
            assertEquals(0, after.code(), after::toString);
            assertEquals(0, after.json().size(), after::toString);
            assertEquals(KINDS.keySet(), mailed(home), "no further mail");
            assertEquals(0, home.run("status").code());
            String healed =
                    home.run("digest", "preview", "--as", "anne@example.org").out();
            assertEquals(
                    List.of(),
                    KINDS.keySet().stream()
                            .filter(id -> healed.contains(site.url("/" + id)))
                            .toList());
        }
    }

    /** What stands on the sources that get into trouble, before and after. */
    private static void serve(Site site, boolean good) {
        site.feed("/empty", good ? Rss.of(news(0), news(1)) : Rss.of());
        for (var trouble : Map.of("/failing", 500, "/gone", 403).entrySet()) {
            if (good) {
                site.feed(trouble.getKey(), Rss.of(news(0)));
            } else {
                site.handle(trouble.getKey(), exchange -> exchange.sendResponseHeaders(trouble.getValue(), -1));
            }
        }
        String rows = "<p class=%s><a href=/a>Appel danse</a> <b class=%s>15/12/2026</b></p>"
                + "<p class=%1$s><a href=/b>Appel cirque</a> <b class=%2$s>16/12/2026</b></p>";
        site.page("/layout", "text/html", "<h1>Appels</h1>" + rows.formatted(good ? "row" : "card", "date"));
        site.page("/columns", "text/html", "<h1>Appels</h1>" + rows.formatted("row", good ? "date" : "when"));
        site.page("/count", "application/json", """
                {"content": [{"publicatieId": "1", "publicatieDatum": "2026-11-01", "aanbestedingNaam": "Opdracht",
                  "typePublicatie": {"code": "AAO"}, "sluitingsDatum": "2026-12-24T12:00:00"}], "totalElements": %d}
                """.formatted(good ? 1 : 3));
    }

    private static String news(int number) {
        return Rss.item("n" + number, "Appel numéro " + number, "Jusqu'au 15 décembre 2026.");
    }

    private static String list(String id, String url) {
        return Entries.feed(id, url).replace("rss", "html-list")
                + "  select: { item: .row, title: a, link: a@href, deadline: .date }\n";
    }

    /** The sources that were named in mails to the operator; fails if one was named twice. */
    private static Set<String> mailed(HomeInTest home) throws IOException {
        Set<String> named = new HashSet<>();
        for (Path mail : home.outbox()) {
            Matcher source = Pattern.compile("(?m)^- .*\\(([a-z]+)\\):").matcher(Files.readString(mail));
            while (source.find()) {
                assertTrue(named.add(source.group(1)), () -> "told twice: " + source.group(1));
            }
        }
        return named;
    }

    @Test
    void whoHasSeenAnAlarmIsKept_andABadAddressIsRefused() throws IOException {
        try (var site = new Site()) {
            site.feed("/feed", Rss.of());
            var home = new HomeInTest(folder, "2026-11-02T08:00:00Z").feeds(Entries.feed("mute", site.url("/feed")));
            for (int day = 2; day <= 4; day++) {
                home.at("2026-11-0" + day + "T08:00:00Z").fetch();
            }

            assertEquals(2, home.run("sources", "ack", "mute", "--by", "anne").code());
            home.run("sources", "ack", "mute");
            assertEquals(
                    System.getProperty("user.name"),
                    home.run("sources", "quiet", "--format", "json")
                            .json()
                            .at("/0/acknowledgedBy")
                            .asText());
            home.at("2026-11-05T09:00:00Z").run("sources", "ack", "mute", "--by", "anne@example.org");
            JsonNode breach = home.run("status", "--format", "json").json().at("/sources/0/breach");
            assertEquals("anne@example.org", breach.get("acknowledgedBy").asText());
            assertEquals("2026-11-05T09:00:00Z", breach.get("acknowledged").asText());
            assertTrue(home.run("sources", "quiet").out().contains("anne@example.org"));
        }
    }
}
