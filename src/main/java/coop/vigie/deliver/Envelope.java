package coop.vigie.deliver;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of one message say.
 *
 * @param edition id of the edition, letters, digits, dot, dash and underscore
 * @param from address of the sender, with a name if wanted: {@code Vigie <vigie@example.org>}
 * @param to address of the one recipient
 * @param replyTo null if answers go to {@code from}
 * @param list stable identifier of the list, in the form of a host name (RFC 2919): {@code arts-bxl.vigie.example.org};
 *     null for a mail to a mailing list, which says of itself what it is and how it is left
 * @param unsubscribe {@code mailto:} address that ends these mails (RFC 2369); null likewise
 * @param date of the message
 */
public record Envelope(
        String edition,
        String from,
        String to,
        @Nullable String replyTo,
        @Nullable String list,
        @Nullable String unsubscribe,
        Instant date) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final Pattern MAILTO = Pattern.compile("mailto:[\\x21-\\x7e&&[^<>\"]]+@[\\x21-\\x7e&&[^<>\"]]+");

    /** @throws HeaderRefused if a value does not fit its header */
    public Envelope {
        check("Message-ID", WORD, edition, "needs an edition id of letters, digits, dots and dashes");
        if (list != null) {
            check("List-Id", HOST, list, "needs the form of a host name");
        }
        if (unsubscribe != null) {
            check("List-Unsubscribe", MAILTO, unsubscribe, "needs a mailto: address");
        }
        address("From", from);
        address("To", to);
        if (replyTo != null) {
            address("Reply-To", replyTo);
        }
    }

    /** {@code <edition.recipient@host>}: the same whenever this edition goes to this recipient. */
    public String messageId() {
        String sender = address("From", from).getAddress();
        return "<" + edition + "." + hash(address("To", to).getAddress().toLowerCase(Locale.ROOT), 12) + "@"
                + sender.substring(sender.lastIndexOf('@') + 1) + ">";
    }

    /** The one address that this header names. */
    static InternetAddress address(String header, String written) {
        if (written.chars().anyMatch(Character::isISOControl)) {
            throw new HeaderRefused(header, "holds a line break or another control character");
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(written, true);
            if (parsed.length != 1) {
                throw new HeaderRefused(header, "needs exactly one address and has " + parsed.length);
            }
            InternetAddress address = parsed[0];
            address.validate();
            if (address.getAddress().indexOf('@') < 1
                    || !address.getAddress().chars().allMatch(each -> each < 0x80)) {
                throw new HeaderRefused(header, "needs an ASCII address with a host");
            }
            return address;
        } catch (AddressException e) {
            throw new HeaderRefused(header, "is not a mail address (" + e.getMessage() + ")");
        }
    }

    /** So many hexadecimal digits of the text's SHA-256. */
    static String hash(String text, int digits) {
        return hash(text.getBytes(StandardCharsets.UTF_8), digits);
    }

    static String hash(byte[] content, int digits) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void check(String header, Pattern form, String value, String need) {
        if (!form.matcher(value).matches()) {
            throw new HeaderRefused(header, need);
        }
    }
}
