package coop.vigie.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.config.WholeFile;
import coop.vigie.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder of static files that is brought up to date: what has not changed is not written again, and what is no longer
 * among the files goes, if it was written by an earlier run and is still as that one left it. A manifest remembers which.
 */
public final class SiteFolder {

    private static final String MANIFEST = ".vigie-site.json";

    private final Path folder;

    public SiteFolder(Path folder) {
        this.folder = folder;
    }

    /** How many files were written, were as they should be, and went. */
    public record Outcome(int written, int unchanged, int removed) {}

    /**
     * Makes the folder hold these files.
     *
     * @param files by path, with slashes
     * @throws SiteRefused if a file of somebody else is in the way (then nothing is written), or the disk refuses
     */
    public Outcome write(Map<String, String> files) {
        try {
            Files.createDirectories(folder);
            Map<String, String> before = manifest();
            Map<String, byte[]> contents = new TreeMap<>();
            files.forEach((name, text) -> contents.put(name, text.getBytes(StandardCharsets.UTF_8)));
            Map<String, String> hashes = new TreeMap<>();
            contents.forEach((name, content) -> hashes.put(name, Envelope.hash(content, 64)));
            for (String name : hashes.keySet()) {
                String present = hashOf(name);
                if (present != null && !before.containsKey(name) && !present.equals(hashes.get(name))) {
                    throw new SiteRefused(
                            "nothing was exported: %s is there and is not ours; choose another folder, or move it away"
                                    .formatted(folder.resolve(name)),
                            null);
                }
            }
            // All that is or will be ours, lest what a crash leaves here be taken for somebody else's.
            Map<String, String> either = new TreeMap<>(before);
            either.putAll(hashes);
            write(MANIFEST, bytes(either));
            return update(before, contents, hashes);
        } catch (IOException refused) {
            throw new SiteRefused("the folder %s could not be written (%s)".formatted(folder, refused), refused);
        }
    }

    private Outcome update(Map<String, String> before, Map<String, byte[]> contents, Map<String, String> hashes)
            throws IOException {
        int written = 0;
        int unchanged = 0;
        for (var file : contents.entrySet()) {
            if (String.valueOf(hashOf(file.getKey())).equals(hashes.get(file.getKey()))) {
                unchanged++;
            } else {
                write(file.getKey(), file.getValue());
                written++;
            }
        }
        int removed = 0;
        for (var old : before.entrySet()) {
            if (!hashes.containsKey(old.getKey())
                    && String.valueOf(hashOf(old.getKey())).equals(old.getValue())) {
                Files.delete(at(old.getKey()));
                removed++;
            }
        }
        write(MANIFEST, bytes(hashes));
        return new Outcome(written, unchanged, removed);
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(at(name).resolveSibling(""));
        WholeFile.write(at(name), content);
    }

    /** The manifest lies where others may write: a name that leads out of the folder is no name of ours. */
    private Path at(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IOException("the manifest names a file outside the folder: " + name);
        }
        return file;
    }

    /** Null if there is no such file. */
    private @Nullable String hashOf(String name) throws IOException {
        Path file = at(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Envelope.hash(Files.readAllBytes(file), 64)
                : "no file";
    }

    private Map<String, String> manifest() throws IOException {
        Path file = folder.resolve(MANIFEST);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Json.read(Files.readString(file), new TypeReference<LinkedHashMap<String, String>>() {})
                : Map.of();
    }

    private static byte[] bytes(Map<String, String> manifest) {
        return (Json.write(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
