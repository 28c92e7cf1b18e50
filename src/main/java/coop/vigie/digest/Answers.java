package coop.vigie.digest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the reader of a mail answers it: each link opens a mail whose subject says what is meant, and ends with a token that
 * says by whom.
 *
 * @param address null where nobody in particular reads, as in a shared folder: then there are no links
 * @param token null in a preview, which nobody can answer
 * @param curator with what a coordinator chooses for their group; null for everybody else
 */
public record Answers(
        @Nullable String address,
        @Nullable String token,
        @Nullable String curator) {

    /** For what nobody in particular reads. */
    public static final Answers NONE = new Answers(null, null);

    /** For who chooses for nobody but themselves. */
    public Answers(@Nullable String address, @Nullable String token) {
        this(address, token, null);
    }

    /** The word with which a mail asks for no more of them. */
    public static final String UNSUBSCRIBE = "unsubscribe";

    /** A {@code mailto:} address that ends the mails; "" if there is none. */
    public String unsubscribe() {
        return link(UNSUBSCRIBE);
    }

    /** A {@code mailto:} address with these words as its subject (RFC 6068); "" if there is none. */
    public String link(String words) {
        return link(words, token);
    }

    /** As {@link #link}, for who chooses for a group; "" for everybody else. */
    public String curatorLink(String words) {
        return curator == null ? "" : link(words, curator);
    }

    /** By what an answer is known that quotes the mail; "" where nobody can answer. */
    public String reference() {
        String shown = curator == null ? token : curator;
        return shown == null ? "" : "[" + shown + "]";
    }

    private String link(String words, @Nullable String token) {
        if (address == null) {
            return "";
        }
        String subject = token == null ? words : words + " " + token;
        return "mailto:" + address + "?subject=" + encoded(subject);
    }

    private static String encoded(String subject) {
        return (isPlain(subject)
                        ? subject
                        : URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20"))
                .replace(" ", "%20");
    }

    private static boolean isPlain(String subject) {
        for (int at = 0; at < subject.length(); at++) {
            char each = subject.charAt(at);
            if (each != ' ' && each != '-' && (each >= 0x80 || !Character.isLetterOrDigit(each))) {
                return false;
            }
        }
        return true;
    }
}
