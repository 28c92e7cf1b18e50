package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads weeks, quarters, months and years that are written out with their year, from their first day to their last, in doubt: nobody
 * can say which of their days is meant. A week is a whole one, from Monday to Sunday, within its month or year.
 */
final class Periods {

    private static final int MONTHS = 12;
    private static final int QUARTER_MONTHS = 3;

    private static final Set<String> WEEK = Set.of("week", "semaine", "woche");
    private static final Set<String> QUARTER = Set.of("quarter", "qtr", "kwartaal", "trimestre", "quartal");
    private static final Set<String> OF = Set.of("of", "in", "de", "d", "'", "du", "van", "im", "des", "the", "het");
    private static final Set<String> BEFORE_YEAR = Set.of("of", "de", "van", "in", ",", ".");
    private static final Set<String> IN = Set.of("in", "en", "im", "anno");

    private final Tokens tokens;

    Periods(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * First and last day.
     *
     * @param last in doubt
     */
    record Period(WrittenDate first, WrittenDate last) {}

    /** The period that begins at this token; null if none does. */
    @Nullable
    Period at(int index) {
        Period week = week(index);
        if (week != null) {
            return week;
        }
        Period quarter = quarter(index);
        if (quarter != null) {
            return quarter;
        }
        Period month = month(index);
        return month != null ? month : yearOfOurEra(index);
    }

    /** "Last week of September 2027", "première semaine d'octobre 2027", "third last week of 2027". */
    private @Nullable Period week(int index) {
        Tokens.Ordinal ordinal = tokens.ordinal(index);
        if (ordinal == null) {
            return null;
        }
        boolean fromEnd = ordinal.number() == Tokens.LAST || tokens.isLast(ordinal.next());
        int word = ordinal.number() != Tokens.LAST && fromEnd ? ordinal.next() + 1 : ordinal.next();
        if (!tokens.isIn(word, WEEK)) {
            return null;
        }
        int name = tokens.skip(word + 1, OF, 3);
        int month = tokens.month(name);
        int at = month == 0 ? name : tokens.skip(name + 1, BEFORE_YEAR, 1);
        int year = tokens.year(at);
        if (year == 0 || !tokens.isNear(at, index)) {
            return null;
        }
        LocalDate first = LocalDate.of(year, month == 0 ? 1 : month, 1);
        LocalDate last = YearMonth.of(year, month == 0 ? MONTHS : month).atEndOfMonth();
        int others = Math.max(ordinal.number(), 1) - 1;
        LocalDate monday = fromEnd
                ? last.minusDays(6)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .minusWeeks(others)
                : first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)).plusWeeks(others);
        LocalDate sunday = monday.plusDays(6);
        return monday.isBefore(first) || sunday.isAfter(last) ? null : period(monday, sunday, index, at + 1);
    }

    /** "4th quarter 2027", "eerste kwartaal van 2027", "Q4 2027". */
    private @Nullable Period quarter(int index) {
        Tokens.Ordinal ordinal = tokens.ordinal(index);
        if (ordinal != null && tokens.isIn(ordinal.next(), QUARTER)) {
            return quarter(ordinal.number(), index, ordinal.next() + 1);
        }
        Token digit = tokens.isOneOf(index, "q") && !tokens.isGlued(index) ? tokens.at(index + 1) : null;
        return digit != null && digit.glued() && digit.length() == 1 ? quarter(digit.number(), index, index + 2) : null;
    }

    private @Nullable Period quarter(int number, int index, int next) {
        int at = tokens.skip(next, OF, 2);
        int year = tokens.year(at);
        if (number < 1 || number > MONTHS / QUARTER_MONTHS || year == 0 || !tokens.isNear(at, index)) {
            return null;
        }
        YearMonth last = YearMonth.of(year, number * QUARTER_MONTHS);
        return period(last.minusMonths(QUARTER_MONTHS - 1L).atDay(1), last.atEndOfMonth(), index, at + 1);
    }

    /** "2/2027", "2027/02". */
    private @Nullable Period month(int index) {
        Token one = tokens.at(index);
        Token other = tokens.at(index + 2);
        if (one == null
                || other == null
                || tokens.isGlued(index)
                || !tokens.isOneOf(index + 1, "/")
                || !tokens.isGlued(index + 1)
                || !other.glued()
                || tokens.isJoined(index + 3)) {
            return null;
        }
        Token year = one.length() == 4 ? one : other;
        Token month = one.length() == 4 ? other : one;
        boolean possible = year.length() == 4
                && year.number() >= 1900
                && year.number() < 2200
                && month.isShort()
                && month.number() >= 1
                && month.number() <= MONTHS;
        return possible ? period(YearMonth.of(year.number(), month.number()), index, index + 3) : null;
    }

    /** "In 2014 A.D.", "2014 n. Chr.": a year that says that it is one. */
    private @Nullable Period yearOfOurEra(int index) {
        int at = tokens.isIn(index, IN) ? index + 1 : index;
        int year = tokens.year(at);
        int next = year == 0 || tokens.isGlued(at) ? 0 : era(at + 1, at > index);
        return next == 0 ? null : period(LocalDate.of(year, 1, 1), LocalDate.of(year, MONTHS, 31), index, next);
    }

    /** The index after the name of our era; 0 if it does not stand there. */
    private int era(int index, boolean announced) {
        Token after = tokens.at(index + 1);
        boolean ends = after == null || !Character.isLetterOrDigit(after.word().charAt(0));
        // "Ad" begins other things, too ("ad hoc").
        if (announced && ends && tokens.isOneOf(index, "ad")) {
            return index + 1;
        }
        boolean initials =
                tokens.isOneOf(index, "a") && tokens.isOneOf(index + 1, ".") && tokens.isOneOf(index + 2, "d");
        if (initials) {
            return index + 3;
        }
        boolean christ = tokens.isOneOf(index, "n", "na", "nach", "after")
                && tokens.isOneOf(tokens.skip(index + 1, Set.of("."), 1), "chr", "christus", "christ");
        return christ ? tokens.skip(index + 1, Set.of("."), 1) + 1 : 0;
    }

    private static Period period(YearMonth month, int index, int next) {
        return period(month.atDay(1), month.atEndOfMonth(), index, next);
    }

    private static Period period(LocalDate first, LocalDate last, int index, int next) {
        return new Period(written(first, index, next), written(last, index, next));
    }

    private static WrittenDate written(LocalDate day, int index, int next) {
        return new WrittenDate(day.getDayOfMonth(), day.getMonthValue(), day.getYear(), null, true, index, next);
    }
}
