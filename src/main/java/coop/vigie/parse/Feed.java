package coop.vigie.parse;

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
 */
public record Feed(
        boolean recovered,
        String title,
        @Nullable String language,
        List<FeedItem> items,
        List<String> warnings,
        @Nullable String failure) {

    public Feed {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    static Feed failed(String failure) {
        return new Feed(false, "", null, List.of(), List.of(), failure);
    }
}
