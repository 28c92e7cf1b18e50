package coop.vigie.call;

import static coop.vigie.call.Calls.NOW;
import static coop.vigie.call.Calls.id;
import static coop.vigie.call.Calls.notice;
import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One page in several sources, or under several ids: its date is the last one written, and doubtful where they disagree. */
class CopiesTest {

    private static final String TITLE = "Résidences de danse en forêt";

    @TempDir
    private Path folder;

    private Calls calls;
    private Instant now = NOW;

    @BeforeEach
    void open() {
        calls = new Calls(folder);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private static Notice.Builder copy(String source, String nativeId, Deadline stated) {
        return notice(source, nativeId, TITLE).url("https://example.org/danse").stated(stated);
    }

    private static Notice.Builder richCopy(String source, String nativeId, Deadline stated) {
        return copy(source, nativeId, stated).buyer("Ville").text(LocalText.of("fr", "Tout ce qui est demandé"));
    }

    /** What a list shows the next day. */
    private void nextDay(Notice.Builder... notices) {
        now = now.plus(Duration.ofDays(1));
        calls.takeAll(List.of(notices).stream().map(Notice.Builder::build).toList(), now);
    }

    private Deadline date() {
        return calls.of("a", "1").deadline(now);
    }

    private static Deadline doubtful(String day) {
        return Dates.doubted((Deadline.Dated) on(day));
    }

    private static Deadline at(String day, LocalTime time) {
        return new Deadline.Dated(LocalDate.parse(day), time, Calls.BRUSSELS, Deadline.Origin.TEXT, "à " + time, false);
    }

    // Several sources

    @Test
    void thatAgree_areNotDoubted() {
        nextDay(richCopy("a", "1", on("2026-12-08")));
        nextDay(copy("b", "x", on("2026-12-08")));

        assertEquals(on("2026-12-08"), date());
    }

    @Test
    void thatMoveTheDate_areHeard_thoughAnotherSaysMore_andTheRevisionGrows() {
        nextDay(richCopy("a", "1", on("2026-12-08")), copy("b", "x", on("2026-12-08")));
        nextDay(copy("b", "x", on("2026-12-20")));

        Call call = calls.of("a", "1");
        assertEquals(doubtful("2026-12-20"), date());
        assertEquals(2, call.revision());
        assertEquals(id("a", "1"), call.origin("text"));
        assertEquals(id("b", "x"), call.origin("deadline"));
    }

    @Test
    void thatOnlyRewordTheirText_doNotBringBackAnOldDate() {
        nextDay(richCopy("a", "1", on("2026-12-08")), copy("b", "x", on("2026-12-08")));
        nextDay(copy("b", "x", on("2026-12-20")));
        nextDay(richCopy("a", "1", on("2026-12-08")).text(LocalText.of("fr", "Tout, autrement")));
        assertEquals(doubtful("2026-12-20"), date());

        nextDay(richCopy("a", "1", on("2026-12-20")));
        assertEquals(on("2026-12-20"), date());
        assertEquals(2, calls.of("a", "1").revision());
    }

    @Test
    void thatDisagreeFromTheStart_giveTheEarlierDate_whicheverSaysMore() {
        nextDay(copy("a", "1", on("2026-12-04")), richCopy("b", "x", on("2026-12-15")));

        assertEquals(doubtful("2026-12-04"), date());
    }

    @Test
    void thatStillShowLastYear_doNotCloseTheCall() {
        nextDay(richCopy("a", "1", on("2025-12-04")), copy("b", "x", on("2026-12-15")));

        assertEquals(on("2026-12-15"), date());
    }

    @Test
    void thatAreDoubtful_doNotOverruleOneThatIsSure() {
        nextDay(copy("a", "1", on("2026-12-04")));
        nextDay(richCopy("b", "x", doubtful("2026-12-15")));

        assertEquals(doubtful("2026-12-04"), date());
    }

    @Test
    void thatNameTheHour_lendIt() {
        nextDay(richCopy("a", "1", on("2026-12-04")), copy("b", "x", at("2026-12-04", LocalTime.NOON)));

        assertEquals(at("2026-12-04", LocalTime.NOON), date());
        assertEquals(id("b", "x"), calls.of("a", "1").origin("deadline"));
    }

    @Test
    void thatLinkToTheOfficialJournal_doNotOverruleIt() {
        var lot = new LotDeadline(LotDeadline.Role.TENDER, null, LocalDate.of(2026, 12, 15), LocalTime.NOON, null);
        nextDay(notice("ted", "598420-2026", "Beleuchtung")
                .identifiers(List.of("598420-2026"))
                .published(Instant.parse("2026-11-20T00:00:00Z"))
                .deadlines(List.of(lot)));
        nextDay(notice("a", "1", "Éclairage")
                .url("https://ted.europa.eu/fr/notice/-/detail/598420-2026")
                .published(Instant.parse("2026-11-21T09:00:00Z"))
                .stated(on("2026-12-31")));

        assertEquals(lot.date(), ((Deadline.Dated) date()).date());
    }

    @Test
    void areTwoCalls_whenTheNumbersInTheirTitlesContradict() {
        nextDay(notice("a", "1", "Résidences de danse 2025").url("https://example.org/danse"));
        nextDay(notice("b", "x", "Résidences de danse 2026").url("https://example.org/danse"));

        assertEquals(2, calls.all().size());
    }

    // One source

    @Test
    void underANewId_areTheSameCall_withTheNewDate() {
        nextDay(richCopy("a", "1", on("2026-12-04")));
        nextDay(copy("a", "1-bis", on("2026-12-14")).url("https://www.example.org/danse/?utm_source=feed"));
        nextDay(copy("a", "1-ter", on("2026-12-16")));

        assertEquals(1, calls.all().size());
        assertEquals(on("2026-12-16"), date());
        assertEquals(3, calls.of("a", "1-ter").revision());
    }

    @Test
    void underANewId_tellNothingNew_whenTheDateIsTheSame() {
        nextDay(copy("a", "1", on("2026-12-04")), copy("b", "x", on("2026-12-04")));
        nextDay(copy("a", "1-bis", on("2026-12-04")));

        assertEquals(1, calls.all().size());
        assertEquals(1, calls.of("a", "1-bis").revision());
    }

    @Test
    void besideEachOtherInOneList_areTwoCalls() {
        nextDay(copy("a", "1", on("2026-12-04")));
        nextDay(copy("a", "1", on("2026-12-04")), copy("a", "2", on("2026-12-14")));

        assertEquals(2, calls.all().size());
    }

    @Test
    void underANewId_onceTheFirstHasClosed_areAnotherRound() {
        LocalDate tomorrow = LocalDate.ofInstant(now, Calls.BRUSSELS).plusDays(1);
        nextDay(copy("a", "1", on(tomorrow.toString())));
        nextDay(copy("a", "2", on("2027-06-14")));

        assertEquals(2, calls.all().size());
    }

    @Test
    void underANewId_withAnotherTitle_areTwoCalls() {
        nextDay(copy("a", "1", on("2026-12-04")));
        nextDay(notice("a", "2", TITLE + " 2027").url("https://example.org/danse"));

        assertEquals(2, calls.all().size());
    }
}
