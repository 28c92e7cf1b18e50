package coop.vigie.notice;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address that any mail server accepts: RFC 5321 without comments, address literals and obsolete forms.
 *
 * <p>The domain is kept in lower case and in its ASCII form ({@code théâtre.example} becomes {@code xn--…}), so that two
 * spellings of one domain are equal, and so is the local part: by the letter of RFC 5321 only its own server knows whether case counts,
 * but none that matters does, and a person who left as {@code anne@} must not be mailed as {@code Anne@}.
 * Local parts beyond ASCII are refused: they need SMTPUTF8 on every server of the way.
 *
 * @param value {@code local@domain}; never holds a control character, so it can stand in a header
 */
public record EmailAddress(String value) implements Comparable<EmailAddress> {

    // RFC 5321, 4.5.3.1: octets of the local part, and of a path without its angle brackets.
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST = 254;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART =
            Pattern.compile(ATOM + "(\\." + ATOM + ")*" + "|\"([ !#-\\[\\]-~]|\\\\[ -~])+\"", Pattern.DOTALL);
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)*(?!\\d+$)" + LABEL);
    // IDNA 2003 and 2008 turn these into different names; guessing could reach somebody else (RFC 5894, 7.2).
    private static final Pattern AMBIGUOUS = Pattern.compile("[ßς\\u200c\\u200d]");

    /** @throws IllegalArgumentException if it is no such address; the message says why */
    public EmailAddress {
        int at = value.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("it has no @");
        }
        String local = value.substring(0, at);
        if (local.length() > LONGEST_LOCAL_PART) {
            throw new IllegalArgumentException("more than 64 characters stand before the @");
        }
        if (!LOCAL_PART.matcher(local).matches()) {
            throw new IllegalArgumentException("what stands before the @ is not allowed there");
        }
        value = local.toLowerCase(Locale.ROOT) + "@" + asciiDomain(value.substring(at + 1));
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than 254 characters");
        }
    }

    private static String asciiDomain(String domain) {
        String ascii = "";
        if (domain.length() <= LONGEST && !AMBIGUOUS.matcher(domain).find()) {
            try {
                ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                // Falls through to the one message below; the library's speaks of code points.
            }
        }
        if (!DOMAIN.matcher(ascii).matches()) {
            throw new IllegalArgumentException("what stands after the @ is not a domain");
        }
        return ascii;
    }

    /** The address, or empty if the text is none. */
    public static Optional<EmailAddress> parse(String text) {
        try {
            return Optional.of(new EmailAddress(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What stands before the @, in lower case. */
    public String localPart() {
        return value.substring(0, value.lastIndexOf('@'));
    }

    /** What stands after the @, in lower case and ASCII. */
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    @Override
    public int compareTo(EmailAddress other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
