package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

    @TempDir
    Path folder;

    @Test
    void saysWhereItLooked_whenTheFileIsMissing() {
        assertProblem("there is no such file in " + folder, 1, 1);
    }

    @Test
    void saysSo_whenTheFileIsAFolder() throws IOException {
        Files.createDirectory(folder.resolve("a.yaml"));

        assertProblem("this is a folder, not a file", 1, 1);
    }

    @Test
    void saysSo_whenTheFileIsEmpty() throws IOException {
        write("# only a comment\n".getBytes(StandardCharsets.UTF_8));

        assertProblem("the file is empty", 1, 1);
    }

    @Test
    void pointsAtTheFirstBadByte_whenTheFileIsNotUtf8() throws IOException {
        write("# été\nname: été\n".getBytes(StandardCharsets.ISO_8859_1));
        assertProblem("not UTF-8 text; save the file as UTF-8", 1, 3);

        write("name: x\n".getBytes(StandardCharsets.UTF_16));
        assertProblem("not UTF-8 text; save the file as UTF-8", 1, 1);
    }

    @Test
    void pointsAtAControlCharacter() throws IOException {
        write("name: été\nother: \0\n".getBytes(StandardCharsets.UTF_8));

        assertProblem("character U+0000 cannot stand in such a file", 2, 8);
    }

    @Test
    void ignoresAByteOrderMarkAndWindowsLineEnds() throws IOException {
        write("\ufeffname: x\r\nbad: 1\r\n".getBytes(StandardCharsets.UTF_8));

        assertProblem("unknown key 'bad'; known here: name", 2, 1);
    }

    @Test
    void countsColumnsInCharacters_afterEmoji() throws IOException {
        write("{ \"🎭🎭\": 1, name: x }".getBytes(StandardCharsets.UTF_8));
        assertProblem("unknown key '🎭🎭'; known here: name", 1, 3);

        write("{ name: \"🎭\", b: 1 }".getBytes(StandardCharsets.UTF_8));
        assertProblem("unknown key 'b'; known here: name", 1, 14);
    }

    @Test
    void refusesAnAliasBombAtOnce() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        write(bomb.toString().getBytes(StandardCharsets.UTF_8));

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertProblem("more than 50 aliases (*name); write the values out", 27, 12));
    }

    @Test
    void refusesBottomlessNesting() throws IOException {
        write(("name: " + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8));

        assertProblem("nested deeper than 20 levels", 1, 26);
    }

    @Test
    void refusesAListThatHoldsItself() throws IOException {
        write("name: &a [*a]\n".getBytes(StandardCharsets.UTF_8));

        assertProblem("'name' must be a single value, not a list", 1, 7);
    }

    @Test
    void readsAnAlias_whereItIsUsedWithMeasure() throws IOException {
        write("name: &n Vigie\nothers: [*n, *n]\n".getBytes(StandardCharsets.UTF_8));

        List<String> others = YamlFile.read(folder.resolve("a.yaml"), Map.of(), section -> {
            section.optional("name", Type.TEXT);
            return section.list("others", Type.TEXT);
        });

        assertEquals(List.of("Vigie", "Vigie"), others);
    }

    @Test
    void keepsVariablesAsText_whereTheFileHasNone() throws IOException {
        write("name: ${ENV:HOME}\n".getBytes(StandardCharsets.UTF_8));

        assertEquals("${ENV:HOME}", YamlFile.read(folder.resolve("a.yaml"), null, s -> s.optional("name", Type.TEXT)));
    }

    @Property(seed = "20261124", tries = 200)
    void givesAValueOrProblems_whateverTheFileHolds(@ForAll @StringLength(max = 60) String content) throws IOException {
        Path file = Files.createTempFile("vigie", ".yaml");
        try {
            Files.write(file, content.getBytes(StandardCharsets.UTF_8));
            SettingsFile.read(file, Map.of());
        } catch (ConfigException e) {
            assertEquals(e.problems().size(), e.toString().lines().count(), e.toString());
        } finally {
            Files.delete(file);
        }
    }

    private void write(byte[] content) throws IOException {
        Files.write(folder.resolve("a.yaml"), content);
    }

    private void assertProblem(String message, int line, int column) {
        var failure = assertThrows(
                ConfigException.class,
                () -> YamlFile.read(folder.resolve("a.yaml"), Map.of(), s -> {
                    String name = s.optional("name", Type.TEXT);
                    return name == null ? "" : name;
                }));

        assertEquals(
                new Problem("a.yaml", line, column, message), failure.problems().get(0));
    }
}
