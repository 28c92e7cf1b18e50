package coop.vigie.watch;

import coop.vigie.notice.Sign;
import coop.vigie.watch.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Judges a source by its own past. Thread-safe; knows nothing but what it is given. */
public final class Watchdog {

    private static final int ROUNDS_TO_DELIVER = 3;
    private static final int FAILURES = 3;
    private static final Duration UNREAD_FOR = Duration.ofDays(1);
    private static final int FAILURES_WHATEVER_THE_TIME = 100;

    private static final int NEWS_DAYS = 5;
    /** Five working days know nothing of weekends yet. */
    private static final int WATCHED_DAYS = 14;
    /** Summer pauses do not begin on the same day each year. */
    private static final int PAUSES_MOVE_BY = 10;

    /** Once may be a hiccup of the publisher's. */
    private static final int LOOKS_IN_A_ROW = 2;

    private static final int GOOD_LOOKS_BEFORE = 3;
    /** What happened this often before is the way of that source. */
    private static final int SPELLS_THAT_ARE_NORMAL = 3;

    private final int quietFactor;
    private final long quietAfterDays;

    /**
     * @param quietFactor so many times its usual pause may a source be silent
     * @param quietAfter and always this long; parts of a day do not count
     */
    public Watchdog(int quietFactor, Duration quietAfter) {
        this.quietFactor = quietFactor;
        this.quietAfterDays = quietAfter.toDays();
    }

    /**
     * What is wrong; if several things are, the one that costs readers most.
     *
     * @param zone in which days are counted
     */
    public Optional<Finding> look(History history, Instant now, ZoneId zone) {
        return Stream.of(
                        never(history, zone),
                        unread(history, now, zone),
                        lately(history, zone, Kind.LAYOUT),
                        lately(history, zone, Kind.EMPTY),
                        silent(history, LocalDate.ofInstant(now, zone)),
                        lately(history, zone, Kind.COUNT))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Finding::delivers));
    }

    /** True as long as what was found is not over, however long ago that was. */
    public boolean persists(Finding found, History history) {
        List<Visited> looks = history.looks();
        return switch (found.kind()) {
            case NEVER -> !history.hasDelivered();
            case UNREAD ->
                history.visits().isEmpty() || !history.visits().getLast().good();
            case SILENT ->
                history.newsDays().isEmpty() || !history.newsDays().getLast().isAfter(found.since());
            case LAYOUT, EMPTY, COUNT ->
                looks.isEmpty() || symptom(found.kind()).test(looks.getLast());
        };
    }

    private static Optional<Finding> never(History history, ZoneId zone) {
        List<Visited> visits = history.visits();
        if (visits.size() < ROUNDS_TO_DELIVER
                || history.hasDelivered()
                || visits.stream().anyMatch(visit -> visit.has(Sign.NONE_OPEN))) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.NEVER,
                day(visits.getFirst(), zone),
                false,
                visits.getLast().message()));
    }

    private static Optional<Finding> unread(History history, Instant now, ZoneId zone) {
        List<Visited> visits = history.visits();
        if (!visits.isEmpty() && visits.getLast().has(Sign.GONE)) {
            // Nobody asks again, so that it becomes no worse.
            return Optional.of(new Finding(
                    Kind.UNREAD,
                    day(visits.getLast(), zone),
                    false,
                    visits.getLast().message()));
        }
        int failures = trailing(visits, visit -> !visit.good());
        if (failures < FAILURES) {
            return Optional.empty();
        }
        // Since the last good visit, where one is known.
        Visited from = visits.get(Math.max(0, visits.size() - failures - 1));
        boolean longEnough = Duration.between(from.at(), now).compareTo(UNREAD_FOR) >= 0;
        return longEnough || failures >= FAILURES_WHATEVER_THE_TIME
                ? Optional.of(new Finding(
                        Kind.UNREAD,
                        day(from, zone),
                        visits.getLast().items() > 0,
                        visits.getLast().message()))
                : Optional.empty();
    }

    /** What was not so before, or not often. */
    private static Optional<Finding> lately(History history, ZoneId zone, Kind kind) {
        Predicate<Visited> bad = symptom(kind);
        List<Visited> looks = history.looks();
        int trailing = trailing(looks, bad);
        List<Visited> before = looks.subList(0, looks.size() - trailing);
        List<Visited> good = before.stream().filter(bad.negate()).toList();
        if (trailing < LOOKS_IN_A_ROW
                || good.size() < GOOD_LOOKS_BEFORE
                || spells(before, bad) >= SPELLS_THAT_ARE_NORMAL
                || (kind == Kind.EMPTY && !isStanding(good))) {
            return Optional.empty();
        }
        Visited last = looks.getLast();
        return Optional.of(new Finding(kind, day(looks.get(before.size()), zone), last.items() > 0, last.message()));
    }

    private static Predicate<Visited> symptom(Kind kind) {
        return switch (kind) {
            case LAYOUT -> visit -> visit.has(Sign.LAYOUT);
            case COUNT -> visit -> visit.has(Sign.COUNT);
            case EMPTY -> visit -> visit.good() && visit.items() == 0 && !visit.has(Sign.NONE_OPEN);
            case NEVER, UNREAD, SILENT -> throw new IllegalArgumentException(kind + " is not seen in one look");
        };
    }

    /** A list that keeps showing what it showed; one that gives each item once only is empty whenever nothing is new. */
    private static boolean isStanding(List<Visited> looks) {
        long standing =
                looks.stream().filter(look -> look.items() > look.added()).count();
        return standing * 2 > looks.size();
    }

    private Optional<Finding> silent(History history, LocalDate today) {
        List<LocalDate> news = history.newsDays();
        if (news.size() < NEWS_DAYS
                || history.visits().isEmpty()
                // Whom we cannot read, we cannot call silent.
                || !history.visits().getLast().good()
                || ChronoUnit.DAYS.between(news.getFirst(), today) < WATCHED_DAYS) {
            return Optional.empty();
        }
        LocalDate last = news.getLast();
        long usual = usualPause(news);
        long allowed = Math.max(quietAfterDays, quietFactor * usual);
        return ChronoUnit.DAYS.between(last, today) > allowed && !isYearlyPause(news, today)
                ? Optional.of(new Finding(Kind.SILENT, last, false, String.valueOf(usual)))
                : Optional.empty();
    }

    /** In days: nineteen of twenty pauses between two days with something new were no longer. */
    private static long usualPause(List<LocalDate> news) {
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < news.size(); i++) {
            pauses.add(ChronoUnit.DAYS.between(news.get(i - 1), news.get(i)));
        }
        pauses.sort(Comparator.naturalOrder());
        return pauses.get((pauses.size() * 95 + 99) / 100 - 1);
    }

    /** Was it as silent a year ago, and is that pause not over yet? */
    private static boolean isYearlyPause(List<LocalDate> news, LocalDate today) {
        LocalDate last = news.getLast();
        for (int i = 1; i < news.size(); i++) {
            LocalDate begins = news.get(i - 1).plusYears(1);
            LocalDate ends = news.get(i).plusYears(1).plusDays(PAUSES_MOVE_BY);
            if (Math.abs(ChronoUnit.DAYS.between(begins, last)) <= PAUSES_MOVE_BY && !today.isAfter(ends)) {
                return true;
            }
        }
        return false;
    }

    private static int trailing(List<Visited> visits, Predicate<Visited> bad) {
        int count = 0;
        while (count < visits.size() && bad.test(visits.get(visits.size() - 1 - count))) {
            count++;
        }
        return count;
    }

    /** How often it was bad for more than one look. */
    private static int spells(List<Visited> looks, Predicate<Visited> bad) {
        int spells = 0;
        int run = 0;
        for (Visited look : looks) {
            run = bad.test(look) ? run + 1 : 0;
            spells += run == LOOKS_IN_A_ROW ? 1 : 0;
        }
        return spells;
    }

    private static LocalDate day(Visited visit, ZoneId zone) {
        return LocalDate.ofInstant(visit.at(), zone);
    }
}
