package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.Corpus;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.parse.EformsOracle;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in notices comes out of fetch and search: no notice, lot or date is lost in store or index. */
class NothingIsLostTest {

    @TempDir
    private Path folder;

    private HomeInTest home;

    @BeforeEach
    void anEmptyHome() {
        home = new HomeInTest(folder, "2024-03-01T08:00:00Z");
    }

    @Test
    void givesEveryDeadlineOfTheSdkExamples_throughFetchAndSearch() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        try (FileSystem jar = FileSystems.newFileSystem(sdk(), (ClassLoader) null)) {
            collect(jar.getPath("/eforms-sdk/examples/notices"), files);
        }
        assertEquals(92, files.size());

        compare(files);
    }

    @Test
    void givesEveryDeadlineOfPublishedNotices_throughFetchAndSearch() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        collect(Corpus.require("sources/eforms"), files);

        compare(files);
    }

    /** What one notice says of its deadlines, as the oracle reads it. */
    private record Expected(String file, Set<List<String>> deadlines) {}

    private void compare(Map<String, byte[]> files) throws Exception {
        Map<String, List<Expected>> byName = new HashMap<>();
        int named = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            home.write("notices/" + file.getKey(), file.getValue());
            var oracle = new EformsOracle(file.getValue());
            String name = oracle.publicationNumber().isEmpty() ? oracle.noticeId() : oracle.publicationNumber();
            if (!name.isEmpty()) {
                named++;
                byName.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(new Expected(file.getKey(), oracle.deadlines()));
            }
        }
        home.feeds(Entries.notices("bulletin", "notices"));

        Ran fetched = home.fetch();
        JsonNode calls = home.search("--include-closed", "*");

        assertEquals(0, fetched.code(), fetched::toString);
        int notices = 0;
        List<Executable> checks = new ArrayList<>();
        for (JsonNode call : calls) {
            notices += call.at("/notices").size();
            for (JsonNode id : call.at("/notices")) {
                JsonNode shown =
                        home.run("show", id.asText(), "--format", "json").json();
                checks.add(() -> assertEquals(call.at("/id"), shown.at("/id"), "alias"));
            }
            checks.add(() -> {
                Set<List<String>> found = deadlines(call);
                List<Expected> possible = new ArrayList<>();
                call.at("/notices")
                        .forEach(id -> byName.getOrDefault(name(id.asText()), List.of())
                                .forEach(possible::add));
                assertTrue(
                        possible.stream().anyMatch(each -> each.deadlines().equals(found)),
                        () -> call.at("/id") + " has " + found + ", its notices " + possible);
            });
        }
        assertEquals(named, notices);
        assertAll(checks);
    }

    private static String name(String id) {
        return id.substring(id.indexOf(':') + 1).replaceFirst("(?<=[0-9a-f]{12})-\\d\\d$", "");
    }

    private static Set<List<String>> deadlines(JsonNode call) {
        var deadlines = new LinkedHashSet<List<String>>();
        for (JsonNode deadline : call.at("/deadlines")) {
            deadlines.add(Stream.of("role", "lot", "date", "time", "offset")
                    .map(field -> deadline.path(field).asText(""))
                    .map(text -> text.equals("null") ? "" : text)
                    .toList());
        }
        return deadlines;
    }

    private static void collect(Path root, Map<String, byte[]> files) throws Exception {
        List<Path> found;
        try (Stream<Path> all = Files.walk(root)) {
            found = all.filter(file -> file.toString().endsWith(".xml")).toList();
        }
        for (Path file : found) {
            files.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
    }

    /** The SDK's jar on the test classpath. */
    private static Path sdk() {
        String notice = Objects.requireNonNull(
                        NothingIsLostTest.class.getResource("/eforms-sdk/examples/notices/cn_24_minimal.xml"))
                .toString();
        return Path.of(URI.create(notice.substring("jar:".length(), notice.indexOf('!'))));
    }
}
