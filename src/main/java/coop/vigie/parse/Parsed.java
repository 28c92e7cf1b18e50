package coop.vigie.parse;

import coop.vigie.fetch.Query;
import coop.vigie.notice.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one document gave.
 *
 * @param next what to ask next (further pages); only the pipeline loops over them
 * @param failure null if the document could be read to its end; else one sentence that says what it is instead
 *     ("an HTML page titled '…', where a feed was expected") or where it broke off. Notices read before it count.
 */
public record Parsed(
        List<ParsedNotice> notices,
        List<Warning> warnings,
        List<Query> next,
        @Nullable String failure) {

    public Parsed {
        notices = List.copyOf(notices);
        warnings = List.copyOf(warnings);
        next = List.copyOf(next);
    }
}
