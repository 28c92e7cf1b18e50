package coop.vigie.watch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a sentence of a parser says about a source as a whole, where that concerns the watchdog. */
public enum Sign {
    /** The document is not what its entry expects: a selector matches nothing, or it is a page where a feed was expected. */
    LAYOUT("layout may have changed|where [^,;]{1,60} was expected|matches nothing in [1-9]\\d* items of "),
    /** The publisher counts more than it gives. */
    COUNT(" counts \\d+ (notices|publications)\\b.* (gives|ends with) \\d+"),
    /** The page itself says that nothing is open: empty for a reason. */
    NONE_OPEN("matches nothing on .*, which says: ");

    private final Pattern words;

    Sign(String words) {
        this.words = Pattern.compile(words, Pattern.DOTALL);
    }

    /** The sign that this warning or failure is; most are none. */
    public static Optional<Sign> in(String sentence) {
        for (Sign sign : values()) {
            if (sign.words.matcher(sentence).find()) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Sign> ofCode(String code) {
        return code.isEmpty()
                ? Optional.empty()
                : Optional.of(valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
