package coop.vigie.call;

import static coop.vigie.call.Calls.notice;
import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Call;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Stage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which notices are one call. */
class OneCallOnceTest {

    private static final String UUID = "0f5a2a3e-1c1e-4c53-9c3b-7d1e2f3a4b5c";

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            # what                                | its names     | what the other refers to | calls
            the number                            | 101-2026      | 101-2026                 | 1
            the number, with zeros                | 101-2026      | 00000101-2026            | 1
            the number, in its old form           | 389007-2020   | '2020/S 159-389007'      | 1
            another number                        | 101-2026      | 102-2026                 | 2
            the same number of another year       | 101-2026      | 101-2025                 | 2
            nothing                               | 101-2026      |                          | 2
            """, delimiter = '|')
    void areOne_whenOneRefersToTheOther_inBothOrders(
            String what, String name, @Nullable String reference, int expected) {
        Notice.Builder original = notice("a", name, "Spectacle").identifiers(List.of(name));
        Notice.Builder change = notice("b", "201-2026", "Spectacle")
                .stage(Stage.CHANGE)
                .references(reference == null ? List.of() : List.of(reference));
        calls.take(original, change);
        assertEquals(expected, calls.all().size(), what);

        try (var others = new Calls(folder.resolve("other"))) {
            assertEquals(expected, others.take(change, original).all().size(), what + ", the change first");
        }
    }

    @ParameterizedTest
    @CsvSource({"-01, 1", "-02, 1", "'', 1"})
    void areOne_whenTheReferenceNamesAVersion(String version, int expected) {
        calls.take(
                notice("a", "101-2026", "Spectacle").identifiers(List.of(UUID, UUID + "-01", "101-2026")),
                notice("b", "201-2026", "Spectacle").stage(Stage.CHANGE).references(List.of(UUID + version)));

        assertEquals(expected, calls.all().size());
    }

    @Test
    void areOne_whenBothReferToANoticeThatNobodyHas() {
        calls.take(
                notice("a", "201-2026", "Résultat du lot 1").references(List.of("101-2026")),
                notice("a", "202-2026", "Résultat du lot 2").references(List.of("101-2026")));

        assertEquals(1, calls.all().size());
    }

    @Test
    void areTwo_whenAReferenceMeansSomethingInItsOwnSourceOnly() {
        calls.take(
                notice("a", "1", "Spectacle").identifiers(List.of("1")),
                notice("b", "2", "Éclairage").references(List.of("1")));
        assertEquals(2, calls.all().size());

        calls.take(notice("a", "3", "Spectacle").references(List.of("1")));
        assertEquals(2, calls.all().size());
    }

    @Test
    void areTwo_whenTheyNameTwoProcedures_thoughBothReferToOneAnnouncement() {
        calls.take(
                notice("a", "101-2026", "Programme").stage(Stage.FORECAST).identifiers(List.of("101-2026")),
                notice("a", "201-2026", "Éclairage").procedure("p1").references(List.of("101-2026")),
                notice("a", "202-2026", "Sonorisation").procedure("p2").references(List.of("101-2026")));

        assertEquals(2, calls.all().size());
        assertEquals(1, calls.of("a", "202-2026").notices().size());
    }

    @Test
    void becomeOne_whenANoticeTiesThem_andThoseThatLookLikeThemSeeOneToo() {
        Notice.Builder first = notice("a", "101-2026", "Éclairage du grand théâtre communal")
                .stated(on("2026-12-15"))
                .identifiers(List.of("101-2026"));
        Notice.Builder second = notice("b", "202-2026", "Éclairage du grand théâtre communal")
                .stated(on("2026-12-15"))
                .identifiers(List.of("202-2026"));
        Notice.Builder like =
                notice("c", "x", "Éclairage du grand théâtre communal").stated(on("2026-12-15"));
        calls.take(first, second, like);
        assertEquals(2, calls.of("c", "x").alsoAt().size());

        calls.take(notice("b", "303-2026", "Éclairage du grand théâtre communal")
                .stage(Stage.CHANGE)
                .references(List.of("101-2026", "202-2026")));

        assertEquals(2, calls.all().size());
        assertEquals(
                List.of(Calls.id("a", "101-2026")),
                calls.of("c", "x").alsoAt().stream().map(Call.LookAlike::id).toList());
        assertEquals(
                List.of(Calls.id("c", "x")),
                calls.of("b", "202-2026").alsoAt().stream()
                        .map(Call.LookAlike::id)
                        .toList());
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(textBlock = """
            https://www.example.org/appels/lumiere/     | http://example.org/appels/lumiere                      | 1
            https://example.org/appels/lumiere#contact  | https://example.org/appels/lumiere?utm_source=x        | 1
            https://example.org/?id=12&lang=fr          | https://example.org/?lang=fr&id=12                     | 1
            https://example.org/#/appels/12             | https://example.org/#/appels/12                        | 1
            https://example.org/#/appels/12             | https://example.org/#/appels/13                        | 2
            https://example.org/appels/lumiere          | https://example.org/appels/son                         | 2
            https://example.org/?id=12                  | https://example.org/?id=13                             | 2
            https://example.org/                        | https://example.org/                                   | 2
            https://example.org/fr/index.html           | https://example.org/fr/index.html                      | 2
            """, delimiter = '|')
    void areOne_whenTheyHaveThePageInCommon(String one, String other, int expected) {
        calls.take(
                notice("a", "1", "Lumière sur scène").url(one),
                notice("b", "x", "Appel : lumière sur scène").url(other));

        assertEquals(expected, calls.all().size());
    }

    @Test
    void areTwo_whenThePageIsTheSame_butTheTitlesAreNot() {
        calls.take(
                notice("a", "1", "Lumière sur scène").url("https://example.org/agenda"),
                notice("b", "x", "Subvention aux musées").url("https://example.org/agenda"));

        assertEquals(2, calls.all().size());
    }

    @Test
    void areTwo_whenASourceGivesThatPageToSeveral() {
        calls.take(
                notice("a", "1", "Appel à projets").url("https://example.org/agenda"),
                notice("a", "2", "Appel à projets").url("https://example.org/agenda"),
                notice("b", "x", "Appel à projets").url("https://example.org/agenda"));

        assertEquals(3, calls.all().size());
    }

    @Test
    void areOne_whenAFeedLinksToTheOfficialJournal() {
        calls.take(
                notice("feed", "x", "Éclairage").url("https://ted.europa.eu/fr/notice/-/detail/598420-2026"),
                notice("ted", "598420-2026", "Beleuchtung").procedure("p").identifiers(List.of("598420-2026")));

        assertEquals(1, calls.all().size());
    }
}
