package coop.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One line of a test suite that {@code explain --jsonl} answers.
 *
 * @param members a JSON object
 * @param folder of the suite, where files that it names may lie; null when it comes from standard input
 */
record SuiteLine(JsonNode members, @Nullable Path folder) {

    /** What a source's answer may weigh, too. */
    private static final int LARGEST = 15_000_000;

    /** @throws UsageException if it is missing, or no text, number or truth value */
    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new UsageException("\"" + name + "\" is missing");
        }
        return text;
    }

    /** Null where the line does not have it, or has null. */
    @Nullable
    String textOrNull(String name) {
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new UsageException("\"" + name + "\" is no text");
        }
        return value.asText();
    }

    /** What {@code file} names, from the current folder or else from the suite's own; unpacked if packed by gzip. */
    byte[] file() throws IOException {
        String name = text("file");
        Path file = find(name);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + name);
        }
        if (Files.size(file) > LARGEST) {
            throw tooLarge(name);
        }
        byte[] bytes = unpacked(Files.readAllBytes(file));
        if (bytes.length > LARGEST) {
            throw tooLarge(name);
        }
        return bytes;
    }

    private Path find(String name) {
        try {
            Path here = Path.of(name);
            return Files.exists(here) || folder == null ? here : folder.resolve(here);
        } catch (InvalidPathException wrong) {
            throw new UsageException("there is no file " + name);
        }
    }

    private static UsageException tooLarge(String name) {
        return new UsageException("the file " + name + " is larger than 15 MB");
    }

    /** One byte more than the largest shows that it is larger. */
    static byte[] unpacked(byte[] bytes) throws IOException {
        boolean packed = bytes.length > 2 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
        if (!packed) {
            return bytes;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(LARGEST + 1);
        }
    }
}
