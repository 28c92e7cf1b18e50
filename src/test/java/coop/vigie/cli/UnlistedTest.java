package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that do not exist, in searches and profiles. */
class UnlistedTest {

    @TempDir
    private static Path folder;

    private static HomeInTest home;

    @BeforeAll
    static void start() {
        home = new HomeInTest(folder, "2026-11-16T08:00:00Z");
        home.feeds("""
                - id: appels
                  type: rss
                  url: "file:appels.xml"
                  level: community
                  languages: [fr]
                  places: [BE1, BE221]
                """, """
                - id: silent
                  type: rss
                  url: "file:silent.xml"
                """);
        home.write("appels.xml", feed("""
                <item><guid isPermaLink="false">demain</guid><title>Résidence de théâtre</title>
                <link>https://calls.example.org/demain</link><description>Jusqu'au 18/11/2026.</description></item>"""));
        home.write("silent.xml", feed(""));
        home.fetch();
        home.groups("""
                - id: g
                  name: { en: G }
                  languages: [en]
                  profiles: [{ id: main, any: [danse] }]
                """);
    }

    private static String feed(String items) {
        return """
                <rss version="2.0"><channel><title>Appels</title><link>https://calls.example.org/</link>%s</channel></rss>""".formatted(items);
    }

    private static String warned(HomeInTest.Ran ran) {
        assertEquals(0, ran.code(), ran::toString);
        return ran.err()
                .lines()
                .filter(line -> line.contains("there is no such"))
                .toList()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cpv:99999999         | cpv:99999999: there is no such CPV code. 'vigie codes find WORD' looks codes up by name.
            théâtre -cpv:7959    | cpv:7959: there is no such CPV code. Did you mean: cpv:79950000
            place:BE9            | place:BE9: there is no such place (NUTS code). Did you mean: place:BE1 (
            place:Gand OR danse  | place:Gand: there is no such place (NUTS code). Did you mean: place:BE234 (Arr. Gent)?
            source:apels         | source:apels: there is no such source. Did you mean: source:appels?
            source:tedd          | source:tedd: there is no such source.
            lang:zz              | lang:zz: there is no such language.
            submit:nld           | submit:nld: there is no such language. Did you mean: submit:nl (Dutch)?
            """)
    void namesWhatDoesNotExist_andWhatIsNearest(String query, String warning) {
        String warned = warned(home.run("search", query));

        assertTrue(warned.contains("[" + warning), warned);
    }

    @Test
    void searchesAllTheSame_inEveryForm() {
        HomeInTest.Ran ran = home.run("search", "place:BE1,BE99,BE99 théâtre", "--format", "json");

        assertEquals("appels:demain", ran.json().at("/0/id").asText());
        assertEquals(
                1, ran.err().lines().filter(line -> line.contains("BE99: ")).count(), ran.err());
    }

    @Test
    void namesAFewOfVeryMany() {
        String query = IntStream.range(100, 300).mapToObj(i -> "cpv:99000" + i).collect(Collectors.joining(" OR "));

        assertEquals(
                8,
                home.run("search", query)
                        .err()
                        .lines()
                        .filter(line -> line.contains("no such"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            place=Gand       | 'Gand' is not a NUTS code such as BE, BE1 or BE100; did you mean BE234?
            cpv=traducteur   | or a beginning such as 7995*; did you mean 79530000?
            """)
    void refusesANameInAProfile_andNamesItsCodes(String added, String said) {
        HomeInTest.Ran ran = home.run("profile", "set", "g", "main", "--add", added);

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains(said), ran.err());
    }

    @Test
    void warnsOfOptions_asTheyWereWritten() {
        assertTrue(
                warned(home.run("search", "--cpv", "99*", "--place", "Luik"))
                        .contains(
                                "--place Luik: there is no such place (NUTS code). Did you mean: --place BE33 (Prov. Liège), --place BE332"));
        assertTrue(home.run("search", "--source", "apels").err().contains("Did you mean: appels?"));
    }

    /** BE221 is a code of NUTS 2016, and a call carries it; of the source "silent" there is no call. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "place:BE221",
                "place:BE22*",
                "place:none",
                "place:be3",
                "cpv:7995*",
                "cpv:79950000-8",
                "cpv:30",
                "source:silent",
                "source:hand",
                "lang:fr",
                "submit:de",
                "kind:call level:local stage:change deadline:none",
                "théâtre"
            })
    void saysNothing_ofWhatExists_orIsCarriedByACall(String query) {
        assertEquals("[]", warned(home.run("search", query)));
    }

    @Test
    void searches_whereTheCatalogueCannotBeRead() throws IOException {
        Path feeds = folder.resolve("feeds.yaml");
        byte[] good = Files.readAllBytes(feeds);
        Files.writeString(feeds, "sources: [nonsense");
        try {
            assertTrue(warned(home.run("search", "source:apels")).contains("source:appels?"));
        } finally {
            Files.write(feeds, good);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "preview"})
    void warnsOfAProfilesCodes(String verb) {
        var words = new ArrayList<>(List.of(
                "profile",
                verb,
                "g",
                "main",
                "--add",
                "cpv=79959999",
                "--add",
                "place=BE99",
                "--add",
                "any=source:apels"));
        if (verb.equals("set")) {
            words.add("--dry-run");
        }
        String warned = warned(home.run(words.toArray(String[]::new)));

        assertTrue(warned.contains("cpv=79959999: there is no such CPV code."), warned);
        assertTrue(warned.contains("place=BE99: there is no such place (NUTS code). Did you mean: place=BE"), warned);
        assertTrue(warned.contains("source:apels: there is no such source."), warned);
    }

    @Test
    void warnsOfAFilesCodes_beforeAnybodyAgrees() {
        Path file = home.write("more.yaml", """
                groups:
                  - id: h
                    name: { en: H }
                    languages: [en]
                    profiles: [{ id: main, any: ["danse lang:zz", "("], cpv: ["79959999"], places: [BE9] }]
                """);

        String err = home.run("group", "import", file.toString()).err();

        for (String said : List.of("lang:zz: ", "cpv=79959999: ", "place=BE9: ")) {
            assertTrue(err.contains(said + "there is no such"), err);
        }
    }

    @ParameterizedTest
    @CsvSource({"fr, place:Gand : ce lieu", "nl, place:Gand: die plaats"})
    void speaksTheReadersLanguage(String language, String said) {
        String err = home.run("search", "place:Gand", "--ui-lang", language).err();

        assertTrue(err.contains(said), err);
    }
}
