package coop.vigie.publish;

import coop.vigie.config.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The files of calls in a folder, be it one that is published or one that was pulled: both look the same. */
final class Shards {

    private final Path folder;

    /** @param folder that holds a manifest, and {@link Shard#FOLDER} beside it */
    Shards(Path folder) {
        this.folder = folder;
    }

    Path manifest() {
        return folder.resolve(Manifest.NAME);
    }

    private Path at(Shard shard) {
        return folder.resolve(Shard.FOLDER).resolve(shard.name());
    }

    /** Writes the file, on the disk when this returns. */
    Shard write(List<String> lines) throws IOException {
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return write(content, lines.size());
    }

    /** @param lines of the content, ended by a line break each */
    Shard write(byte[] content, int lines) throws IOException {
        byte[] packed = packed(content);
        var shard = new Shard(sha256(content), content.length, packed.length, lines);
        Files.createDirectories(folder.resolve(Shard.FOLDER));
        WholeFile.write(at(shard), packed);
        return shard;
    }

    /** True if it is there and whole. */
    boolean has(Shard shard) {
        return read(shard).isPresent();
    }

    /** Its lines; empty if it is missing or damaged. */
    Optional<List<String>> read(Shard shard) {
        Path file = at(shard);
        try {
            // Never follows a link, and never reads a file of another size than was promised.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 2L * Shard.LARGEST) {
                return Optional.empty();
            }
            byte[] content = unpacked(Files.readAllBytes(file), shard.bytes());
            return isIt(shard, content) ? Optional.of(lines(content)) : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    static boolean isIt(Shard shard, byte[] content) {
        return content.length == shard.bytes() && sha256(content).equals(shard.sha256());
    }

    static List<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    /** Removes all files of calls but these, and what a crash left of writing one. */
    int keepOnly(Set<String> names) throws IOException {
        Path calls = folder.resolve(Shard.FOLDER);
        if (!Files.isDirectory(calls, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        List<Path> superfluous = new ArrayList<>();
        try (Stream<Path> all = Files.list(calls)) {
            all.filter(file -> {
                        String name = file.getFileName().toString();
                        boolean unfinished = name.startsWith(".") && name.endsWith(".jsonl.gz.tmp");
                        return unfinished || (Shard.NAME.matcher(name).matches() && !names.contains(name));
                    })
                    .forEach(superfluous::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : superfluous) {
            Files.deleteIfExists(file);
        }
        return superfluous.size();
    }

    static Set<String> names(Collection<Shard> shards) {
        return shards.stream().map(Shard::name).collect(java.util.stream.Collectors.toSet());
    }

    private static byte[] packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** At most one byte more than was promised, which is enough to see that it is too much. */
    private static byte[] unpacked(byte[] packed, long promised) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(Math.toIntExact(promised + 1));
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
