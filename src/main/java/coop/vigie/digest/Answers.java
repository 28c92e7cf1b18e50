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
 */
public record Answers(@Nullable String address, @Nullable String token) {

    /** For what nobody in particular reads. */
    public static final Answers NONE = new Answers(null, null);

    /** The word with which a mail asks for no more of them. */
    public static final String UNSUBSCRIBE = "unsubscribe";

    /** A {@code mailto:} address that ends the mails; "" if there is none. */
    public String unsubscribe() {
        return link(UNSUBSCRIBE);
    }

    /** A {@code mailto:} address with these words as its subject (RFC 6068); "" if there is none. */
    public String link(String words) {
        if (address == null) {
            return "";
        }
        String subject = token == null ? words : words + " " + token;
        return "mailto:" + address + "?subject="
                + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
