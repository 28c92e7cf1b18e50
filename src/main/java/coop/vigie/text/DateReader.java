package coop.vigie.text;

import coop.vigie.text.SpokenDays.Spoken;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one written date at a given token; knows the forms, not the calendar. */
final class DateReader {

    private static final Set<String> ORDINALS =
            Set.of("er", "e", "ere", "eme", "st", "nd", "rd", "th", "ste", "de", "ten", "ter");
    private static final Set<String> OF = Set.of("de", "d", "of", "van", "the", "'", "in");
    private static final Set<String> ARTICLES = Set.of("le", "the", "den", "der", "de", "op", "on", "am");
    /** Words after which "15/03" is a day and no fraction. */
    private static final Set<String> BEFORE_SHORT_DATE = Set.of(
            "le",
            "au",
            "du",
            "op",
            "tot",
            "met",
            "uiterlijk",
            "on",
            "by",
            "until",
            "before",
            "avant",
            "voor",
            "am",
            "bis",
            "zum");

    private final String folded;
    private final List<Token> tokens;
    private final SpokenDays spokenDays;

    DateReader(String folded, List<Token> tokens) {
        this.folded = folded;
        this.tokens = tokens;
        this.spokenDays = new SpokenDays(tokens);
    }

    /** A date with at least a day and a month, and perhaps its weekday before; null if none begins here. */
    @Nullable
    WrittenDate at(int index) {
        Set<DayOfWeek> weekdays = CalendarWords.weekday(tokens.get(index).word());
        if (weekdays != null) {
            WrittenDate date = afterWeekday(index, weekdays);
            if (date != null) {
                return date;
            }
        }
        return bare(index, false);
    }

    /** The day alone, as it begins "3 au 15 mars" or "lundi 3 et vendredi 7 mai"; null if none begins here. */
    @Nullable
    WrittenDate dayAt(int index) {
        Set<DayOfWeek> weekdays = CalendarWords.weekday(tokens.get(index).word());
        int day = weekdays == null ? index : index + 1;
        Token token = token(day);
        if (token == null || !token.isShort() || token.number() < 1 || token.number() > 31 || !standsFree(day)) {
            return null;
        }
        boolean dotted = is(day + 1, ".") && tokens.get(day + 1).glued();
        int next = dotted ? day + 2 : afterOrdinal(day + 1);
        return new WrittenDate(token.number(), 0, 0, weekdays, false, index, next);
    }

    private @Nullable WrittenDate afterWeekday(int index, Set<DayOfWeek> weekdays) {
        int next = index + 1;
        for (int skipped = 0; skipped < 3 && (is(next, ".") || is(next, ",") || isIn(next, ARTICLES)); skipped++) {
            next++;
        }
        WrittenDate date = next < tokens.size() && near(index, next) ? bare(next, true) : null;
        return date == null ? null : date.starting(index, weekdays);
    }

    private @Nullable WrittenDate bare(int index, boolean announced) {
        Token token = tokens.get(index);
        WrittenDate joined = joined(index);
        if (joined != null) {
            return joined;
        }
        Spoken number = spokenDays.cardinal(index);
        WrittenDate inWords = number == null ? null : monthAfter(number.day(), index, number.next());
        if (inWords != null && inWords.year() > 0) {
            return inWords;
        }
        Spoken spoken = spokenDays.ordinal(index);
        if (spoken != null) {
            boolean ofMonth = is(spoken.next(), "of") || is(spoken.next(), "van");
            return ofMonth || CalendarWords.isFirst(token.word())
                    ? monthAfter(spoken.day(), index, spoken.next())
                    : null;
        }
        if (CalendarWords.month(token.word()) > 0) {
            return monthFirst(index);
        }
        if (!token.isNumber() || !standsFree(index)) {
            return null;
        }
        if (token.length() == 4) {
            return yearFirst(index);
        }
        if (!token.isShort()) {
            return null;
        }
        WrittenDate date = numeric(index, announced);
        return date != null ? date : monthAfter(token.number(), index, afterOrdinal(index + 1));
    }

    /** {@code 15-mars-2024}, {@code 2024/Mar/15}, {@code 15-2024-maart}: with the month in letters any order is clear. */
    private @Nullable WrittenDate joined(int index) {
        boolean dashed = is(index + 1, "-") || is(index + 1, "/");
        if (!dashed
                || !is(index + 3, tokens.get(index + 1).word())
                || token(index + 4) == null
                || !standsFree(index)
                || continues(index + 4)) {
            return null;
        }
        int day = 0;
        int month = 0;
        int year = 0;
        for (int part = index; part <= index + 4; part += 2) {
            Token token = tokens.get(part);
            if (part > index && !(token.glued() && tokens.get(part - 1).glued())) {
                return null;
            }
            month = Math.max(month, CalendarWords.month(token.word()));
            day = token.isShort() ? token.number() : day;
            year = token.length() == 4 && isYear(token.number()) ? token.number() : year;
        }
        return day > 0 && month > 0 && year > 0
                ? new WrittenDate(day, month, year, null, false, index, index + 5)
                : null;
    }

    /** {@code 2024 March 15}: so rare that the number may belong to what follows. */
    private @Nullable WrittenDate yearAndName(int index) {
        Token name = token(index + 1);
        Token day = token(index + 2);
        Token after = token(index + 3);
        int month = name == null ? 0 : CalendarWords.month(name.word());
        boolean alone = after == null || !(after.isNumber() || after.glued() || CalendarWords.month(after.word()) > 0);
        return month > 0 && day != null && day.isShort() && alone && near(index, index + 2) && isYear(number(index))
                ? new WrittenDate(day.number(), month, number(index), null, true, index, index + 3)
                : null;
    }

    /** {@code 2024-03-15}, {@code 2024/03/15}. */
    private @Nullable WrittenDate yearFirst(int index) {
        WrittenDate named = yearAndName(index);
        if (named != null) {
            return named;
        }
        if (!isSeparator(index + 1)
                || !isShortGlued(index + 2)
                || !is(index + 3, tokens.get(index + 1).word())
                || !isShortGlued(index + 4)
                || !isYear(tokens.get(index).number())
                || continues(index + 4)) {
            return null;
        }
        return new WrittenDate(number(index + 4), number(index + 2), number(index), null, false, index, index + 5);
    }

    /**
     * {@code 15/03/2024}, {@code 15.3.24}, {@code 15-03-2024}, and {@code le 15/03}; {@code 10/31/1974}, which has no
     * thirty-first month, is American, but may be a slip.
     */
    private @Nullable WrittenDate numeric(int index, boolean announced) {
        if (!isSeparator(index + 1)) {
            return spaced(index);
        }
        String separator = tokens.get(index + 1).word();
        Token month = token(index + 2);
        if (month == null || !month.isShort() || !near(index, index + 2)) {
            return null;
        }
        WrittenDate comma = yearAfterComma(index, month);
        if (comma != null) {
            return comma;
        }
        Token year = is(index + 3, separator) ? token(index + 4) : null;
        if (year == null || !year.isNumber()) {
            boolean shortDate = separator.equals("/")
                    && month.glued()
                    && month.number() >= 1
                    && month.number() <= 12
                    && number(index) <= 31
                    && !is(index + 3, "/")
                    && !is(index + 3, "%")
                    && (announced || isIn(index - 1, BEFORE_SHORT_DATE))
                    && !gluedLetter(index + 3);
            return shortDate ? new WrittenDate(number(index), month.number(), 0, null, false, index, index + 3) : null;
        }
        if (continues(index + 4) || !near(index, index + 4)) {
            return null;
        }
        if (year.length() == 4 && isYear(year.number())) {
            boolean american = !separator.equals(".") && number(index) <= 12 && month.number() > 12;
            var swapped = new WrittenDate(month.number(), number(index), year.number(), null, true, index, index + 5);
            return american && swapped.isPossible()
                    ? swapped
                    : new WrittenDate(number(index), month.number(), year.number(), null, false, index, index + 5);
        }
        if (year.length() != 2 || !year.glued() || !month.glued()) {
            return null;
        }
        boolean american = separator.equals("/") && number(index) <= 12 && month.number() > 12;
        var date = new WrittenDate(
                american ? month.number() : number(index),
                american ? number(index) : month.number(),
                century(year.number()),
                null,
                american || (separator.equals("-") && year.number() <= 31),
                index,
                index + 5);
        // "02.48.12" is a telephone number or a version, not an impossible date.
        return date.isPossible() ? date : null;
    }

    /** {@code 15/03, 2024}: the comma is American, the order perhaps too. */
    private @Nullable WrittenDate yearAfterComma(int index, Token month) {
        Token year = token(index + 4);
        if (!month.glued()
                || is(index + 1, ".")
                || !is(index + 3, ",")
                || year == null
                || year.length() != 4
                || !isYear(year.number())
                || !near(index, index + 4)
                || continues(index + 4)) {
            return null;
        }
        boolean eitherWay = number(index) <= 12;
        var date = new WrittenDate(number(index), month.number(), year.number(), null, eitherWay, index, index + 5);
        return date.isPossible() ? date : null;
    }

    /** {@code 18 08 2024}: could be part of a telephone number, hence unclear. */
    private @Nullable WrittenDate spaced(int index) {
        Token month = token(index + 1);
        Token year = token(index + 2);
        Token before = token(index - 1);
        Token after = token(index + 3);
        boolean alone = (before == null || !before.isNumber()) && (after == null || !after.isNumber());
        if (month == null
                || year == null
                || !alone
                || !month.isShort()
                || year.length() != 4
                || !isYear(year.number())) {
            return null;
        }
        var date = new WrittenDate(number(index), month.number(), year.number(), null, true, index, index + 3);
        return date.isPossible() && near(index, index + 2) && !continues(index + 2) ? date : null;
    }

    /** {@code 15 mars 2024}, {@code 3rd of May, 2024}, {@code 15. März 2024}, {@code 14-nov-2023}. */
    private @Nullable WrittenDate monthAfter(int day, int first, int next) {
        if (day > 39) {
            return null;
        }
        boolean dashed = is(next, "-") || is(next, "/");
        for (int skipped = 0; skipped < 3 && (isIn(next, OF) || is(next, ".") || (skipped == 0 && dashed)); skipped++) {
            next++;
        }
        Token name = token(next);
        int month = name == null ? 0 : CalendarWords.month(name.word());
        if (month == 0 || !near(first, next) || gluedNumberAfterShortName(next)) {
            return null;
        }
        return yearAfter(day, month, first, next + 1, dashed);
    }

    /** {@code May 3rd, 2024}, {@code May first 2024}; outside English only with its year: {@code mars 15 2024}. */
    private @Nullable WrittenDate monthFirst(int index) {
        boolean dashed = is(index + 1, "-") && isShortGlued(index + 2);
        int next = dashed || is(index + 1, ".") ? index + 2 : index + 1;
        next = is(next, "the") ? next + 1 : next;
        Token day = token(next);
        Spoken spoken = spokenDays.ordinal(next);
        if (day == null || !near(index, next)) {
            return null;
        }
        int number = spoken == null ? day.isShort() ? day.number() : 0 : spoken.day();
        if (number < 1 || number > 31) {
            return null;
        }
        int after = spoken == null ? afterOrdinal(next + 1) : spoken.next();
        // In "mar 3 mai" and "May 12:30" the number belongs to what follows.
        boolean taken = is(after, ":")
                || is(after, "%")
                || (is(after, "/") && isShortGlued(after + 1))
                || (token(after) != null
                        && CalendarWords.month(tokens.get(after).word()) > 0);
        if (taken) {
            return null;
        }
        String name = tokens.get(index).word();
        int unix = yearAfterClock(after);
        WrittenDate date = unix > 0
                ? new WrittenDate(number, CalendarWords.month(name), unix, null, false, index, after)
                : yearAfter(number, CalendarWords.month(name), index, after, dashed);
        boolean mayLackYear = CalendarWords.standsBeforeDay(name) && spoken == null;
        return date.year() > 0 || mayLackYear ? date : null;
    }

    /** The year of {@code Wed Aug 5 12:00:00 CEST 2015}, as Unix writes it; 0 if there is none. */
    private int yearAfterClock(int index) {
        Token hour = token(index);
        if (hour == null || !hour.isShort() || !is(index + 1, ":") || !isShortGlued(index + 2)) {
            return 0;
        }
        int next = is(index + 3, ":") && isShortGlued(index + 4) ? index + 5 : index + 3;
        Token zone = token(next);
        boolean named = zone != null && Character.isLetter(zone.word().charAt(0)) && zone.length() <= 5;
        Token year = token(named ? next + 1 : next);
        return year != null && year.length() == 4 && isYear(year.number()) && year.line() == hour.line()
                ? year.number()
                : 0;
    }

    private WrittenDate yearAfter(int day, int month, int first, int next, boolean dashed) {
        int year = next;
        for (int skipped = 0; skipped < 3; skipped++) {
            boolean filler =
                    is(year, ".") || is(year, ",") || isIn(year, OF) || (dashed && (is(year, "-") || is(year, "/")));
            if (!filler || is(year, "'")) {
                break;
            }
            year++;
        }
        Token token = token(year);
        if (token != null && near(next - 1, year)) {
            if (token.length() == 4 && token.isNumber() && isYear(token.number()) && !gluedLetter(year + 1)) {
                return new WrittenDate(day, month, token.number(), null, false, first, year + 1);
            }
            boolean quoted = is(year, "'");
            Token two = quoted ? token(year + 1) : dashed && year > next ? token : null;
            if (two != null && two.isNumber() && two.length() == 2 && two.glued()) {
                int after = quoted ? year + 2 : year + 1;
                return new WrittenDate(day, month, century(two.number()), null, false, first, after);
            }
        }
        boolean abbreviated = is(next, ".")
                && tokens.get(next).glued()
                && tokens.get(next - 1).length() <= 5;
        return new WrittenDate(day, month, 0, null, false, first, abbreviated ? next + 1 : next);
    }

    private int afterOrdinal(int index) {
        Token token = token(index);
        return token != null && token.glued() && ORDINALS.contains(token.word()) ? index + 1 : index;
    }

    private static int century(int twoDigits) {
        return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
    }

    private static boolean isYear(int number) {
        return number >= 1900 && number < 2200;
    }

    /** False in the middle of a telephone number, an amount, a version or a word. */
    private boolean standsFree(int index) {
        Token token = tokens.get(index);
        if (token.start() == 0) {
            return true;
        }
        char before = folded.charAt(token.start() - 1);
        if (Character.isLetterOrDigit(before) || before == '+' || before == '#' || before == '_') {
            return false;
        }
        boolean joint = before == '/' || before == '.' || before == '-' || before == ',' || before == ':';
        if (before == '-' && isShortRange(index)) {
            return true;
        }
        return !joint || token.start() < 2 || !Character.isLetterOrDigit(folded.charAt(token.start() - 2));
    }

    /** "1-15 March": the dash joins two days. */
    private boolean isShortRange(int index) {
        Token first = token(index - 2);
        Token after = token(index + 1);
        boolean days = first != null
                && first.isShort()
                && !first.glued()
                && tokens.get(index).isShort();
        return days && after != null && !after.glued();
    }

    /** True if the token runs on into a longer number or word. */
    private boolean continues(int index) {
        Token next = token(index + 1);
        if (next == null || !next.glued()) {
            return false;
        }
        if (next.isNumber() || (Character.isLetter(next.word().charAt(0)) && !next.is("t"))) {
            return true;
        }
        boolean joint = next.is("/") || next.is(".") || next.is("-");
        Token after = token(index + 2);
        return joint && after != null && after.glued() && after.isNumber();
    }

    private boolean gluedNumberAfterShortName(int index) {
        return gluedLetter(index + 1);
    }

    private boolean gluedLetter(int index) {
        Token token = token(index);
        return token != null && token.glued() && Character.isLetter(token.word().charAt(0));
    }

    private boolean near(int from, int to) {
        return to < tokens.size() && tokens.get(to).line() - tokens.get(from).line() <= 1;
    }

    private boolean isSeparator(int index) {
        return is(index, "/") || is(index, "-") || is(index, ".");
    }

    private boolean isShortGlued(int index) {
        Token token = token(index);
        return token != null && token.glued() && token.isShort();
    }

    private int number(int index) {
        return tokens.get(index).number();
    }

    private boolean isIn(int index, Set<String> words) {
        Token token = token(index);
        return token != null && words.contains(token.word());
    }

    private boolean is(int index, String word) {
        Token token = token(index);
        return token != null && token.is(word);
    }

    private @Nullable Token token(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }
}
