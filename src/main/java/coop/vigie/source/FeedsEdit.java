package coop.vigie.source;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import coop.vigie.config.WholeFile;
import coop.vigie.config.YamlList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code feeds.yaml} with one entry more, and all else as people left it. Nothing is written before the whole file has been read
 * with its new entry, and said what it said before, and that entry.
 */
public final class FeedsEdit {

    private final Path file;
    private final String text;
    private final Source added;

    private FeedsEdit(Path file, String text, Source added) {
        this.file = file;
        this.text = text;
        this.added = added;
    }

    /**
     * Reads the file, and writes nothing yet.
     *
     * @throws ConfigException with everything that is wrong with the file as it is
     * @throws EntryException if the entry is wrong, or the file is laid out so that nothing can be added to it
     */
    public static FeedsEdit of(Path file, Map<String, String> environment, NewEntry entry) {
        Catalogue before = FeedsFile.read(file, environment);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException failure) {
            throw new EntryException(file + " cannot be read: " + failure, failure);
        }
        String longer = YamlList.append(text, "sources", entry.lines())
                .orElseThrow(() -> new EntryException(
                        "the entries under 'sources' stand in brackets; write each on lines of its own, with a - before it",
                        null));
        Catalogue after;
        try {
            after = FeedsFile.readText(file, longer, environment);
        } catch (ConfigException wrong) {
            throw new EntryException(
                    wrong.problems().stream().map(Problem::message).collect(Collectors.joining("; ")), wrong);
        }
        var expected = new ArrayList<>(before.sources());
        expected.add(after.sources().getLast());
        if (!after.sources().equals(expected) || !after.contact().equals(before.contact())) {
            throw new EntryException(
                    "the file is laid out so that nothing can be added to it; add the entry by hand", null);
        }
        return new FeedsEdit(file, longer, after.sources().getLast());
    }

    /** The entry as Vigie will read it. */
    public Source added() {
        return added;
    }

    /** Replaces the file, in one step. @throws EntryException if the disk refuses; then it is as it was */
    public void save() {
        try {
            // A link stays one; what it leads to is replaced.
            Path target = file.toRealPath();
            Set<PosixFilePermission> permissions = permissions(target);
            WholeFile.write(target, text.getBytes(StandardCharsets.UTF_8));
            if (!permissions.isEmpty()) {
                Files.setPosixFilePermissions(target, permissions);
            }
        } catch (IOException failure) {
            throw new EntryException(file + " could not be written: " + failure, failure);
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.getPosixFilePermissions(file)
                : Set.of();
    }
}
