package coop.vigie.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.NoticeStore.Raw;
import coop.vigie.store.NoticeStore.Saved;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Counters, views and markup are no content; dates, numbers and words are. */
class JiggleTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final NoticeId ID = new NoticeId(new SourceId("a"), "1");

    @ParameterizedTest(name = "{0} | {1}: {2}")
    @CsvFileSource(resources = "jiggles.csv", delimiter = '|', numLinesToSkip = 1)
    void looksAwayFromWhatOnlyCounts(String before, String after, boolean same) {
        if (same) {
            assertEquals(Jiggle.without(before), Jiggle.without(after));
        } else {
            assertNotEquals(Jiggle.without(before), Jiggle.without(after));
        }
    }

    private static Notice notice(String text, String day, String quote) {
        return new Notice.Builder(ID, BRUSSELS)
                .title(LocalText.of("fr", "Appel"))
                .text(LocalText.of("fr", text))
                .stated(new Deadline.Dated(LocalDate.parse(day), null, BRUSSELS, Deadline.Origin.TEXT, quote, false))
                .build();
    }

    @Test
    void isNoNewVersion_untilTheDateMoves(@TempDir Path folder) {
        try (var database = Database.open(folder, Schema.PUBLIC)) {
            var notices = new NoticeStore(database);
            var raw = new Raw(new byte[0], "text/html");

            assertEquals(
                    Saved.NEW, save(database, notices, notice("Vu 12 fois. J-21", "2026-12-15", "15/12 (J-21)"), raw));
            assertEquals(
                    Saved.UNCHANGED,
                    save(database, notices, notice("Vu 13 fois. J-20", "2026-12-15", "15/12 (J-20)"), raw));
            assertEquals(
                    Saved.CHANGED,
                    save(database, notices, notice("Vu 13 fois. J-20", "2026-12-16", "16/12 (J-21)"), raw));
            assertEquals(2, notices.history(ID).size());
        }
    }

    private static Saved save(Database database, NoticeStore notices, Notice notice, Raw raw) {
        return database.write(handle -> notices.save(handle, notice, raw, ID, NOW));
    }
}
