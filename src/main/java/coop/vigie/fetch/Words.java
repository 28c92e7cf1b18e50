package coop.vigie.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** How addresses, sizes and technical problems are shown to people. */
final class Words {

    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?#@]*@");

    /** Parameters such as {@code api_key=…}; their names are kept so that the address can be recognised. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?<=[?&;])([^=&;#]*(?:key|token|secret|pass|pwd|sig|auth|credential|session|jwt)[^=&;#]*)=[^&;#]*");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    private static final int MAX_LENGTH = 300;

    private Words() {}

    /** The address without password, secret-looking query values and fragment. */
    static String address(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        text = fragment < 0 ? text : text.substring(0, fragment);
        text = USER_INFO.matcher(text).replaceFirst("");
        return name(SECRET.matcher(text).replaceAll("$1=…"));
    }

    /** A name from outside, made harmless for one line of text. */
    static String name(String name) {
        String clean = CONTROL.matcher(name).replaceAll("?");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        double value = bytes / 1e3;
        String unit = "kB";
        if (bytes >= 1_000_000_000) {
            value = bytes / 1e9;
            unit = "GB";
        } else if (bytes >= 1_000_000) {
            value = bytes / 1e6;
            unit = "MB";
        }
        String number = String.format(Locale.ROOT, "%.1f", value);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + unit;
    }

    static String time(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }

    /** What went wrong with a file or stream, as the end of a sentence. */
    static String problem(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "it is no longer there";
            case TooLargeException large -> String.valueOf(large.getMessage());
            case EOFException end -> "it is cut short";
            default -> name(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    }
}
