package coop.vigie.parse;

import coop.vigie.notice.Deadline;
import coop.vigie.text.DeadlineFinder;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The deadline in an item's running text, doubted where it lies absurdly far ahead. */
final class TextDeadline {

    private static final int YEARS_AHEAD = 3;

    private TextDeadline() {}

    static Deadline find(String words, @Nullable Instant published, ParseContext context, String language) {
        Deadline found = DeadlineFinder.find(words, published, context.zone(), language);
        return published == null && found instanceof Deadline.Dated dated ? judged(dated, context.now()) : found;
    }

    /** @param reference when it was published; else the moment of reading */
    static Deadline.Dated judged(Deadline.Dated found, Instant reference) {
        LocalDate limit = LocalDate.ofInstant(reference, found.zone()).plusYears(YEARS_AHEAD);
        return found.date().isAfter(limit) ? doubted(found) : found;
    }

    static Deadline.Dated doubted(Deadline.Dated found) {
        return new Deadline.Dated(found.date(), found.time(), found.zone(), found.origin(), found.quote(), true);
    }
}
