package coop.vigie.parse;

import coop.vigie.fetch.Query;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Symptom;
import coop.vigie.notice.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one document gave.
 *
 * @param next what to ask next (further pages); only the pipeline loops over them
 * @param failure null if the document could be read to its end; else one sentence that says what it is instead
 *     ("an HTML page titled '…', where a feed was expected") or where it broke off. Notices read before it count.
 * @param symptom what the document shows of its source as a whole, in the words of the failure or of a warning; null if
 *     nothing
 * @param rhythm how often the document asks to be read
 */
public record Parsed(
        List<ParsedNotice> notices,
        List<Warning> warnings,
        List<Query> next,
        @Nullable String failure,
        @Nullable Symptom symptom,
        Rhythm rhythm) {

    public Parsed {
        notices = List.copyOf(notices);
        warnings = List.copyOf(warnings);
        next = List.copyOf(next);
    }

    /** From a document that does not say how often it is to be read. */
    public Parsed(
            List<ParsedNotice> notices,
            List<Warning> warnings,
            List<Query> next,
            @Nullable String failure,
            @Nullable Symptom symptom) {
        this(notices, warnings, next, failure, symptom, Rhythm.NONE);
    }

    /** Without a symptom: read to its end, or broken off in a way that says nothing of other visits. */
    public Parsed(List<ParsedNotice> notices, List<Warning> warnings, List<Query> next, @Nullable String failure) {
        this(notices, warnings, next, failure, null);
    }

    /** Nothing, for a reason that lies in this one answer. */
    static Parsed failed(String failure) {
        return new Parsed(List.of(), List.of(), List.of(), failure);
    }

    /** Nothing, as the document is something else than its source's entry expects. */
    static Parsed other(String failure) {
        return failed(failure).showing(Sign.LAYOUT);
    }

    /** The same, whose failure, if there is one, is that sign. */
    Parsed showing(@Nullable Sign sign) {
        return sign == null || failure == null
                ? this
                : new Parsed(notices, warnings, next, failure, new Symptom(sign, failure), rhythm);
    }

    Parsed asking(Rhythm other) {
        return new Parsed(notices, warnings, next, failure, symptom, other);
    }
}
