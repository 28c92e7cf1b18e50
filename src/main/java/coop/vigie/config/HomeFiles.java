package coop.vigie.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The commented starter files of a new home. */
public final class HomeFiles {

    private static final List<String> STARTERS = List.of("feeds.yaml", "groups.yaml", "vigie.yaml");
    private static final String DATA = "data";
    private static final String IGNORE_FILE = ".gitignore";
    private static final String IGNORED =
            "# The databases, the index and the mails: personal data, never to be published.\ndata/\n";

    private HomeFiles() {}

    /**
     * True if the path is one of our own files or lies in the folder of our databases, where nobody else may write. Small and
     * capital letters are the same to some disks.
     *
     * @param path inside the home
     */
    public static boolean isOwn(String path) {
        String first = Arrays.stream(path.split("/"))
                .filter(step -> !step.isEmpty() && !step.equals("."))
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return first.equals(DATA) || first.equals(IGNORE_FILE) || STARTERS.contains(first);
    }

    /**
     * Makes the folder if need be, and writes the starter files into it.
     *
     * @return the files written, in alphabetical order
     * @throws HomeException if one of them exists already (then none is written), or the disk refuses
     */
    public static List<Path> create(Path folder) {
        var files = new ArrayList<Path>();
        files.add(folder.resolve(IGNORE_FILE));
        STARTERS.forEach(name -> files.add(folder.resolve(name)));
        List<String> existing = files.stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toString)
                .toList();
        if (!existing.isEmpty()) {
            throw new HomeException(
                    "No new home was made: " + String.join(", ", existing)
                            + " exists already; choose another folder, or move it away.",
                    null);
        }
        try {
            Files.createDirectories(folder);
            for (Path file : files) {
                // Copying refuses to replace a file that appeared in the meantime.
                try (InputStream content = content(file.getFileName())) {
                    Files.copy(content, file);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new HomeException(
                    "No new home was made: " + e.getMessage() + " exists already and is in the way.", e);
        } catch (IOException e) {
            throw new HomeException("A new home in " + folder + " could not be written: " + e, e);
        }
        return List.copyOf(files);
    }

    private static InputStream content(Path name) {
        if (name.toString().equals(IGNORE_FILE)) {
            return new ByteArrayInputStream(IGNORED.getBytes(StandardCharsets.UTF_8));
        }
        InputStream starter = HomeFiles.class.getResourceAsStream("/init/" + name);
        if (starter == null) {
            throw new IllegalStateException("the program lacks its own file init/" + name);
        }
        return starter;
    }
}
