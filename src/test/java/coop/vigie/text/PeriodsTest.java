package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Deadline;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {

    private static final Instant PUBLISHED = Instant.parse("2026-11-01T09:00:00Z");

    @ParameterizedTest(name = "{0} -> {1} to {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            la première semaine d'octobre 2027    | 2027-10-04 | 2027-10-10
            la dernière semaine de septembre 2027 | 2027-09-20 | 2027-09-26
            eerste week van januari 2028          | 2028-01-03 | 2028-01-09
            in de laatste week van 2027           | 2027-12-20 | 2027-12-26
            the second week of March, 2027        | 2027-03-08 | 2027-03-14
            third last week of 2027               | 2027-12-06 | 2027-12-12
            in der letzten Woche im Juni 2027     | 2027-06-21 | 2027-06-27
            4e trimestre 2027                     | 2027-10-01 | 2027-12-31
            premier trimestre de 2028             | 2028-01-01 | 2028-03-31
            2de kwartaal van 2027                 | 2027-04-01 | 2027-06-30
            third quarter of 2027                 | 2027-07-01 | 2027-09-30
            1. Quartal 2028                       | 2028-01-01 | 2028-03-31
            Q4 2027                               | 2027-10-01 | 2027-12-31
            rentrée 2/2028                        | 2028-02-01 | 2028-02-29
            2027/09                               | 2027-09-01 | 2027-09-30
            in 2027 A.D.                          | 2027-01-01 | 2027-12-31
            im Jahre 2027 n. Chr.                 | 2027-01-01 | 2027-12-31
            """)
    void readsFromItsFirstDayToItsLast(String text, LocalDate first, LocalDate last) {
        List<FoundDate> dates = DeadlineFinder.dates(text, PUBLISHED, ZoneOffset.UTC, null);

        assertEquals(1, dates.size(), dates::toString);
        assertEquals(FoundDate.Kind.RANGE, dates.getFirst().kind());
        assertEquals(first, dates.getFirst().value());
        assertEquals(last, dates.getFirst().until());
        assertTrue(dates.getFirst().doubtful());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "la première semaine",
                "eerste week van volgend jaar",
                "the fifth week of February 2027",
                "5th quarter 2027",
                "FAQ4 2027",
                "Q42 2027",
                "arrêté 13/2027",
                "n° 2027/9/17",
                "2027/28",
                "lot 1-2/2027",
                "2027 ad hoc committee",
                "in 2027 ad hoc",
                "2027 na de verkiezingen"
            })
    void readsNothing_whereNoPeriodIsNamed(String text) {
        assertEquals(
                List.of(),
                DeadlineFinder.dates(text, PUBLISHED, ZoneOffset.UTC, null).stream()
                        .filter(date -> date.kind() == FoundDate.Kind.RANGE)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date limite : 4e trimestre 2027",
                "uiterlijk 2/2027",
                "deadline: last week of September 2027",
                "Frist: 1. Quartal 2027"
            })
    void makesNoDeadline(String text) {
        assertTrue(
                !(DeadlineFinder.find(text, PUBLISHED, ZoneOffset.UTC, null) instanceof Deadline.Dated),
                "nobody said which day");
    }

    @Property(tries = 200, seed = "20261129")
    void givesAWholeWeek_withinItsMonth(
            @ForAll @IntRange(min = 1950, max = 2100) int year, @ForAll @IntRange(min = 1, max = 12) int month) {
        String name = YearMonth.of(year, month).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        for (String which : List.of("first", "second", "third", "last", "second last")) {
            FoundDate found = DeadlineFinder.dates(
                            "the " + which + " week of " + name + " " + year, PUBLISHED, ZoneOffset.UTC, null)
                    .getFirst();
            LocalDate monday = Objects.requireNonNull(found.value());
            LocalDate sunday = Objects.requireNonNull(found.until());

            assertEquals(DayOfWeek.MONDAY, monday.getDayOfWeek());
            assertEquals(monday.plusDays(6), sunday);
            assertEquals(YearMonth.of(year, month), YearMonth.from(monday));
            assertEquals(YearMonth.of(year, month), YearMonth.from(sunday));
        }
    }
}
