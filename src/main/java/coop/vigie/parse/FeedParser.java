package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import coop.vigie.text.DeadlineFinder;
import coop.vigie.text.LanguageGuess;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RSS and Atom feeds to notices. The deadline is looked for in title and text and judged against the item's own date.
 *
 * <p>An item without a date is never given one: a day without a year stays unread then. The moment of reading decides one
 * thing only, whether a year lies absurdly far ahead. So reading the same bytes again later gives the same notice, unless
 * an undated item names a deadline more than three years after the first reading: its doubt mark goes, once, when
 * that day has come nearer. A deadline long past is not marked, since old items simply stay in feeds.
 */
public final class FeedParser implements NoticeParser {

    private static final int ID_LENGTH = 200;
    private static final int YEARS_AHEAD = 3;

    @Override
    public int version() {
        return 3;
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
        List<Pattern> include = patterns(context.include());
        List<Pattern> exclude = patterns(context.exclude());
        int number = 0;
        for (FeedItem item : feed.items()) {
            number++;
            if (!isWanted(item, include, exclude)) {
                continue;
            }
            Notice notice = notice(item, feed, context);
            notices.add(new ParsedNotice(notice, item.raw(), item.rawType()));
            if (item.titleMadeUp()) {
                String position = payload.position() + " entry " + number;
                warnings.add(warning(context, position, "title", "", "made up from its text or link"));
            }
        }
        return new Parsed(notices, warnings, List.of(), feed.failure());
    }

    private static Warning warning(ParseContext context, String position, String field, String found, String done) {
        return new Warning(context.source(), position, field, found, done);
    }

    private static List<Pattern> patterns(List<String> expressions) {
        return expressions.stream().map(Pattern::compile).toList();
    }

    private static boolean isWanted(FeedItem item, List<Pattern> include, List<Pattern> exclude) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, item)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, item));
    }

    private static boolean matches(Pattern pattern, FeedItem item) {
        return pattern.matcher(item.title()).find()
                || (item.link() != null && pattern.matcher(item.link()).find());
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
                .url(item.link() == null ? null : FeedLinks.withoutTracking(item.link()))
                .build();
    }

    private static Deadline deadline(
            FeedItem item, String text, @Nullable Instant published, ParseContext context, String language) {
        // A made-up title is the beginning of the text and would say everything twice.
        String words = item.titleMadeUp() ? text : item.title() + "\n\n" + text;
        Deadline found = DeadlineFinder.find(words, published, context.zone(), language);
        return published == null && found instanceof Deadline.Dated dated ? judged(dated, context) : found;
    }

    private static Deadline judged(Deadline.Dated found, ParseContext context) {
        LocalDate limit = LocalDate.ofInstant(context.now(), found.zone()).plusYears(YEARS_AHEAD);
        return new Deadline.Dated(
                found.date(),
                found.time(),
                found.zone(),
                found.origin(),
                found.quote(),
                found.doubtful() || found.date().isAfter(limit));
    }

    private static NoticeId id(FeedItem item, ParseContext context) {
        String id = item.id();
        return new NoticeId(context.source(), id.length() <= ID_LENGTH ? id : id.substring(0, 100) + "#" + Hash.of(id));
    }

    private static String language(FeedItem item, Feed feed, ParseContext context, String words) {
        if (item.language() != null) {
            return item.language();
        }
        // Several languages in one source: what the words say counts more than what the feed says of itself.
        String guess = context.languages().size() > 1 || feed.language() == null
                ? LanguageGuess.of(words)
                : LocalText.UNDETERMINED;
        if (!guess.equals(LocalText.UNDETERMINED) && context.languages().contains(guess)) {
            return guess;
        }
        if (feed.language() != null) {
            return feed.language();
        }
        return context.languages().isEmpty() ? guess : context.languages().getFirst();
    }
}
