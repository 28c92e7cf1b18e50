package coop.vigie.parse;

import coop.vigie.notice.Sign;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RSS or Atom feed as {@link FeedReader} read it.
 *
 * @param recovered true if the document was not well-formed and had to be repaired
 * @param title plain text; without one, the address of its page; empty if there is neither
 * @param language ISO 639-1 code as the feed states it; null if it does not
 * @param items in the feed's order
 * @param warnings one sentence each, about single items
 * @param failure null if it was read to its end; else what it is instead, or where it broke off. Items before it count.
 * @param sign of the failure; null if it says nothing of the source as a whole
 * @param next address of its further page as a JSON Feed writes it; "" if it names none
 * @param rhythm how often it asks to be read
 */
public record Feed(
        boolean recovered,
        String title,
        @Nullable String language,
        List<FeedItem> items,
        List<String> warnings,
        @Nullable String failure,
        @Nullable Sign sign,
        String next,
        Rhythm rhythm) {

    public Feed {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** @param found what the document is instead */
    static Feed other(String found) {
        String failure = found + ", where a feed was expected";
        return new Feed(false, "", null, List.of(), List.of(), failure, Sign.LAYOUT, "", Rhythm.NONE);
    }
}
