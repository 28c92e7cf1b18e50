package coop.vigie.watch;

import coop.vigie.notice.Sign;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One visit to a source, as far as the watchdog needs to remember it.
 *
 * @param items how many it delivered, known ones included; 0 when nothing had changed
 * @param added how many of them had never been seen
 * @param message the sentence that is the sign, or what went wrong; "" if nothing
 */
public record Visited(Instant at, Answer answer, int items, int added, Optional<Sign> sign, String message) {

    /** How the source answered. */
    public enum Answer {
        FETCHED,
        UNCHANGED,
        FAILED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Answer ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    boolean good() {
        return answer != Answer.FAILED;
    }

    boolean has(Sign one) {
        return sign.filter(one::equals).isPresent();
    }
}
