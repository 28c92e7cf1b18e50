package coop.vigie.digest;

import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.edition;
import static coop.vigie.digest.Samples.frame;
import static coop.vigie.digest.Samples.fresh;
import static coop.vigie.digest.Samples.on;
import static coop.vigie.digest.Samples.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Stage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectLineTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | 7 | 7 nouveaux appels, le plus proche ferme jeu. 3 déc.
            fr | 1 | 1 nouvel appel, ferme jeu. 3 déc.
            nl | 7 | 7 nieuwe oproepen, de eerste sluit do 3 dec.
            nl | 1 | 1 nieuwe oproep, sluit do 3 dec.
            en | 7 | 7 new calls, the first closes Thu 3 Dec
            en | 1 | 1 new call, closes Thu 3 Dec
            """)
    void saysHowMany_andWhenTheFirstCloses(String language, int count, String expected) {
        Candidate[] candidates = IntStream.range(0, count)
                .mapToObj(n -> fresh(call("c" + n, on("2026-12-0" + (3 + n)))))
                .toArray(Candidate[]::new);

        assertEquals(expected, subject(language, candidates));
    }

    @Test
    void namesTheYear_whenItIsAnother() {
        assertEquals("1 nouvel appel, ferme ven. 1er janv. 2027", subject("fr", fresh(call("a", on("2027-01-01")))));
    }

    @Test
    void saysThatTheDateIsDoubtful() {
        var doubtful = new Deadline.Dated(
                on("2026-12-31").date(), null, Samples.BRUSSELS, Deadline.Origin.TEXT, "fin décembre", true);

        assertEquals("1 nouvel appel, ferme jeu. 31 déc. (à vérifier)", subject("fr", fresh(call("a", doubtful))));
    }

    @Test
    void addsChangesToNews() {
        assertEquals(
                "1 nouvel appel, ferme jeu. 3 déc. ; 1 date a changé",
                subject("fr", fresh(call("a", on("2026-12-03"))), moved("b")));
    }

    @Test
    void tellsTheChange_whenThereIsNothingNew() {
        assertEquals("1 date a changé\u00a0: Appel b", subject("fr", moved("b")));
        assertEquals("1 oproep geannuleerd: Appel c", subject("nl", cancelled("c")));
        assertEquals("2 changes: Appel b", subject("en", moved("b"), cancelled("c")));
    }

    @Test
    void countsTrainings_whenTheyAreAlone() {
        assertEquals(
                "1 nouvelle formation", subject("fr", fresh(call("t", on("2026-12-03"), n -> n.kind(Kind.TRAINING)))));
    }

    @Test
    void isOneShortLine_whateverTheTitle() {
        String title = "x\r\nBcc: b@example.org\u202e " + "long ".repeat(60);
        String subject = subject(
                "fr",
                told(call("a", 2, on("2026-12-03"), n -> n.title(LocalText.of("fr", title))), 1, on("2026-12-10")));

        assertTrue(subject.startsWith("1 date a changé\u00a0: x Bcc: b@example.org long"), subject);
        assertTrue(subject.codePointCount(0, subject.length()) <= Rendered.SUBJECT_AT_MOST);
        assertTrue(subject.chars().noneMatch(Character::isISOControl));
    }

    private static Candidate moved(String id) {
        return told(call(id, 2, on("2026-12-05"), n -> n), 1, on("2026-12-10"));
    }

    private static Candidate cancelled(String id) {
        return told(call(id, 2, on("2026-12-05"), n -> n.stage(Stage.CANCELLED)), 1, on("2026-12-05"));
    }

    private static String subject(String language, Candidate... candidates) {
        return new Renderer(null).render(edition(language, candidates), frame()).subject();
    }
}
