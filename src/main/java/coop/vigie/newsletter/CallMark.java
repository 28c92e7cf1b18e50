package coop.vigie.newsletter;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A call's id as one word of the file: publishers put blanks and worse into theirs. */
final class CallMark {

    private CallMark() {}

    static String of(String id) {
        var mark = new StringBuilder(id.length());
        id.codePoints().forEach(each -> {
            if (isPlain(each)) {
                mark.appendCodePoint(each);
            } else {
                for (byte octet : Character.toString(each).getBytes(StandardCharsets.UTF_8)) {
                    mark.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
                }
            }
        });
        return mark.toString();
    }

    /** @throws IllegalArgumentException if a % begins nothing */
    static String read(String mark) {
        // A plus stays one: this is no form.
        return URLDecoder.decode(mark.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isPlain(int each) {
        return each < 0x7F ? each > ' ' && each != '%' : Character.isLetterOrDigit(each);
    }
}
