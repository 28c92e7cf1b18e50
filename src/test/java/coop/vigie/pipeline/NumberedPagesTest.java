package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.call.CallStore;
import coop.vigie.fetch.Fetcher;
import coop.vigie.notice.NoticeId;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.FeedsFile;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Belgium's e-Procurement and TenderNed, as stand-ins, through a real round. */
class NumberedPagesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String SECRET = "hush-hush";

    @TempDir
    private Path home;

    private Database database;
    private NoticeStore notices;
    private PageApi api;
    private final Fetcher fetcher = new Fetcher("vigie@example.org");
    private final List<Duration> waits = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        database = Database.open(home.resolve("data"), Schema.PUBLIC);
        notices = new NoticeStore(database);
        api = new PageApi();
    }

    @AfterEach
    void close() {
        fetcher.close();
        api.close();
        database.close();
    }

    private SourceReport visit(String type, String keys, Instant now) throws IOException {
        Path file = home.resolve("feeds.yaml");
        Files.writeString(file, """
                contact: vigie@example.org
                sources:
                  - { id: %1$s, type: %1$s, url: "%2$s", delay: 0s, allow-private-network: true%3$s }
                """.formatted(type, api.url("/list"), keys.isEmpty() ? "" : ", " + keys));
        var source = FeedsFile.read(file, Map.of("SECRET", SECRET)).sources().getFirst();
        var round = new FetchRound(
                fetcher, database, new SourceStore(database), new CallStore(database, notices), now, false, waits::add);
        return round.visit(List.of(source), report -> {}).getFirst();
    }

    private SourceReport bda() throws IOException {
        String login = "oauth: { token-url: \"%s\", client-id: us, client-secret: \"${ENV:SECRET}\" }"
                .formatted(api.url("/token"));
        return visit("bda", login, NOW);
    }

    private Set<String> stored(String source) {
        return database.read(handle -> notices.idsOf(handle, source)).stream()
                .map(NoticeId::nativeId)
                .collect(Collectors.toSet());
    }

    private static Set<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).collect(Collectors.toSet());
    }

    private static String publications(int from, int to, int total) {
        String all = IntStream.range(from, to).mapToObj(i -> """
                        {"publicationWorkspaceId": "%d", "dossier": {"titles": [{"language": "FR", "text": "Avis %1$d"}]},
                         "vaultSubmissionDeadline": "2026-12-15T11:00:00"}""".formatted(i)).collect(Collectors.joining(","));
        return "{\"totalCount\": %d, \"publications\": [%s]}".formatted(total, all);
    }

    private static String token(String token) {
        return "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600}".formatted(token);
    }

    // Belgium's e-Procurement

    @Test
    void readsAllPages_withOneToken() throws IOException {
        api.on("/token", token("t1"))
                .on("/list page=1", publications(0, 100, 230))
                .on("/list page=2", publications(100, 200, 230))
                .on("/list page=3", publications(200, 230, 230));

        SourceReport report = bda();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(numbers(0, 230), stored("bda"));
        assertEquals(
                List.of(
                        "/token",
                        "/list?dispatchDateFrom=2026-11-14&page=1&pageSize=100",
                        "/list?dispatchDateFrom=2026-11-14&pageSize=100&page=2",
                        "/list?dispatchDateFrom=2026-11-14&pageSize=100&page=3"),
                api.addresses());
        assertTrue(api.asked.stream()
                .skip(1)
                .allMatch(asked -> asked.authorization().equals("Bearer t1")));
        assertNotEquals(api.asked.get(1).trace(), api.asked.get(2).trace());
    }

    @Test
    void asksForANewToken_whenItEndsOnTheWay() throws IOException {
        api.on("/token", 200, token("t1"), "")
                .on("/token", token("t2"))
                .on("/list page=1", publications(0, 100, 101))
                .on("/list page=2", 401, "", "")
                .on("/list page=2", publications(100, 101, 101));

        SourceReport report = bda();

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(numbers(0, 101), stored("bda"));
        assertEquals("Bearer t2", api.asked.getLast().authorization());
    }

    @Test
    void waits_whenItIsAskedTo() throws IOException {
        api.on("/token", token("t1"))
                .on("/list page=1", 429, "slow down", "Retry-After: 7")
                .on("/list page=1", publications(0, 1, 1));

        assertEquals(Outcome.FETCHED, bda().outcome());
        assertEquals(List.of(Duration.ofSeconds(7)), waits);
    }

    @Test
    void keepsWhatItRead_whenAPageStaysBroken() throws IOException {
        String broken = publications(100, 150, 250);
        api.on("/token", token("t1"))
                .on("/list page=1", publications(0, 100, 250))
                .on("/list page=2", broken.substring(0, broken.length() - 20));

        SourceReport report = bda();

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().contains("breaks off"), report::toString);
        assertEquals(numbers(0, 149), stored("bda"));
        assertEquals(4, api.asked.size());
    }

    @Test
    void readsAPageAgain_thatWasBrokenOnce() throws IOException {
        api.on("/token", token("t1"))
                .on("/list page=1", 200, "{\"publications\": [{\"publ", "")
                .on("/list page=1", publications(0, 2, 2));

        assertEquals(Outcome.FETCHED, bda().outcome());
        assertEquals(numbers(0, 2), stored("bda"));
    }

    @Test
    void saysThatTheFilterIsIgnored_whenEverythingComes() throws IOException {
        api.on("/token", token("t1")).on("/list page=1", publications(0, 100, 270_929));

        SourceReport report = bda();

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().contains("270929 publications in 10 days"), report::toString);
    }

    @Test
    void tellsNobodyItsSecret_whenTheLoginFails() throws IOException {
        api.on("/token", 401, "no " + SECRET, "");

        SourceReport report = bda();

        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.message().contains("Check 'client-id'"), report::toString);
        assertFalse(report.toString().contains(SECRET));
        assertEquals(List.of("/token"), api.addresses());
    }

    // TenderNed

    private static String list(int total, int... numbers) {
        String all =
                IntStream.of(numbers).mapToObj(i -> """
                        {"publicatieId": "%d", "publicatieDatum": "2026-11-20", "aanbestedingNaam": "Opdracht %1$d",
                         "typePublicatie": {"code": "AAO"}, "sluitingsDatum": "2026-12-24T12:00:00",
                         "aantalDagenTotSluitingsDatum": %2$d}""".formatted(i, total)).collect(Collectors.joining(","));
        return "{\"content\": [%s], \"totalElements\": %d}".formatted(all, numbers.length);
    }

    private static String detail(int number) {
        return "{\"publicatieId\": %d, \"kenmerk\": 6%1$d, \"cpvCodes\": [{\"code\": \"79950000-8\"}]}"
                .formatted(number);
    }

    @Test
    void addsWhatPublicationsSayThemselves_onceEach() throws IOException {
        api.on("/list page=0", list(20, 2, 1)).on("/list page=0", list(19, 2, 1));
        api.on("/list/1", detail(1)).on("/list/2", detail(2));

        SourceReport first = visit("tenderned", "", NOW);
        SourceReport second = visit("tenderned", "", NOW.plus(Duration.ofDays(1)));

        assertEquals(Outcome.FETCHED, first.outcome(), first::toString);
        assertEquals(List.of(), first.warnings());
        assertEquals(2, first.ingested().added());
        assertEquals(0, second.ingested().added() + second.ingested().changed(), second::toString);
        assertEquals(
                List.of(
                        "/list?publicatieDatumVanaf=2026-11-14&page=0&size=100",
                        "/list/2",
                        "/list/1",
                        "/list?publicatieDatumVanaf=2026-11-15&page=0&size=100"),
                api.addresses());
        var notice = notices.history(NoticeId.parse("tenderned:1").orElseThrow())
                .getLast()
                .notice();
        assertEquals(List.of("79950000"), notice.cpv());
        assertEquals("tenderned-61", notice.procedure());
        assertEquals(Instant.parse("2026-12-24T11:00:00Z"), notice.closes());
    }

    @Test
    void keepsWhatTheListSays_whenAPublicationsOwnPageFails() throws IOException {
        api.on("/list page=0", list(20, 2, 1)).on("/list/1", detail(1)).on("/list/2", 500, "", "");

        SourceReport report = visit("tenderned", "", NOW);

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(Set.of("1", "2"), stored("tenderned"));
        assertEquals(1, report.warnings().size());
    }
}
