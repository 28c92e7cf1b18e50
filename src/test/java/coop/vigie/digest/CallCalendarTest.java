package coop.vigie.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Calls as iCalendar. */
class CallCalendarTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void putsAnEventAtTheDeadline() {
        assertEquals(
                List.of(
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//Vigie//calls//FR",
                        "BEGIN:VEVENT",
                        "UID:source:1",
                        "DTSTAMP:20261124T080000Z",
                        "DTSTART:20261206T110000Z",
                        "SEQUENCE:2",
                        "SUMMARY:Théâtre\\; appel\\, 2026\\\\2027",
                        "STATUS:CONFIRMED",
                        "TRANSP:TRANSPARENT",
                        "URL:https://example.org/1?a=b,c",
                        "END:VEVENT",
                        "END:VCALENDAR"),
                lines(calendar(call("Théâtre; appel, 2026\\2027", noon(false), 3))));
    }

    @Test
    void marksADoubtfulDateAsTentative() {
        assertTrue(lines(calendar(call("Appel", noon(true), 1))).contains("STATUS:TENTATIVE"));
    }

    @Test
    void leavesOutWhatHasNoDateOrIsClosed() {
        Deadline past = new Deadline.Dated(
                LocalDate.of(2026, 11, 1), null, ZoneId.of("Europe/Brussels"), Deadline.Origin.FIELD, null, false);

        String calendar = calendar(
                call("a", Deadline.UNKNOWN, 1),
                call("b", new Deadline.Rolling(Deadline.Origin.TEXT, "permanent"), 1),
                call("c", past, 1));

        assertFalse(calendar.contains("VEVENT"), calendar);
    }

    @Property(seed = "20261124", tries = 200)
    void foldsAnyTitleWithoutLosingAnything(@ForAll String title) {
        String calendar = calendar(call("x" + title, noon(false), 1));

        for (String line : calendar.split("\r\n", -1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
            assertTrue(line.indexOf('\n') < 0 && line.indexOf('\r') < 0, line);
        }
        assertTrue(calendar.endsWith("END:VCALENDAR\r\n"));
        String unfolded = calendar.replace("\r\n ", "");
        assertTrue(unfolded.contains("\r\nSUMMARY:" + encodable(CallCalendar.text("x" + title)) + "\r\n"), unfolded);
    }

    /** What UTF-8 cannot say (half a surrogate pair) becomes a question mark. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Deadline noon(boolean doubtful) {
        return new Deadline.Dated(
                LocalDate.of(2026, 12, 6),
                LocalTime.NOON,
                ZoneId.of("Europe/Brussels"),
                Deadline.Origin.TEXT,
                "6 décembre à midi",
                doubtful);
    }

    private static String calendar(Call... calls) {
        return encodable(CallCalendar.of(List.of(calls), NOW, "fr"));
    }

    private static List<String> lines(String calendar) {
        return calendar.replace("\r\n ", "").lines().toList();
    }

    private static Call call(String title, Deadline deadline, int revision) {
        NoticeId id = NoticeId.parse("source:1").orElseThrow();
        Notice notice = new Notice.Builder(id, ZoneId.of("Europe/Brussels"))
                .kind(Kind.CALL)
                .level(Level.COMMUNITY)
                .title(LocalText.of("fr", title))
                .stated(deadline)
                .url("https://example.org/1?a=b,c")
                .build();
        return new Call(id, List.of(id), revision, Stage.COMPETITION, notice, NOW);
    }
}
