package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.demo.Demo;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users and other programs rely on: exit codes, the two streams, and the names in JSON. */
class CommandLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path demoHome;

    @TempDir
    Path scratch;

    private static Demo demo;

    /** The JSON answer of each command, by its words. */
    private static final Map<String, JsonNode> ANSWERS = new HashMap<>();

    @BeforeAll
    static void goesTheWholeWayOnce() throws IOException {
        demo = Demo.prepare(demoHome, Shell.NOW);
        ask("fetch", "--all");
        assertEquals(
                0,
                Shell.at(
                                demoHome,
                                "group",
                                "import",
                                demoHome.resolve("groups.yaml").toString(),
                                "--yes")
                        .code());
        ask("search", "*", "--why");
        ask("digest", "build");
        ask("digest", "send");
        ask("digest", "list");
        ask("digest", "show", answer("digest list").at("/0/id").asText());
        ask("digest", "preview");
        ask("status");
    }

    private static void ask(String... words) throws IOException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--format", "json"));
        Shell.Ran ran = Shell.at(demoHome, all.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        String name = words[0].equals("digest") ? words[0] + " " + words[1] : words[0];
        ANSWERS.put(name, JSON.readTree(ran.out()));
    }

    private static JsonNode answer(String command) {
        return Objects.requireNonNull(ANSWERS.get(command), command);
    }

    @AfterAll
    static void stops() {
        demo.close();
    }

    // --- JSON

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            search        |                   | id source alsoIn kind level stage title titles language submissionLanguages buyer
            search        |                   | published deadline deadlines daysLeft places cpv value url documents score why
            search        | deadline          | state date time zone instant origin quote doubtful
            search        | deadlines         | role lot date time offset
            search        | value             | amount currency
            fetch         | .                 | round sources notices matched
            fetch         | sources           | id outcome status new changed unchanged warnings message
            digest build  |                   | id recipient groups built state language blocks
            digest build  | blocks            | name items
            digest build  | blocks/0/items    | id title deadline daysLeft why
            digest list   |                   | id recipient groups built state language
            digest show   | .                 | id recipient groups built state language blocks
            digest send   | .                 | editions sent failed pending messages
            digest send   | messages          | recipient edition messageId state file
            status        | .                 | sources store index outbox
            status        | sources           | id enabled lastOk lastItem nextDue health message
            status        | store             | notices calls
            status        | index             | calls upToDate
            status        | outbox            | pending failed
            """)
    void givesTheNamesThatProgramsRelyOn(String command, String path, String names) {
        JsonNode answer = answer(command);
        JsonNode rows = path == null
                ? answer
                : path.equals(".") ? JSON.createArrayNode().add(answer) : inside(answer, path);

        JsonNode row = rows.isArray() ? rows.get(0) : rows;

        for (String name : names.split(" ")) {
            assertTrue(row.has(name), () -> command + ": no " + name + " in " + row);
        }
    }

    /** The first value below any row that is neither null nor empty. */
    private static JsonNode inside(JsonNode answer, String path) {
        Iterable<JsonNode> rows = answer.isArray() ? answer : List.of(answer);
        for (JsonNode row : rows) {
            JsonNode found = row.at("/" + path);
            if (!found.isMissingNode() && !found.isNull() && !found.isEmpty()) {
                return found;
            }
        }
        throw new AssertionError("nothing under " + path + " in " + answer);
    }

    @Test
    void explainsItself_whereShortOptionsOrAFileAskForIt() throws IOException {
        Path file = Files.writeString(scratch.resolve("words"), "--help\n");
        String explained = Shell.run("status", "--help").out();

        assertEquals(explained, Shell.run("status", "-vh").out());
        assertEquals(explained, Shell.run("status", "@" + file).out());
    }

    @Test
    void countsWhatItFetchedAndSent() {
        JsonNode sent = answer("digest send");

        assertEquals(3, sent.get("sent").asInt());
        assertEquals(0, sent.get("failed").asInt());
        assertTrue(Files.exists(demoHome.resolve(sent.at("/messages/0/file").asText())));
        assertEquals("ok", answer("status").at("/sources/0/health").asText());
        assertTrue(answer("status").at("/index/upToDate").asBoolean());
    }

    @Test
    void leavesBlocksOutOfTheList() {
        assertFalse(answer("digest list").get(0).has("blocks"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            text   | {"id": 1, "text": "Avant le 12 décembre 2026 à midi, 5 000 €", "lang": "fr"} | language dates deadline amounts
            feed   | {"id": "a", "data": "<rss><channel><title>t</title><item><title>u</title></item></channel></rss>"} | recovered title language items warnings
            page   | {"id": 5, "file": "FILE", "base_url": "https://example.org/", "select": {"item": "item", "title": "title"}} | items next warnings failure
            page   | {"id": 6, "file": "FILE", "select": "item"} | items next warnings failure
            html   | {"id": 2, "html": "<p onclick=x()>a</p>"} | html
            query  | {"id": 3, "query": "a OR", "scope": "wide"} | ok compiled message position
            notice | {"id": 4, "file": "FILE"} | format notices warnings
            mail   | {"id": 7, "file": "FILE"} | class recipients
            """)
    void explainsOneThingALine(String what, String line, String names) throws IOException {
        Path feed = Files.writeString(
                scratch.resolve("feed.xml"),
                "<rss><channel><item><title>Appel</title><link>https://example.org/1</link></item></channel></rss>");
        Path file = Files.writeString(
                scratch.resolve("lines"),
                line.replace("FILE", feed.toString()) + "\n\n{broken\n" + line.replace("FILE", feed.toString()));
        Path nowhere = scratch.resolve("no-home");

        Shell.Ran ran = what.equals("query")
                ? Shell.at(nowhere, "explain", what, "--jsonl", "--file", file.toString())
                : Shell.at(nowhere, "explain", what, "--jsonl", file.toString());

        List<String> answers = ran.out().lines().toList();
        assertEquals(4, answers.size(), ran.err());
        assertEquals(1, ran.code());
        JsonNode first = JSON.readTree(answers.get(0));
        assertEquals(JSON.readTree(line).get("id"), first.get("id"));
        for (String name : names.split(" ")) {
            assertTrue(first.has(name), () -> name + " in " + first);
        }
        assertTrue(JSON.readTree(answers.get(1)).has("error"));
        assertTrue(JSON.readTree(answers.get(2)).has("error"));
        assertEquals(first, JSON.readTree(answers.get(3)));
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void explainsWhatSelectorsFindInAPage() throws IOException {
        Path page = Files.writeString(
                scratch.resolve("list.html"),
                "<li><h3><a href=/1?utm_source=x>Appel à projets</a></h3>Date limite : 15 mars 2027</li>"
                        + "<nav class=pager><a href=?page=1>Page suivante</a></nav>");

        JsonNode answer = JSON.readTree(Shell.run(
                        "explain",
                        "page",
                        page.toString(),
                        "--base-url",
                        "https://example.org/appels",
                        "--select",
                        "item=li",
                        "--select",
                        "link=h3 a@href")
                .out());

        assertEquals("Appel à projets", answer.at("/items/0/title").asText());
        assertEquals("https://example.org/1", answer.at("/items/0/link").asText());
        assertEquals("2027-03-15", answer.at("/items/0/deadline/date").asText());
        assertEquals("https://example.org/appels?page=1", answer.at("/next").asText());
    }

    @Test
    void explainsASummaryWithoutAnythingActive() throws IOException {
        Path feed = Files.writeString(
                scratch.resolve("feed.xml"),
                "<rss><channel><item><title>t</title><description>&lt;b&gt;gras&lt;/b&gt;&lt;script&gt;x()&lt;/script&gt;"
                        + "&lt;img src=x onerror=y()&gt;</description></item></channel></rss>");

        JsonNode answer =
                JSON.readTree(Shell.run("explain", "feed", feed.toString()).out());

        assertEquals("<b>gras</b>", answer.at("/items/0/summary").asText());
    }

    // --- exit codes and streams

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            frobnicate                       | 'frobnicate'
            digst                            | digest
            digest                           | preview
            status --nope                    | --nope
            search --limt 3                  | --limit
            search a --sort up               | deadline, score, published
            search a --level Moon            | european, federal
            search a --kind x                | call, tender, scheme, training
            search a --format xml            | table, json, jsonl, csv, ics, urls
            search a --limit 0               | --limit
            search a --limit -5              | --limit
            search a --limit many            | many
            search a --closing-within soon   | 30d
            search a --closing-before soon   | --closing-before
            search a --cpv words             | 79950000
            search (a                        | ^
            status --format csv              | table, json
            show                             | ID
            show nonsense                    | source:number
            show appels-fr:nothing           | appels-fr:nothing
            show a:b c                       | c
            fetch no-such-source             | no-such-source
            sources test no-such-source      | no-such-source
            group show no-such-group         | no-such-group
            profile show arts-bxl nothing    | nothing
            sources add x --format csv       | table, json
            search --source typo             | there is no source 'typo'
            digest show e9-none              | e9-none
            digest preview --as nobody       | nobody
            digest send --group nothing      | nothing
            completion tcsh                  | bash, zsh, fish
            explain text /no/such/file       | /no/such/file
            explain page - --select titel=h2 | item, title, link
            status --now yesterday           | 2026-11-24T08:00:00Z
            --ui-lang xx status              | fr, nl or en
            --ui-lang=xx status              | fr, nl or en
            """)
    void refusesAWrongCall_inOneSentenceOnStderr(String call, String said) {
        Shell.Ran ran = Shell.at(demoHome, call.split(" "));

        assertEquals(2, ran.code(), ran.err());
        assertEquals("", ran.out());
        assertTrue(ran.err().startsWith("vigie: "), ran.err());
        assertTrue(ran.err().contains(said), ran.err());
        assertFalse(ran.err().contains("\tat "), ran.err());
    }

    @Test
    void pointsAtTheCharacter_whereAQueryGoesWrong() {
        Shell.Ran ran = Shell.at(demoHome, "search", "théâtre", "(danse");

        List<String> lines = ran.err().lines().toList();
        assertEquals("théâtre (danse", lines.get(1));
        assertEquals(lines.get(1).indexOf('('), lines.get(2).indexOf('^'));
    }

    @Test
    void refusesAMomentThatIsNone_fromTheEnvironment() {
        Shell.Ran ran = Shell.run(Map.of("VIGIE_NOW", "x", "VIGIE_HOME", demoHome.toString()), "status");

        assertEquals(2, ran.code());
    }

    @Test
    void speaksTheLanguageThatWasAskedFor() {
        assertTrue(Shell.at(demoHome, "--ui-lang=fr", "show", "x").err().contains("un identifiant"));
        assertTrue(Shell.at(demoHome, "show", "x", "--ui-lang", "nl").err().contains("de vorm"));
    }

    @Test
    void listsEveryProblemAndWritesNothing_whenTheCatalogueIsBroken() throws IOException {
        Files.writeString(scratch.resolve("feeds.yaml"), "contact: nobody\nsources:\n  - id: A B\n    tipe: rss\n");

        for (String command : List.of("fetch", "status", "sources list", "sources check")) {
            Shell.Ran ran = Shell.at(scratch, command.split(" "));

            assertEquals(2, ran.code(), ran.err());
            assertEquals("", ran.out());
            assertTrue(ran.err().contains("feeds.yaml:1:"), ran.err());
            assertTrue(ran.err().contains("feeds.yaml:4:"), ran.err());
        }
        assertEquals(List.of("feeds.yaml"), Shell.tree(scratch));
    }

    @Test
    void endsInPart_whenASourceCannotBeRead() throws IOException {
        deadSource();

        Shell.Ran ran = Shell.at(scratch, "fetch", "--all", "--format", "json");

        assertEquals(1, ran.code());
        assertEquals("failed", JSON.readTree(ran.out()).at("/sources/0/outcome").asText());
        assertTrue(ran.err().contains("dead"), ran.err());
        Shell.Ran status = Shell.at(scratch, "status", "--format", "json");
        assertEquals(1, status.code());
        assertEquals(
                "failing", JSON.readTree(status.out()).at("/sources/0/health").asText());
    }

    @Test
    void saysThatASourceWasNeverRead() throws IOException {
        deadSource();

        JsonNode status =
                JSON.readTree(Shell.at(scratch, "status", "--format", "json").out());

        assertEquals("never", status.at("/sources/0/health").asText());
        assertEquals(List.of("feeds.yaml"), Shell.tree(scratch));
    }

    @Test
    void cannotWorkAtAll_whenTheStoreCannotBeWritten() throws IOException {
        deadSource();
        Files.writeString(scratch.resolve("data"), "in the way");

        Shell.Ran ran = Shell.at(scratch, "fetch", "--all");

        assertEquals(3, ran.code());
        assertTrue(ran.err().startsWith("vigie: could not open the database"), ran.err());
    }

    private void deadSource() throws IOException {
        Files.writeString(scratch.resolve("feeds.yaml"), """
                contact: "vigie@example.org"
                sources:
                  - { id: dead, type: rss, url: "file:///no/such/feed.xml", name: Dead, level: local, kind: call }
                """);
    }

    @Test
    void keepsDataAndWordsApart() throws IOException {
        Shell.Ran ran = Shell.at(demoHome, "search", "*", "--format", "jsonl");

        assertEquals("", ran.err());
        assertTrue(ran.out().contains("\"value\":{\"amount\":60000,"), ran.out());
        for (String line : ran.out().lines().toList()) {
            assertTrue(JSON.readTree(line).isObject());
        }
        Shell.Ran table = Shell.at(demoHome, "search", "*");
        assertTrue(table.err().contains("Calls"), table.err());
    }

    @Test
    void survivesAReaderWhoLeaves() {
        var closed = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        var terminal = new Terminal(closed, closed, false, false, Terminal.UNLIMITED);
        Map<String, String> environment = Map.of("VIGIE_NOW", Shell.NOW.toString(), "VIGIE_HOME", demoHome.toString());

        for (String call : List.of("search *", "search * --format csv", "search * --format ics", "status", "--help")) {
            assertEquals(0, Main.run(terminal, environment, call.split(" ")), call);
        }
    }

    @Test
    void refusesToMakeAHomeTwice() {
        Path home = scratch.resolve("home");

        assertEquals(0, Shell.run("init", home.toString()).code());
        List<String> before = Shell.tree(home);
        assertEquals(2, Shell.run("init", home.toString()).code());
        assertEquals(2, Shell.run("demo", "--keep", home.toString()).code());
        assertEquals(before, Shell.tree(home));
    }

    @Test
    void writesNothing_whenImportCannotAsk() throws IOException {
        Path home = scratch.resolve("home");
        Shell.copy(demoHome, home);
        Path changed = Files.writeString(
                scratch.resolve("groups.yaml"),
                Files.readString(home.resolve("groups.yaml")).replace("architecture", "opéra"));

        Shell.Ran ran = Shell.at(home, "group", "import", changed.toString());

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("--yes"), ran.err());
        assertTrue(Shell.at(home, "group", "export").out().contains("architecture"));
    }

    // --- search

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            théâtre                   | true
            théâtre -architecture     | false
            -architecture             | false
            -v théâtre -architecture  | false
            théâtre -- -architecture  | false
            -vertaling -hospital      | true
            """)
    void takesANegativeWordAsQueryText(String query, boolean findsArchitecture) {
        Shell.Ran ran = Shell.at(demoHome, ("search " + query).split(" "));

        assertEquals(0, ran.code(), ran.err());
        assertFalse(ran.out().isEmpty());
        assertEquals(findsArchitecture, ran.out().contains("architecture"), ran.out());
    }

    @Test
    void explainsANegativeWord() throws IOException {
        JsonNode answer = JSON.readTree(Shell.run("explain", "query", "a", "-b").out());

        assertEquals("a -b", answer.get("compiled").asText());
    }

    @Test
    void takesWhatFollowsTwoDashesAsQueryText() {
        Shell.Ran ran = Shell.at(demoHome, "search", "--", "--limt");

        assertEquals(0, ran.code(), ran.err());
    }

    @ParameterizedTest
    @CsvSource({"json, '[ ]'", "jsonl, ''", "csv, ''", "urls, ''", "table, ''"})
    void givesNothing_whenNothingIsFound(String format, String nothing) {
        Shell.Ran ran = Shell.at(demoHome, "search", "xyzzyplugh", "--format", format);

        assertEquals(0, ran.code());
        assertEquals(nothing, ran.out().strip());
    }

    @Test
    void givesEveryForm() {
        int calls = answer("search").size();

        List<String> csv = Shell.at(demoHome, "search", "*", "--format", "csv")
                .out()
                .lines()
                .toList();
        String ics = Shell.at(demoHome, "search", "*", "--format", "ics").out();
        List<String> urls = Shell.at(demoHome, "search", "*", "--format", "urls")
                .out()
                .lines()
                .toList();

        assertAll(
                () -> assertEquals(calls + 1, csv.size()),
                () -> assertTrue(csv.getFirst().startsWith("id,source,alsoIn,kind"), csv.getFirst()),
                () -> assertTrue(ics.startsWith("BEGIN:VCALENDAR\r\n")),
                () -> assertTrue(ics.contains("UID:sample-notices:100105-2026\r\n"), ics),
                () -> assertTrue(urls.stream().allMatch(url -> url.startsWith("https://"))),
                () -> assertFalse(urls.isEmpty()));
    }

    @Test
    void makesNoFile_whereNothingIs() {
        Path empty = scratch.resolve("nothing-here");

        for (String call :
                List.of("search théâtre", "search * --format json", "show a:b", "digest list", "group list")) {
            Shell.at(empty, call.split(" "));
            assertFalse(Files.exists(empty), call);
        }
    }

    @Test
    void searchesWithoutTheDatabase_andNeverMakesOne() throws IOException {
        Path home = scratch.resolve("home");
        Shell.copy(demoHome, home);
        for (String name : List.of("vigie.db", "vigie.db-wal", "vigie.db-shm")) {
            Files.deleteIfExists(home.resolve("data").resolve(name));
        }
        List<String> before = Shell.tree(home);

        Shell.Ran ran = Shell.at(home, "search", "*", "--format", "json");

        assertEquals(answer("search").size(), JSON.readTree(ran.out()).size());
        assertEquals(before, Shell.tree(home));
    }

    @Test
    void rebuildsTheIndex_whenItIsGone() throws IOException {
        Path home = scratch.resolve("home");
        Shell.copy(demoHome, home);
        Path index = home.resolve("data/index");
        for (String name : Shell.tree(index).reversed()) {
            Files.delete(index.resolve(name));
        }

        Shell.Ran ran = Shell.at(home, "search", "*", "--format", "json");

        assertEquals(1, ran.err().lines().count(), ran.err());
        assertEquals(answer("search").size(), JSON.readTree(ran.out()).size());
    }

    // --- completion and warm-up

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completesEveryCommand(String shell) throws Exception {
        String script = Shell.run("completion", shell).out();

        for (String word : List.of("search", "digest", "preview", "closing-within")) {
            assertTrue(script.contains(word), word);
        }
        assertFalse(script.contains("warm-up"));
        assertTrue(script.contains(shell.equals("fish") ? "narrow balanced wide" : "\"narrow\" \"balanced\" \"wide\""));
        assertFalse(script.contains("BALANCED"));
        String program = shell.equals("fish") ? "fish" : "bash";
        Assumptions.assumeTrue(isInstalled(program), program + " is not installed");
        Path file = Files.writeString(scratch.resolve("script"), script);
        Process check = new ProcessBuilder(program, "-n", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("problems").toFile())
                .start();
        assertTrue(check.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, check.exitValue(), Files.readString(scratch.resolve("problems")));
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void warmsUpWithoutTouchingAHome() throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home"));
        Files.writeString(home.resolve("notes.txt"), "mine");

        assertEquals(
                0, Shell.run(Map.of("VIGIE_HOME", home.toString()), "warm-up").code());

        assertEquals(List.of("notes.txt"), Shell.tree(home));
    }

    @Test
    void findsTheCommand_whenAValueBeforeItIsNamedLikeAnother() {
        Path home = scratch.resolve("search");

        Shell.Ran ran = Shell.run("--home", home.toString(), "init", home.toString());

        assertEquals(0, ran.code(), ran.err());
        assertEquals(0, Shell.run(Map.of(), "--home", "show", "--help").code());
    }
}
