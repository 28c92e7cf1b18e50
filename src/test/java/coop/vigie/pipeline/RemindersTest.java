package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is time for a reminder: 14 and 3 days, and on the day itself, at half past seven in Brussels. */
class RemindersTest {

    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-12-20, 12:00, 2026-12-06T06:29:00Z, 2026-11-01T00:00:00Z, -, not yet half past seven",
                "2026-12-20, 12:00, 2026-12-06T06:30:00Z, 2026-11-01T00:00:00Z, 14, fourteen days before",
                "2026-12-20, 12:00, 2026-12-19T06:30:00Z, 2026-11-01T00:00:00Z, 3, of those missed the smallest",
                "2026-12-20, 12:00, 2026-12-19T06:30:00Z, 2026-12-18T00:00:00Z, -, marked after they were due",
                "2026-12-20, 12:00, 2026-12-20T06:30:00Z, 2026-12-18T00:00:00Z, 0, on the day itself",
                "2026-12-20, 06:00, 2026-12-20T00:00:00Z, 2026-12-18T00:00:00Z, 0, before it closes",
                "2026-12-20, 12:00, 2026-12-20T11:00:01Z, 2026-11-01T00:00:00Z, -, it has closed",
                "2026-12-20, -, 2026-12-20T22:00:00Z, 2026-11-01T00:00:00Z, 0, open until the day ends"
            })
    void isDue(LocalDate date, LocalTime time, Instant now, Instant marked, Integer days, String why) {
        var deadline = new Deadline.Dated(date, time, BRUSSELS, Deadline.Origin.FIELD, null, false);

        OptionalInt due = Regards.due(deadline, List.of(14, 3, 0), LocalTime.of(7, 30), marked, now);

        assertEquals(days == null ? OptionalInt.empty() : OptionalInt.of(days), due, why);
    }
}
