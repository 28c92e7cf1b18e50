package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Symptom;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Lists on web pages, read by the CSS selectors of the source's entry ({@link FieldSelector#LIST}).
 *
 * <p>An item is an element around each entry, or the heading above it: then all that follows up to the next heading belongs to
 * it. Its id is its link without session, tracking and check sums; without a link, a hash of its title. A page on which
 * {@code item} matches nothing is a failure, since its layout has probably changed, unless it says itself that nothing is open.
 *
 * <p>The next page is what the selector {@code next} names, else what looks like a link to it ({@link Pager}); {@code max-pages: 1}
 * keeps a source to its first page. Without a selector {@code item} only the next page is looked for.
 */
public final class HtmlListParser implements NoticeParser {

    private static final int MOST_ITEMS = 5_000;
    private static final Pattern NOTHING_OPEN = Pattern.compile(
            "(?i)[^.\\n]{0,60}\\b(?:(?:aucune?|pas d['’]|il n['’]y a pas d['’])\\s?(?:\\p{L}+ ){0,2}(?:appel|résultat|projet|offre|élément|contenu)"
                    + "|geen (?:\\p{L}+ ){0,3}(?:oproep|resulta|projectoproep|items|inhoud)"
                    + "|(?:no|not any) (?:\\p{L}+ ){0,3}(?:calls?|results?|items|opportunities|content)\\b)[^.\\n]{0,80}");

    @Override
    public boolean newestFirst() {
        return true;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        HtmlPage page = HtmlPage.of(payload);
        if (page.failure() != null) {
            return Parsed.other(page.failure());
        }
        var select = new LinkedHashMap<String, FieldSelector>();
        try {
            context.options().select().forEach((field, css) -> select.put(field, FieldSelector.of(css)));
        } catch (IllegalArgumentException wrong) {
            return Parsed.failed("selector " + wrong.getMessage());
        }
        return new Reading(page, payload.position(), select, context).parsed();
    }

    /**
     * The element in which an item's fields are looked for: itself, or for a heading a copy of it with what follows.
     *
     * @param items all items of the page: a heading ends where the next one begins
     */
    public static Element scope(Element item, Set<Element> items) {
        return ListEntry.scope(item, items);
    }

    /** One page being read. */
    private static final class Reading {
        private final HtmlPage page;
        private final String position;
        private final Map<String, FieldSelector> select;
        private final ParseContext context;
        private final List<Warning> warnings = new ArrayList<>();
        private @Nullable Symptom symptom;

        Reading(HtmlPage page, String position, Map<String, FieldSelector> select, ParseContext context) {
            this.page = page;
            this.position = position;
            this.select = select;
            this.context = context;
        }

        Parsed parsed() {
            FieldSelector items = select.get("item");
            if (items == null) {
                return new Parsed(List.of(), warnings, next(), page.obstacle());
            }
            List<Element> elements = items.all(page.document());
            if (elements.isEmpty()) {
                return nothing(items);
            }
            if (elements.size() > MOST_ITEMS) {
                warn(position, "item", elements.size() + " items", "only the first " + MOST_ITEMS + " were read");
            }
            List<Entry> entries = entries(elements.subList(0, Math.min(MOST_ITEMS, elements.size())));
            return new Parsed(notices(entries), warnings, next(), null, symptom);
        }

        private Parsed nothing(FieldSelector items) {
            String obstacle = page.obstacle();
            String miss = "selector item '" + items + "' matches nothing on " + page.described();
            Matcher said =
                    NOTHING_OPEN.matcher(FieldSelector.text(page.document().body()));
            if (obstacle != null) {
                return Parsed.failed(obstacle);
            }
            if (said.find()) {
                String words = said.group().strip();
                String done = "matches nothing on " + page.described() + ", which says: " + words;
                shows(Sign.NONE_OPEN, "item", items, done);
                return new Parsed(List.of(), warnings, List.of(), null, symptom);
            }
            return Parsed.other(miss + "; its layout may have changed");
        }

        private record Entry(ListEntry entry, int number) {

            String identity(HtmlPage page) {
                String link = entry.link();
                String own = Links.identity(page.address().toString());
                return link == null || Links.identity(link).equals(own) ? Hash.of(entry.title()) : Links.identity(link);
            }
        }

        private List<Entry> entries(List<Element> elements) {
            var entries = new ArrayList<Entry>();
            Set<Element> items = Set.copyOf(elements);
            int number = 0;
            for (Element element : elements) {
                number++;
                // A row of headings above the columns announces nothing.
                if (element.normalName().equals("tr") && element.selectFirst("td") == null) {
                    continue;
                }
                ListEntry entry = ListEntry.of(element, items, select, page);
                String where = position + " entry " + number;
                if (entry.title().isEmpty() && entry.link() == null) {
                    warn(where, "title", "", "left out: it has neither title nor link");
                    continue;
                }
                if (entry.titleMadeUp() || entry.title().isEmpty()) {
                    warn(where, "title", "", "made up from its text or link");
                }
                if (entry.link() == null && select.containsKey("link")) {
                    warn(where, "link", entry.badLink(), "no web address; the address of the list is given instead");
                }
                entries.add(new Entry(entry, number));
            }
            warnOfSelectors(entries);
            return entries;
        }

        private void warnOfSelectors(List<Entry> entries) {
            select.forEach((field, selector) -> {
                boolean found = field.equals("item")
                        || field.equals("next")
                        || entries.stream()
                                .anyMatch(each -> each.entry().found().contains(field));
                if (!found) {
                    String done = "matches nothing in %d items of %s".formatted(entries.size(), page.described());
                    if (entries.isEmpty()) {
                        warn(position, field, selector.toString(), done);
                    } else {
                        shows(Sign.LAYOUT, field, selector, done);
                    }
                }
            });
        }

        /** Warns of something that concerns the list as a whole. */
        private void shows(Sign sign, String field, FieldSelector selector, String done) {
            warn(position, field, selector.toString(), done);
            if (symptom == null) {
                symptom = new Symptom(sign, warnings.getLast().toString());
            }
        }

        /** Two entries with one link: a copy is dropped; else each one's id gets a hash of its own words. */
        private List<ParsedNotice> notices(List<Entry> entries) {
            Map<String, List<Entry>> byIdentity = entries.stream()
                    .collect(Collectors.groupingBy(
                            each -> each.identity(page), LinkedHashMap::new, Collectors.toList()));
            Wanted wanted = Wanted.of(context);
            var notices = new LinkedHashMap<String, ParsedNotice>();
            byIdentity.forEach((identity, same) -> {
                long different = same.stream()
                        .map(each -> each.entry().text())
                        .distinct()
                        .count();
                long titles = same.stream()
                        .map(each -> each.entry().title())
                        .distinct()
                        .count();
                for (Entry each : same) {
                    ListEntry entry = each.entry();
                    String words = titles == different ? entry.title() : entry.title() + "\n" + entry.text();
                    String id = different == 1
                            ? identity
                            : identity + "#" + Hash.of(words).substring(0, 12);
                    if (wanted.accepts(entry.title(), entry.link()) && !notices.containsKey(id)) {
                        notices.put(id, notice(each, id));
                    }
                }
            });
            return List.copyOf(notices.values());
        }

        private ParsedNotice notice(Entry each, String id) {
            ListEntry entry = each.entry();
            String title = entry.title().isEmpty() ? String.valueOf(entry.link()) : entry.title();
            String words =
                    entry.titleMadeUp() || entry.text().contains(title) ? entry.text() : title + "\n\n" + entry.text();
            Element tagged = entry.scope().closest("[lang]");
            String stated = tagged == null || tagged.normalName().equals("html")
                    ? null
                    : ItemLanguage.code(tagged.attr("lang"));
            String language = ItemLanguage.of(stated, page.language(), context.languages(), words);
            Instant published = entry.published() == null
                    ? null
                    : FieldDates.published(entry.published(), context.zone(), language);
            Notice notice = new Notice.Builder(new NoticeId(context.source(), Hash.shortened(id)), context.zone())
                    .kind(context.kind() == null ? Kind.CALL : context.kind())
                    .level(context.level())
                    .title(LocalText.of(language, title))
                    .text(LocalText.of(language, entry.summary()))
                    .published(published)
                    .stated(deadline(each, words, published, language))
                    .places(context.places())
                    .url(url(entry))
                    .build();
            byte[] raw = entry.scope().outerHtml().getBytes(StandardCharsets.UTF_8);
            return new ParsedNotice(notice, raw, "text/html", hasOwnPage(entry));
        }

        private Deadline deadline(Entry each, String words, @Nullable Instant published, String language) {
            FieldDates.Written written = each.entry().deadline();
            Deadline stated =
                    written == null ? Deadline.UNKNOWN : FieldDates.deadline(written, published, context, language);
            String where = position + " entry " + each.number();
            return FieldDates.orTold(
                    stated,
                    words,
                    published,
                    context,
                    language,
                    (unread, done) -> warn(where, "deadline", unread, done));
        }

        private boolean hasOwnPage(ListEntry entry) {
            String link = entry.link();
            String here = page.address().toString();
            return link != null && !link.replaceFirst("#.*", "").equals(here.replaceFirst("#.*", ""));
        }

        private String url(ListEntry entry) {
            String link = entry.link();
            if (link != null) {
                return Links.withoutTracking(link);
            }
            String list = Links.withoutTracking(page.address().toString()).replaceFirst("#.*", "");
            return entry.anchor().isBlank() ? list : list + "#" + entry.anchor().replace(" ", "%20");
        }

        private List<Query> next() {
            FieldSelector selector = select.get("next");
            if (selector == null) {
                return asked(Pager.find(page));
            }
            for (Element element : selector.all(page.document())) {
                URI target = Pager.target(page, selector.attribute() == null ? href(element) : selector.value(element));
                if (target != null) {
                    return asked(target);
                }
            }
            // The last page has none, and its pager finds none either; where it does, the layout has changed.
            URI found = selector.first(page.document()) == null ? Pager.find(page) : null;
            if (found != null) {
                warn(
                        position,
                        "next",
                        selector.toString(),
                        "matches nothing on " + page.described() + "; " + found
                                + " looks like the next page and is read");
            }
            return asked(found);
        }

        private static String href(Element element) {
            Element link = element.hasAttr("href") ? element : element.selectFirst("a[href]");
            Element around = link == null ? element.closest("a[href]") : link;
            return around == null ? "" : around.attr("href");
        }

        private static List<Query> asked(@Nullable URI next) {
            return next == null ? List.of() : List.of(Query.get(next));
        }

        private void warn(String where, String field, String found, String done) {
            warnings.add(new Warning(context.source(), where, field, found, done));
        }
    }
}
