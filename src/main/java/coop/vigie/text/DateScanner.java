package coop.vigie.text;

import coop.vigie.text.ClockReader.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks once over a text and joins days to ranges and times to days. */
final class DateScanner {

    private static final Set<String> BEFORE_TIME = Set.of(
            "a",
            "om",
            "at",
            "um",
            "by",
            "before",
            "avant",
            "voor",
            "tegen",
            "vers",
            "rond",
            "around",
            "jusqu",
            "tot",
            "until",
            "uiterlijk",
            "t",
            "vor",
            "bis",
            "pour",
            "not",
            "later",
            "than",
            "no",
            "plus",
            "tard",
            "au",
            "spatestens",
            "klokslag",
            "des");
    private static final Set<String> SIGNS_BEFORE_TIME = Set.of(",", "(", "-", "@", "'", ":", ";", "|");
    private static final Set<String> BETWEEN_TIME_AND_DATE = Set.of(
            "le",
            "on",
            "op",
            "am",
            "den",
            "du",
            "the",
            "de",
            "of",
            ",",
            "(",
            ")",
            "het",
            "au",
            "plus",
            "tard",
            "uiterlijk",
            "ten",
            "laatste",
            "spatestens");
    private static final Set<String> BETWEEN_TIMES = Set.of("-", "a", "tot", "to", "bis", "et", "en", "and", "until");
    private static final Set<String> TO = Set.of("au", "tot", "to", "until", "till", "bis", "through", "tem", "a");
    /** "Von … auf … verlängert": of two days the second holds, as in a span. */
    private static final Set<String> MOVED_FROM = Set.of("vom", "van");

    private static final Set<String> MOVED_TO = Set.of("auf", "naar");
    private static final Set<String> AND = Set.of("et", "en", "and", "und");
    private static final Set<String> BETWEEN = Set.of("entre", "tussen", "between", "zwischen");
    private static final Set<String> ARTICLES = Set.of("le", "la", "the", "op", "den", "zum", "en", "met");

    /** What a day with its year, or without, begins with where it is not a number. */
    private static final Set<String> FIRST_WORDS = Stream.of(
                    CalendarWords.all(),
                    CountWords.all(),
                    SpokenDays.firstWords(),
                    Feasts.firstWords(),
                    Tokens.LAST_WORDS.stream())
            .flatMap(words -> words)
            .collect(Collectors.toSet());

    private final String text;
    private final List<Token> tokens;
    private final boolean every;
    private final @Nullable LocalDate reference;
    private final DateReader dates;
    private final CountedDays counted;
    private final RelativeDays relative;
    private final @Nullable Periods periods;
    private final ClockReader clocks;

    private DateScanner(String text, String folded, @Nullable LocalDate reference, boolean every) {
        this.text = text;
        this.tokens = Token.of(folded);
        this.reference = reference;
        this.every = every;
        this.dates = new DateReader(folded, tokens);
        this.counted = new CountedDays(new Tokens(tokens), dates, every);
        this.periods = every ? new Periods(new Tokens(tokens)) : null;
        this.relative = new RelativeDays(tokens, dates, every ? reference : null);
        this.clocks = new ClockReader(folded, tokens);
    }

    /**
     * All dates in order; those without a year only if a reference gives one, or if no year has that day.
     *
     * @param every false to leave out what makes no deadline: a feast that may be part of a name ("marché de Noël 2027"), days
     *     counted from the reference ("tomorrow"), and periods ("4th quarter 2027")
     */
    static List<FoundDate> scan(String text, String folded, @Nullable LocalDate reference, boolean every) {
        return new DateScanner(text, folded, reference, every).scan();
    }

    private List<FoundDate> scan() {
        var found = new ArrayList<FoundDate>();
        int free = 0;
        for (int index = 0; index < tokens.size(); ) {
            if (!every && !mayBegin(tokens.get(index))) {
                index++;
                continue;
            }
            WrittenDate date = dateAt(index);
            Span span = rangeAt(index, date);
            if (span == null) {
                span = date == null ? period(index) : new Span(null, date);
            }
            if (span == null) {
                index++;
                continue;
            }
            int next = add(span, free, found);
            free = next;
            index = next;
        }
        return found;
    }

    /** Most words of a text begin no date that makes a deadline, and one look finds that out. */
    static boolean mayBegin(Token token) {
        return token.isNumber() || FIRST_WORDS.contains(token.word());
    }

    /** One day, or two that belong together. */
    private record Span(@Nullable WrittenDate from, WrittenDate last) {
        WrittenDate first() {
            return from == null ? last : from;
        }
    }

    private @Nullable WrittenDate dateAt(int index) {
        WrittenDate day = counted.at(index);
        WrittenDate written = day == null ? dates.at(index) : day;
        return written == null ? relative.at(index) : written;
    }

    private @Nullable Span period(int index) {
        Periods.Period period = periods == null ? null : periods.at(index);
        return period == null ? null : new Span(period.first(), period.last());
    }

    /** @param date that begins here; null if none does, so that only "3 au 15 mars" may */
    private @Nullable Span rangeAt(int index, @Nullable WrittenDate date) {
        WrittenDate from = date == null ? dates.dayAt(index) : date;
        if (from == null) {
            return null;
        }
        boolean between = isIn(index - 1, BETWEEN) || (isIn(index - 2, BETWEEN) && isIn(index - 1, ARTICLES));
        boolean moved = isIn(index - 1, MOVED_FROM) && isIn(from.next(), MOVED_TO);
        int next = connector(from.next(), between, moved);
        WrittenDate last = next < 0 || next >= tokens.size() ? null : from.month() == 0 ? dates.at(next) : dateAt(next);
        if (last == null || (from.year() > 0 && last.year() == 0)) {
            return null;
        }
        WrittenDate completed = from.completedBy(last);
        LocalDate first = completed.value(reference);
        LocalDate end = last.value(reference);
        boolean ordered = first != null && end != null && (first.isBefore(end) || last.year() == 0);
        return ordered ? new Span(completed, last) : null;
    }

    /** Index after "au", "tot en met", "–" and the like; -1 if there is none. */
    private int connector(int index, boolean between, boolean moved) {
        int next = index;
        if (is(next, "t") && is(next + 1, "/") && is(next + 2, "m")) {
            return next + 3;
        }
        if (isDotted(next, "t", "e", "m")) {
            return next + 6;
        }
        if (is(next, "jusqu") && is(next + 1, "'")) {
            next += 2;
        }
        if (!is(next, "-") && !isIn(next, TO) && !moved && !(between && isIn(next, AND))) {
            return -1;
        }
        next++;
        for (int skipped = 0; skipped < 3 && isIn(next, ARTICLES); skipped++) {
            next++;
        }
        return next;
    }

    /** Adds the dates of the span with their time; returns the index of the first token not yet used. */
    private int add(Span span, int free, List<FoundDate> found) {
        WrittenDate last = span.last();
        int firstToken = span.first().first();
        int start = tokens.get(firstToken).start();
        int next = last.next();
        int end = tokens.get(next - 1).end();
        Clock clock = clockAfter(next);
        if (clock != null) {
            next = clock.next();
            end = clock.end();
            if (is(next, String.valueOf(last.year()))) { // "Aug 5 12:00:00 2015"
                end = tokens.get(next).end();
                next++;
            }
        } else {
            Before before = clockBefore(firstToken, free);
            if (before != null) {
                clock = before.clock();
                start = before.start();
            }
        }
        FoundDate date = found(span, clock, start, end);
        if (date != null) {
            found.add(date);
        }
        return next;
    }

    private @Nullable FoundDate found(Span span, @Nullable Clock clock, int start, int end) {
        WrittenDate last = span.last();
        LocalDate value = last.value(reference);
        if (value == null && last.isPossible()) {
            return null;
        }
        WrittenDate from = span.from();
        LocalDate first = from == null ? value : from.value(reference);
        boolean doubtful = value == null
                || first == null
                || last.year() == 0
                || last.unclear()
                || last.contradictsWeekday(value)
                || (from != null && from.contradictsWeekday(first))
                || (clock != null && clock.doubtful());
        LocalTime time = clock == null ? null : clock.time();
        ZoneId zone = clock == null ? null : clock.zone();
        FoundDate.Kind kind =
                from != null ? FoundDate.Kind.RANGE : time == null ? FoundDate.Kind.DATE : FoundDate.Kind.DATETIME;
        LocalDate until = from == null ? null : value;
        return new FoundDate(start, end, text.substring(start, end), first, time, zone, kind, until, doubtful);
    }

    private @Nullable Clock clockAfter(int index) {
        boolean announced = false;
        int next = index;
        int line = tokens.get(index - 1).line();
        for (int skipped = 0;
                skipped < 6 && next < tokens.size() && tokens.get(next).line() == line;
                skipped++) {
            Clock clock = clocks.at(next, announced);
            if (clock != null && dates.at(next) == null) {
                return lastOfRange(clock);
            }
            boolean sign = isIn(next, SIGNS_BEFORE_TIME);
            if (!sign && !isIn(next, BEFORE_TIME)) {
                return null;
            }
            announced |= !sign;
            next++;
        }
        return null;
    }

    /** Of "9h - 12h" the end: until then something can still arrive. */
    private Clock lastOfRange(Clock first) {
        Clock second = isIn(first.next(), BETWEEN_TIMES) ? clocks.at(first.next() + 1, true) : null;
        return second != null && second.time().isAfter(first.time()) && dates.at(first.next() + 1) == null
                ? second
                : first;
    }

    private record Before(Clock clock, int start) {}

    private @Nullable Before clockBefore(int index, int free) {
        int end = index;
        while (end > free && index - end < 5 && isIn(end - 1, BETWEEN_TIME_AND_DATE)) {
            end--;
        }
        for (int begin = end - 1; begin >= Math.max(free, index - 14); begin--) {
            Clock clock = clocks.at(begin, isIn(begin - 1, BEFORE_TIME));
            if (clock != null && clock.next() >= end && clock.next() <= index) {
                return new Before(clock, tokens.get(begin).start());
            }
        }
        return null;
    }

    /** "t.e.m." */
    private boolean isDotted(int index, String... letters) {
        for (int i = 0; i < letters.length; i++) {
            if (!is(index + 2 * i, letters[i]) || !is(index + 2 * i + 1, ".")) {
                return false;
            }
        }
        return true;
    }

    private boolean isIn(int index, Set<String> words) {
        return index >= 0
                && index < tokens.size()
                && words.contains(tokens.get(index).word());
    }

    private boolean is(int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).is(word);
    }
}
