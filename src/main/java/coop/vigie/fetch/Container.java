package coop.vigie.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** What a file is on the outside, told by its first bytes. */
enum Container {
    ZIP,
    GZIP,
    TAR,
    NONE;

    /** So many bytes are enough to tell: a tar header. */
    static final int HEAD = 512;

    static Container of(byte[] head) {
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        return isTarHeader(head) ? TAR : NONE;
    }

    /** Whether a name says that this is a container; a spreadsheet, which is a zip inside, is not one to us. */
    static boolean isNamedLikeOne(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".zip") || name.endsWith(".gz") || name.endsWith(".tgz") || name.endsWith(".tar");
    }

    /** Whether an answer may be one: by its Content-Type, or by its name when the type says nothing. */
    static boolean isAnnounced(URI uri, @Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/zip",
                    "application/x-zip",
                    "application/x-zip-compressed",
                    "application/gzip",
                    "application/x-gzip",
                    "application/x-gtar",
                    "application/x-tgz",
                    "application/x-gtar-compressed",
                    "application/x-compressed",
                    "application/x-compressed-tar",
                    "application/tar",
                    "application/x-tar",
                    "application/tar+gzip",
                    "application/octet-stream",
                    "binary/octet-stream",
                    "application/force-download",
                    "application/download",
                    "" -> true;
            default -> uri.getPath() != null && isNamedLikeOne(uri.getPath());
        };
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Old tars have no magic; their checksum (POSIX ustar, offset 148) tells. */
    private static boolean isTarHeader(byte[] head) {
        if (TarArchiveInputStream.matches(head, head.length)) {
            return true;
        }
        if (head.length < HEAD || head[0] == 0) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < HEAD; i++) {
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        String stated = new String(head, 148, 8, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        return stated.matches("[0-7]{1,7}") && Long.parseLong(stated, 8) == sum;
    }
}
