package coop.vigie.codes;

import java.util.Optional;
import java.util.regex.Pattern;

/** Rules of CPV codes as numbers: eight digits, whose trailing zeros say how wide the code is. */
public final class CpvCode {

    private static final int DIGITS = 8;

    private static final Pattern FORM = Pattern.compile("(\\d{8})(-\\d)?");

    private CpvCode() {}

    /** The eight digits of a code written with or without its check digit; empty if it is no code. */
    public static Optional<String> normalize(String written) {
        var matcher = FORM.matcher(written.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The code of eight digits whose subtree has this prefix: 7953 gives 79530000. */
    public static String padded(String stem) {
        return (stem + "0".repeat(DIGITS)).substring(0, Math.max(DIGITS, stem.length()));
    }

    /** The prefix that all codes of the subtree share: 79950000 gives 7995, 30000000 gives 30 (never "3"). */
    public static String stem(String code) {
        int end = code.length();
        while (end > 2 && code.charAt(end - 1) == '0') {
            end--;
        }
        return code.substring(0, end);
    }
}
