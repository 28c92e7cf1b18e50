package coop.vigie.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that after a crash each is either whole or not there. Others may write into the same folder: a link that
 * they put there is replaced, never followed.
 */
public final class WholeFile {

    private WholeFile() {}

    /** Replaces the file, or makes it; its folder exists. On the disk when this returns. */
    public static void write(Path file, byte[] content) throws IOException {
        // Always the same name, so that nothing gathers after crashes; what lies there, a link perhaps, is taken away
        // as itself.
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            fill(channel, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(temporary);
            throw failure;
        }
        sync(file.resolveSibling(""));
    }

    /** Also closes the file. */
    private static void fill(FileChannel channel, byte[] content) throws IOException {
        try (channel) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes the rename itself durable; Windows cannot open a folder and does not need it. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
