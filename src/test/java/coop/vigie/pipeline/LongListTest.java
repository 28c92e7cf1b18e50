package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.call.CallStore;
import coop.vigie.call.CallStore.Ingested;
import coop.vigie.fetch.Fetcher;
import coop.vigie.notice.NoticeId;
import coop.vigie.source.FeedsFile;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that is stored in several transactions is one list all the same. */
class LongListTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final int LONG = 450;
    private static final String TITLE = "Soutien aux résidences d’artistes à Namur";

    @TempDir
    private Path home;

    /** The rule asks what a source lists beside an item; that may stand in another transaction. */
    @Test
    void keepsTwoItemsOfOnePageApart_howeverFarApartTheyStand() throws IOException {
        try (Database database = Database.open(home.resolve("data"), Schema.PUBLIC);
                var fetcher = new Fetcher("vigie@example.org")) {
            var calls = new CallStore(database, new NoticeStore(database));
            assertEquals(new Ingested(1, 0, 0), visit(fetcher, database, calls, Stream.of(item("old", TITLE, 0))));

            Stream<String> others = IntStream.range(1, LONG).mapToObj(i -> item("n" + i, "Appel " + i, i));
            Ingested ingested = visit(
                    fetcher,
                    database,
                    calls,
                    Stream.of(Stream.of(item("new", TITLE, 0)), others, Stream.of(item("old", TITLE, 0)))
                            .flatMap(each -> each));

            assertEquals(new Ingested(LONG, 0, 1), ingested);
            assertEquals(LONG + 1, calls.count());
        }
    }

    /** A reader would be told at every visit that a call has changed. */
    @Test
    void revisesNoCall_whoseIdStandsTwiceInAnUnchangedList_howeverFarApart() throws IOException {
        List<String> releases = Stream.of(
                        Stream.of(release("twice", "2027-03-03")),
                        IntStream.range(1, 210).mapToObj(i -> release("n" + i, "2027-05-05")),
                        Stream.of(release("twice", "2027-04-09")))
                .flatMap(each -> each)
                .toList();
        Path list =
                Files.writeString(home.resolve("releases.json"), "{\"releases\":[" + String.join(",", releases) + "]}");
        try (Database database = Database.open(home.resolve("data"), Schema.PUBLIC);
                var fetcher = new Fetcher("vigie@example.org")) {
            var calls = new CallStore(database, new NoticeStore(database));

            for (int visits = 0; visits < 2; visits++) {
                Files.writeString(list, "\n", StandardOpenOption.APPEND);
                visit(fetcher, database, calls, "ocds", list);
            }

            NoticeId twice = NoticeId.parse("long:twice").orElseThrow();
            assertEquals(
                    1,
                    calls.revisions(twice).size(),
                    () -> calls.revisions(twice).toString());
        }
    }

    private static String release(String id, String until) {
        return """
                {"ocid": "ocds-a-%s", "id": "%s", "date": "2026-11-01T00:00:00Z", "tag": ["tender"],
                 "tender": {"id": "1", "title": "Appel %s", "tenderPeriod": {"endDate": "%sT12:00:00Z"}}}""".formatted(id, id, id, until);
    }

    private Ingested visit(Fetcher fetcher, Database database, CallStore calls, Stream<String> items)
            throws IOException {
        Path feed = home.resolve("feed.xml");
        Files.writeString(
                feed,
                items.collect(Collectors.joining(
                        "\n",
                        "<rss version='2.0'><channel><title>t</title><link>https://example.org/</link>",
                        "</channel></rss>")));
        return visit(fetcher, database, calls, "rss", feed);
    }

    private Ingested visit(Fetcher fetcher, Database database, CallStore calls, String type, Path list)
            throws IOException {
        Path file = home.resolve("feeds.yaml");
        Files.writeString(file, """
                contact: vigie@example.org
                sources:
                  - { id: long, type: %s, url: "file://%s", name: Long, level: community }
                """.formatted(type, list));
        var round = new FetchRound(fetcher, database, new SourceStore(database), calls, NOW, false, wait -> {});
        return round.visit(FeedsFile.read(file, Map.of()).sources(), report -> {})
                .getFirst()
                .ingested();
    }

    private static String item(String id, String title, int page) {
        return "<item><guid isPermaLink='false'>%s</guid><title>%s</title><link>https://example.org/calls/%d</link></item>"
                .formatted(id, title, page);
    }
}
