package coop.vigie.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | 2026-12-03 | 12:00 | Europe/Brussels  | jeu. 3 déc. 2026, 12 h 00
            nl | 2026-12-03 | 12:00 | Europe/Brussels  | do 3 dec. 2026, 12.00 uur
            en | 2026-12-03 | 12:00 | Europe/Brussels  | Thu 3 Dec 2026, 12:00
            fr | 2027-01-01 | 09:05 | Europe/Brussels  | ven. 1er janv. 2027, 9 h 05
            nl | 2027-03-01 | 09:05 | Europe/Brussels  | ma 1 mrt. 2027, 9.05 uur
            en | 2027-05-01 | 09:05 | Europe/Brussels  | Sat 1 May 2027, 09:05
            fr | 2027-02-28 |       | Europe/Brussels  | dim. 28 févr. 2027
            fr | 2026-12-03 | 23:59:59 | Europe/Brussels | jeu. 3 déc. 2026, 23 h 59
            fr | 2026-12-03 | 12:00 | Europe/Paris     | jeu. 3 déc. 2026, 12 h 00
            fr | 2026-12-03 | 12:00 | Europe/Lisbon    | jeu. 3 déc. 2026, 12 h 00 (fuseau Europe/Lisbon)
            nl | 2026-12-03 | 12:00 | Europe/Lisbon    | do 3 dec. 2026, 12.00 uur (tijdzone Europe/Lisbon)
            en | 2026-12-03 |       | Europe/Lisbon    | Thu 3 Dec 2026 (Europe/Lisbon time)
            en | 2027-07-01 | 12:00 | +01:00           | Thu 1 Jul 2027, 12:00 (+01:00 time)
            en | 2026-12-03 | 12:00 | +01:00           | Thu 3 Dec 2026, 12:00
            fr | 2026-11-23 |       | Europe/Brussels  | lun. 23 nov. 2026 (fermé)
            """)
    void writesADeadline_asPeopleDo(String language, LocalDate date, LocalTime time, ZoneId zone, String expected) {
        var deadline = new Deadline.Dated(date, time, zone, Deadline.Origin.FIELD, null, false);

        assertEquals(expected, words(language).deadline(deadline));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | 2026-11-24 | aujourd’hui
            fr | 2026-11-25 | demain
            fr | 2026-11-27 | dans 3 jours
            nl | 2026-11-25 | morgen
            en | 2026-11-24 | today
            en | 2026-11-23 | ''
            """)
    void countsCalendarDays(String language, LocalDate date, String expected) {
        assertEquals(expected, words(language).left(Samples.on(date.toString())));
    }

    private static DateWords words(String language) {
        return new DateWords(Messages.in(language), Samples.BRUSSELS, Instant.parse("2026-11-24T06:30:00Z"));
    }
}
