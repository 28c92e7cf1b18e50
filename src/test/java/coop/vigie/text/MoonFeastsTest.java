package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feasts that sun and moon decide, beside the days that calendars in China and India print for them. */
class MoonFeastsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Chinese New Year       | 02-08 01-28 02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03
            Duanwu                 | 06-09 05-30 06-18 06-07 06-25 06-14 06-03 06-22 06-10 05-31 06-19 06-09 05-28 06-16 06-05
            Mid-Autumn Festival    | 09-15 10-04 09-24 09-13 10-01 09-21 09-10 09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12
            Double Ninth Festival  | 10-09 10-28 10-17 10-07 10-25 10-14 10-04 10-23 10-11 10-29 10-18 10-08 10-26 10-16 10-05
            Diwali                 | 10-30 10-19 11-07 10-27 11-14 11-04 10-24 11-12 10-31 10-20 11-08 10-29 10-17 11-05 10-26
            Holi                   | 03-24 03-13 03-02 03-21 03-10 03-29 03-18 03-08 03-25 03-14 03-04 03-22 03-11 03-01 03-20
            Raksha Bandhan         | 08-18 08-07 08-26 08-15 08-03 08-22 08-11 08-30 08-19 08-09 08-28 08-17 08-05 08-23 08-13
            Ganesh Chaturthi       | 09-05 08-25 09-13 09-02 08-22 09-10 08-31 09-19 09-07 08-27 09-14 09-04 08-23 09-11 09-01
            Maha Shivaratri        | 03-07 02-24 02-13 03-04 02-21 03-11 03-01 02-18 03-08 02-26 02-15 03-06 02-23 02-11 03-02
            Karva Chauth           | 10-19 10-08 10-27 10-17 11-04 10-24 10-13 11-01 10-20 10-10 10-29 10-18 10-07 10-26 10-15
            Rath Yatra             | 07-06 06-25 07-14 07-04 06-23 07-12 07-01 06-20 07-07 06-27 07-16 07-05 06-24 07-13 07-02
            Rama Navami            | 04-15 04-04 03-25 04-13 04-02 04-21 04-10 03-30 04-17 04-06 03-26 04-15 04-03 04-22 04-12
            Guru Purnima           | 07-19 07-09 07-27 07-16 07-05 07-24 07-13 07-03 07-21 07-10 07-29 07-18 07-06 07-25 07-15
            Guru Nanak Jayanti     | 11-14 11-04 11-23 11-12 11-30 11-19 11-08 11-27 11-15 11-05 11-24 11-14 11-02 11-21 11-10
            Guru Ravidass Jayanti  | 02-22 02-10 01-31 02-19 02-09 02-27 02-16 02-05 02-24 02-12 02-01 02-20 02-10 01-30 02-18
            Valmiki Jayanti        | 10-16 10-05 10-24 10-13 10-31 10-20 10-09 10-28 10-17 10-07 10-26 10-15 10-03 10-22 10-11
            Chhath                 | 11-06 10-26 11-13 11-02 11-20 11-10 10-30 11-19 11-07
            """)
    void keepsTheDaysThatArePrinted_from2016On(String feast, String days) {
        List<String> found = new ArrayList<>();
        int years = days.split(" ").length;
        for (int year = 2016; year < 2016 + years; year++) {
            found.add(day(feast + " " + year).substring(5));
        }
        assertEquals(days, String.join(" ", found));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Chinese New Year 1950        | 1950-02-17
            Nouvel an chinois 1985       | 1985-02-20
            Chinees Nieuwjaar 2034       | 2034-02-19
            Chinesisches Neujahr 2100    | 2100-02-09
            Mid-Autumn Festival 2033     | 2033-09-08
            Qingming 2024                | 2024-04-04
            Laba Festival 2025           | 2025-01-07
            Dussehra 2019                | 2019-10-08
            Dussehra 2022                | 2022-10-05
            Makar Sankranti 2018         | 2018-01-14
            Makar Sankranti 2019         | 2019-01-15
            Kaanum Pongal 2024           | 2024-01-17
            Onam 2019                    | 2019-09-11
            Onam 2024                    | 2024-09-15
            Vishu 2018                   | 2018-04-15
            Puthandu 2018                | 2018-04-14
            Vaisakhi 2020                | 2020-04-13
            Poila Boishakh 2024          | 2024-04-14
            Rabindra Jayanti 2020        | 2020-05-08
            Vesak 2027                   | 2027-05-20
            Vijaya Dashami 2025          | 2025-10-02
            Vasant Panchami 2025         | 2025-02-02
            Guru Gobind Singh Jayanti 2020 | 2020-01-02
            Newroz 2024                  | 2024-03-20
            Nowruz 2027                  | 2027-03-21
            """)
    void knowsDays_thatDependOnHoursOrLeapMonths(String text, String expected) {
        assertEquals(expected, day(text));
    }

    @Property(seed = "20261129", tries = 100)
    void keepsTheChineseNewYear_fromJanuary20ToFebruary21(@ForAll @IntRange(min = 1900, max = 2199) int year) {
        LocalDate day = ChineseCalendar.day(year, 1, 1);

        assertTrue(!day.isBefore(LocalDate.of(year, 1, 20)) && !day.isAfter(LocalDate.of(year, 2, 21)), day.toString());
    }

    @Property(seed = "20261129", tries = 100)
    void countsTheMonthsOfAYear_fromOneNewMoonToTheNext(
            @ForAll @IntRange(min = 1900, max = 2199) int year, @ForAll @IntRange(min = 1, max = 12) int month) {
        LocalDate start = ChineseCalendar.day(year, month, 1);
        LocalDate next = month == 12 ? ChineseCalendar.day(year + 1, 1, 1) : ChineseCalendar.day(year, month + 1, 1);
        long days = next.toEpochDay() - start.toEpochDay();

        // A month, or a month and its leap month.
        assertTrue(List.of(29L, 30L, 58L, 59L, 60L).contains(days), start + " " + days);
    }

    @Property(seed = "20261129", tries = 20)
    void keepsEveryFeast_withinItsYear(@ForAll @IntRange(min = 1900, max = 2170) int year) {
        Feasts.all().forEach((name, rule) -> {
            LocalDate day = rule.in(year);
            assertTrue(day == null || Math.abs(day.getYear() - year) <= 1, name + " " + day);
        });
    }

    private static String day(String text) {
        FoundDate date = DeadlineFinder.dates(text, null, ZoneOffset.UTC, null).getFirst();
        assertTrue(date.doubtful(), text);
        return String.valueOf(date.value());
    }
}
