package coop.vigie.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void everyKeyIsThere_inEveryLanguage() {
        for (String language : Messages.LANGUAGES) {
            assertEquals(
                    new TreeSet<>(Messages.in("en").keys()),
                    new TreeSet<>(Messages.in(language).keys()));
        }
    }

    @Test
    void noValueIsTheSameInAllThree() {
        var same = new TreeSet<String>();
        for (String key : Messages.in("en").keys()) {
            if (Messages.LANGUAGES.stream()
                            .map(language -> Messages.in(language).text(key, "0", "1", "2"))
                            .distinct()
                            .count()
                    == 1) {
                same.add(key);
            }
        }
        assertEquals(Set.of(), same);
    }

    @Test
    void everyTranslationUsesTheSameValues() {
        Set<String> free = Set.of("date.time");
        for (String key : Messages.in("en").keys()) {
            List<Set<String>> places = Messages.LANGUAGES.stream()
                    .map(language -> places(Messages.in(language).all().getOrDefault(key, "")))
                    .distinct()
                    .toList();
            assertTrue(places.size() == 1 || free.contains(key), key + " " + places);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | 0 | 0 muette
            fr | 1 | 1 muette
            fr | 2 | 2 muettes
            nl | 0 | 0 zwijgen
            nl | 1 | 1 zwijgt
            en | 0 | 0 of them silent
            en | 1 | 1 silent
            """)
    void countsByTheLanguagesOwnRule(String language, int count, String expected) {
        assertEquals(expected, Messages.in(language).count("sources.silent", count));
    }

    @Test
    void leavesBracesInValuesAlone() {
        assertEquals("date changed: {1} → {0}", Messages.in("en").text("change.other", "{1}", "{0}"));
    }

    @Test
    void speaksEnglish_whenALanguageHasNoFrame() {
        assertEquals("en", Messages.in("de").language());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | 1234567    | EUR | 1_234_567~€
            nl | 1234567    | EUR | €~1.234.567
            en | 1234567    | EUR | €1,234,567
            fr | 999.5      | EUR | 999,50~€
            nl | 1000       | USD | 1.000 USD
            en | 0          | EUR | ''
            en | -5         | EUR | ''
            en | 1E+999999  | EUR | ''
            en | 1E-999999  | EUR | €0
            """)
    void writesAmounts_asPeopleDo(String language, BigDecimal amount, String currency, String expected) {
        assertEquals(
                expected.replace('_', '\u202f').replace('~', '\u00a0'),
                MoneyWords.of(new Money(amount, currency), Messages.in(language)));
    }

    private static Set<String> places(String message) {
        return new TreeSet<>(
                PLACE.matcher(message).results().map(MatchResult::group).toList());
    }
}
