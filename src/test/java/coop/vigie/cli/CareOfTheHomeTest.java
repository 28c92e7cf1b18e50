package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code doctor}, {@code backup} and {@code restore} on the demo's home, as an operator uses them. */
class CareOfTheHomeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path shared;

    @TempDir
    private Path scratch;

    private static Path demo;

    @BeforeAll
    static void makeAHome() {
        demo = shared.resolve("demo");
        assertEquals(0, Shell.run("demo", "--keep", demo.toString()).code());
    }

    @Test
    void worksOnAsBefore_whenRestored() throws IOException {
        Path saved = scratch.resolve("saved.zip");
        Path home = scratch.resolve("home");

        Shell.Ran backup = Shell.at(demo, "backup", saved.toString(), "--format", "json");
        Shell.Ran restore = Shell.run("restore", saved.toString(), home.toString());

        assertEquals(0, backup.code(), backup.err());
        assertEquals(0, restore.code(), restore.err());
        assertTrue(backup.err().contains("names and addresses of members"), backup.err());
        JsonNode counted = JSON.readTree(backup.out());
        JsonNode status =
                JSON.readTree(Shell.at(home, "status", "--format", "json").out());
        assertEquals(counted.path("notices"), status.path("store").path("notices"));
        assertEquals(counted.path("calls"), status.path("index").path("calls"));
        assertEquals(
                Shell.at(demo, "search", "*", "--format", "json").out(),
                Shell.at(home, "search", "*", "--format", "json").out());
        assertEquals(
                Shell.at(demo, "group", "export").out(),
                Shell.at(home, "group", "export").out());
        // As the demo ended: a day later everybody knows everything.
        var tomorrow = Map.of("VIGIE_NOW", Shell.NOW.plusSeconds(86_400).toString());
        Shell.Ran sent = Shell.run(tomorrow, "--home", home.toString(), "digest", "send", "--format", "json");
        assertEquals(0, JSON.readTree(sent.out()).path("sent").asInt(), sent.out());
    }

    @Test
    void refusesWithCodeTwo_whereSomethingIs() throws IOException {
        Path taken = Files.writeString(scratch.resolve("saved.zip"), "older");

        assertEquals(2, Shell.at(demo, "backup", taken.toString()).code());
        assertEquals(2, Shell.run("restore", taken.toString(), demo.toString()).code());
        assertEquals(
                2,
                Shell.run("restore", scratch.resolve("none").toString(), scratch + "/new")
                        .code());
        assertEquals(3, Shell.run("restore", taken.toString(), scratch + "/new").code());
        assertEquals("older", Files.readString(taken));
    }

    @Test
    void warns_whenABackupHasNoMembers() throws IOException {
        Path saved = scratch.resolve("saved");
        Path home = scratch.resolve("home");
        assertEquals(0, Shell.at(demo, "backup", saved.toString()).code());
        Path manifest = saved.resolve("manifest.json");
        JsonNode lacking = JSON.readTree(Files.readString(manifest));
        assertEquals("data/members.db", lacking.at("/parts/0/name").asText());
        ((ArrayNode) lacking.path("parts")).remove(0);
        Files.writeString(manifest, lacking.toString());

        Shell.Ran restore = Shell.run("restore", saved.toString(), home.toString());

        assertEquals(0, restore.code(), restore.err());
        assertTrue(restore.err().contains("no members.db"), restore.err());
    }

    @Test
    void findsTheDemoWell_exceptForWhatNobodyAskedFor() throws IOException {
        Shell.Ran doctor = Shell.at(demo, "doctor", "--format", "json");

        for (JsonNode finding : JSON.readTree(doctor.out())) {
            assertTrue(
                    finding.path("verdict").asText().equals("ok")
                            // What the machine of the test is like.
                            || finding.path("check").asText().matches("disk|clock"),
                    finding::toString);
            assertTrue(!finding.path("message").asText().contains("{"), finding::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"fr, PROBLÈME, Quelqu'un", "nl, PROBLEEM, Iemand", "en, PROBLEM, person"})
    void saysInOnesLanguageWhatNeedsAPerson(String language, String verdict, String word) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home"));
        Files.writeString(home.resolve("feeds.yaml"), "sources: []\n");

        Shell.Ran doctor = Shell.at(home, "doctor", "--ui-lang", language);

        assertEquals(1, doctor.code());
        assertTrue(doctor.out().contains(verdict + "  ") && doctor.out().contains(": feeds.yaml:"), doctor.out());
        assertTrue(doctor.err().contains(word), doctor.err());
    }
}
