package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.call.CallStore;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Call;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One tender in three interfaces: Belgium's, TED's, and the document itself. */
class TwinsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String PROCEDURE = "9b7a0c11-0000-4000-8000-00000000000a";

    @TempDir
    private Path folder;

    private Database database;
    private CallStore calls;

    @BeforeEach
    void open() {
        database = Database.open(folder, Schema.PUBLIC);
        calls = new CallStore(database, new NoticeStore(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String bda(String members) {
        return """
                {"totalCount": 1, "publications": [{"publicationWorkspaceId": "47197bd6-0000-4000-8000-000000000001",
                 "dossier": {"titles": [{"language": "FR", "text": "Scénographie"}]}, "noticeSubType": "16",
                 "publishedAt": ["2026-11-20T00:00:46"], %s}]}
                """.formatted(members);
    }

    private static final String TED = """
            {"notices": [{"publication-number": "712345-2026", "procedure-identifier": "%s", "notice-type": "cn-standard",
             "publication-date": "2026-11-02+01:00", "title-proc": {"fra": "Scénographie d'un festival"},
             "deadline-receipt-tender-date-lot": ["2026-12-15+01:00"], "deadline-receipt-tender-time-lot": ["11:00:00+01:00"]}],
             "totalNoticeCount": 1, "timedOut": false}
            """.formatted(PROCEDURE);

    private List<ParsedNotice> read(String type) {
        String document =
                switch (type) {
                    case "bda" -> bda("\"procedureId\": \"" + PROCEDURE.toUpperCase(Locale.ROOT) + "\"");
                    case "bda-by-number" -> bda("\"publicationReferenceNumbersTED\": [\"712345-2026\"]");
                    case "ted-search" -> TED;
                    default ->
                        Eforms.competition("712345-2026", PROCEDURE, "2026-12-15")
                                .xml();
                };
        String parser = type.replace("-by-number", "");
        var context = new ParseContext(
                new SourceId(parser),
                Level.FEDERAL,
                null,
                List.of("fr"),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                SourceOptions.NONE,
                NOW);
        URI file = URI.create("file:///notices/" + type);
        var payload = new Payload(file, type, document.getBytes(StandardCharsets.UTF_8), null);
        return Parsers.of(parser).parse(payload, Query.get(file), context).notices();
    }

    @ParameterizedTest
    @CsvSource({
        "bda, ted-search, eforms",
        "bda, eforms, ted-search",
        "ted-search, bda, eforms",
        "eforms, ted-search, bda",
        "bda-by-number, ted-search, eforms",
        "eforms, bda-by-number, ted-search"
    })
    void areOneCall_withTheDateThatOneOfThemKnows(String first, String second, String third) {
        for (String each : List.of(first, second, third)) {
            List<ParsedNotice> notices = read(each);
            assertEquals(1, notices.size(), each);
            database.write(handle -> calls.ingest(handle, notices, NOW));
        }

        var all = new ArrayList<Call>();
        calls.withAll(stream -> stream.map(Supplier::get).forEach(all::add));
        assertEquals(1, all.size());
        assertEquals(3, all.getFirst().notices().size());
        assertEquals(
                Instant.parse("2026-12-15T10:00:00Z"), all.getFirst().facts().closes());
    }
}
