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

    /** What could end an address, or a part of the line in which it stands. */
    private static final String UNFIT = "<>\"'`{}|\\^";

    private Foreign() {}

    /**
     * The text on one line: line breaks and other control characters become spaces; what is invisible and could turn or
     * hide the text around it (bidi controls, zero-width marks, tag characters, half surrogates) goes. The joiners stay:
     * Persian words and emoji need them.
     */
    static String line(String text) {
        if (isPlain(text)) {
            return text.strip();
        }
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

    /** True for what most texts are: letters, digits and marks of Europe's west, with single spaces between. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            boolean plain = (each > ' ' && each < 0x7F) || (each > 0xA0 && each < 0x250 && each != 0xAD);
            if (!plain && (each != ' ' || before == ' ')) {
                return false;
            }
            before = each;
        }
        return true;
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
        if (stripped.length() <= LINK_AT_MOST && isPlainLink(stripped)) {
            return Optional.of(stripped);
        }
        if (stripped.length() > LINK_AT_MOST
                || !LINK.matcher(stripped).matches()
                || stripped.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        var link = new StringBuilder(stripped.length());
        stripped.codePoints().forEach(each -> {
            if (isSpace(each) || UNFIT.indexOf(each) >= 0) {
                for (byte octet : Character.toString(each).getBytes(StandardCharsets.UTF_8)) {
                    link.append('%').append(String.format(Locale.ROOT, "%02X", octet & 0xFF));
                }
            } else if (isVisible(each)) {
                link.appendCodePoint(each);
            }
        });
        return Optional.of(link.toString());
    }

    /** True for what most addresses are: {@link #LINK}, and in ASCII without anything to be escaped. */
    private static boolean isPlainLink(String address) {
        int start = address.indexOf(':') + 1;
        boolean web = address.startsWith("https://") || address.startsWith("http://");
        int rest = web ? start + 2 : start;
        if (!(web || address.startsWith("mailto:"))
                || rest == address.length()
                || "/?#".indexOf(address.charAt(rest)) >= 0) {
            return false;
        }
        for (int at = 0; at < address.length(); at++) {
            char each = address.charAt(at);
            if (each <= ' ' || each >= 0x7F || UNFIT.indexOf(each) >= 0) {
                return false;
            }
        }
        return true;
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
