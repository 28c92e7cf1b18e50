package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The open calls, from the home that publishes them to the laptop of a member. */
class PullTest {

    private static final String NOW = "2026-11-16T08:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private HomeInTest home;
    private HomeInTest laptop;
    private Site site;
    private Path published;

    /** Status and path of each answer of the server since {@link #asked} was last called. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        home = new HomeInTest(folder.resolve("home"), NOW);
        laptop = new HomeInTest(folder.resolve("laptop"), NOW);
        published = folder.resolve("home/data/site/index");
        site = new Site();
        serve(Fault.NONE);
        sources("full", "excerpt", "link");
        for (String source : List.of("open", "short", "title")) {
            home.write(source + ".xml", Rss.of(item(source, 1), item(source, 2)));
        }
        home.fetch();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** Three sources: {@code open}, {@code short} and {@code title}, with these rules for their texts. */
    private void sources(String open, String abridged, String title) {
        home.feeds(source("open", open), source("short", abridged), source("title", title), source("many", "full"));
        if (!Files.exists(home.folder().resolve("many.xml"))) {
            home.write("many.xml", Rss.of());
        }
    }

    private static String source(String id, String reuse) {
        return Entries.feed(id, "file:" + id + ".xml") + "  reuse: " + reuse + "\n";
    }

    /** Its text is long, and its last word is one of its own. */
    private static String item(String source, int number) {
        return Rss.item(
                source + number,
                "Résidence " + source + " " + number,
                "Théâtre et danse. " + "Des mots pour remplir la page, encore et encore. ".repeat(12)
                        + "Date limite : 12 décembre 2026 à 17 h 00. Finale" + source + number + ".");
    }

    private void many(int from, int to) {
        home.write(
                "many.xml",
                Rss.of(IntStream.range(from, to)
                        .mapToObj(i ->
                                Rss.item("m" + i, "Appel numéro " + i, "Pour tous. Date limite : 20 décembre 2026."))
                        .toArray(String[]::new)));
        home.fetch();
    }

    /** What a server does to the files of calls. */
    enum Fault {
        NONE,
        CUT,
        WRONG,
        MISSING,
        PACKED_AGAIN
    }

    private void serve(Fault fault) {
        serve(new AtomicInteger(), 0, fault);
    }

    /** The first {@code whole} files are served well. */
    private void serve(AtomicInteger served, int whole, Fault fault) {
        site.handle("/index/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/index/".length());
            Path file = published.resolve(name);
            boolean there = Files.isRegularFile(file);
            boolean calls = name.startsWith("calls/");
            Fault now = calls && served.incrementAndGet() > whole ? fault : Fault.NONE;
            if (!there || now == Fault.MISSING) {
                log.add("404 " + name);
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(file);
            String etag = '"' + sha256(body).substring(0, 16) + '"';
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                log.add("304 " + name);
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            log.add("200 " + name);
            switch (now) {
                case CUT -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body, 0, body.length / 2);
                    exchange.getResponseBody().flush();
                    // Closing before the promised length cuts the connection.
                }
                case WRONG -> {
                    byte[] other = packed("{\"id\":\"open:evil\"}\n");
                    exchange.sendResponseHeaders(200, other.length);
                    exchange.getResponseBody().write(other);
                }
                case PACKED_AGAIN -> {
                    // As Apache does it: the file is the packed form of a text.
                    exchange.getResponseHeaders().set("Content-Encoding", "x-gzip");
                    exchange.getResponseHeaders().set("Content-Type", "text/plain");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
                default -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
        });
    }

    private List<String> asked() {
        List<String> asked = List.copyOf(log);
        log.clear();
        return asked;
    }

    private Ran publish() {
        Ran exported = home.run("export", "index", "--format", "json");
        assertEquals(0, exported.code(), exported::toString);
        return exported;
    }

    private Ran pull() {
        return laptop.run("pull", site.url("/index/"), "--allow-private-network", "--format", "json");
    }

    private JsonNode pulled() {
        Ran ran = pull();
        assertEquals(0, ran.code(), ran::toString);
        return ran.json();
    }

    private static Set<String> ids(JsonNode calls) {
        return new HashSet<>(calls.findValuesAsText("id"));
    }

    // --- the way -----------------------------------------------------------------------------------------------

    @Test
    void aLaptopFindsWhatTheHomeFinds_withoutADatabase() {
        publish();

        JsonNode first = pulled();

        assertEquals(6, first.at("/calls").asInt());
        assertEquals(6, first.at("/new").asInt());
        assertTrue(first.at("/bytes").asLong() > 0);
        for (String query : List.of("*", "résidence", "deadline:<30d", "source:open", "-carnaval", "title:short")) {
            assertEquals(withoutQuotes(home.search(query)), withoutQuotes(laptop.search(query)), query);
        }
        assertFalse(Files.exists(laptop.folder().resolve("data/vigie.db")));
        assertFalse(Files.exists(laptop.folder().resolve("data/members.db")));
    }

    /** The words that a date was read from are published only where words are. */
    private static JsonNode withoutQuotes(JsonNode calls) {
        calls.findParents("quote").forEach(deadline -> ((ObjectNode) deadline).remove("quote"));
        return calls;
    }

    @Test
    void asksForTheManifestAlone_whenNothingHasChanged() {
        publish();
        pulled();
        asked();

        Ran again = laptop.run("pull");

        assertEquals(0, again.code(), again::toString);
        assertEquals(List.of("304 vigie-index.json"), asked());
        assertTrue(again.err().contains("Up to date: 6 open calls"), again.err());
    }

    @Test
    void loadsOnlyWhatIsNew_onAnEverydayChange() {
        many(0, 400);
        publish();
        pulled();
        asked();
        many(400, 405);
        publish();

        JsonNode second = pulled();

        assertEquals(5, second.at("/new").asInt());
        assertEquals(1, second.at("/files").asInt());
        assertEquals(
                List.of("200 vigie-index.json", "200 calls"),
                asked().stream().map(line -> line.replaceAll("/.*", "")).toList());
        assertEquals(411, laptop.search("*").size());
    }

    @Test
    void writesFewFiles_howeverOftenItIsPublished_andLoadsEachCallAFewTimesOnly() throws IOException {
        publish();
        pulled();
        asked();
        for (int day = 1; day <= 12; day++) {
            many((day - 1) * 4, day * 4);
            publish();
            pulled();
        }

        assertTrue(manifest().at("/files").size() <= 8, () -> manifest().toPrettyString());
        long loaded =
                asked().stream().filter(line -> line.startsWith("200 calls")).count();
        assertTrue(loaded <= 13, () -> loaded + " files");
        assertEquals(ids(home.search("*")), ids(laptop.search("*")));
        // Those that are named, and those that were named a moment ago.
        try (Stream<Path> files = Files.list(published.resolve("calls"))) {
            assertTrue(files.count() <= manifest().at("/files").size() + 8);
        }
    }

    @Test
    void followsWhatCloses_moves_andIsCancelled() {
        Eforms moved = Eforms.competition("101-2026", "p2", "2026-12-02");
        Eforms cancelled = Eforms.competition("102-2026", "p3", "2026-12-03");
        Story story = new Story(folder.resolve("story"), NOW);
        story.publish(
                Eforms.competition("100-2026", "p1", "2026-12-01").title("Un"),
                moved.title("Deux"),
                cancelled.title("Trois"));
        story.round("2026-11-16T08:00:00Z");
        published = folder.resolve("story/data/site/index");
        story.home().run("export", "index");
        pulled();

        story.publish(
                moved.change("103-2026", "update-add", "2026-12-20"),
                cancelled.change("104-2026", "cancel", "2026-12-03"));
        story.round("2026-12-02T08:00:00Z");
        story.home().run("export", "index");
        laptop.at("2026-12-02T08:00:00Z");

        assertEquals(0, pull().code());
        assertEquals(story.open(), laptop.search("*").findValuesAsText("id"));
        assertEquals("2026-12-20", laptop.search("*").at("/0/deadline/date").asText());
    }

    @Test
    void asksAnewWhatIsNewer_byOnePullAfterTheOther_evenWithTheSameClock() {
        publish();
        pulled();
        many(0, 3);
        publish();

        assertEquals(3, laptop.run("pull", "--format", "json").json().at("/new").asInt());
        assertEquals(ids(home.search("*")), ids(laptop.search("*")));
    }

    @Test
    void makesTheIndexAnew_whenItIsOfAnotherFormat() throws IOException {
        publish();
        pulled();
        deleteTree(laptop.folder().resolve("data/index"));

        Ran found = laptop.run("search", "résidence", "--format", "json");

        assertTrue(found.err().contains("rebuilding"), found.err());
        assertEquals(6, found.json().size());
    }

    @Test
    void showsACall_withWhatWasPublishedOfItsText() {
        publish();
        pulled();

        Ran shown = laptop.run("show", "open:open1");

        assertEquals(0, shown.code(), shown::toString);
        assertTrue(shown.out().contains("Finaleopen1"), shown.out());
        assertEquals(2, laptop.run("show", "open:open1", "--raw").code());
        assertEquals(2, laptop.run("show", "open:nobody").code());
    }

    @ParameterizedTest
    @CsvSource({"2, false", "5, true"})
    void saysHowOldThePullIs_whenItIsOlderThanSomeDays(int days, boolean said) {
        publish();
        pulled();
        laptop.at("2026-11-%02dT08:00:00Z".formatted(16 + days));

        Ran found = laptop.run("search", "résidence", "--format", "json");

        assertEquals(said, found.err().contains("pulled " + days + " days ago"), found.err());
        assertEquals(6, found.json().size());
    }

    @Test
    void saysThatNobodyPublishesAnyMore() {
        publish();
        pulled();
        laptop.at("2026-11-26T08:00:00Z");
        laptop.run("pull");

        assertTrue(laptop.run("search", "résidence").err().contains("published 10 days ago"));
    }

    // --- what may be published ---------------------------------------------------------------------------------

    @Test
    void publishesOfEachTextWhatItsSourceAllows() {
        publish();
        String all = everything();

        assertTrue(all.contains("Finaleopen1"), all);
        assertFalse(all.contains("Finaleshort1"), all);
        assertTrue(all.contains("Résidence short 1"), all);
        assertTrue(all.contains("Résidence title 1"), all);
        assertEquals(4, all.split("Théâtre et danse", -1).length - 1, "two in full, two as excerpts");
        // The words that a date was read from are words of its text.
        assertEquals(
                Set.of("open", "short"),
                all.lines()
                        .filter(line -> line.contains("\"quote\":\""))
                        .map(line -> line.replaceAll("\\{\"id\":\"([a-z]+):.*", "$1"))
                        .collect(Collectors.toSet()));

        pulled();
        assertEquals(Set.of("open:open1"), ids(laptop.search("finaleopen1")));
        assertEquals(Set.of(), ids(laptop.search("finaleshort1")));
        assertEquals(Set.of(), ids(laptop.search("danse", "source:title")));
        assertEquals(2, laptop.search("danse", "source:short").size());
    }

    @Test
    void takesBackWhatASourceAllowsNoLonger_atOnce_andFromEveryFile() {
        publish();
        assertTrue(everything().contains("Finaleopen1"));
        sources("link", "excerpt", "link");

        publish();

        assertFalse(everything().contains("Finaleopen1"));
        assertEquals(2, everything().split("Théâtre et danse", -1).length - 1, "the excerpts");
        pulled();
        assertEquals(0, laptop.search("finaleopen1").size());
    }

    @Test
    void aSourceThatHasLeftTheCatalogueAllowsLeast() {
        home.feeds(source("short", "excerpt"));

        publish();

        assertFalse(everything().contains("Finaleopen1"));
        assertEquals(6, pulled().at("/calls").asInt());
    }

    @Test
    void whatAPersonCorrected_leavesEveryFile() {
        publish();
        home.run("notice", "correct", "open:open1", "--title", "Un autre titre", "--title-lang", "fr");

        publish();

        assertFalse(everything().contains("Résidence open 1"), this::everything);
        assertTrue(everything().contains("Un autre titre"), this::everything);
    }

    @Test
    void nothingOfMembersIsPublished() {
        home.write(
                "open.xml",
                Rss.of(
                        item("open", 1),
                        Rss.item(
                                "letter",
                                "Lettre pour Anne.Membre@Example.org",
                                "Envoyée à anne.membre@example.org. <a href=\"https://example.org/?m=anne.membre%40example.org\">quitter</a>\nanne.membre@example.org")));
        home.groups(Entries.group(
                "cachee",
                "any: [\"geheimwoord OR résidence\"]",
                "- { mail: anne.membre@example.org, name: \"Anne Sophie Membre\", language: fr, status: active, consent: { how: papier, date: 2026-10-01 } }%n"
                        .formatted()));
        home.fetch();
        home.run("notice", "note", "cachee", "open:open1", "une note secrète", "--by", "anne.membre@example.org");
        home.run("notice", "pick", "cachee", "open:open1", "--by", "anne.membre@example.org");
        home.run("notice", "suggest", "https://signal.example.org/x", "--by", "anne.membre@example.org");
        home.send();
        publish();
        sources("full", "excerpt", "link");
        publish();
        String all = everything().toLowerCase(Locale.ROOT);

        assertTrue(all.contains("lettre pour …"), all);
        for (String word : List.of(
                "anne.membre",
                "anne sophie",
                "cachee",
                "geheimwoord",
                "secrète",
                "signal.example.org",
                "matched",
                "vigie@example.org")) {
            assertFalse(all.contains(word), word);
        }
    }

    @Test
    void neitherTheHomeNorSomebodyElsesFilesArePublishedOver() throws IOException {
        for (String out :
                List.of(home.folder().toString(), home.folder().resolve("data").toString())) {
            assertEquals(2, home.run("export", "index", "--out", out).code());
        }
        home.write("www/vigie-index.json", "somebody's");

        Ran refused = home.run(
                "export", "index", "--out", home.folder().resolve("www").toString());

        assertEquals(3, refused.code(), refused::toString);
        assertTrue(refused.err().contains("is not ours"), refused.err());
        assertEquals("somebody's", Files.readString(home.folder().resolve("www/vigie-index.json")));
        assertFalse(Files.exists(home.folder().resolve("www/calls")));
        assertEquals(2, laptop(folder.resolve("new")).run("export", "index").code());
    }

    private HomeInTest laptop(Path where) throws IOException {
        Files.createDirectories(where);
        return new HomeInTest(where, NOW);
    }

    // --- what may go wrong -------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"CUT, 3, What has arrived is kept", "WRONG, 3, damaged", "MISSING, 3, there is nothing at"})
    void aFaultLeavesTheIndexAsItWas_andTheNextPullGoesOnWhereItStopped(Fault fault, int code, String words) {
        publish();
        pulled();
        JsonNode before = laptop.search("*");
        many(0, 300);
        publish();
        many(300, 310);
        publish();
        asked();
        serve(new AtomicInteger(), 1, fault);

        Ran failed = pull();

        assertEquals(code, failed.code(), failed::toString);
        assertTrue(failed.err().contains(words), failed.err());
        if (fault != Fault.MISSING) {
            String brought = "Brought over from " + site.url("/index/") + ": 1 of 2 files (";
            assertTrue(failed.err().contains(brought), failed.err());
            assertTrue(failed.err().contains("The same command goes on from there."), failed.err());
        }
        assertEquals(before, laptop.search("*"));
        String first = asked().stream()
                .filter(line -> line.startsWith("200 calls"))
                .findFirst()
                .orElseThrow();
        serve(Fault.NONE);

        assertEquals(0, pull().code());
        assertFalse(asked().contains(first), "what was there is not loaded again");
        assertEquals(316, laptop.search("*").size());
    }

    @Test
    void aFirstPullThatFails_leavesNothingToSearch() {
        publish();
        serve(Fault.WRONG);

        assertEquals(3, pull().code());

        Ran found = laptop.run("search", "*");
        assertTrue(found.err().contains("vigie pull"), found.err());
        assertEquals(0, found.code());
    }

    @Test
    void readsFilesThatAServerUnpacksOnTheWay() {
        publish();
        serve(Fault.PACKED_AGAIN);

        assertEquals(6, pulled().at("/calls").asInt());
    }

    @Test
    void goesOn_whenTheIndexIsPublishedAnewWhileItIsRead() {
        publish();
        var once = new AtomicBoolean(true);
        site.handle("/index/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/index/".length());
            Path file = published.resolve(name);
            if (name.startsWith("calls/") && once.getAndSet(false)) {
                // The rule of a source is made stricter at this moment: the file of before goes at once.
                sources("link", "link", "link");
                publish();
            }
            byte[] body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        });

        assertEquals(6, pulled().at("/calls").asInt());
        assertEquals(0, laptop.search("danse").size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><body>Not found, but 200</body></html> | is not what vigie export index writes
            []                                           | is not what vigie export index writes
            {}                                           | is not what vigie export index writes
            {"format": 1}                                | is not what vigie export index writes
            {"format": 99, "what": "ever"}               | is newer than this program
            """)
    void saysWhatIsThereInstead(String body, String words) {
        site.page("/index/", "application/json", body);

        Ran failed = pull();

        assertEquals(3, failed.code(), failed::toString);
        assertTrue(failed.err().contains(words), failed.err());
        assertFalse(Files.exists(laptop.folder().resolve("data/index")));
    }

    @Test
    void saysThatNobodyIsThere_orThatNobodyAllowedPrivateNetworks() {
        Ran nothing = laptop.run("pull", site.url("/elsewhere"), "--allow-private-network");
        assertEquals(3, nothing.code());
        assertTrue(nothing.err().contains("there is nothing at"), nothing.err());

        Ran refused = laptop.run("pull", site.url("/index/"));
        assertEquals(3, refused.code());
        assertTrue(refused.err().contains("--allow-private-network"), refused.err());
        assertEquals(List.of(), asked());

        for (String address : List.of("index", "ftp://example.org/", "https:///x", "javascript:alert(1)")) {
            assertEquals(2, laptop.run("pull", address).code(), address);
        }
        Ran none = laptop.run("pull");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("vigie pull URL"), none.err());
    }

    @Test
    void aHomeOfItsOwnIsNotPulledOver_andAPulledOneIsNotFetchedInto() {
        publish();

        Ran refused = home.run("pull", site.url("/index/"), "--allow-private-network");

        assertEquals(2, refused.code(), refused::toString);
        assertTrue(refused.err().contains("has sources or calls of its own"), refused.err());
        pulled();
        laptop.feeds(source("open", "full"));
        for (String command : List.of("fetch", "notice add --title x", "export index")) {
            Ran stopped = laptop.run(command.split(" "));
            assertEquals(2, stopped.code(), () -> command + stopped);
        }
        assertEquals(6, laptop.search("*").size());
    }

    @Test
    void saysThatTheDiskRefuses_andKeepsTheIndex() throws IOException {
        publish();
        pulled();
        many(0, 3);
        publish();
        deleteTree(laptop.folder().resolve("data/pulled/calls"));
        laptop.write("data/pulled/calls", "a file in the way");

        Ran failed = pull();

        assertEquals(3, failed.code(), failed::toString);
        assertTrue(failed.err().contains("check the free space"), failed.err());
        assertEquals(6, laptop.search("*").size());
    }

    // --- what comes from outside cannot act (P6) -----------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sha256\":\"../../../../evil\"",
                "\"sha256\":\"..%2f..%2fevil\"",
                "\"sha256\":null",
                "\"bytes\":99999999999",
                "\"bytes\":-1",
                "\"lines\":0"
            })
    void aManifestThatNamesSomethingElseThanAFileOfCalls_isNone(String field) throws IOException {
        publish();
        String key = field.substring(0, field.indexOf(':'));
        String manifest =
                Files.readString(published.resolve("vigie-index.json")).replaceFirst(key + ":(\"[^\"]*\"|\\d+)", field);
        Files.writeString(published.resolve("vigie-index.json"), manifest);

        Ran failed = pull();

        assertEquals(3, failed.code(), failed::toString);
        assertTrue(failed.err().contains("is not what vigie export index writes"), failed.err());
    }

    @Test
    void leavesOutWhatNoVersionOfOursWouldWrite_andKeepsTheRest() throws IOException {
        publish();
        String line = everything()
                .lines()
                .filter(each -> each.startsWith("{\"id\":\"open:open1\""))
                .findFirst()
                .orElseThrow();
        List<String> lines = new ArrayList<>(List.of(
                line,
                "no JSON",
                "{\"id\":\"x:1\"",
                line.replace("open1", "huge")
                        .replace("\"value\":null", "\"value\":{\"amount\":1E999999999,\"currency\":\"EUR\"}"),
                line.replace("open1", "far").replace("2026-12-12", "+999999999-12-31"),
                line.replace("open1", "place").replace("\"places\":[", "\"places\":[\"" + "B".repeat(40_000) + "\""),
                line.replace("open1", "i\\u001b[2Jd"),
                line.replace("open1", "deep").replace("\"cpv\":[", "\"cpv\":" + "[".repeat(5_000)),
                line.replace("open1", "script").replace("https://calls.example.org/script", "javascript:alert(1)")));
        replaceFiles(packed(String.join("\n", lines) + "\n"), lines.size());

        Ran ran = pull();

        assertEquals(1, ran.code(), ran::toString);
        assertEquals(Set.of("open:open1", "open:script"), ids(laptop.search("*")));
        assertEquals(
                "null",
                laptop.search("*").findValues("url").stream()
                        .filter(JsonNode::isNull)
                        .findFirst()
                        .orElseThrow()
                        .toString());
        assertTrue(ran.err().contains("newer version"), ran.err());
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        publish();
        byte[] bomb = packed("0".repeat(200_000_000));
        Path file = replaceFiles(bomb, 1);
        Files.write(published.resolve("vigie-index.json"), JSON.writeValueAsBytes(small(manifest())));
        assertTrue(Files.size(file) < 1_000_000);

        Ran failed = pull();

        assertEquals(3, failed.code(), failed::toString);
        assertTrue(failed.err().contains("is damaged"), failed.err());
        assertFalse(Files.exists(laptop.folder().resolve("data/pulled/calls")));
    }

    private static JsonNode small(JsonNode manifest) {
        ((ObjectNode) manifest.at("/files/0")).put("bytes", 1_000_000);
        return manifest;
    }

    /** Publishes this one file in place of all. */
    private Path replaceFiles(byte[] packed, int lines) throws IOException {
        byte[] content;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            content = in.readAllBytes();
        }
        String hash = sha256(content);
        ObjectNode manifest = (ObjectNode) manifest();
        manifest.putArray("files")
                .addObject()
                .put("sha256", hash)
                .put("bytes", Math.min(content.length, 16_000_000))
                .put("packed", packed.length)
                .put("lines", lines);
        Files.write(published.resolve("vigie-index.json"), JSON.writeValueAsBytes(manifest));
        return Files.write(published.resolve("calls/" + hash + ".jsonl.gz"), packed);
    }

    private JsonNode manifest() {
        try {
            return JSON.readTree(published.resolve("vigie-index.json").toFile());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Every published file as text, packed ones also unpacked. */
    private String everything() {
        try {
            Map<String, String> all = new TreeMap<>();
            try (Stream<Path> files = Files.walk(published)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    all.put(file + " as it is", new String(bytes, StandardCharsets.ISO_8859_1));
                    if (bytes.length > 2 && bytes[0] == 0x1f) {
                        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                            all.put(file.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                        }
                    }
                }
            }
            return String.join("\n", all.values());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
