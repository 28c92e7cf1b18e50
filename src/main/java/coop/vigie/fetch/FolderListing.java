package coop.vigie.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * What lies in a folder, hidden files and links left out. A link within the folder leads to a file that is listed
 * anyway; one that leads out of it is reported and never followed.
 *
 * @param files in the order of their positions
 * @param skipped what could not be listed
 * @param fingerprint of names, sizes and modification times: equal as long as nobody touched anything
 */
record FolderListing(Path root, List<Path> files, List<Skipped> skipped, String fingerprint) {

    static FolderListing of(Path root) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        TreeMap<String, String> stamps = new TreeMap<>();
        List<Skipped> skipped = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isHidden(root, folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isHidden(root, file)) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isRegularFile()) {
                    String name = relative(root, file);
                    files.put(name, file);
                    stamps.put(name, stamp(attributes));
                } else if (!attributes.isSymbolicLink()) {
                    skipped.add(new Skipped(position(root, file), "not a file"));
                } else if (leadsOut(root, file)) {
                    skipped.add(new Skipped(position(root, file), "a link that leads out of the folder"));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                skipped.add(new Skipped(position(root, file), Words.problem(e)));
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderListing(root, List.copyOf(files.values()), List.copyOf(skipped), fingerprint(stamps));
    }

    static FolderListing ofFile(Path file) throws IOException {
        TreeMap<String, String> stamps = new TreeMap<>();
        stamps.put("", stamp(Files.readAttributes(file, BasicFileAttributes.class)));
        return new FolderListing(file, List.of(file), List.of(), fingerprint(stamps));
    }

    /** Of a file, relative to the folder, with {@code /} on every system. */
    String position(Path file) {
        return position(root, file);
    }

    private static String position(Path root, Path file) {
        return Words.name(relative(root, file));
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private static boolean isHidden(Path root, Path path) {
        return !path.equals(root)
                && path.getFileName() != null
                && path.getFileName().toString().startsWith(".");
    }

    private static boolean leadsOut(Path root, Path link) {
        try {
            return !link.toRealPath().startsWith(root);
        } catch (IOException e) {
            return true;
        }
    }

    private static String stamp(BasicFileAttributes attributes) {
        return attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static String fingerprint(TreeMap<String, String> stamps) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            stamps.forEach((position, stamp) ->
                    digest.update((position + "\0" + stamp + "\n").getBytes(StandardCharsets.UTF_8)));
            return "files-1-" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
