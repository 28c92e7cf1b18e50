package coop.vigie.pipeline;

import static coop.vigie.store.DetailStore.LONGEST_PAUSE;

import coop.vigie.fetch.FetchOutcome;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Query;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.parse.DetailParser;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.DetailStore.Known;
import coop.vigie.store.DetailStore.Page;
import coop.vigie.store.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads items' own pages during one visit: of an item that is new, or of which its list says something else than before,
 * and once more shortly before it closes. A page that cannot be read costs the item nothing: what the list said of it, or
 * what was read before, stands, and the page is asked for again at a later visit.
 */
final class Details {

    /** A list of a thousand items must not keep a host busy for hours: the rest is read at the next visits. */
    static final int MOST_IN_A_VISIT = 100;

    /** A host that fails so often is left alone until the next visit. */
    private static final int MOST_FAILURES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofHours(6);

    private final Fetcher fetcher;
    private final NoticeParser parser;
    private final FetchRequest source;
    private final ParseContext context;
    private final int reading;
    private final int most;
    private final Instant now;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Integer> itemsOfPage = new HashMap<>();
    private final Set<NoticeId> tried = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private int fetches;
    private int postponed;
    private int unread;

    /**
     * @param source the request for the list, whose limits, delay and permissions hold for its items' pages
     * @param reading stands for how pages are read now
     * @param most pages that are asked for
     */
    Details(
            Fetcher fetcher,
            NoticeParser parser,
            FetchRequest source,
            ParseContext context,
            int reading,
            int most,
            Instant now) {
        this.fetcher = fetcher;
        this.parser = parser;
        this.source = source.obeyingRobots(parser.pagesObeyRobots());
        this.context = context;
        this.reading = reading;
        this.most = most;
        this.now = now;
    }

    /**
     * @param notices to be stored
     * @param pages what to remember of them
     * @param pageless items that have no page of their own, of which nothing is to be remembered
     * @param known how many items are as they were, and need not be stored again
     */
    record Enriched(List<ParsedNotice> notices, List<Page> pages, List<NoticeId> pageless, int known) {

        /** Of a source whose items have no pages that are read. */
        static Enriched of(List<ParsedNotice> notices) {
            return new Enriched(notices, List.of(), List.of(), 0);
        }
    }

    private record Outcome(ParsedNotice notice, Page page, boolean read) {

        Outcome(ParsedNotice notice, Page page) {
            this(notice, page, false);
        }
    }

    /** Takes note of all items of a batch: an address that several share is no page of their own. */
    void sees(List<ParsedNotice> listed) {
        listed.forEach(each -> itemsOfPage.merge(page(each), 1, Integer::sum));
    }

    boolean wanted() {
        return parser.readsPages(context);
    }

    /** True if the list has to be read again, whether it changes or not: of an item that is not kept nothing is known. */
    boolean leftSomeOut() {
        return unread > 0;
    }

    /** @param met those of them that were met before */
    Enriched enrich(List<ParsedNotice> listed, Map<NoticeId, Known> met) {
        List<ParsedNotice> notices = new ArrayList<>();
        List<Page> pages = new ArrayList<>();
        List<NoticeId> pageless = new ArrayList<>();
        int known = 0;
        for (ParsedNotice each : listed) {
            if (!hasPage(each)) {
                notices.add(each);
                pageless.add(each.notice().id());
                continue;
            }
            Known before = met.get(each.notice().id());
            boolean asBefore = before != null
                    && before.page().reading() == reading
                    && same(before.page().listed(), each.notice());
            if (asBefore) {
                known++;
                continue;
            }
            Outcome outcome = read(each, before, Validators.NONE);
            if (parser.listsAddressesOnly() && before == null && !outcome.read()) {
                unread++;
                continue;
            }
            notices.add(outcome.notice());
            pages.add(outcome.page());
        }
        return new Enriched(notices, pages, pageless, known);
    }

    /** Reads pages again that are due for another reason than their list, but for those that this visit has tried. */
    Enriched again(List<Known> due) {
        List<ParsedNotice> notices = new ArrayList<>();
        List<Page> pages = new ArrayList<>();
        for (Known each : due) {
            Notice listed = each.page().listed();
            if (!tried.contains(listed.id())) {
                // The same page read in another way says something else.
                boolean same = each.page().reading() == reading && each.page().fetched() != null;
                Outcome outcome = read(
                        new ParsedNotice(listed, each.raw().bytes(), each.raw().mediaType()),
                        each,
                        same ? each.page().validators() : Validators.NONE);
                notices.add(outcome.notice());
                pages.add(outcome.page());
            }
        }
        return new Enriched(notices, pages, List.of(), 0);
    }

    /** What went wrong so far, in the order of the items. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (postponed > 0) {
            all.add("%d items' own pages were left to the next visit; until then %s"
                    .formatted(
                            postponed,
                            parser.listsAddressesOnly()
                                    ? "those that are new are not kept"
                                    : "what the list says of them stands"));
        }
        return all;
    }

    /** @param known of the page as it was read before */
    private Outcome read(ParsedNotice listed, @Nullable Known before, Validators known) {
        String url = address(listed);
        tried.add(listed.notice().id());
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException notAnAddress) {
            warnings.add("the page of " + listed.notice().id() + " has no valid address: " + url);
            return new Outcome(without(listed, before), page(listed, now));
        }
        String host = String.valueOf(address.getHost());
        if (fetches == most || source.patience().isOver() || failures.getOrDefault(host, 0) == MOST_FAILURES) {
            postponed++;
            return new Outcome(without(listed, before), page(listed, null));
        }
        fetches++;
        return switch (fetcher.follow(source, Query.get(address), known)) {
            case FetchOutcome.Fetched fetched -> read(fetched, listed, before);
            case FetchOutcome.Refused refused -> {
                warnings.add(refused.message());
                yield new Outcome(without(listed, before), page(listed, now));
            }
            case FetchOutcome.Failed failed -> {
                if (isTheHosts(failed)) {
                    failures.merge(host, 1, Integer::sum);
                }
                yield failed(failed.message(), listed, before);
            }
            case FetchOutcome.Unchanged unchanged -> new Outcome(without(listed, before), page(listed, now, known));
        };
    }

    /** A page that is not there, or too large, says nothing of the next one. */
    private static boolean isTheHosts(FetchOutcome.Failed failed) {
        Integer status = failed.status();
        return status == null || status == 429 || status >= 500;
    }

    /** False for what is found on a list only: what else that page says is of other items. */
    private boolean hasPage(ParsedNotice item) {
        return parser.page(source.uri(), item) != null
                && (parser.listsAddressesOnly() || itemsOfPage.getOrDefault(page(item), 0) < 2);
    }

    private Outcome read(FetchOutcome.Fetched fetched, ParsedNotice listed, @Nullable Known before) {
        try (Payloads payloads = fetched.payloads()) {
            Payload page = payloads.next();
            if (page == null) {
                return failed("the page " + fetched.uri() + " is empty", listed, before);
            }
            DetailParser.Read read = parser.readPage(page, listed, context);
            read.warnings().forEach(warning -> warnings.add(warning.toString()));
            return read.failure() == null
                    ? new Outcome(read.notice(), page(listed, now, fetched.validators()), true)
                    : failed(page.position() + ": " + read.failure(), listed, before);
        }
    }

    /** The page is asked for again after a while that grows from six hours to a week. */
    private Outcome failed(String message, ParsedNotice listed, @Nullable Known before) {
        warnings.add(message);
        int times = (before == null ? 0 : before.page().failures()) + 1;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 5));
        Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        return new Outcome(
                without(listed, before), new Page(listed.notice(), reading, null, next, times, Validators.NONE));
    }

    private Page page(ParsedNotice listed, @Nullable Instant fetched) {
        return page(listed, fetched, Validators.NONE);
    }

    private Page page(ParsedNotice listed, @Nullable Instant fetched, Validators validators) {
        return new Page(listed.notice(), reading, fetched, null, 0, validators);
    }

    private String address(ParsedNotice each) {
        return String.valueOf(parser.page(source.uri(), each));
    }

    private String page(ParsedNotice each) {
        return address(each).replaceFirst("#.*", "");
    }

    /**
     * The item without its page. What an earlier reading of the page gave is worth more than what the list says now, but for
     * a date that the list has moved.
     */
    private static ParsedNotice without(ParsedNotice listed, @Nullable Known before) {
        if (before == null) {
            return listed;
        }
        Deadline stated = listed.notice().stated();
        boolean moved = !stated.equals(Deadline.UNKNOWN)
                && !stated.equals(before.page().listed().stated());
        Notice kept = moved ? before.stored().toBuilder().stated(stated).build() : before.stored();
        return new ParsedNotice(kept, listed.raw(), listed.rawType());
    }

    /** Compared as they are stored, for that is how the one of them comes. */
    private static boolean same(Notice one, Notice other) {
        return Json.write(one).equals(Json.write(other));
    }
}
