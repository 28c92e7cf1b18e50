package coop.vigie.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.config.WholeFile;
import coop.vigie.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Files in a folder of this machine: an edition as files beside each other with {@code latest.html}, feeds, blocks of
 * text. Written again after a crash, the same files are replaced. A folder that cannot be written is tried later.
 */
public final class EditionFolder {

    static final String LATEST = "latest.html";

    private static final int DAY = "2026-11-24".length();

    private EditionFolder() {}

    /** Files as the bytes of one message, for the outbox. */
    public static byte[] bytes(Map<String, String> files) {
        return Json.write(files).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The name that begins the files of an edition, as the Message-ID of a channel's message.
     *
     * @param built the day stands first, so that a folder sorts by time
     */
    public static String name(String edition, Instant built) {
        return built.toString().substring(0, DAY) + "_" + edition;
    }

    /** The edition's id, from such a name. */
    static String edition(String name) {
        return name.substring(name.indexOf('_') + 1);
    }

    static Map<String, String> files(byte[] message) {
        return Json.read(
                new String(message, StandardCharsets.UTF_8), new TypeReference<LinkedHashMap<String, String>>() {});
    }

    /** An edition's files, by the endings that they were frozen under, and its page once more as the latest. */
    static Receipt edition(Path folder, String name, byte[] message) {
        var named = new LinkedHashMap<String, String>();
        Map<String, String> files = files(message);
        files.forEach((ending, content) -> named.put(name + "." + ending, content));
        named.put(LATEST, Objects.requireNonNull(files.get("html")));
        return write(folder, name + ".html", named);
    }

    /** Files under the names that they were frozen with. */
    static Receipt asNamed(Path folder, byte[] message) {
        Map<String, String> files = files(message);
        return write(folder, files.keySet().iterator().next(), files);
    }

    /** Blocks of text, one file each. */
    static Receipt blocks(Path folder, String name, byte[] message) {
        var named = new LinkedHashMap<String, String>();
        List<String> blocks = Parts.of(message);
        for (int number = 1; number <= blocks.size(); number++) {
            named.put(name + "-" + number + ".txt", blocks.get(number - 1));
        }
        return write(folder, name + "-1.txt", named);
    }

    private static Receipt write(Path folder, String shown, Map<String, String> files) {
        try {
            Files.createDirectories(folder);
            for (var file : files.entrySet()) {
                WholeFile.write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException refused) {
            return new Receipt.TryLater(
                    "the folder %s could not be written (%s); check its permissions and the space on its disk"
                            .formatted(folder, refused.getMessage()),
                    null);
        }
        return new Receipt.Accepted(shown, folder.resolve(shown));
    }
}
