package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On Wednesday, 10 March 2027. */
class RelativeDaysTest {

    private static final Instant PUBLISHED = Instant.parse("2027-03-10T09:00:00Z");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Réunion aujourd’hui                     | 2027-03-10
            demain à 11h                            | 2027-03-11 11:00
            après-demain                            | 2027-03-12
            avant-hier                              | 2027-03-08
            ce soir à 19h30                         | 2027-03-10 19:30
            vendredi prochain                       | 2027-03-12
            mercredi prochain                       | 2027-03-17
            lundi dernier                           | 2027-03-08
            ce vendredi                             | 2027-03-12
            mardi de la semaine prochaine           | 2027-03-16
            dans trois semaines                     | 2027-03-31
            il y a deux jours                       | 2027-03-08
            vandaag om 20.30                        | 2027-03-10 20:30
            om 20.30 vandaag                        | 2027-03-10 20:30
            morgen                                  | 2027-03-11
            overmorgen                              | 2027-03-12
            eergisteren                             | 2027-03-08
            vanavond rond 19.00                     | 2027-03-10 19:00
            aanstaande vrijdag                      | 2027-03-12
            volgende vrijdag                        | 2027-03-19
            op dinsdag van volgende week            | 2027-03-16
            volgende week op dinsdag om 9.00        | 2027-03-16 09:00
            over twee weken                         | 2027-03-24
            10 dagen geleden                        | 2027-02-28
            today at 8.30 pm                        | 2027-03-10 20:30
            the day after tomorrow                  | 2027-03-12
            this Friday                             | 2027-03-12
            next Friday                             | 2027-03-19
            last Monday                             | 2027-03-08
            Friday next week                        | 2027-03-19
            in 10 days                              | 2027-03-20
            2 weeks from now                        | 2027-03-24
            heute                                   | 2027-03-10
            übermorgen                              | 2027-03-12
            nächsten Freitag                        | 2027-03-12
            vor zwei Wochen                         | 2027-02-24
            """)
    void isRead_inDoubt(String text, String expected) {
        assertEquals(expected + "?", read(text, PUBLISHED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "La ville de demain",
                "de stad van morgen",
                "the cities of tomorrow",
                "today's artists",
                "'s morgens",
                "goede morgen",
                "am Morgen",
                "klik hier",
                "volgende week",
                "over 30 days",
                "dans deux ans",
                "last Friday of the month",
                "the next days",
                "in vier werkdagen",
                "du lundi au vendredi",
                "ce mardi-là",
            })
    void isNoDay(String text) {
        assertEquals("", read(text, PUBLISHED));
    }

    @Test
    void leavesADateAsItIs_whereAWordStandsBeforeIt() {
        assertEquals("2027-05-07", read("next Friday, 7 May 2027", PUBLISHED));
        assertEquals("2027-05-07", read("vendredi prochain, 7 mai 2027", PUBLISHED));
    }

    @Test
    void isNotRead_whereNobodyKnowsTheDayOfTheText() {
        assertEquals("", read("demain à 11h", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date limite : demain à 11h",
                "Uiterste indiendatum: volgende vrijdag",
                "Closing date: today",
                "Apply by next Friday at 5 pm",
                "Bewerbungsfrist: heute",
            })
    void isNeverADeadline(String text) {
        assertTrue(DeadlineFinder.find(text, PUBLISHED, ZoneOffset.UTC, null) instanceof Deadline.Unknown);
    }

    private static String read(String text, @Nullable Instant published) {
        return DeadlineFinder.dates(text, published, ZoneOffset.UTC, null).stream()
                .map(date ->
                        date.value() + (date.time() == null ? "" : " " + date.time()) + (date.doubtful() ? "?" : ""))
                .collect(Collectors.joining(", "));
    }
}
