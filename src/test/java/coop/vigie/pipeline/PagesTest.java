package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.call.CallStore;
import coop.vigie.fetch.Fetcher;
import coop.vigie.notice.NoticeId;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.Source;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that come page by page end in complete stores, whatever happens on the way. */
class PagesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String TOKEN_GONE =
            "{\"message\": \"expired\", \"error\": {\"type\": \"EXPIRED_ITERATION_TOKEN\"}}";

    @TempDir
    private Path home;

    private Database database;
    private NoticeStore notices;
    private TedApi api;
    private final Fetcher fetcher = new Fetcher("vigie@example.org");
    private final List<Duration> waits = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        database = Database.open(home.resolve("data"), Schema.PUBLIC);
        notices = new NoticeStore(database);
        api = new TedApi();
    }

    @AfterEach
    void close() {
        fetcher.close();
        api.close();
        database.close();
    }

    private SourceReport visit(String... keys) {
        var round = new FetchRound(
                fetcher, database, new SourceStore(database), new CallStore(database, notices), NOW, false, waits::add);
        return round.visit(List.of(source(keys)), report -> {}).getFirst();
    }

    /** One list only, as its query names a date; more keys may follow. */
    private Source source(String... keys) {
        try {
            Path file = home.resolve("feeds.yaml");
            Files.writeString(file, """
                    contact: vigie@example.org
                    sources:
                      - id: ted
                        type: ted-search
                        url: %s
                        delay: 0s
                        allow-private-network: true
                        %s
                    """.formatted(
                            api.url(), keys.length == 0 ? "query: \"PD >= 20261101\"" : String.join("\n    ", keys)));
            return FeedsFile.read(file, Map.of()).sources().getFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> stored() {
        var ids = new TreeSet<String>();
        database.read(handle -> notices.idsOf(handle, "ted")).stream()
                .map(NoticeId::toString)
                .forEach(ids::add);
        return ids;
    }

    @Test
    void readsToTheEmptyPage_eachNoticeOnce() {
        api.page(1, 2).page(2, 3).page(4);

        SourceReport report = visit();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(TedApi.ids(1, 2, 3, 4), stored());
        assertEquals(4, report.ingested().added());
        assertEquals(4, api.asked.size());
        assertEquals(List.of(), report.warnings());
    }

    @Test
    void asksBothLists() {
        api.page(1).page(2);

        assertEquals(Outcome.FETCHED, visit("name: TED").outcome());

        assertEquals(6, api.asked.size());
    }

    @Test
    void beginsTheListAgain_whenTheTokenExpires() {
        api.page(1).page(2).page(3).accident(3, 400, TOKEN_GONE, "");

        SourceReport report = visit();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(TedApi.ids(1, 2, 3), stored());
        assertTrue(report.warnings().toString().contains("read again"), report::toString);
    }

    @Test
    void givesUp_whenTheTokenExpiresAtTheSamePlaceAgain() {
        api.page(1).page(2).page(3).accident(3, 400, TOKEN_GONE, "").accident(6, 400, TOKEN_GONE, "");

        SourceReport report = visit();

        assertEquals(Outcome.FAILED, report.outcome());
        assertEquals(TedApi.ids(1, 2), stored());
        assertEquals(6, api.asked.size());
    }

    @Test
    void asksWithoutAFieldThatIsNotKnown_andSaysSo() {
        api.page(1)
                .page(2)
                .accident(
                        1,
                        400,
                        "{\"message\": \"?\", \"error\": {\"type\": \"QUERY_UNKNOWN_FIELD\", \"fieldName\": \"title-lot\"}}",
                        "");

        SourceReport report = visit();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(TedApi.ids(1, 2), stored());
        assertTrue(report.warnings().toString().contains("title-lot"), report::toString);
        assertTrue(!api.asked.getLast().toString().contains("title-lot"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsInsideTheRound_whenTheServerAsksForALittleTime(int status) {
        api.page(1).page(2).accident(2, status, "{}", "Retry-After: 90");

        assertEquals(Outcome.FETCHED, visit().outcome());

        assertEquals(List.of(Duration.ofSeconds(90)), waits);
        assertEquals(TedApi.ids(1, 2), stored());
    }

    @Test
    void endsTheVisit_whenTheServerAsksForMuchTime() {
        api.page(1).page(2).accident(2, 429, "{}", "Retry-After: 90000");

        SourceReport report = visit();

        assertEquals(Outcome.FAILED, report.outcome());
        assertEquals(List.of(), waits);
        assertEquals(TedApi.ids(1), stored());
        assertTrue(report.message().endsWith("This was page 2; what came before is kept."), report::message);
        Instant due = new SourceStore(database).all().getFirst().nextDue();
        assertEquals(NOW.plusSeconds(90_000), due);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notices\": [{\"publication-number\": \"2-20",
                "{\"notices\": [], \"timedOut\": true}",
                "not json"
            })
    void asksOnceMore_whenAnAnswerIsNotWhole(String answer) {
        api.page(1).page(2).page(3).accident(2, 200, answer, "");

        SourceReport report = visit();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(TedApi.ids(1, 2, 3), stored());
    }

    @Test
    void failsAndKeepsWhatCame_whenAnAnswerIsTwiceNotWhole() {
        api.page(1).page(2).accident(2, 200, "{\"notices\": [", "").accident(3, 200, "{\"notices\": [", "");

        SourceReport report = visit();

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().contains("This was page 2"), report::message);
        assertEquals(TedApi.ids(1), stored());
        assertEquals(3, api.asked.size());
    }

    @Test
    void saysThatAListWasCut_atMaxPages() {
        api.page(1).page(2).page(3);

        SourceReport report = visit("query: \"PD >= 20261101\"", "max-pages: 2");

        assertEquals(Outcome.FETCHED, report.outcome());
        assertEquals(TedApi.ids(1, 2), stored());
        assertEquals(List.of("the list goes on after 2 pages (max-pages), and was read no further"), report.warnings());
    }

    @Test
    void storesNothing_whenItIsOnlyTriedOut() {
        api.page(1).page(2);

        FetchRound.Trial trial = FetchRound.tryOut(fetcher, source(), NOW);

        assertEquals(2, trial.notices().size());
        assertEquals(Set.of(), stored());
    }

    @Test
    void passesOnWhatTheInterfaceSays_whenItRefusesTheQuestion() {
        api.accident(1, 400, "{\"message\": \"no field 'x'\", \"error\": {\"type\": \"QUERY_SYNTAX_ERROR\"}}", "");

        SourceReport report = visit();

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().endsWith("TED says: no field 'x'"), report::message);
    }
}
