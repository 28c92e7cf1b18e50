package coop.vigie.watch;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong with a source.
 *
 * @param since the day of the last good thing, or of the first bad one
 * @param delivers true if items still come, though not as they should
 * @param detail what more there is to say, in the words of who met it; for silence, the usual pause in days
 */
public record Finding(Kind kind, LocalDate since, boolean delivers, String detail) {

    /** The ways in which a source can fail its readers. */
    public enum Kind {
        /** Has not delivered anything yet, in several visits. */
        NEVER,
        /** Could not be read for longer than a day. */
        UNREAD,
        /** Is not laid out any more as its entry expects. */
        LAYOUT,
        /** Is empty where it had items. */
        EMPTY,
        /** Brings nothing new for much longer than it used to. */
        SILENT,
        /** Gives less than it counts. */
        COUNT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }
}
