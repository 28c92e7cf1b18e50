package coop.vigie.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.config.WholeFile;
import coop.vigie.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The shared folders of groups: an edition for {@code folder:GROUP} becomes files beside each other, and {@code latest.html}.
 * Everything else goes another way.
 */
public final class FolderTransport implements MailTransport {

    /** With which a recipient begins that is no address but a group's folder. */
    public static final String PREFIX = "folder:";

    private static final int DAY = "2026-11-24".length();

    private final Function<String, List<Path>> folders;
    private final MailTransport others;

    /**
     * @param folders of a group, by its id; none if it has none any more
     * @param others takes what is for people
     */
    public FolderTransport(Function<String, List<Path>> folders, MailTransport others) {
        this.folders = folders;
        this.others = others;
    }

    /** True for a group's folder, false for a person. */
    public static boolean isFolder(String recipient) {
        return recipient.startsWith(PREFIX);
    }

    /** Files of one edition as the bytes of one message, for the outbox. */
    public static byte[] bytes(Map<String, String> files) {
        return Json.write(files).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The name that begins the files of an edition, as the Message-ID of a folder's message.
     *
     * @param built the day stands first, so that a folder sorts by time
     */
    public static String name(String edition, Instant built) {
        return built.toString().substring(0, DAY) + "_" + edition;
    }

    /** Written again after a crash, the same files are replaced. A folder that cannot be written is tried later. */
    @Override
    public Receipt send(String recipient, String messageId, byte[] message) {
        if (!isFolder(recipient)) {
            return others.send(recipient, messageId, message);
        }
        List<Path> targets = folders.apply(recipient.substring(PREFIX.length()));
        if (targets.isEmpty()) {
            return new Receipt.Refused("the group has no folder any more", null);
        }
        Map<String, String> files =
                Json.read(new String(message, StandardCharsets.UTF_8), new TypeReference<Map<String, String>>() {});
        for (Path folder : targets) {
            try {
                write(folder, messageId, files);
            } catch (IOException refused) {
                return new Receipt.TryLater(
                        "the folder %s could not be written (%s); check its permissions and the space on its disk"
                                .formatted(folder, refused.getMessage()),
                        null);
            }
        }
        return new Receipt.Accepted(messageId, targets.getFirst().resolve(messageId + ".html"));
    }

    private static void write(Path folder, String name, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet()) {
            WholeFile.write(folder.resolve(name + "." + file.getKey()), bytes(file.getValue()));
        }
        WholeFile.write(folder.resolve("latest.html"), bytes(Objects.requireNonNull(files.get("html"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        others.close();
    }
}
