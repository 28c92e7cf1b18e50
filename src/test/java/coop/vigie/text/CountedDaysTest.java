package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Deadline;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedDaysTest {

    private static final Instant PUBLISHED = Instant.parse("2024-02-01T09:00:00Z");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            le premier lundi de mars 2027                    | 2027-03-01
            le dernier jour du mois de février 2028          | 2028-02-29
            le deuxième mardi d'octobre 2027                 | 2027-10-12
            laatste vrijdag van juni 2027                    | 2027-06-25
            op de 3e dinsdag in september 2027               | 2027-09-21
            the first Monday of March, 2027                  | 2027-03-01
            last day of February 2027                        | 2027-02-28
            the 2nd Wednesday in October 2027                | 2027-10-13
            am dritten Dienstag im September 2027            | 2027-09-21
            maandag tweeëntwintig maart 2027                 | 2027-03-22
            le vingt et un mars 2027                         | 2027-03-21
            dix-sept avril 2027                              | 2027-04-17
            03/18/27                                         | 2027-03-18?
            letzter Freitag des Monats Juni 2027             | 2027-06-25
            3. Dienstag im September 2027                    | 2027-09-21
            the fifth Monday of February 2027                | impossible
            Mardi gras 2027                                  | 2027-02-09
            mercredi des Cendres 2027                        | 2027-02-10
            le vendredi saint 2027                           | 2027-03-26
            lundi de Pâques 2027                             | 2027-03-29
            L'Ascension 2027                                 | 2027-05-06
            Pentecôte 2027                                   | 2027-05-16
            l'Assomption 2027                                | 2027-08-15
            la Toussaint 2027                                | 2027-11-01
            NOËL 2027                                        | 2027-12-25
            fête nationale belge 2027                        | 2027-07-21
            fête nationale 2027                              | 2027-07-21?
            Witte Donderdag 2027                             | 2027-03-25
            Pasen 2027                                       | 2027-03-28
            Hemelvaart 2027                                  | 2027-05-06
            tweede pinksterdag 2027                          | 2027-05-17
            Koningsdag 2025                                  | 2025-04-26
            Kerstmis in 2027                                 | 2027-12-25
            Good Friday 2027                                 | 2027-03-26
            Whit Monday 2027                                 | 2027-05-17
            St. Patrick's Day 2027                           | 2027-03-17?
            Mother's Day 2027                                | 2027-05-09
            fathers' day 2027                                | 2027-06-20
            Thanksgiving 2026                                | 2026-11-26
            Black Friday 2026 budget                         | 2026-11-27
            Summer Bank Holiday 2026                         | 2026-08-31
            MLK day 2027                                     | 2027-01-18
            Karfreitag 2027                                  | 2027-03-26
            Fronleichnam 2027                                | 2027-05-27
            Ostern im Jahr 2027                              | 2027-03-28
            Buß- und Bettag 2026                             | 2026-11-18
            erster Advent 2026                               | 2026-11-29
            Orthodox Easter 2024                             | 2024-05-05
            Pâques orthodoxes 2027                           | 2027-05-02
            Aïd el-Fitr 2025                                 | 2025-03-30?
            Offerfeest 2025                                  | 2025-06-06?
            Eid al-Fitr 1988                                 | 1988-05-16?
            Offerfeest 1974                                  | 1974-01-03?
            Zuckerfest 2025                                  | 2025-03-30?
            Islamic New Year 2025                            | 2025-06-26?
            Rosh Hashanah 2025                               | 2025-09-22?
            Yom Kippour 2025                                 | 2025-10-01?
            Hanukkah 2024                                    | 2024-12-25?
            Tou Bichvat 2024                                 | 2024-01-24?
            Pourim 2024                                      | 2024-03-23?
            Tisha B'Av 2022                                  | 2022-08-06?
            Parsi New Year 2018                              | 2018-08-17?
            two weeks before 13 May 2027                     | 2027-04-29?
            3 jours après Pâques 2027                        | 2027-03-31?
            deux mois avant le 1er juin 2027                 | 2027-04-01?
            la veille du 13 mai 2027                         | 2027-05-12?
            de dag voor 13 mei 2027                          | 2027-05-12?
            een week na Pinksteren 2027                      | 2027-05-23?
            zehn Tage nach dem 13. Mai 2027                  | 2027-05-23?
            the Monday before 13 May 2027                    | 2027-05-10?
            dritter Dienstag nach Weihnachten 2026           | 2027-01-12?
            12/31/2027                                       | 2027-12-31?
            tweeëntwintigste van juni 2027                   | 2027-06-22
            Diwali 2027                                      | 2027-10-29?
            Nouvel an chinois 2027                           | 2027-02-06?
            Holi in 2027                                     | 2027-03-22?
            World Water Day 2027                             | 2027-03-22
            Journée mondiale des réfugiés 2027               | 2027-06-20
            Administrative Professionals' Day 2027           | 2027-04-21
            Grandparents Day 2027                            | 2027-09-12
            in three weeks since the year 2027               | 2027-01-22?
            binnen twee jaar sinds 2025                      | 2027-01-01?
            """)
    void readsDays_withoutDigits(String text, String expected) {
        assertEquals(expected, days(text));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            10 werkdagen voor 13 mei 2027                    | 2027-05-13?
            10 jours ouvrables avant le 13 mai 2027          | 2027-05-13?
            quelques jours avant le 13 mai 2027              | 2027-05-13?
            30 jours à compter du 13 mai 2027                | 2027-05-13?
            48 hours before 13 May 2027                      | 2027-05-13?
            """)
    void doubtsTheDay_fromWhichItCannotCount(String text, String expected) {
        assertEquals(expected, days(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Pâques approche
            Inschrijven tot Pinksteren
            the first Monday of March
            the first Monday of the month 2027
            the second last Friday of June 2027
            l'avant-dernier lundi de mars 2027
            12, rue de la Toussaint 2015
            Kerkstraat 5, plein van Allerheiligen 2015
            Pour Noël, 2015 places
            la saison de Noël 2026/27
            Molenbeek-Saint-Jean 2027
            Tibetan New Year's Day 2027
            Attukal Pongala 2027
            Holiday 2027
            Lohringen 2027
            Black Friday week 2026
            Kerstmarkt 2026
            Weihnachtsmarkt 2026
            Christmas2026
            www.example.org/christmas 2026
            Happy New Year 2027
            vacances de Noël et printemps 2027
            Martini 2027
            Nikolaus 2027
            2 weeks before Easter
            Diwali market 2027
            two years of work since 2025
            10 ans depuis 2017
            """)
    void readsNone_whereNoDayIsMeant(String text) {
        assertEquals("", days(text));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Inschrijven kan tot Pinksteren 2024.                                    | 2024-05-19
            Inschrijven kan tot en met Goede Vrijdag 2024.                          | 2024-03-29
            Candidatures jusqu'au lundi de Pâques 2024 à 12h.                       | 2024-04-01T12:00
            Date limite : Noël 2024                                                 | 2024-12-25
            Deadline: first Monday of March 2024, 17:00                             | 2024-03-04T17:00
            Bewerbungsfrist: letzter Freitag im Juni 2024                           | 2024-06-28
            Date limite de candidature : 15 jours avant le 13 mai 2024              | 2024-04-28?
            Deadline for applications: 10 working days before 13 May 2024           | 2024-05-13?
            La date limite pour le marché de Noël 2024 est le 5 octobre 2024.       | 2024-10-05
            De deadline voor Kerstmis 2024 is 5 oktober 2024.                       | 2024-10-05
            Deadline for stalls on Black Friday 2024: 5 October 2024                | 2024-10-05
            Die Bewerbungsfrist für Weihnachten 2024 endet am 5. Oktober 2024.      | 2024-10-05
            Appel à projets Noël 2024 : date limite le 5 octobre 2024.              | 2024-10-05
            Le marché de Noël 2024 a lieu sur la place.                             | unknown
            Das Fest findet am Pfingstmontag 2024 statt.                            | unknown
            Inscriptions jusqu'au Nouvel an chinois 2025.                           | 2025-01-29?
            Soirée Diwali 2024 à la Maison des associations.                        | unknown
            Deadline in two weeks since 2024.                                       | unknown
            """)
    void takesAFeastForADeadline_onlyAfterWordsThatSaySo(String text, String expected) {
        String found =
                switch (DeadlineFinder.find(text, PUBLISHED, ZoneOffset.UTC, null)) {
                    case Deadline.Dated dated ->
                        dated.date() + (dated.time() == null ? "" : "T" + dated.time()) + (dated.doubtful() ? "?" : "");
                    default -> "unknown";
                };
        assertEquals(expected, found);
    }

    @Test
    void joinsFeasts_toARange() {
        FoundDate range = DeadlineFinder.dates(
                        "du lundi de Pâques 2027 à la Pentecôte 2027", null, ZoneOffset.UTC, null)
                .getFirst();

        assertEquals(LocalDate.of(2027, 3, 29), range.value());
        assertEquals(LocalDate.of(2027, 5, 16), range.until());
    }

    @Test
    void knowsTheDayOfEveryFeast() {
        assertTrue(Feasts.all().size() > 500);
        Feasts.all().forEach((name, rule) -> {
            LocalDate day = rule.in(2027);
            assertNotNull(day, name);
            assertEquals(2027, day.getYear(), name);
        });
    }

    @Property(seed = "20261124", tries = 200)
    void keepsEaster_onASundayInSpring(@ForAll @IntRange(min = 1900, max = 2199) int year) {
        LocalDate easter = Calendars.easter(year);
        LocalDate orthodox = Calendars.orthodoxEaster(year);

        assertEquals(DayOfWeek.SUNDAY, easter.getDayOfWeek());
        assertEquals(DayOfWeek.SUNDAY, orthodox.getDayOfWeek());
        assertTrue(!easter.isBefore(LocalDate.of(year, 3, 22)) && !easter.isAfter(LocalDate.of(year, 4, 25)));
        assertTrue(!orthodox.isBefore(easter));
    }

    @Property(seed = "20261124", tries = 200)
    void keepsTheJewishNewYear_offThreeWeekdays(@ForAll @IntRange(min = 1900, max = 2199) int year) {
        DayOfWeek weekday = Calendars.jewishNewYear(year).getDayOfWeek();

        assertNotEquals(DayOfWeek.SUNDAY, weekday);
        assertNotEquals(DayOfWeek.WEDNESDAY, weekday);
        assertNotEquals(DayOfWeek.FRIDAY, weekday);
    }

    private static String days(String text) {
        return DeadlineFinder.dates(text, null, ZoneOffset.UTC, null).stream()
                .map(date -> date.value() == null ? "impossible" : date.value() + (date.doubtful() ? "?" : ""))
                .collect(Collectors.joining(" "));
    }
}
