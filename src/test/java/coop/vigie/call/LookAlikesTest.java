package coop.vigie.call;

import static coop.vigie.call.Calls.id;
import static coop.vigie.call.Calls.notice;
import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Call;
import coop.vigie.notice.Call.LookAlike;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of several sources that are probably one: flagged, never merged. */
class LookAlikesTest {

    private static final String TITLE = "Résidences d'écriture pour le jeune public";

    @TempDir
    private Path folder;

    private Calls calls;

    @BeforeEach
    void open() {
        calls = new Calls(folder);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private static Notice.Builder call(String source, String title, String text, String day) {
        return notice(source, "1", title)
                .text(text.isEmpty() ? LocalText.EMPTY : LocalText.of("fr", text))
                .url("https://" + source + ".example.org/1")
                .stated(on(day));
    }

    @Test
    void areFlaggedOnBothSides_andStayTwoCalls() {
        calls.take(
                call("a", TITLE, "", "2026-12-15"),
                call("b", "Résidences d’écriture pour le jeune public !", "", "2026-12-15"));

        assertEquals(2, calls.all().size());
        assertEquals(
                List.of(new LookAlike(id("b", "1"), "https://b.example.org/1")),
                calls.of("a", "1").alsoAt());
        assertEquals(
                List.of(new LookAlike(id("a", "1"), "https://a.example.org/1")),
                calls.of("b", "1").alsoAt());
        assertEquals(List.of(new SourceId("b")), calls.of("a", "1").alsoIn());
    }

    @Test
    void growNoRevision_andLogOneChangeEach() {
        calls.take(call("a", TITLE, "", "2026-12-15"));
        long before = calls.changes();

        calls.take(call("b", TITLE, "", "2026-12-15"));

        assertEquals(1, calls.of("a", "1").revision());
        assertEquals(before + 2, calls.changes());
        calls.take(call("b", TITLE, "", "2026-12-15"));
        assertEquals(before + 2, calls.changes());
    }

    @Test
    void areFlaggedNoLonger_onceADateMoves_andAgainOnceTheOtherFollows() {
        calls.take(call("a", TITLE, "", "2026-12-15"), call("b", TITLE, "", "2026-12-15"));

        calls.take(call("a", TITLE, "", "2026-12-20"));
        assertTrue(calls.of("a", "1").alsoAt().isEmpty());
        assertTrue(calls.of("b", "1").alsoAt().isEmpty());

        calls.take(call("b", TITLE, "", "2026-12-20"));
        assertEquals(1, calls.of("a", "1").alsoAt().size());
        assertEquals(1, calls.of("b", "1").alsoAt().size());
    }

    @Test
    void areFlaggedNoLonger_onceOneIsCancelled() {
        calls.take(call("a", TITLE, "", "2026-12-15"), call("b", TITLE, "", "2026-12-15"));

        calls.take(call("a", TITLE, "", "2026-12-15").stage(Stage.CANCELLED));

        assertTrue(calls.of("b", "1").alsoAt().isEmpty());
    }

    @Test
    void areNotOfOneSource() {
        calls.take(call("a", TITLE, "", "2026-12-15"), notice("a", "2", TITLE).stated(on("2026-12-15")));

        assertTrue(calls.all().stream().allMatch(call -> call.alsoAt().isEmpty()));
    }

    @Test
    void needADate() {
        calls.take(notice("a", "1", TITLE), notice("b", "1", TITLE));

        assertTrue(calls.all().stream().allMatch(call -> call.alsoAt().isEmpty()));
    }

    @ParameterizedTest(name = "{0} | {2}: {4}")
    @CsvSource(textBlock = """
            # title                                  | text                        | another title                               | text                       | alike
            Appel à projets musique 2027             | de l'aide à la création     | Appel à projets musique 2027                | aide à la création         | true
            Appel à projets musique 2027             |                             | Appel à projets musique 2028                |                            | false
            Travaux de rénovation de l'école, lot 1  | toiture et charpente        | Travaux de rénovation de l'école, lot 2     | toiture et charpente       | false
            Travaux de rénovation de l'école, lot 1  | toiture et charpente        | Travaux de rénovation de l'école            | toiture et charpente       | true
            Appel à projets                          | pour les théâtres amateurs  | Appel à projets                             | pour les musées de Wallonie| false
            Appel à projets                          |                             | Appel à projets                             |                            | false
            Aide aux tournées internationales        | 12 rue Haute, 3 dates       | Aide aux tournées internationales           | 14 rue Haute, 3 dates      | false
            Bourses EACEA2026X7 pour artistes        | voir le site                | EACEA2026X7 : bourses                       | other words entirely here  | true
            Bourses pour artistes plasticiens        |                             | Subsides aux compagnies de danse            |                            | false
            Le Fonds aide la danse                   | un deux trois quatre cinq six | Danse, le Fonds                           | un deux trois quatre cinq six | true
            """, delimiter = '|')
    void areAlike_byWords_andNumbersMustNotContradict(
            String title, @Nullable String text, String other, @Nullable String otherText, boolean alike) {
        calls.take(
                call("a", title, text == null ? "" : text, "2026-12-15"),
                call("b", other, otherText == null ? "" : otherText, "2026-12-15"));

        assertEquals(alike, !calls.of("a", "1").alsoAt().isEmpty());
        assertEquals(alike, !calls.of("b", "1").alsoAt().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"Ville de Namur, Namur, true", "Ville de Namur, Commune d'Ixelles, false", "Ville de Namur,, true"})
    void areNotAlike_whenTheirBuyersAreStrangers(String buyer, @Nullable String other, boolean alike) {
        calls.take(
                call("a", "Fourniture de mobilier scolaire communal", "", "2026-12-15")
                        .buyer(buyer),
                call("b", "Fourniture de mobilier scolaire communal", "", "2026-12-15")
                        .buyer(other));

        assertEquals(alike, !calls.of("a", "1").alsoAt().isEmpty());
    }

    /** A day on which two sources have three hundred calls each, of which a tenth are the same. */
    @Test
    void areFound_amongManyOfTheSameDay_inLittleTime() {
        List<Notice> one = new ArrayList<>();
        List<Notice> other = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            one.add(numbered("a", i, "entretien"));
            other.add(numbered("b", i, i % 10 == 0 ? "entretien" : "achat"));
        }
        long start = System.nanoTime();
        calls.takeAll(one);
        long begun = System.nanoTime();

        calls.takeAll(other);

        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (System.getProperty("vigie.show") != null) {
            System.out.println("300 calls: %d ms; 300 more of another source: %d ms"
                    .formatted((begun - start) / 1_000_000, taken.toMillis()));
        }
        List<Call> flagged =
                calls.all().stream().filter(call -> !call.alsoAt().isEmpty()).toList();
        assertEquals(60, flagged.size());
        assertTrue(flagged.stream().allMatch(call -> call.alsoAt().size() == 1));
    }

    private static Notice numbered(String source, int number, String what) {
        return notice(
                        source,
                        String.valueOf(number),
                        "Marché " + word(number) + " " + word(number * 7 + 3) + " " + what + " " + word(number * 31))
                .stated(on("2026-12-15"))
                .build();
    }

    private static String word(int number) {
        var word = new StringBuilder();
        for (int rest = number + 26; rest > 0; rest /= 26) {
            word.append((char) ('a' + rest % 26));
        }
        return word.append("mot").toString();
    }
}
