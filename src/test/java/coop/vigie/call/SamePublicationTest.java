package coop.vigie.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Call;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One publication that several sources carry. */
class SamePublicationTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

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

    private static Notice notice(String source, @Nullable String procedure, @Nullable LocalTime time, String text) {
        return new Notice.Builder(new NoticeId(new SourceId(source), "598420-2026"), ZoneId.of("Europe/Brussels"))
                .title(LocalText.of("fr", "Meubles"))
                .text(text.isEmpty() ? LocalText.EMPTY : LocalText.of("fr", text))
                .published(Instant.parse("2026-11-20T00:00:00Z"))
                .deadlines(
                        List.of(new LotDeadline(LotDeadline.Role.TENDER, null, LocalDate.of(2026, 12, 15), time, null)))
                .procedure(procedure)
                .identifiers(List.of("598420-2026"))
                .build();
    }

    private List<Call> stored(List<Notice> notices) {
        for (Notice notice : notices) {
            var parsed = new ParsedNotice(notice, new byte[0], "application/json");
            database.write(handle -> calls.ingest(handle, List.of(parsed), NOW));
        }
        var all = new ArrayList<Call>();
        calls.withAll(stream -> stream.map(Supplier::get).forEach(all::add));
        return all;
    }

    @ParameterizedTest
    @CsvSource({"true, p1, p1", "false, p1, p1", "true, p1,", "false, p1,", "true,,", "false,,"})
    void isOneCall_andTheRicherNoticeSpeaks_inBothOrders(
            boolean richFirst, @Nullable String ofFile, @Nullable String ofSearch) {
        Notice rich = notice("file", ofFile, LocalTime.of(11, 0), "Tables et chaises");
        Notice poor = notice("search", ofSearch, null, "");

        List<Call> all = stored(richFirst ? List.of(rich, poor) : List.of(poor, rich));

        assertEquals(1, all.size());
        assertEquals(rich, all.getFirst().facts());
        assertEquals(2, all.getFirst().notices().size());
        assertEquals(Optional.of(all.getFirst().id()), calls.find(poor.id()).map(Call::id));
    }

    @Test
    void keepsItsRevision_whenAPoorerNoticeComesLater() {
        Notice rich = notice("file", "p1", LocalTime.of(11, 0), "Tables");

        List<Call> all = stored(List.of(rich, notice("search", "p1", null, ""), rich));

        assertEquals(1, all.getFirst().revision());
    }

    @Test
    void staysApart_whenTheProceduresDiffer() {
        assertEquals(
                2,
                stored(List.of(notice("a", "p1", null, ""), notice("b", "p2", null, "")))
                        .size());
    }
}
