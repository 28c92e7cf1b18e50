package coop.vigie.parse;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a feed.
 *
 * @param id guid, atom:id or rdf:about; else the link; else a hash of title and summary; never empty
 * @param title plain text on one line; never empty
 * @param titleMadeUp true if the entry had none and the title was taken from its text or link
 * @param link absolute, http or https; null if there is none
 * @param published null if not stated or unreadable; never the moment of reading
 * @param updated likewise
 * @param summary untrusted HTML; may be empty
 * @param content untrusted HTML, longer than the summary; may be empty
 * @param author plain text; null if not stated
 * @param language ISO 639-1 code as the entry states it; null if it does not
 * @param raw its own XML or JSON, UTF-8, which {@link FeedReader} can read again
 */
@SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
public record FeedItem(
        String id,
        String title,
        boolean titleMadeUp,
        @Nullable String link,
        @Nullable Instant published,
        @Nullable Instant updated,
        String summary,
        String content,
        @Nullable String author,
        List<String> categories,
        @Nullable String language,
        byte[] raw) {

    public FeedItem {
        categories = List.copyOf(categories);
    }

    /** Media type of {@link #raw()}. */
    String rawType() {
        return raw.length > 0 && raw[0] == '{' ? "application/json" : "application/xml";
    }
}
