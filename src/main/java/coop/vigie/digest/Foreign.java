package coop.vigie.digest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words and addresses that come from outside, made fit for one line of a mail. */
final class Foreign {

    /** Longer addresses are not followed by common clients, and would eat the room of others. */
    private static final int LINK_AT_MOST = 2000;

    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:)[^/?#].*");

    private Foreign() {}

    /**
     * The text on one line: line breaks and other control characters become spaces; what is invisible and could turn or
     * hide the text around it (bidi controls, zero-width marks, tag characters, half surrogates) goes. The joiners stay:
     * Persian words and emoji need them.
     */
    static String line(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            if (isSpace(each)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (isVisible(each)) {
                line.appendCodePoint(each);
            }
        });
        return line.toString().strip();
    }

    /** {@link #line}, at most that many characters, cut with an ellipsis and never inside a code point. */
    static String line(String text, int atMost) {
        String line = line(text);
        if (line.codePointCount(0, line.length()) <= atMost) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, atMost - 1)).stripTrailing() + "…";
    }

    /** An address that may be a link: http, https or mailto; whatever could end the address or the line is escaped. */
    static Optional<String> link(String address) {
        String stripped = address.strip();
        if (stripped.length() > LINK_AT_MOST
                || !LINK.matcher(stripped).matches()
                || stripped.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        var link = new StringBuilder(stripped.length());
        stripped.codePoints().forEach(each -> {
            if (isSpace(each) || "<>\"'`{}|\\^".indexOf(each) >= 0) {
                for (byte octet : Character.toString(each).getBytes(StandardCharsets.UTF_8)) {
                    link.append('%').append(String.format(Locale.ROOT, "%02X", octet & 0xFF));
                }
            } else if (isVisible(each)) {
                link.appendCodePoint(each);
            }
        });
        return Optional.of(link.toString());
    }

    private static boolean isSpace(int each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> each != '\u00a0' && each != '\u202f';
            default -> false;
        };
    }

    private static boolean isVisible(int each) {
        boolean joiner = each == 0x200C || each == 0x200D;
        boolean noncharacter = (each & 0xFFFE) == 0xFFFE || (each >= 0xFDD0 && each <= 0xFDEF);
        return switch (Character.getType(each)) {
            case Character.FORMAT -> joiner;
            case Character.SURROGATE -> false;
            default -> !noncharacter;
        };
    }
}
