package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.call.CallStore.Ingested;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Limits;
import coop.vigie.fetch.MailAccess;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Notice;
import coop.vigie.notice.VigieException;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.Source;
import coop.vigie.source.SourceType;
import coop.vigie.store.Database;
import coop.vigie.store.DetailStore;
import coop.vigie.store.SourceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Visits sources, each on a virtual thread of its own, and stores what they bring. */
public final class FetchRound {

    private static final Logger LOG = LoggerFactory.getLogger(FetchRound.class);

    /** How many answers may be in memory at once. */
    private static final int AT_ONCE = 16;

    /** Items' own pages are read once more when the time left is this: deadlines move late. */
    private static final Duration BEFORE_CLOSING = Duration.ofDays(7);

    /** How far back a mailbox is read at the first visit. */
    private static final int MAIL_DAYS = 30;

    private static final int PAGES_AT_ONCE = 10;
    private static final int PAGES_TRIED_OUT = 5;

    private static final Duration FIRST_RETRY = Duration.ofMinutes(15);
    private static final int MAX_DOUBLINGS = 6;

    private final Fetcher fetcher;
    private final Database database;
    private final SourceStore sources;
    private final CallStore calls;
    private final DetailStore detailPages;
    private final Instant now;
    private final boolean dryRun;
    private final Visit.Pause pause;
    private final Semaphore places = new Semaphore(AT_ONCE);
    /** One writer at a time: SQLite has no more, and waiting here is fairer than waiting there. */
    private final ReentrantLock writing = new ReentrantLock();

    /** @param dryRun fetches and parses, says what would be new, and stores nothing */
    public FetchRound(
            Fetcher fetcher, Database database, SourceStore sources, CallStore calls, Instant now, boolean dryRun) {
        this(fetcher, database, sources, calls, now, dryRun, Thread::sleep);
    }

    FetchRound(
            Fetcher fetcher,
            Database database,
            SourceStore sources,
            CallStore calls,
            Instant now,
            boolean dryRun,
            Visit.Pause pause) {
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
     * Visits these sources and waits for all of them.
     *
     * @param done called after each, from its thread
     * @return reports in the order of the sources
     */
    public List<SourceReport> visit(List<Source> due, Consumer<SourceReport> done) {
        List<Future<SourceReport>> visits = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Source source : due) {
                visits.add(threads.submit(() -> {
                    places.acquire();
                    try {
                        SourceReport report = visitApart(source);
                        done.accept(report);
                        return report;
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        List<SourceReport> reports = new ArrayList<>();
        for (Future<SourceReport> visit : visits) {
            reports.add(result(visit));
        }
        return reports;
    }

    private static SourceReport result(Future<SourceReport> visit) {
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
            Validators kept = before.map(SourceStore.State::validators).orElse(Validators.NONE);
            Instant next = nextDue(source, failures(before, Outcome.FAILED), null);
            var report = new SourceReport(
                    source.id(),
                    Outcome.FAILED,
                    null,
                    Ingested.NOTHING,
                    List.of(),
                    message,
                    null,
                    tooLarge ? Trouble.TOO_LARGE : null,
                    next);
            return save(source, before, kept, Parsers.of(source.type().code()), report, null);
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
        // "Unchanged" is said of the first page alone.
        Validators known = sameReading
                .filter(state -> mayStopEarly || !parser.newestFirst())
                .map(SourceStore.State::validators)
                .orElse(Validators.NONE);
        if (!dryRun && parser.newestFirst()) {
            database.write(handle -> {
                sources.begin(handle, source.id());
                return true;
            });
        }
        var ingested = new Ingested[] {Ingested.NOTHING};
        FetchRequest request = request(source, known, now);
        ParseContext context = context(source, now);
        var plan = new Visit.Plan(request, parser, context, source.maxPages(), mayStopEarly);
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
                ingested[0] = ingested[0].plus(write(details.again(due)));
            }
        }
        // What broke off is asked for again as a whole, and validators of another reading would hide what this one
        // reads better.
        Validators validators = good && ended.validators() != null
                ? ended.validators()
                : before.filter(state -> !good)
                        .map(SourceStore.State::validators)
                        .orElse(Validators.NONE);
        int read = good ? reading : before.map(SourceStore.State::reading).orElse(reading);
        var state = new Ending(
                ended.outcome(),
                ended.message(),
                details.leftSomeOut() ? Validators.NONE : validators,
                read,
                ended.retryAfter());
        Instant next = nextDue(source, failures(before, ended.outcome()), ended.retryAfter());
        ingested[0] = ingested[0].plus(end(rest, source, details.wanted(), state, ingested[0]));
        List<String> warnings = Stream.concat(ended.warnings().stream(), details.warnings().stream())
                .toList();
        return new SourceReport(
                source.id(),
                ended.outcome(),
                ended.status(),
                ingested[0],
                warnings,
                ended.message(),
                ended.symptom(),
                ended.trouble(),
                next);
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
        FetchRequest request = request(source, Validators.NONE, now);
        ParseContext context = context(source, now);
        NoticeParser parser = Parsers.of(source.type().code());
        var plan = new Visit.Plan(request, parser, context, source.maxPages(), false);
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

    /** How a visit ended, as far as the next one needs to know. */
    private record Ending(
            Outcome outcome,
            String message,
            Validators validators,
            int reading,
            @Nullable Duration retryAfter) {}

    private SourceReport save(
            Source source,
            Optional<SourceStore.State> before,
            Validators validators,
            NoticeParser parser,
            SourceReport report,
            @Nullable Duration retryAfter) {
        int version = report.outcome().good()
                ? reading(source, parser)
                : before.map(SourceStore.State::reading).orElse(reading(source, parser));
        end(
                List.of(),
                source,
                parser.readsPages(context(source, now)),
                new Ending(report.outcome(), report.message(), validators, version, retryAfter),
                Ingested.NOTHING);
        return report;
    }

    /** Stores what lists say, with their items' own pages where the source wants them: a few at a time, to lose few in a crash. */
    private Ingested store(List<ParsedNotice> batch, Details details) {
        if (!details.wanted()) {
            return write(new Details.Enriched(batch, List.of(), List.of(), 0));
        }
        details.sees(batch);
        Ingested all = Ingested.NOTHING;
        for (int from = 0; from < batch.size(); from += PAGES_AT_ONCE) {
            List<ParsedNotice> few = batch.subList(from, Math.min(batch.size(), from + PAGES_AT_ONCE));
            var met = detailPages.find(
                    few.stream().map(each -> each.notice().id()).toList());
            all = all.plus(write(details.enrich(few, met)));
        }
        return all;
    }

    private Ingested write(Details.Enriched enriched) {
        return write(handle -> {
            enriched.pages().forEach(page -> detailPages.save(handle, page));
            enriched.pageless().forEach(id -> detailPages.forget(handle, id));
            return calls.ingest(handle, enriched.notices(), now).plus(new Ingested(0, 0, enriched.known()));
        });
    }

    /** Stores the last notices of a visit together with the state of the source. */
    private Ingested end(
            List<ParsedNotice> notices, Source source, boolean pagesWanted, Ending visit, Ingested before) {
        return write(handle -> {
            Ingested ingested = calls.ingest(handle, notices, now);
            sources.save(handle, state(source, visit, before.plus(ingested)));
            if (!pagesWanted) {
                detailPages.forget(handle, source.id());
            }
            return ingested;
        });
    }

    private Ingested write(Function<Handle, Ingested> change) {
        writing.lock();
        try {
            return dryRun ? database.tryOut(change) : database.write(change);
        } finally {
            writing.unlock();
        }
    }

    private SourceStore.State state(Source source, Ending visit, Ingested ingested) {
        Optional<SourceStore.State> before = sources.find(source.id());
        boolean good = visit.outcome().good();
        boolean brought = ingested.added() + ingested.changed() > 0;
        int failures = failures(before, visit.outcome());
        return new SourceStore.State(
                source.id(),
                visit.validators(),
                visit.reading(),
                now,
                good ? now : before.map(SourceStore.State::lastOk).orElse(null),
                brought ? now : before.map(SourceStore.State::lastItem).orElse(null),
                nextDue(source, failures, visit.retryAfter()),
                failures,
                visit.outcome().code(),
                visit.message(),
                false);
    }

    private static int failures(Optional<SourceStore.State> before, Outcome outcome) {
        return outcome.good() ? 0 : before.map(SourceStore.State::failures).orElse(0) + 1;
    }

    /** By the source's calendar if it has one, else after its own pause. */
    private Instant nextDue(Source source, int failures, @Nullable Duration retryAfter) {
        String cron = source.cron();
        if (cron == null || failures > 0) {
            return now.plus(wait(source, failures, retryAfter));
        }
        return Calendar.next(cron, source.zone(), now).orElseGet(() -> now.plus(source.every()));
    }

    /** The source's own rhythm; after failures sooner, then slower and slower, and never sooner than the server asks. */
    private static Duration wait(Source source, int failures, @Nullable Duration retryAfter) {
        Duration wait = source.every();
        if (failures > 0) {
            Duration backOff = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            wait = backOff.compareTo(wait) < 0 ? backOff : wait;
        }
        return retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait;
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
