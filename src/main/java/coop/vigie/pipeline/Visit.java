package coop.vigie.pipeline;

import coop.vigie.call.CallStore.Ingested;
import coop.vigie.fetch.FetchOutcome;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Query;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Symptom;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.NoticeParser.Advice;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Rhythm;
import coop.vigie.pipeline.RoundReport.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One visit to one source: asks its first questions, then what the answers lead to, until nothing is left, the list has
 * been read as far as {@code max-pages}, or a page brings nothing new. For one thread and one use.
 *
 * <p>Notices are handed over page by page; those of the last page are left in the result, to be stored together with the
 * state of the source. The same question is never asked twice, but for three reasons: the server asked us to wait, the
 * answer could not be read, or the interface forgot where we were; each counts once for each question.
 */
final class Visit {

    /** An interface that sends us back more often does not want to be read today. */
    private static final int MOST_DETOURS = 8;

    /** A server that wants to be left alone for longer is visited in another round. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** How to wait; the real clock, but in tests. */
    @FunctionalInterface
    interface Pause {
        void of(Duration wait) throws InterruptedException;
    }

    /**
     * @param maxPages of each list
     * @param untilKnown whether a page without anything new ends a list: only if the visit before read all of it
     * @param leaves validators of documents that others led to, by address; {@link Validators#NONE} where none are known
     */
    record Plan(
            FetchRequest request,
            NoticeParser parser,
            ParseContext context,
            int maxPages,
            boolean untilKnown,
            Function<URI, Validators> leaves) {}

    /**
     * @param status of the answer that decided; null if there was none
     * @param message what went wrong, "" if nothing
     * @param rest notices not handed over yet
     * @param validators of what was read; null unless the visit as a whole went well
     * @param retryAfter what the server asked for
     * @param symptom the first that a document showed; null if none did
     * @param trouble why the visit did not go well; null if it did
     * @param fresh how long the first document stays as it is, by its server; null if that does not say
     * @param rhythm that the first document asks for; null if it was not read
     * @param pages that were read
     * @param leaves validators of documents that others led to and that lead nowhere else
     */
    record Ended(
            Outcome outcome,
            @Nullable Integer status,
            String message,
            List<ParsedNotice> rest,
            List<String> warnings,
            @Nullable Validators validators,
            @Nullable Duration retryAfter,
            @Nullable Symptom symptom,
            @Nullable Trouble trouble,
            @Nullable Duration fresh,
            @Nullable Rhythm rhythm,
            int pages,
            Map<URI, Validators> leaves) {}

    private final Fetcher fetcher;
    private final Plan plan;
    private final Function<List<ParsedNotice>, Ingested> store;
    private final Pause pause;

    private final List<String> warnings = new ArrayList<>();
    private final Set<Query> asked = new HashSet<>();
    private final Set<Query> waited = new HashSet<>();
    private final Set<Query> askedAgain = new HashSet<>();
    private final Set<List<Query>> detours = new HashSet<>();
    private final Map<URI, Validators> leaves = new HashMap<>();
    private List<ParsedNotice> rest = List.of();
    private Ingested ofPage = Ingested.NOTHING;
    private int pages;
    private int unchangedLeaves;
    private boolean gaveItems;
    private @Nullable Duration fresh;
    private @Nullable Rhythm rhythm;
    private boolean first = true;
    private Validators validators = Validators.NONE;
    private @Nullable Integer status;
    private @Nullable String failure;
    private @Nullable Symptom symptom;
    private @Nullable Ended broken;
    /** One of several lists (a sitemap of an index) that is not there: the others are read all the same. */
    private @Nullable Failed missing;

    Visit(Fetcher fetcher, Plan plan, Function<List<ParsedNotice>, Ingested> store, Pause pause) {
        this.fetcher = fetcher;
        this.plan = plan;
        this.store = store;
        this.pause = pause;
    }

    Ended run() {
        for (Query lane : plan.parser().first(plan.request().uri(), plan.context())) {
            read(lane);
            if (broken != null) {
                return broken;
            }
        }
        Failed gone = missing;
        if (gone != null && failure == null) {
            String words = gone.message() + " The others were read.";
            Trouble trouble = Trouble.of(gone);
            return ended(Outcome.FAILED, gone.status(), words, null, null, trouble);
        }
        // That the first of several pages is unchanged says nothing of the others.
        Validators known = pages > 1 && !plan.parser().newestFirst() ? Validators.NONE : validators;
        // An index says nothing itself: it is as it was when all that it leads to is.
        Outcome good = unchangedLeaves > 0 && !gaveItems ? Outcome.UNCHANGED : Outcome.FETCHED;
        return failure == null
                ? ended(good, status, "", known, null, null)
                : ended(Outcome.FAILED, status, failure, null, null, ofDocuments());
    }

    private Ended ended(
            Outcome outcome,
            @Nullable Integer answered,
            String message,
            @Nullable Validators of,
            @Nullable Duration retryAfter,
            @Nullable Trouble trouble) {
        return new Ended(
                outcome,
                answered,
                message,
                rest,
                warnings,
                of,
                retryAfter,
                symptom,
                trouble,
                fresh,
                rhythm,
                pages,
                leaves);
    }

    /** Reads one list to its end. Other lists may still go well after a broken answer, but not without an answer. */
    private void read(Query lane) {
        Deque<Query> open = new ArrayDeque<>(List.of(lane));
        int pagesOfLane = 0;
        while (!open.isEmpty() && broken == null) {
            Query query = open.remove();
            if (!asked.add(query)) {
                if (query.post() != null) {
                    // Page numbers may lead back by design; the place in a search may not.
                    failure = failure == null
                            ? "the list leads back to a page that was read already" + kept(pages)
                            : failure;
                }
                continue;
            }
            if (pagesOfLane == plan.maxPages()) {
                warnings.add(
                        "the list goes on after %d pages (max-pages), and was read no further".formatted(pagesOfLane));
                return;
            }
            flush();
            Validators leaf = first || query.post() != null
                    ? Validators.NONE
                    : plan.leaves().apply(query.uri());
            FetchOutcome outcome = fetch(query, leaf);
            if (outcome instanceof Unchanged && !leaf.isEmpty()) {
                leaves.put(query.uri(), leaf);
                unchangedLeaves++;
                pagesOfLane++;
                pages++;
            } else if (outcome instanceof Fetched fetched) {
                boolean led = !first;
                SourceReader.Read read = read(query, fetched);
                if (read.failure() != null && plan.parser().asksAgain() && askedAgain.add(query)) {
                    asked.remove(query);
                    open.addFirst(query);
                    continue;
                }
                warnings.addAll(read.warnings());
                symptom = symptom == null ? read.symptom() : symptom;
                pagesOfLane++;
                pages++;
                if (read.failure() != null) {
                    failure = failure == null ? read.failure() + kept(pages - 1) : failure;
                    return;
                }
                if (!read.next().isEmpty() && plan.untilKnown() && plan.parser().newestFirst() && isKnown()) {
                    return;
                }
                if (led
                        && query.post() == null
                        && read.next().isEmpty()
                        && !fetched.validators().isEmpty()) {
                    leaves.put(query.uri(), fetched.validators());
                }
                open.addAll(read.next());
            } else if (!open.isEmpty() && outcome instanceof Failed failed && isGone(failed)) {
                missing = missing == null ? failed : missing;
                warnings.add(failed.message() + " The others were read.");
            } else {
                detour(query, outcome).ifPresent(open::addFirst);
            }
        }
    }

    private SourceReader.Read read(Query query, Fetched fetched) {
        ofPage = Ingested.NOTHING;
        if (first) {
            validators = fetched.validators();
            status = fetched.status() == 0 ? null : fetched.status();
            fresh = fetched.fresh();
        }
        boolean ofFirst = first;
        first = false;
        SourceReader.Read read;
        // Items' own pages are fetched one after the other for a long time: not while this answer is in memory.
        List<ParsedNotice> later = new ArrayList<>();
        boolean ownPages = plan.parser().readsPages(plan.context());
        try (Payloads payloads = fetched.payloads()) {
            read = new SourceReader(plan.parser(), plan.context())
                    .read(payloads, query, ownPages ? later::addAll : this::hand);
        }
        if (!later.isEmpty()) {
            hand(later);
        }
        rest = read.rest();
        gaveItems |= !rest.isEmpty();
        rhythm = ofFirst ? read.rhythm() : rhythm;
        return read;
    }

    private boolean isKnown() {
        flush();
        return ofPage.added() + ofPage.changed() == 0 && ofPage.unchanged() > 0;
    }

    private void flush() {
        if (!rest.isEmpty()) {
            hand(rest);
            rest = List.of();
        }
    }

    private void hand(List<ParsedNotice> batch) {
        gaveItems = true;
        ofPage = ofPage.plus(store.apply(batch));
    }

    private FetchOutcome fetch(Query query, Validators leaf) {
        FetchRequest request = plan.request();
        FetchOutcome outcome = first ? fetcher.fetch(request.with(query)) : follow(query, leaf);
        if (outcome instanceof Failed failed && isWorthWaiting(failed) && waited.add(query)) {
            try {
                pause.of(failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcome;
            }
            return fetch(query, leaf);
        }
        return outcome;
    }

    /** The source's own address is its own choice; any other came out of a document. */
    private FetchOutcome follow(Query query, Validators leaf) {
        FetchRequest request = plan.request();
        return query.uri().equals(request.uri())
                ? fetcher.fetch(request.with(query).with(Validators.NONE))
                : fetcher.follow(request, query, leaf);
    }

    private static boolean isWorthWaiting(Failed failed) {
        Duration wait = failed.retryAfter();
        Integer status = failed.status();
        return wait != null && wait.compareTo(LONGEST_WAIT) <= 0 && status != null && (status == 429 || status == 503);
    }

    private static boolean isGone(Failed failed) {
        Integer answered = failed.status();
        return answered != null && (answered == 404 || answered == 410);
    }

    /** The question that takes the place of one that failed; without one, the visit has ended. */
    private Optional<Query> detour(Query query, FetchOutcome outcome) {
        if (outcome instanceof Failed failed) {
            Optional<Advice> advice = plan.parser().afterFailure(query, failed, plan.context());
            Query instead = advice.map(Advice::instead).orElse(null);
            if (instead != null && detours.add(List.of(query, instead)) && detours.size() <= MOST_DETOURS) {
                warnings.add(advice.map(Advice::words).orElse(""));
                // A list that begins anew may lead through the same questions.
                asked.clear();
                return Optional.of(instead);
            }
            String words = advice.filter(each -> each.instead() == null)
                    .map(each -> " " + each.words())
                    .orElse("");
            end(Outcome.FAILED, failed.status(), failed.message() + words, failed.retryAfter(), Trouble.of(failed));
        } else if (outcome instanceof Refused refused) {
            end(Outcome.REFUSED, refused.status(), refused.message(), null, Trouble.of(refused));
        } else if (outcome instanceof Unchanged unchanged) {
            fresh = unchanged.fresh();
            end(Outcome.UNCHANGED, unchanged.status(), "", null, null);
        }
        return Optional.empty();
    }

    private void end(
            Outcome outcome,
            @Nullable Integer answered,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Trouble trouble) {
        Validators known = outcome == Outcome.UNCHANGED ? plan.request().validators() : null;
        String words = message.isEmpty() ? "" : message + kept(pages);
        Integer shown = answered == null || answered == 0 ? null : answered;
        broken = ended(outcome, shown, words, known, retryAfter, trouble);
    }

    private Trouble ofDocuments() {
        return symptom != null && symptom.sign() == Sign.LAYOUT ? Trouble.LAYOUT : Trouble.UNREADABLE;
    }

    private static String kept(int pages) {
        return pages == 0 ? "" : " This was page %d; what came before is kept.".formatted(pages + 1);
    }
}
