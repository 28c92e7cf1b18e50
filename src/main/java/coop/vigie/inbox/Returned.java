package coop.vigie.inbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A report's own words, apart from the mail that it returns. */
record Returned(String report, String original) {

    /** A line before the returned mail, or its first header. */
    private static final Pattern START = Pattern.compile(
            "(?m)^(?:[-|= *]{2,80}[ ]?(?:this is a copy|below this line|.{0,30}original message|the header of the original|returned message|unsent message"
                    + "|message text follows|message header|included is a copy|.{0,20}message follows|.{0,10}message d'origine|.{0,10}ursprungliche nachricht|oorspronkelijk bericht)"
                    + "|(?:original message follows|message headers follow|original message:|below is a copy of the original)"
                    + "|(?:received|return-path|dkim-signature|x-received|delivered-to|message-id|mime-version|domainkey-signature|x-originating-ip) ?:)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^message-id[ \t]*:[ \t]*(?:\n[ \t]+)?(<[^<>\\s]{3,250}>)");

    static Returned of(String text) {
        Matcher start = START.matcher(text);
        return start.find()
                ? new Returned(text.substring(0, start.start()), text.substring(start.start()))
                : new Returned(text, "");
    }

    /** The first Message-ID header in a returned mail. */
    static @Nullable String messageId(String original) {
        Matcher id = MESSAGE_ID.matcher(original);
        return id.find() ? id.group(1) : null;
    }
}
