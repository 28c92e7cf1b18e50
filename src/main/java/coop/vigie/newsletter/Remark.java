package coop.vigie.newsletter;

import java.util.Locale;

/**
 * Something that a person should know before a newsletter goes out, and that keeps nothing from going out.
 *
 * @param line of the file, from 1
 * @param about what it concerns, such as the title of a call
 * @param more such as a language, or the date that was noted
 */
public record Remark(String file, int line, Kind kind, String about, String more) {

    /** What there is to know. */
    public enum Kind {
        /** The call has closed, will have by then, or was cancelled: it is left out. */
        CLOSED,
        /** Its date is another one than the file says. */
        MOVED,
        /** It is the same as a call further up: it is left out. */
        TWICE,
        NO_INTRO,
        NO_COMMENT,
        NO_BLOCK
    }

    /**
     * The form that editors jump to.
     *
     * @param language fr, nl or en
     */
    public String words(String language) {
        String key = "remark." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return file + ":" + line + ": " + new Words(language).text(key, about, more);
    }
}
