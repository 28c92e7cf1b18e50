package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sitemaps (sitemaps.org, protocol 0.9): the addresses that a site wants to be read, and when each was changed last. An index
 * leads on to its sitemaps; a list of plain lines and a feed in the place of a sitemap are read, too.
 *
 * <p>An address is not a call yet: its title is made of its last words, until its own page has been read, which the pipeline does
 * for each that is new or has another {@code lastmod} than before. {@code include} and {@code exclude} are tried on addresses, before
 * anything is asked. The newest come first, for not all may be read in one visit.
 *
 * <p>What breaks off keeps what came before; addresses with a bare {@code &} are understood; document types are passed over.
 */
public final class SitemapParser implements NoticeParser {

    /** More than one sitemap may hold by the protocol. */
    private static final int MOST_ADDRESSES = 50_000;

    private static final Pattern ADDRESS = Pattern.compile("(?i)\\s{0,20}https?://\\S.*");

    private static final Comparator<ParsedNotice> NEWEST_FIRST = Comparator.comparing(
            (ParsedNotice each) -> each.notice().published(), Comparator.nullsLast(Comparator.reverseOrder()));

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean listsAddressesOnly() {
        return true;
    }

    @Override
    public boolean readsPages(ParseContext context) {
        return true;
    }

    @Override
    public @Nullable String page(URI list, ParsedNotice listed) {
        return listed.notice().url();
    }

    @Override
    public DetailParser.Read readPage(Payload page, ParsedNotice listed, ParseContext context) {
        return DetailParser.read(page, listed, context, true);
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        SitemapText text = SitemapText.of(payload);
        var reading = new Reading(payload, context);
        String other = text.described() + ", where a sitemap was expected";
        return switch (text.kind()) {
            case LINES -> {
                // Words, or bytes that mean nothing, would look like lines without one good address.
                if (text.body().lines().noneMatch(ADDRESS.asMatchPredicate())) {
                    yield Parsed.other(other);
                }
                text.body().lines().map(String::strip).forEach(line -> reading.add(SitemapEntry.of(line)));
                yield reading.parsed(null);
            }
            case FEED -> reading.feed(FeedReader.read(payload.bytes(), payload.contentType(), payload.uri()));
            case SITEMAP -> reading.parsed(text.entries(reading::add));
            case TOO_LARGE -> Parsed.failed(text.described());
            case OTHER -> Parsed.other(other);
        };
    }

    /** One sitemap being read. */
    private static final class Reading {
        private final Payload payload;
        private final ParseContext context;
        private final Wanted wanted;
        private final Map<String, ParsedNotice> notices = new LinkedHashMap<>();
        private final List<Query> next = new ArrayList<>();
        private final List<Warning> warnings = new ArrayList<>();
        private int count;
        private int badDates;
        private String badDate = "";

        Reading(Payload payload, ParseContext context) {
            this.payload = payload;
            this.context = context;
            this.wanted = Wanted.of(context);
        }

        Parsed feed(Feed feed) {
            feed.items().stream().filter(item -> item.link() != null).forEach(item -> {
                Instant changed = item.updated() == null ? item.published() : item.updated();
                add(SitemapEntry.of(String.valueOf(item.link()))
                        .changed(changed == null ? "" : changed.toString())
                        .titled(item.title()));
            });
            return parsed(feed.failure()).showing(feed.sign());
        }

        void add(SitemapEntry entry) {
            if (entry.address().isEmpty() && !entry.page()) {
                return;
            }
            count++;
            if (count > MOST_ADDRESSES) {
                return;
            }
            String address = Links.absolute(entry.address(), payload.uri());
            if (entry.address().isEmpty() || address == null) {
                warn(" entry " + count, "loc", entry.address(), "no web address; left out");
            } else if (entry.page()) {
                page(entry, Links.withoutTracking(address));
            } else {
                next.add(Query.get(URI.create(address)));
            }
        }

        private void page(SitemapEntry entry, String address) {
            if (!wanted.accepts("", address)) {
                return;
            }
            Instant changed = FeedDates.parse(entry.changed());
            if (changed == null && !entry.changed().isBlank()) {
                badDates++;
                badDate = badDate.isEmpty() ? entry.changed() : badDate;
            }
            Instant published = FeedDates.parse(entry.published());
            String title = entry.title().isBlank() ? SitemapEntry.words(address) : entry.title();
            String language = ItemLanguage.of(entry.language(), null, context.languages(), title);
            String identity = Hash.shortened(Links.identity(address));
            Notice notice = new Notice.Builder(new NoticeId(context.source(), identity), context.zone())
                    .kind(context.kind() == null ? Kind.CALL : context.kind())
                    .level(context.level())
                    .title(LocalText.of(language, title))
                    .published(changed == null ? published : changed)
                    .places(context.places())
                    .procedure(Translations.key(address, language, entry.translations(payload.uri())))
                    .url(address)
                    .build();
            byte[] raw = entry.raw().getBytes(StandardCharsets.UTF_8);
            notices.putIfAbsent(identity, new ParsedNotice(notice, raw, "application/xml"));
        }

        Parsed parsed(@Nullable String failure) {
            if (count > MOST_ADDRESSES) {
                warn("", "url", count + " addresses", "only the first " + MOST_ADDRESSES + " were read");
            }
            if (badDates > 0) {
                warn(
                        "",
                        "lastmod",
                        badDate,
                        "no date, in %d entries; their pages are not read again".formatted(badDates));
            }
            List<ParsedNotice> newestFirst =
                    notices.values().stream().sorted(NEWEST_FIRST).toList();
            return new Parsed(newestFirst, warnings, next, failure);
        }

        private void warn(String where, String field, String found, String done) {
            String shown = found.length() > 200 ? found.substring(0, 200) + "…" : found;
            warnings.add(new Warning(context.source(), payload.position() + where, field, shown, done));
        }
    }
}
