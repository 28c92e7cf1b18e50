package coop.vigie.codes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpvTest {

    @Test
    void holdsTheWholeVocabulary() {
        assertEquals(9_454, Cpv.codes().size());
        assertTrue(Cpv.known("92310000"));
        assertFalse(Cpv.known("92310001"));
        assertFalse(Cpv.known(""));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            fr, Services
            nl, Diensten
            en, Services
            de, Dienstleistungen
            it, Services
            """)
    void labelsInTheReadersLanguage_elseInEnglish(String language, String word) {
        String label = Cpv.label("85312000", language).orElseThrow();
        String english = Cpv.label("85312000", "en").orElseThrow();

        assertEquals(language.equals("en") || language.equals("it"), label.equals(english), label);
        assertTrue(Cpv.label("79950000", language).isPresent(), word);
    }

    @Test
    void labelsNothing_whenTheCodeIsUnknown() {
        assertEquals(Optional.empty(), Cpv.label("99999999", "fr"));
        assertEquals(Optional.empty(), Cpv.parent("99999999"));
        assertEquals(List.of(), Cpv.children("99999999"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            03111000, 03110000
            03110000, 03100000
            03100000, 03000000
            03212211, 03212210
            30120000, 30100000
            30100000, 30000000
            """)
    void nestsByDigits(String code, String parent) {
        assertEquals(Optional.of(parent), Cpv.parent(code));
        assertTrue(Cpv.children(parent).contains(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03000000", "30000000", "92000000"})
    void divisionsHaveNoParent(String division) {
        assertEquals(Optional.empty(), Cpv.parent(division));
    }

    @Test
    void everyCodeIsReachedFromItsDivisionExactlyOnce() {
        long roots =
                Cpv.codes().stream().filter(code -> Cpv.parent(code).isEmpty()).count();
        long children = Cpv.codes().stream()
                .mapToLong(code -> Cpv.children(code).size())
                .sum();

        assertEquals(45, roots);
        assertEquals(9_454, roots + children);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # word            , language, code
            théâtre           , fr, 45212322
            THEATRE           , fr, 45212322
            theaterproducenten, nl, 92312110
            theatrical        , en, 92312110
            tischlerarbeiten  , de, 45422000
            oeuvres d'art     , fr, 92311000
            kunstwerke        , de, 92311000
            """)
    void findsByWordWhateverItsAccentsAndCase(String word, String language, String code) {
        List<Cpv.Match> found = Cpv.find(word, 2_000);

        assertTrue(found.stream().anyMatch(match -> match.code().equals(code)), () -> code + " not among " + found);
        assertTrue(found.stream().anyMatch(match -> match.language().equals(language)), found::toString);
    }

    @Test
    void putsWholeWordsBeforeParts_andWiderCodesFirst() {
        List<Cpv.Match> found = Cpv.find("Seeds", 10);

        assertEquals("03111000", found.getFirst().code());
        assertTrue(found.size() > 5, found::toString);
        assertEquals(found.subList(0, 3), Cpv.find("Seeds", 3));
    }

    @Test
    void findsACodeByItsDigits() {
        assertEquals(
                List.of("79530000"),
                Cpv.find("7953*", 10).stream().map(Cpv.Match::code).toList());
        assertEquals("92310000", Cpv.find("92310000-7", 1).getFirst().code());
        assertEquals(List.of(), Cpv.find("99", 10));
    }

    @Test
    void putsLabelsWithTheSameAccentsFirst() {
        List<String> accented =
                Cpv.find("théâtre", 100).stream().map(Cpv.Match::code).toList();

        assertTrue(accented.contains("33162000"), "operating theatres");
        assertTrue(accented.indexOf("92312110") < accented.indexOf("33162000"), accented::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "!?", "qwertzuiop", "nl"})
    void findsNothing_forNothing(String word) {
        assertEquals(List.of(), Cpv.find(word, 10));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # digits , nearest
            72315001, 72315000
            7959    , 79950000
            27315000, 72315000
            99999999,
            92310007, 92310000
            """)
    void knowsTheCodesThatSomebodyMayMean(String digits, String nearest) {
        List<String> near = Cpv.nearest(digits, 10);

        assertEquals(nearest == null, near.isEmpty(), near::toString);
        assertTrue(nearest == null || near.contains(nearest), near::toString);
    }

    @Test
    void knowsWithWhichDigitsACodeBegins() {
        assertTrue(Cpv.begins("7995"));
        assertTrue(Cpv.begins("92310000"));
        assertFalse(Cpv.begins("99"));
        assertFalse(Cpv.begins("72315001"));
    }
}
