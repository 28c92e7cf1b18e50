package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.call.CallStore.Ingested;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Limits;
import coop.vigie.fetch.MailAccess;
import coop.vigie.fetch.Patience;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Sign;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Symptom;
import coop.vigie.notice.VigieException;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.Rhythm;
import coop.vigie.parse.SourceOptions;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.Source;
import coop.vigie.source.SourceType;
import coop.vigie.store.Database;
import coop.vigie.store.DetailStore;
import coop.vigie.store.LeaseStore;
import coop.vigie.store.SourceStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Visits sources, each on a virtual thread of its own, and stores what they bring. */
public final class FetchRound {

    private static final Logger LOG = LoggerFactory.getLogger(FetchRound.class);

    /**
     * How many hosts are visited at once. Each has one answer in memory at most; one that does not answer holds its own place
     * only, so that it takes this many such hosts for others to wait.
     */
    private static final int AT_ONCE = 128;

    /** Items' own pages are read once more when the time left is this: deadlines move late. */
    private static final Duration BEFORE_CLOSING = Duration.ofDays(7);

    /** How far back a mailbox is read at the first visit. */
    private static final int MAIL_DAYS = 30;

    /** Items' own pages take long to read: few of them are lost in a crash. */
    private static final int PAGES_AT_ONCE = 10;

    /** Notices stored in one transaction: a long list does not make the other sources wait until all of it is stored. */
    private static final int STORED_AT_ONCE = 200;

    private static final int PAGES_TRIED_OUT = 5;

    /** All answers of a visit may take as long as so many that come in the last moment. */
    private static final int ANSWERS_TOGETHER = 10;

    /** A server that says twice in a row that something is gone is believed. */
    private static final int GONE_AFTER = 2;

    private final Fetcher fetcher;
    private final Database database;
    private final SourceStore sources;
    private final CallStore calls;
    private final DetailStore detailPages;
    private final Instant now;
    private final boolean dryRun;
    private final Visit.Pause pause;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final LeaseStore leases;
    private final Queue<SourceId> elsewhere = new ConcurrentLinkedQueue<>();
    /** One writer at a time: SQLite has no more, and waiting here is fairer than waiting there. First come, first served. */
    private final ReentrantLock writing = new ReentrantLock(true);

    /**
     * @param leases as they were when it was decided what is due
     * @param dryRun fetches and parses, says what would be new, and stores nothing
     */
    public FetchRound(
            Fetcher fetcher,
            Database database,
            SourceStore sources,
            CallStore calls,
            LeaseStore leases,
            Instant now,
            boolean dryRun) {
        this(fetcher, database, sources, calls, leases, now, dryRun, Thread::sleep);
    }

    FetchRound(
            Fetcher fetcher,
            Database database,
            SourceStore sources,
            CallStore calls,
            Instant now,
            boolean dryRun,
            Visit.Pause pause) {
        this(fetcher, database, sources, calls, new LeaseStore(database, InstantSource.system()), now, dryRun, pause);
    }

    private FetchRound(
            Fetcher fetcher,
            Database database,
            SourceStore sources,
            CallStore calls,
            LeaseStore leases,
            Instant now,
            boolean dryRun,
            Visit.Pause pause) {
        this.leases = leases;
        this.fetcher = fetcher;
        this.database = database;
        this.sources = sources;
        this.calls = calls;
        this.detailPages = new DetailStore(database);
        this.now = now;
        this.dryRun = dryRun;
        this.pause = pause;
    }

    /**
     * Visits these sources and waits for all of them: those of one host one after the other, different hosts at the same time.
     *
     * @param done called after each, from its thread
     * @return reports in the order of the sources, without those that {@link #elsewhere} names
     */
    public List<SourceReport> visit(List<Source> due, Consumer<SourceReport> done) {
        Map<String, List<Source>> byHost = new LinkedHashMap<>();
        due.forEach(source ->
                byHost.computeIfAbsent(host(source), any -> new ArrayList<>()).add(source));
        List<Future<List<SourceReport>>> visits = new ArrayList<>();
        Thread alive = Thread.ofVirtual().start(this::goOn);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            byHost.values()
                    .forEach(ofHost -> visits.add(threads.submit(() -> {
                        List<SourceReport> reports = new ArrayList<>();
                        for (Source source : ofHost) {
                            places.acquire();
                            try {
                                visitAlone(source).ifPresent(report -> {
                                    done.accept(report);
                                    reports.add(report);
                                });
                            } finally {
                                places.release();
                            }
                        }
                        return reports;
                    })));
        } finally {
            alive.interrupt();
        }
        Map<SourceId, SourceReport> reports = new HashMap<>();
        visits.forEach(visit -> result(visit).forEach(report -> reports.put(report.id(), report)));
        return due.stream()
                .map(source -> reports.get(source.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Sources that were left out, as another process visits them or has just done so. */
    public List<SourceId> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** Files wait for nobody. */
    private static String host(Source source) {
        String host = source.url().getHost();
        return source.isLocal() || host == null ? source.id().value() + "/" : host.toLowerCase(Locale.ROOT);
    }

    private Optional<SourceReport> visitAlone(Source source) {
        if (dryRun) {
            return Optional.of(visitApart(source));
        }
        if (!leases.take(source.id().value())) {
            elsewhere.add(source.id());
            return Optional.empty();
        }
        try {
            return Optional.of(visitApart(source));
        } finally {
            leases.give(source.id().value());
        }
    }

    private void goOn() {
        try {
            while (true) {
                Thread.sleep(LeaseStore.LASTS.dividedBy(4));
                try {
                    leases.goOn();
                } catch (VigieException busy) {
                    LOG.debug("a lease could not be renewed", busy);
                }
            }
        } catch (InterruptedException theRoundIsOver) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<SourceReport> result(Future<List<SourceReport>> visit) {
        try {
            return visit.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VigieException("the round was interrupted; what was stored is kept", interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof VigieException known) {
                throw known;
            }
            throw new IllegalStateException("visiting a source failed unexpectedly", failure.getCause());
        }
    }

    /** A defect that the data of one source brings to light costs that source its visit, and no other. */
    private SourceReport visitApart(Source source) {
        try {
            return visit(source);
        } catch (VigieException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
            LOG.debug("visiting {} failed", source.id(), defect);
            boolean tooLarge = defect instanceof OutOfMemoryError;
            String message = tooLarge
                    ? "Reading %s failed: what it sent takes more memory than Java has (-Xmx).".formatted(source.id())
                    : "Reading %s failed for an unexpected reason (%s); please report it."
                            .formatted(source.id(), defect.getClass().getSimpleName());
            Optional<SourceStore.State> before = sources.find(source.id());
            NoticeParser parser = Parsers.of(source.type().code());
            Validators kept = before.map(SourceStore.State::validators).orElse(Validators.NONE);
            int read = before.map(SourceStore.State::reading).orElse(reading(source, parser));
            var ending = new Ending(Outcome.FAILED, message, kept, read, null, null, null, null, false, Map.of());
            var ended = end(List.of(), source, parser.readsPages(context(source, now)), ending, Ingested.NOTHING);
            return new SourceReport(
                    source.id(),
                    Outcome.FAILED,
                    null,
                    Ingested.NOTHING,
                    List.of(),
                    message,
                    null,
                    tooLarge ? Trouble.TOO_LARGE : null,
                    ended.state().nextDue());
        }
    }

    private SourceReport visit(Source source) {
        NoticeParser parser = Parsers.of(source.type().code());
        Optional<SourceStore.State> before = sources.find(source.id());
        int reading = reading(source, parser);
        Optional<SourceStore.State> sameReading = before.filter(state -> state.reading() == reading);
        // Lists are read to their end at the first visit of a day, for not all have the newest first, and after one
        // that failed.
        boolean mayStopEarly = sameReading
                .filter(state -> state.failures() == 0 && !state.visiting())
                .filter(state -> day(state.lastAttempt(), source).equals(day(now, source)))
                .isPresent();
        // "Unchanged" is said of the first page alone, which may be all there is.
        Validators known = sameReading
                .filter(state -> mayStopEarly
                        || !parser.newestFirst()
                        || (state.onePage() && state.failures() == 0 && !state.visiting()))
                .map(SourceStore.State::validators)
                .orElse(Validators.NONE);
        if (!dryRun && parser.newestFirst()) {
            database.write(handle -> {
                sources.begin(handle, source.id());
                return true;
            });
        }
        var ingested = new Ingested[] {Ingested.NOTHING};
        // A person who asks before the time wants to see whether it works again.
        boolean early = before.filter(state -> state.nextDue().isAfter(now)).isPresent();
        FetchRequest request = request(source, known, now).insisting(early);
        ParseContext context = context(source, now);
        Function<URI, Validators> leaves = url -> sources.leaf(source.id(), url, reading);
        var plan = new Visit.Plan(request, parser, context, source.maxPages(), mayStopEarly, leaves);
        var details = new Details(fetcher, parser, request, context, reading, Details.MOST_IN_A_VISIT, now);
        Visit.Ended ended = new Visit(
                        fetcher,
                        plan,
                        batch -> {
                            Ingested stored = store(batch, details);
                            ingested[0] = ingested[0].plus(stored);
                            return stored;
                        },
                        pause)
                .run();
        boolean good = ended.outcome().good();
        List<ParsedNotice> rest = ended.rest();
        if (details.wanted()) {
            ingested[0] = ingested[0].plus(store(rest, details));
            rest = List.of();
            if (good) {
                var due = detailPages.due(source.id(), reading, now, BEFORE_CLOSING, Details.MOST_IN_A_VISIT);
                Details.Enriched again = details.again(due);
                ingested[0] = ingested[0].plus(write(again, CallStore.idsOf(again.notices())));
            }
        }
        // What broke off is asked for again as a whole, and validators of another reading would hide what this one
        // reads better.
        Validators validators = good && ended.validators() != null
                ? ended.validators()
                : before.filter(state -> !good)
                        .map(SourceStore.State::validators)
                        .orElse(Validators.NONE);
        boolean gone = ended.trouble() == Trouble.GONE && failures(before, ended) >= GONE_AFTER;
        int read =
                good || gone ? reading : before.map(SourceStore.State::reading).orElse(reading);
        String message = gone
                ? ended.message() + " It is not asked any more until its entry in feeds.yaml changes."
                : ended.message();
        var ending = new Ending(
                ended.outcome(),
                message,
                details.leftSomeOut() || gone ? Validators.NONE : validators,
                read,
                ended.retryAfter(),
                ended.trouble(),
                ended.fresh(),
                ended.rhythm(),
                ended.outcome() == Outcome.FETCHED
                        ? ended.pages() == 1
                        : before.map(SourceStore.State::onePage).orElse(false),
                good && !details.leftSomeOut() ? ended.leaves() : Map.of());
        Ended stored = end(rest, source, details.wanted(), ending, ingested[0]);
        List<String> warnings = Stream.concat(ended.warnings().stream(), details.warnings().stream())
                .toList();
        return new SourceReport(
                source.id(),
                ended.outcome(),
                ended.status(),
                ingested[0].plus(stored.ingested()),
                warnings,
                message,
                gone ? new Symptom(Sign.GONE, message) : ended.symptom(),
                ended.trouble(),
                gone ? null : stored.state().nextDue());
    }

    /**
     * What one visit would bring.
     *
     * @param message what went wrong, "" if nothing
     * @param trouble why, as in {@link SourceReport}
     */
    public record Trial(
            List<Notice> notices,
            List<String> warnings,
            String message,
            @Nullable Trouble trouble) {}

    /** Visits one source, whatever is known of it, and stores nothing. */
    public static Trial tryOut(Fetcher fetcher, Source source, Instant now) {
        List<ParsedNotice> all = new ArrayList<>();
        FetchRequest request = request(source, Validators.NONE, now).insisting(true);
        ParseContext context = context(source, now);
        NoticeParser parser = Parsers.of(source.type().code());
        var plan = new Visit.Plan(request, parser, context, source.maxPages(), false, url -> Validators.NONE);
        Visit.Ended ended = new Visit(
                        fetcher,
                        plan,
                        batch -> {
                            all.addAll(batch);
                            return Ingested.NOTHING;
                        },
                        Thread::sleep)
                .run();
        all.addAll(ended.rest());
        var details = new Details(fetcher, parser, request, context, 0, PAGES_TRIED_OUT, now);
        details.sees(all);
        List<ParsedNotice> enriched =
                details.wanted() ? details.enrich(all, Map.of()).notices() : all;
        List<String> warnings = Stream.concat(ended.warnings().stream(), details.warnings().stream())
                .toList();
        return new Trial(
                enriched.stream().map(ParsedNotice::notice).toList(), warnings, ended.message(), ended.trouble());
    }

    /**
     * How a visit ended, as far as the next one needs to know.
     *
     * @param trouble why it did not go well; null if it did, or if the fault is ours
     * @param fresh as in {@link Visit.Ended}
     * @param rhythm that its document asks for; null if none was read
     * @param leaves as in {@link Visit.Ended}; empty to remember none
     */
    private record Ending(
            Outcome outcome,
            String message,
            Validators validators,
            int reading,
            @Nullable Duration retryAfter,
            @Nullable Trouble trouble,
            @Nullable Duration fresh,
            @Nullable Rhythm rhythm,
            boolean onePage,
            Map<URI, Validators> leaves) {}

    private record Ended(Ingested ingested, SourceStore.State state) {}

    /** Stores what a list says, with its items' own pages where the source wants them, some at a time. */
    private Ingested store(List<ParsedNotice> list, Details details) {
        boolean pages = details.wanted();
        if (pages) {
            details.sees(list);
        }
        Set<NoticeId> together = CallStore.idsOf(list);
        Ingested all = Ingested.NOTHING;
        for (List<ParsedNotice> some : portions(list, pages ? PAGES_AT_ONCE : STORED_AT_ONCE)) {
            all = all.plus(write(pages ? withPages(some, details) : Details.Enriched.of(some), together));
        }
        return all;
    }

    /** Some at a time. What has the same id stays together: one after the other, the two would change their call at every visit. */
    private static List<List<ParsedNotice>> portions(List<ParsedNotice> list, int atOnce) {
        Map<NoticeId, List<ParsedNotice>> byId = list.stream()
                .collect(Collectors.groupingBy(each -> each.notice().id(), LinkedHashMap::new, Collectors.toList()));
        List<List<ParsedNotice>> portions = new ArrayList<>();
        List<ParsedNotice> portion = new ArrayList<>();
        for (List<ParsedNotice> same : byId.values()) {
            portion.addAll(same);
            if (portion.size() >= atOnce) {
                portions.add(portion);
                portion = new ArrayList<>();
            }
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }

    private Details.Enriched withPages(List<ParsedNotice> some, Details details) {
        List<NoticeId> ids = some.stream().map(each -> each.notice().id()).toList();
        return details.enrich(some, detailPages.find(ids));
    }

    /** @param together as in {@link CallStore#ingest(Handle, java.util.Collection, Set, Instant)} */
    private Ingested write(Details.Enriched enriched, Set<NoticeId> together) {
        return write(handle -> {
            enriched.pages().forEach(page -> detailPages.save(handle, page));
            enriched.pageless().forEach(id -> detailPages.forget(handle, id));
            return calls.ingest(handle, enriched.notices(), together, now).plus(new Ingested(0, 0, enriched.known()));
        });
    }

    /** Stores the last notices of a visit together with the state of the source. */
    private Ended end(List<ParsedNotice> notices, Source source, boolean pagesWanted, Ending visit, Ingested before) {
        return write(handle -> {
            Ingested ingested = calls.ingest(handle, notices, now);
            SourceStore.State state = state(handle, source, visit, before.plus(ingested));
            sources.save(handle, state);
            if (visit.outcome().good()) {
                sources.saveLeaves(handle, source.id(), visit.leaves(), visit.reading(), now);
            }
            if (!pagesWanted) {
                detailPages.forget(handle, source.id());
            }
            return new Ended(ingested, state);
        });
    }

    private <T> T write(Function<Handle, T> change) {
        writing.lock();
        try {
            return dryRun ? database.tryOut(change) : database.write(change);
        } finally {
            writing.unlock();
        }
    }

    private SourceStore.State state(Handle handle, Source source, Ending visit, Ingested ingested) {
        Optional<SourceStore.State> before = sources.find(source.id());
        boolean good = visit.outcome().good();
        boolean brought = ingested.added() + ingested.changed() > 0;
        int failures = failures(before, visit.outcome(), visit.trouble());
        int streak = before.map(SourceStore.State::streak).orElse(0);
        streak = good ? Revisit.streak(streak, brought) : streak;
        Rhythm rhythm = visit.rhythm() != null
                ? visit.rhythm()
                : Rhythm.of(before.map(SourceStore.State::rhythm).orElse(""));
        Instant next = good
                ? Revisit.good(source, streak, calls.nextClosing(handle, source.id(), now), visit.fresh(), rhythm, now)
                : visit.trouble() == Trouble.LEFT_ALONE && visit.retryAfter() != null
                        // It was not asked, so that nothing is to be learned from it.
                        ? now.plus(visit.retryAfter())
                        : Revisit.failed(source, failures, visit.retryAfter(), now);
        return new SourceStore.State(
                source.id(),
                visit.validators(),
                visit.reading(),
                now,
                good ? now : before.map(SourceStore.State::lastOk).orElse(null),
                brought ? now : before.map(SourceStore.State::lastItem).orElse(null),
                next,
                failures,
                visit.outcome().code(),
                visit.message(),
                false,
                streak,
                rhythm.code(),
                visit.onePage(),
                visit.trouble() == Trouble.GONE && failures >= GONE_AFTER);
    }

    private static int failures(Optional<SourceStore.State> before, Visit.Ended ended) {
        return failures(before, ended.outcome(), ended.trouble());
    }

    /** In a row; a visit in which its server was left alone is none. */
    private static int failures(Optional<SourceStore.State> before, Outcome outcome, @Nullable Trouble trouble) {
        int failures = before.map(SourceStore.State::failures).orElse(0);
        return outcome.good() ? 0 : trouble == Trouble.LEFT_ALONE ? Math.max(failures, 1) : failures + 1;
    }

    /** True for a source that its server has said to be gone, unless its entry has changed since. */
    public static boolean isGone(Source source, SourceStore.State state) {
        return state.gone()
                && state.reading() == reading(source, Parsers.of(source.type().code()));
    }

    private static LocalDate day(Instant instant, Source source) {
        return instant.atZone(source.zone()).toLocalDate();
    }

    /**
     * Stands for how a source is read: whoever mends a selector wants the page read again, though it has not changed. What a
     * string's hash is, is laid down for all versions of Java.
     */
    private static int reading(Source source, NoticeParser parser) {
        return List.of(
                        parser.version(),
                        source.url(),
                        source.kind() == null ? "" : source.kind().code(),
                        source.languages(),
                        source.places(),
                        source.zone(),
                        source.include(),
                        source.exclude(),
                        source.query(),
                        source.params(),
                        source.select(),
                        source.detail())
                .toString()
                .hashCode();
    }

    private static FetchRequest request(Source source, Validators validators, Instant now) {
        Limits limits = Limits.DEFAULT.withTimeout(source.timeout()).withMaxBytes(source.maxSize());
        return new FetchRequest(
                source.url(),
                null,
                Map.of(),
                source.oauth(),
                validators,
                limits,
                source.delay(),
                source.allowPrivateNetwork(),
                source.type().obeysRobots(),
                false,
                new Patience(source.timeout().multipliedBy(ANSWERS_TOGETHER)),
                source.type() == SourceType.MAILBOX ? mail(source, now) : null);
    }

    private static MailAccess mail(Source source, Instant now) {
        Function<String, String> param =
                name -> source.params().getOrDefault(name, List.of("")).getFirst();
        String days = param.apply("days");
        return new MailAccess(
                source.login(),
                param.apply("tls").equals("none"),
                param.apply("mark-read").equals("true"),
                day(now, source).minusDays(days.isEmpty() ? MAIL_DAYS : Integer.parseInt(days)));
    }

    /** What a source's entry tells its parser. */
    private static ParseContext context(Source source, Instant now) {
        return new ParseContext(
                source.id(),
                source.level(),
                source.kind(),
                source.languages(),
                source.places(),
                source.zone(),
                source.include(),
                source.exclude(),
                new SourceOptions(source.query(), source.params(), source.select(), source.detail()),
                now);
    }
}
