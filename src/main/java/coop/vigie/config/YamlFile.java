package coop.vigie.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The door through which every configuration file comes in: a path goes in, a value or a {@link ConfigException} out. */
public final class YamlFile {

    private static final int LARGEST = 16_000_000;
    // A file by hand has none or a few; a hundred could already unfold into millions of values.
    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 20;

    static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(LARGEST)
            .setMaxAliasesForCollections(MOST_ALIASES)
            // So that the section reports such a key with its place; the library's own complaint has none.
            .setAllowNonScalarKeys(true)
            .build();

    private final Reading reading;
    private final Path file;

    private YamlFile(Path file, @Nullable Map<String, String> environment) {
        Path name = file.getFileName();
        this.file = file;
        this.reading = new Reading(name == null ? file.toString() : name.toString(), environment);
    }

    /**
     * Reads a file that must be there.
     *
     * @param environment for {@code ${ENV:NAME}}; null if the file has no variables and that is ordinary text
     * @throws ConfigException with everything that is wrong with the file
     */
    public static <T> T read(Path file, @Nullable Map<String, String> environment, Section.Mapping<T> mapping) {
        return new YamlFile(file, environment).read(mapping, true);
    }

    /** Reads a file that may be absent, or hold nothing but comments: then the section has no entries. */
    public static <T> T readIfPresent(
            Path file, @Nullable Map<String, String> environment, Section.Mapping<T> mapping) {
        return new YamlFile(file, environment).read(mapping, false);
    }

    /**
     * As {@link #read}, of what such a file would hold; nothing is read from the disk.
     *
     * @param file names the text in problems
     */
    public static <T> T readText(
            Path file, String text, @Nullable Map<String, String> environment, Section.Mapping<T> mapping) {
        var reader = new YamlFile(file, environment);
        return reader.read(reader.decoded(text.getBytes(StandardCharsets.UTF_8)), mapping, true);
    }

    private <T> T read(Section.Mapping<T> mapping, boolean mustExist) {
        return read(mustExist || Files.exists(file) ? text() : "", mapping, mustExist);
    }

    private <T> T read(String text, Section.Mapping<T> mapping, boolean mustExist) {
        MappingNode root = reading.hasProblems() ? null : root(text, mustExist);
        if (reading.hasProblems()) {
            throw reading.failure();
        }
        T value = Section.read(reading, root, mapping);
        if (reading.hasProblems()) {
            throw reading.failure();
        }
        if (value == null) {
            throw new IllegalStateException(file + " was read without a problem and without a value");
        }
        return value;
    }

    private String text() {
        if (Files.isDirectory(file)) {
            reading.problem(1, 1, "this is a folder, not a file");
            return "";
        }
        try {
            if (Files.size(file) > LARGEST) {
                reading.problem(1, 1, "the file is larger than 16 MB");
                return "";
            }
            return decoded(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            reading.problem(
                    1, 1, "there is no such file in " + file.toAbsolutePath().getParent());
        } catch (IOException e) {
            reading.problem(1, 1, "the file cannot be read: " + e.getMessage());
        }
        return "";
    }

    private String decoded(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var input = ByteBuffer.wrap(bytes);
        var output = CharBuffer.allocate(bytes.length + 1);
        boolean good = !decoder.decode(input, output, true).isError();
        String text = output.flip().toString();
        if (text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        if (!good) {
            problemAfter(text, "not UTF-8 text; save the file as UTF-8");
        }
        int[] strange = text.codePoints()
                .filter(c -> !StreamReader.isPrintable(c))
                .limit(1)
                .toArray();
        if (good && strange.length > 0) {
            problemAfter(
                    text.substring(0, text.indexOf(strange[0])),
                    "character U+%04X cannot stand in such a file".formatted(strange[0]));
        }
        return text;
    }

    /** Reports a problem at the place that follows this beginning of the file. */
    private void problemAfter(String beginning, String message) {
        int line = 1 + (int) beginning.chars().filter(c -> c == '\n').count();
        int start = beginning.lastIndexOf('\n') + 1;
        reading.problem(line, 1 + beginning.codePointCount(start, beginning.length()), message);
    }

    private @Nullable MappingNode root(String text, boolean mustExist) {
        Node root;
        try {
            if (!isHarmless(text)) {
                return null;
            }
            root = new Compose(SETTINGS).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            reading.problem(e.getProblemMark().or(e::getContextMark).orElse(null), explained(e));
            return null;
        } catch (YamlEngineException e) {
            reading.problem(1, 1, "not valid YAML: " + e.getMessage());
            return null;
        }
        if (root == null || root.getTag().equals(Tag.NULL)) {
            if (mustExist) {
                reading.problem(1, 1, "the file is empty");
            }
            return null;
        }
        if (root instanceof MappingNode mapping) {
            return mapping;
        }
        reading.problem(root, "the file must begin with keys and values, such as 'key: value'");
        return null;
    }

    /** Looks at the events first, since building nodes recurses, and aliases multiply what has to be visited. */
    private boolean isHarmless(String text) {
        int aliases = 0;
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            String complaint = null;
            if (event instanceof AliasEvent && ++aliases > MOST_ALIASES) {
                complaint = "more than " + MOST_ALIASES + " aliases (*name); write the values out";
            } else if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                complaint = "nested deeper than " + DEEPEST + " levels";
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent && ++documents > 1) {
                complaint = "a second document begins here; the file must hold one";
            }
            if (complaint != null) {
                reading.problem(event.getStartMark().orElse(null), complaint);
                return false;
            }
        }
        return true;
    }

    private static String explained(MarkedYamlEngineException failure) {
        String problem = failure.getProblem() == null ? "unreadable" : failure.getProblem();
        if (problem.contains("TAB")) {
            return "a tab stands where blanks are needed; indent with blanks";
        }
        String context = failure.getContext();
        return "not valid YAML: " + problem + (context == null || context.isBlank() ? "" : " (" + context + ")");
    }
}
