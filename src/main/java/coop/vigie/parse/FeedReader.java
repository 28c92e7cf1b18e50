package coop.vigie.parse;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import coop.vigie.notice.Sign;
import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads RSS 0.9x, 1.0, 1.1 and 2.0 and Atom 0.3 and 1.0 through Rome, and JSON Feed; XML that is not well-formed is repaired first.
 *
 * <p>Two entries of one feed with the same identifier: an exact copy is dropped; if they differ, each one's identifier gets
 * a hash of its link (or title) added, so that neither is lost and both keep their names whatever their order.
 */
public final class FeedReader {

    private static final int TITLE_LENGTH = 120;

    /** A tree takes some hundred bytes per tag; the largest honest feeds stay far below. */
    private static final int MOST_TAGS = 250_000;

    /** Repair holds two trees at a time, and broken feeds of that size are hardly honest. */
    private static final int MOST_BROKEN_TAGS = 100_000;

    private FeedReader() {}

    /**
     * Never throws: what is no feed gives a {@link Feed#failure()}.
     *
     * @param contentType the Content-Type header with its charset, if one was sent
     * @param base address of the document, to make relative links absolute
     */
    public static Feed read(byte[] bytes, @Nullable String contentType, @Nullable URI base) {
        return read(Charsets.xml(bytes, contentType), base);
    }

    private static Feed read(String text, @Nullable URI base) {
        if (JsonFeed.looksLikeIt(text)) {
            return JsonFeed.read(text, base);
        }
        String other = FeedSource.notAFeed(text);
        if (other != null) {
            return Feed.other(other);
        }
        FeedSource source = FeedSource.of(text);
        if (source.hasMoreTagsThan(MOST_TAGS)) {
            return Feed.other("a document with more than " + MOST_TAGS + " tags");
        }
        Document document = FeedTree.strict(source.xml());
        if (document == null && source.hasMoreTagsThan(MOST_BROKEN_TAGS)) {
            return Feed.other("a document that is not well-formed and, with more than " + MOST_BROKEN_TAGS
                    + " tags, too large to repair");
        }
        boolean recovered = document == null || source.repaired();
        if (document == null) {
            document = FeedTree.lenient(source.xml());
        }
        if (document == null) {
            return Feed.other(
                    "a document without any element, or with more than " + SafeReaders.MOST_NAMESPACES + " namespaces");
        }
        String root = FeedShape.unknownRoot(document);
        if (!root.isEmpty()) {
            String found = root.equalsIgnoreCase("html")
                    ? FeedSource.htmlPage(text)
                    : "an XML document <" + shorten(root) + ">";
            return Feed.other(found);
        }
        int cut = FeedMarkup.cutTexts(document);
        Reading reading = new Reading(FeedShape.of(document, recovered), source, recovered, base);
        if (cut > 0) {
            reading.warnings.add(cut + " texts were far too long and have been cut");
        }
        return reading.feed();
    }

    private static String shorten(String words) {
        return words.length() <= TITLE_LENGTH ? words : words.substring(0, TITLE_LENGTH) + "…";
    }

    /** One feed being read. */
    private static final class Reading {
        private final FeedShape shape;
        private final FeedSource source;
        private final boolean recovered;
        private final @Nullable URI base;
        private final @Nullable String language;
        private final @Nullable String feedLink;
        private final List<String> warnings = new ArrayList<>();
        private String feedAuthor = "";

        Reading(FeedShape shape, FeedSource source, boolean recovered, @Nullable URI base) {
            this.shape = shape;
            this.source = source;
            this.recovered = recovered;
            this.language = Stream.of(FeedEntry.language(shape.head()), FeedEntry.language(shape.root()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            this.feedLink = feedLink(shape, base);
            this.base = itemBase(base, feedLink);
        }

        /**
         * What an item's address is relative to where no xml:base says it: the feed's own address (RFC 3986, section 5.1), but the
         * site's where another host than the site's serves the feed, which has no pages of it.
         */
        private static @Nullable URI itemBase(@Nullable URI base, @Nullable String feedLink) {
            if (feedLink == null) {
                return base;
            }
            URI site = URI.create(feedLink);
            return base == null || !host(base).equals(host(site)) ? site : base;
        }

        private static String host(URI address) {
            return Objects.requireNonNullElse(address.getHost(), "").replaceFirst("^www\\.", "");
        }

        private static @Nullable String feedLink(FeedShape shape, @Nullable URI base) {
            URI around = FeedEntry.base(shape.head(), base);
            return shape
                    .head()
                    .getChildren(
                            "link",
                            shape.isAtom()
                                    ? shape.root().getNamespace()
                                    : shape.head().getNamespace())
                    .stream()
                    .filter(link -> link.getAttributeValue("rel", "alternate").equals("alternate"))
                    .map(link -> link.getAttributeValue("href", link.getText()))
                    .map(address -> address.isBlank() ? null : Links.absolute(address, around))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(base == null ? null : Links.absolute(base.toString(), null));
        }

        Feed feed() {
            Rhythm rhythm = Rhythm.of(shape.head());
            List<Element> elements = new ArrayList<>(shape.items());
            boolean broken = recovered && source.isTruncated() && isWhole();
            boolean inside = broken && source.endsInsideItem() && !elements.isEmpty();
            if (inside) {
                elements.removeLast();
            }
            boolean stray = shape.hasOnlyStrayItems();
            List<FeedEntry> entries = elements.stream()
                    .map(element -> FeedEntry.of(element, base, language, feedLink))
                    .toList();
            FeedEntry.dropDates(shape.head());
            elements.forEach(FeedEntry::dropDates);
            SyndFeed whole = rome(shape.root());
            feedAuthor = whole == null ? "" : names(whole.getAuthors(), whole.getAuthor());
            List<FeedItem> items = whole != null && whole.getEntries().size() >= entries.size()
                    ? together(entries, whole.getEntries())
                    : oneByOne(elements, entries);
            String failure = shape.leftOut() > 0
                    ? "only the first " + elements.size() + " entries were read, " + shape.leftOut() + " were left out"
                    : broken
                            ? "the feed breaks off " + (inside ? "inside" : "after") + " entry "
                                    + (inside ? elements.size() + 1 : elements.size())
                            : stray ? "none of its entries stands where such a feed has them" : null;
            return new Feed(
                    recovered,
                    whole == null ? title() : title(whole),
                    language,
                    unique(items),
                    warnings,
                    failure,
                    stray && !broken ? Sign.LAYOUT : null,
                    "",
                    rhythm);
        }

        /** A single entry kept as raw XML has no feed around it that could break off. */
        private boolean isWhole() {
            return !source.xml().startsWith("<item") && !source.xml().startsWith("<entry");
        }

        private static @Nullable SyndFeed rome(Element root) {
            try {
                root.detach();
                return new SyndFeedInput(false, Locale.ROOT).build(new Document(root));
            } catch (FeedException | RuntimeException brokenEntry) {
                // Rome gives up on a whole feed for one odd value; then its entries are read one at a time.
                return null;
            }
        }

        private List<FeedItem> together(List<FeedEntry> entries, List<SyndEntry> read) {
            var items = new ArrayList<FeedItem>();
            for (int i = 0; i < entries.size(); i++) {
                items.add(item(entries.get(i), read.get(i)));
            }
            return items;
        }

        private List<FeedItem> oneByOne(List<Element> elements, List<FeedEntry> entries) {
            Element head = shape.head();
            elements.forEach(Element::detach);
            shape.items().forEach(Element::detach);
            var items = new ArrayList<FeedItem>();
            for (int i = 0; i < elements.size(); i++) {
                Element alone = shape.isAtom()
                        ? new Element("feed", shape.root().getNamespace())
                        : new Element("rss").setAttribute("version", "2.0");
                Element parent = shape.isAtom() ? alone : new Element(head.getName());
                if (!shape.isAtom()) {
                    alone.addContent(parent);
                }
                parent.addContent(elements.get(i));
                SyndFeed one = rome(alone);
                if (one == null || one.getEntries().isEmpty()) {
                    warnings.add("entry " + (i + 1) + " could not be read and was left out");
                } else {
                    items.add(item(entries.get(i), one.getEntries().getFirst()));
                }
            }
            return items;
        }

        private String title() {
            String title = FeedEntry.text(shape.head(), "title");
            return title != null ? CleanHtml.line(title) : feedLink == null ? "" : feedLink;
        }

        private String title(SyndFeed feed) {
            String title = plain(feed.getTitleEx());
            return title.isEmpty() ? title() : title;
        }

        private FeedItem item(FeedEntry entry, SyndEntry read) {
            String summary = html(read.getDescription());
            String content = read.getContents().stream()
                    .map(this::html)
                    .filter(html -> !html.isBlank())
                    .findFirst()
                    .orElse("");
            String title = plain(read.getTitleEx());
            if (title.isEmpty() && entry.dublinCoreTitle() != null) {
                title = CleanHtml.line(entry.dublinCoreTitle());
            }
            boolean madeUp = title.isEmpty();
            String link = entry.link();
            if (madeUp) {
                title = madeUp(summary, content, link);
            }
            String id = entry.id() != null
                    ? entry.id()
                    : link != null && !link.equals(feedLink) ? link : Hash.of(title + "\n" + summary);
            return new FeedItem(
                    id,
                    title,
                    madeUp,
                    link,
                    entry.published(),
                    entry.updated(),
                    summary,
                    content,
                    author(entry, read),
                    categories(entry, read),
                    entry.language(),
                    entry.raw());
        }

        private static String madeUp(String summary, String content, @Nullable String link) {
            for (String html : List.of(summary, content)) {
                String words = CleanHtml.line(html);
                if (!words.isEmpty()) {
                    return firstWords(words);
                }
            }
            return link == null ? "(sans titre / zonder titel / untitled)" : link;
        }

        private static String firstWords(String words) {
            if (words.length() <= TITLE_LENGTH) {
                return words;
            }
            int cut = words.lastIndexOf(' ', TITLE_LENGTH);
            return words.substring(0, cut < TITLE_LENGTH / 2 ? TITLE_LENGTH : cut) + "…";
        }

        /** RSS never says what its titles are; in practice they are HTML. Atom does say. */
        private String plain(@Nullable SyndContent content) {
            if (content == null || content.getValue() == null) {
                return "";
            }
            return isPlain(content)
                    ? CleanHtml.tidy(content.getValue()).replace('\n', ' ')
                    : CleanHtml.line(content.getValue());
        }

        private String html(@Nullable SyndContent content) {
            if (content == null || content.getValue() == null) {
                return "";
            }
            String value = content.getValue().strip();
            return isPlain(content)
                    ? value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                    : value;
        }

        private boolean isPlain(SyndContent content) {
            String type = content.getType();
            return shape.isAtom() && (type == null || type.equals("text") || type.equals("text/plain"));
        }

        /** An Atom entry without authors has those of its feed (RFC 4287 section 4.2.1). */
        private @Nullable String author(FeedEntry entry, SyndEntry read) {
            return Stream.of(
                            names(read.getAuthors(), read.getAuthor()),
                            entry.dublinCoreAuthor() == null ? "" : CleanHtml.line(entry.dublinCoreAuthor()),
                            shape.isAtom() ? feedAuthor : "")
                    .filter(author -> !author.isEmpty())
                    .findFirst()
                    .orElse(null);
        }

        private static String names(List<SyndPerson> people, @Nullable String one) {
            String names = people.stream()
                    .map(person -> person.getName() == null || person.getName().isBlank()
                            ? person.getEmail()
                            : person.getName())
                    .filter(Objects::nonNull)
                    .map(CleanHtml::line)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() && one != null ? CleanHtml.line(one) : names;
        }

        private static List<String> categories(FeedEntry entry, SyndEntry read) {
            return Stream.concat(read.getCategories().stream().map(SyndCategory::getName), entry.subjects().stream())
                    .filter(Objects::nonNull)
                    .map(CleanHtml::line)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
        }

        private List<FeedItem> unique(List<FeedItem> items) {
            Map<String, Integer> count = new HashMap<>();
            var seen = new HashSet<List<String>>();
            var different = new ArrayList<FeedItem>();
            for (FeedItem item : items) {
                if (seen.add(List.of(
                        item.id(), item.title(), String.valueOf(item.link()), item.summary(), item.content()))) {
                    different.add(item);
                    count.merge(item.id(), 1, Integer::sum);
                } else {
                    warnings.add("entry '" + shorten(item.id()) + "' stands in the feed twice; the copy was left out");
                }
            }
            return different.stream()
                    .map(item -> count.getOrDefault(item.id(), 1) > 1 && !item.equals(oldest(different, item.id()))
                            ? distinguished(item)
                            : item)
                    .toList();
        }

        /** It keeps the shared id, so that a call told under it does not change its name when another takes the same. */
        private static FeedItem oldest(List<FeedItem> items, String id) {
            return items.stream()
                    .filter(item -> item.id().equals(id))
                    // Where no date tells, the last one: feeds put the newest first.
                    .reduce((one, other) -> isOlder(one, other) ? one : other)
                    .orElseThrow();
        }

        private static boolean isOlder(FeedItem one, FeedItem other) {
            Instant first = one.published();
            Instant second = other.published();
            return first != null && second != null && first.isBefore(second);
        }

        private FeedItem distinguished(FeedItem item) {
            warnings.add("several entries share the id '" + shorten(item.id()) + "'; '" + shorten(item.title())
                    + "' was given its own");
            String mark = Hash.of(item.link() == null || item.link().equals(feedLink) ? item.title() : item.link())
                    .substring(0, 12);
            return new FeedItem(
                    item.id() + "#" + mark,
                    item.title(),
                    item.titleMadeUp(),
                    item.link(),
                    item.published(),
                    item.updated(),
                    item.summary(),
                    item.content(),
                    item.author(),
                    item.categories(),
                    item.language(),
                    item.raw());
        }
    }
}
