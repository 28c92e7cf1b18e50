package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import coop.vigie.call.CallStore;
import coop.vigie.fetch.Fetcher;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.Source;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interfaces of the EU portal and of BOAMP, read in whole rounds from stand-ins on loopback. */
class SearchInterfacesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Pattern PAGE = Pattern.compile("pageNumber=(\\d+)");
    private static final Pattern OFFSET = Pattern.compile("offset=(\\d+)");
    private static final Pattern APPEARED =
            Pattern.compile("dateparution>=date'([\\d-]+)' AND dateparution<=date'([\\d-]+)'");

    @TempDir
    private Path home;

    private Database database;
    private NoticeStore notices;
    private HttpServer server;
    private final Fetcher fetcher = new Fetcher("vigie@example.org");
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    /** Answers given once, by the number of the request, before the real ones. */
    private final Map<Integer, Answer> accidents = new HashMap<>();

    private int records = 101;
    private long total = -1;

    private record Answer(int status, String body, String retryAfter) {}

    @BeforeEach
    void open() throws IOException {
        database = Database.open(home.resolve("data"), Schema.PUBLIC);
        notices = new NoticeStore(database);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.stop(0);
        database.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String address = URLDecoder.decode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(exchange.getRequestMethod() + " " + address);
        Answer accident = accidents.get(asked.size());
        if (accident != null) {
            if (!accident.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", accident.retryAfter());
            }
            send(exchange, accident.status(), accident.body());
        } else {
            send(exchange, 200, address.startsWith("/sedia") ? sedia(address) : boamp(address));
        }
    }

    private String sedia(String address) {
        int page = Integer.parseInt(found(PAGE, address));
        return "{\"totalResults\": %d, \"pageNumber\": %d, \"pageSize\": 100, \"results\": [%s]}"
                .formatted(
                        total < 0 ? records : total,
                        page,
                        IntStream.range((page - 1) * 100, Math.min(page * 100, records))
                                .mapToObj(number ->
                                        "{\"reference\": \"%1$dTOPICSen\", \"language\": \"en\", \"metadata\": {\"identifier\": [\"CREA-%1$d\"], \"title\": [\"Call %1$d\"], \"status\": [\"31094502\"], \"deadlineDate\": [\"2027-01-15\"]}}"
                                                .formatted(number))
                                .collect(Collectors.joining(",")));
    }

    /** One record for each day since 1 October; a question that reaches further back counts more than the interface gives. */
    private String boamp(String address) {
        Matcher span = APPEARED.matcher(address);
        assertTrue(span.find(), address);
        LocalDate from = LocalDate.parse(span.group(1));
        LocalDate to = LocalDate.parse(span.group(2));
        int offset = Integer.parseInt(found(OFFSET, address));
        List<String> found = IntStream.range(0, records)
                .mapToObj(number -> LocalDate.parse("2026-11-24").minusDays(number))
                .filter(day -> !day.isBefore(from) && !day.isAfter(to))
                .map(day ->
                        "{\"idweb\": \"26-%1$d\", \"objet\": \"Avis %1$d\", \"dateparution\": \"%2$s\", \"datelimitereponse\": \"2026-12-15T11:00:00+00:00\", \"contractfolderid\": \"5a0c-%1$d\"}"
                                .formatted(day.toEpochDay(), day))
                .toList();
        boolean wide = total > 0 && from.isBefore(to.minusDays(1_000));
        String page = found.stream().skip(offset).limit(100).collect(Collectors.joining(","));
        String padding = wide
                ? ",{}"
                        .repeat(100
                                - (int) Math.min(
                                        100, found.stream().skip(offset).count()))
                : "";
        String list = page.isEmpty() && !padding.isEmpty() ? padding.substring(1) : page + padding;
        return "{\"total_count\": %d, \"results\": [%s]}".formatted(wide ? total : found.size(), list);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private SourceReport visit(String type) {
        var round = new FetchRound(
                fetcher, database, new SourceStore(database), new CallStore(database, notices), NOW, false, waits::add);
        return round.visit(List.of(source(type)), report -> {}).getFirst();
    }

    private Source source(String type) {
        try {
            Path file = home.resolve("feeds.yaml");
            Files.writeString(file, """
                    contact: vigie@example.org
                    sources:
                      - id: %1$s
                        type: %1$s
                        url: http://127.0.0.1:%2$d/%1$s?apiKey=KEY
                        delay: 0s
                        allow-private-network: true
                    """.formatted(type, server.getAddress().getPort()));
            return FeedsFile.read(file, Map.of()).sources().getFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int stored(String type) {
        return database.read(handle -> notices.idsOf(handle, type)).size();
    }

    @ParameterizedTest
    @CsvSource({"sedia", "boamp"})
    void readsEveryPage_andTheSecondTimeNothingIsNew(String type) {
        SourceReport report = visit(type);

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(List.of(), report.warnings());
        assertEquals(101, stored(type));
        assertEquals(2, asked.size());
        assertTrue(asked.stream().allMatch(address -> address.contains("apiKey=KEY")), asked::toString);
        assertEquals(101, visit(type).ingested().unchanged());
    }

    @Test
    void postsTheSameFormForEveryPage() {
        visit("sedia");

        assertEquals(List.of(bodies.getFirst(), bodies.getFirst()), bodies);
        assertTrue(bodies.getFirst().contains("\r\nContent-Type: application/json\r\n"));
        assertTrue(asked.getLast().startsWith("POST "));
    }

    @ParameterizedTest
    @CsvSource({"sedia, 429", "boamp, 503"})
    void waitsInsideTheRound_whenTheServerAsksForALittleTime(String type, int status) {
        accidents.put(2, new Answer(status, "{}", "60"));

        assertEquals(Outcome.FETCHED, visit(type).outcome());

        assertEquals(List.of(Duration.ofSeconds(60)), waits);
        assertEquals(101, stored(type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sedia | {"totalResults": 101, "results": [{"refe
            boamp | {"total_count": 101, "results": []}
            """)
    void asksOnceMore_whenAPageIsNotWhole_andFailsTheSecondTime(String type, String broken) {
        accidents.put(2, new Answer(200, broken, ""));
        assertEquals(Outcome.FETCHED, visit(type).outcome());
        assertEquals(101, stored(type));

        accidents.clear();
        accidents.put(5, new Answer(200, broken, ""));
        accidents.put(6, new Answer(200, broken, ""));
        SourceReport report = visit(type);
        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().contains("This was page 2"), report::message);
    }

    @Test
    void keepsNothingOfAnAnswer_toAQuestionThatWasNotUnderstood() {
        total = 4_200_000;

        SourceReport report = visit("sedia");

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().contains("counts 4200000 hits"), report::message);
        assertEquals(0, stored("sedia"));
    }

    @Test
    void passesOnWhatThePortalSays() {
        accidents.put(1, new Answer(500, "{\"status\": 500, \"message\": \"Content-Type 'x' is not supported\"}", ""));

        SourceReport report = visit("sedia");

        assertEquals(Outcome.FAILED, report.outcome());
        assertTrue(report.message().endsWith("The portal says: Content-Type 'x' is not supported"), report::message);
    }

    @Test
    void readsMoreThanTheInterfaceGives_inHalves() {
        total = 12_000;

        SourceReport report = visit("boamp");

        assertEquals(Outcome.FETCHED, report.outcome(), report::toString);
        assertEquals(101, stored("boamp"));
        assertTrue(asked.size() > 3, asked::toString);
    }

    @Test
    void joinsARecordToItsTwinInTheOfficialJournal() {
        records = 1;
        visit("boamp");
        long day = LocalDate.parse("2026-11-24").toEpochDay();
        Notice twin = new Notice.Builder(new NoticeId(new SourceId("ted"), "701-2026"), ZoneId.of("Europe/Paris"))
                .title(LocalText.of("fr", "Le même"))
                .deadlines(List.of(new LotDeadline(
                        LotDeadline.Role.TENDER, "LOT-0001", LocalDate.parse("2026-12-15"), LocalTime.NOON, null)))
                .procedure("5a0c-" + day)
                .build();

        var calls = new CallStore(database, notices);
        database.write(
                handle -> calls.ingest(handle, List.of(new ParsedNotice(twin, new byte[0], "application/json")), NOW));

        assertEquals(1, calls.count());
        assertEquals(1, calls.find(twin.id()).orElseThrow().revision());
    }
}
