package coop.vigie.call;

import static coop.vigie.call.Calls.NOW;
import static coop.vigie.call.Calls.id;
import static coop.vigie.call.Calls.notice;
import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Stage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call says when its notices say different things, and where each value is from. */
class FillingTest {

    @TempDir
    private Path folder;

    private Calls calls;

    @BeforeEach
    void open() {
        calls = new Calls(folder);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private static Notice.Builder original() {
        return notice("a", "101-2026", "Éclairage")
                .procedure("p")
                .published(Instant.parse("2026-11-01T00:00:00Z"))
                .text(LocalText.of("fr", "Tout ce qui est demandé"))
                .buyer("Ville")
                .deadlines(List.of(new LotDeadline(
                        LotDeadline.Role.TENDER, null, LocalDate.of(2026, 12, 15), LocalTime.of(11, 0), null)));
    }

    private static Notice.Builder later(String number, Stage stage) {
        return notice("a", number, "Éclairage")
                .procedure("p")
                .stage(stage)
                .published(Instant.parse("2026-11-10T00:00:00Z"));
    }

    @Test
    void aChangeThatNamesNoDate_keepsTheDate_andSaysWhereItIsFrom() {
        calls.take(original(), later("201-2026", Stage.CHANGE));

        Call call = calls.of("a", "101-2026");
        assertEquals(id("a", "201-2026"), call.facts().id());
        assertEquals("Tout ce qui est demandé", call.facts().text().in(List.of("fr")));
        assertEquals(original().build().deadline(NOW), call.deadline(NOW));
        assertEquals(
                Map.of("text", id("a", "101-2026"), "buyer", id("a", "101-2026"), "deadline", id("a", "101-2026")),
                call.borrowed());
        assertEquals(id("a", "201-2026"), call.origin("title"));
        assertEquals(1, call.revision());
    }

    @Test
    void aBorrowedDate_keepsTheZoneItWasWrittenIn() {
        Notice.Builder inLisbon = original().zone(ZoneId.of("Europe/Lisbon"));
        calls.take(inLisbon, later("201-2026", Stage.CHANGE));

        assertEquals(inLisbon.build().closes(), calls.of("a", "101-2026").closes());
    }

    @Test
    void aChangeWithWordsThatGiveNoDate_doesNotKeepTheOldOne() {
        calls.take(original(), later("201-2026", Stage.CHANGE).stated(new Deadline.Unknown("31 février")));

        assertNull(calls.of("a", "101-2026").closes());
    }

    @Test
    void aSecondCallOfTheProcedure_doesNotTakeTheDateOfTheFirst() {
        calls.take(original(), later("201-2026", Stage.COMPETITION));

        assertEquals(Deadline.UNKNOWN, calls.of("a", "101-2026").deadline(NOW));
    }

    @Test
    void anAward_lendsNothing() {
        calls.take(original(), later("201-2026", Stage.AWARD).value(new Money(BigDecimal.TEN, "EUR")));

        assertNull(calls.of("a", "101-2026").facts().value());
    }

    @Test
    void aCopyOnTheSamePage_lendsItsDate_toTheOneThatSaysMore() {
        String page = "https://example.org/appels/1";
        calls.take(
                notice("a", "1", "Éclairage de scène").url(page).stated(on("2026-12-15")),
                notice("b", "x", "Éclairage de scène")
                        .url(page)
                        .text(LocalText.of("fr", "Tout"))
                        .buyer("Ville")
                        .published(Instant.parse("2026-11-10T00:00:00Z")));

        Call call = calls.of("a", "1");
        assertEquals(on("2026-12-15"), call.deadline(NOW));
        assertEquals("Tout", call.facts().text().in(List.of("fr")));
        assertEquals(2, call.notices().size());
    }
}
