package coop.vigie.parse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a text, as 40 hexadecimal digits: a name for what has none. */
final class Hash {

    private Hash() {}

    private static final int ID_LENGTH = 200;

    /** A native id of reasonable length: a longer one keeps its beginning and gets a hash of the whole. */
    static String shortened(String id) {
        return id.length() <= ID_LENGTH ? id : id.substring(0, 100) + "#" + of(id);
    }

    static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
