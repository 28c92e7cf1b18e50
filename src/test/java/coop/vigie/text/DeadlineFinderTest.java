package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineFinderTest {

    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Instant PUBLISHED = Instant.parse("2024-02-01T09:00:00Z");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvFileSource(resources = "deadlines.csv", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 1000)
    void readsSentence_asAPersonWould(String sentence, String expected) {
        String text = sentence.replace("\\n", "\n");

        Deadline deadline = DeadlineFinder.find(text, PUBLISHED, BRUSSELS, null);

        assertEquals(expected, describe(deadline));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr-BE", "nl-BE", "en-GB", "tr-TR"})
    void readsTheSame_whateverTheLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertEquals("2024-03-15T12:00", describe(find("DATE LIMITE : VENDREDI 15 MARS 2024 À MIDI")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void quotesTheWords_itWasReadFrom() {
        Deadline deadline =
                find("Nous cherchons des artistes. La date limite est le\u00a015\u00a0mars 2024. Bonne chance !");

        assertEquals("La date limite est le 15 mars 2024.", deadline.quote());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Deadline: 15 July 2024, 17:00 CET        | 2024-07-15T15:00:00Z
                    Deadline: 15 July 2024, 17:00 CEST       | 2024-07-15T15:00:00Z
                    Deadline: 15 July 2024, 17:00 UTC        | 2024-07-15T17:00:00Z
                    Deadline: 15 July 2024, 17:00 (GMT+1)    | 2024-07-15T16:00:00Z
                    Deadline: 2024-07-15T17:00:00+03:00      | 2024-07-15T14:00:00Z
                    Date limite : 15 juillet 2024 à 17h (heure de Paris) | 2024-07-15T15:00:00Z
                    Date limite : 15 juillet 2024            | 2024-07-15T21:59:59Z
                    """)
    void readsTheZone_whereOneIsWritten(String text, Instant expected) {
        assertEquals(
                expected, assertInstanceOf(Deadline.Dated.class, find(text)).instant());
    }

    @Test
    void addsNoYear_whenNobodyKnowsWhenItWasPublished() {
        assertEquals(Deadline.UNKNOWN, DeadlineFinder.find("Date limite : 15 mars", null, BRUSSELS, "fr"));
    }

    @Test
    void listsDates_withOffsetsOfTheOriginal() {
        String text = "Du 3 au 15 mars 2024, puis le 31/02/2024 et le 1\u1D49\u02B3 mai 2024 \u00e0 12h.";

        List<FoundDate> dates = DeadlineFinder.dates(text, null, BRUSSELS, "fr");

        assertEquals(
                List.of("3 au 15 mars 2024", "31/02/2024", "1\u1D49\u02B3 mai 2024 \u00e0 12h"),
                dates.stream().map(FoundDate::quote).toList());
        assertEquals(LocalDate.of(2024, 3, 15), dates.get(0).until());
        assertEquals(null, dates.get(1).value());
        assertEquals(FoundDate.Kind.DATETIME, dates.get(2).kind());
        assertTrue(dates.stream()
                .allMatch(date -> text.substring(date.start(), date.end()).equals(date.quote())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "1/",
                "12.",
                "a",
                "date limite ",
                "15 mars 2024 ",
                "\n",
                " \n",
                "jusqu'au ",
                "3 au ",
                "12h",
                "12:00 ",
                "lundi ",
                "le ",
                "(",
                "1 000 ",
                "€",
                "Date limite : 15 mars 2024\n",
                "1er ",
                "du 3 au 15 mars 2024 ",
                "à 12h ",
                "3 jours avant ",
                "premier lundi de mars ",
                "St. "
            })
    void staysLinear_onHostileText(String piece) {
        String hostile = piece.repeat(300_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertNotNull(find(hostile));
            assertNotNull(Amounts.find(hostile));
        });
    }

    private static Deadline find(String text) {
        return DeadlineFinder.find(text, PUBLISHED, BRUSSELS, null);
    }

    private static String describe(Deadline deadline) {
        return switch (deadline) {
            case Deadline.Dated dated ->
                dated.date() + (dated.time() == null ? "" : "T" + dated.time()) + (dated.doubtful() ? "?" : "");
            case Deadline.Rolling rolling -> "rolling";
            case Deadline.Unknown unknown -> unknown.quote() == null ? "unknown" : "impossible";
            case Deadline.Forecast forecast -> "forecast";
        };
    }
}
