package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RSS, Atom and JSON Feed to notices; of the last, {@code next_url} leads on. The deadline is looked for in title and text and judged against the item's own date.
 *
 * <p>An item without a date is never given one: a day without a year stays unread then. The moment of reading decides one
 * thing only, whether a year lies absurdly far ahead. So reading the same bytes again later gives the same notice, unless
 * an undated item names a deadline more than three years after the first reading: its doubt mark goes, once, when
 * that day has come nearer. A deadline long past is not marked, since old items simply stay in feeds.
 */
public final class FeedParser implements NoticeParser {

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        Feed feed = FeedReader.read(payload.bytes(), payload.contentType(), payload.uri());
        var notices = new ArrayList<ParsedNotice>();
        var warnings = new ArrayList<Warning>();
        if (feed.recovered() && feed.failure() == null) {
            warnings.add(
                    warning(context, payload.position(), "document", "", "was not well-formed and has been repaired"));
        }
        for (String sentence : feed.warnings()) {
            warnings.add(warning(context, payload.position(), "entry", "", sentence));
        }
        Wanted wanted = Wanted.of(context);
        int number = 0;
        for (FeedItem item : feed.items()) {
            number++;
            if (!wanted.accepts(item.title(), item.link())) {
                continue;
            }
            Notice notice = notice(item, feed, context);
            notices.add(new ParsedNotice(notice, item.raw(), item.rawType()));
            if (item.titleMadeUp()) {
                String position = payload.position() + " entry " + number;
                warnings.add(warning(context, position, "title", "", "made up from its text or link"));
            }
        }
        List<Query> next = NextPage.of(feed.next(), payload, context, warnings);
        return new Parsed(notices, warnings, next, feed.failure())
                .showing(feed.sign())
                .asking(feed.rhythm());
    }

    private static Warning warning(ParseContext context, String position, String field, String found, String done) {
        return new Warning(context.source(), position, field, found, done);
    }

    private static Notice notice(FeedItem item, Feed feed, ParseContext context) {
        String text = CleanHtml.text(item.content().isBlank() ? item.summary() : item.content());
        String language = language(item, feed, context, item.title() + "\n" + text);
        Instant published = item.published() != null ? item.published() : item.updated();
        return new Notice.Builder(id(item, context), context.zone())
                .kind(context.kind() == null ? Kind.CALL : context.kind())
                .level(context.level())
                .title(LocalText.of(language, item.title()))
                .text(LocalText.of(language, text))
                .published(published)
                .stated(deadline(item, text, published, context, language))
                .places(context.places())
                .url(item.link() == null ? null : Links.withoutTracking(item.link()))
                .build();
    }

    private static Deadline deadline(
            FeedItem item, String text, @Nullable Instant published, ParseContext context, String language) {
        // A made-up title is the beginning of the text and would say everything twice.
        String words = item.titleMadeUp() ? text : item.title() + "\n\n" + text;
        return TextDeadline.find(words, published, context, language);
    }

    private static NoticeId id(FeedItem item, ParseContext context) {
        return new NoticeId(context.source(), Hash.shortened(item.id()));
    }

    private static String language(FeedItem item, Feed feed, ParseContext context, String words) {
        return ItemLanguage.of(item.language(), feed.language(), context.languages(), words);
    }
}
