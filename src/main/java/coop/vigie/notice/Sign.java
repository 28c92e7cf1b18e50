package coop.vigie.notice;

import java.util.Locale;
import java.util.Optional;

/** What a document shows of its source as a whole; whoever reads the document knows, and the watchdog learns from it. */
public enum Sign {
    /** It is not what the source's entry expects: a selector matches nothing, or it is a page where a feed was expected. */
    LAYOUT,
    /** The publisher counts more than it gives. */
    COUNT,
    /** The page itself says that nothing is open: empty for a reason. */
    NONE_OPEN,
    /** The server says that it is gone for good (410), and said so before. */
    GONE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return empty for "" */
    public static Optional<Sign> ofCode(String code) {
        return code.isEmpty()
                ? Optional.empty()
                : Optional.of(valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
