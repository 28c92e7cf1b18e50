package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads days that have a year but no digits of their own: "first Monday of March 2027", "Pentecôte 2027", "two weeks before
 * 13 May 2027".
 */
final class CountedDays {

    private static final int LAST = -1;

    private static final Set<String> LAST_WORDS =
            Set.of("last", "dernier", "derniere", "laatste", "letzter", "letzte", "letzten", "letztem");
    private static final Set<String> ORDINAL_ENDINGS =
            Set.of("st", "nd", "rd", "th", "e", "er", "re", "ere", "eme", "ste", "de", ".");
    private static final Set<String> OF =
            Set.of("of", "in", "de", "d", "'", "du", "van", "im", "des", "mois", "maand", "monats", "the");

    private static final Set<String> BEFORE = Set.of("before", "avant", "voor", "vor");
    private static final Set<String> AFTER = Set.of("after", "apres", "na", "nach");
    private static final Set<String> SINCE =
            Set.of("from", "since", "vanaf", "sinds", "depuis", "seit", "ab", "starting", "following");
    private static final Set<String> WITHIN =
            Set.of("in", "en", "dans", "pendant", "tijdens", "binnen", "during", "within", "wahrend", "innerhalb");
    private static final Set<String> SINCE_YEAR =
            Set.of("since", "depuis", "sinds", "seit", "the", "l", "'", "het", "dem", "year", "annee", "jaar", "jahr");
    private static final Set<String> YEARS = Set.of("year", "years", "an", "ans", "jaar", "jaren", "jahr", "jahren");
    private static final Set<String> ARTICLES =
            Set.of("le", "la", "les", "l", "'", "the", "de", "het", "den", "dem", "der", "du", "of", "van", "t");
    private static final Set<String> BEFORE_YEAR = Set.of("of", "in", "en", "de", "du", "van", "im", "jahr", "jaar");

    /** "Rue de la Toussaint 2015" is an address, "Chinese New Year's Day 2018" another day. */
    private static final Set<String> NO_FEAST_AFTER = Set.of(
            "rue avenue av place boulevard chemin quai square allee ruelle paroisse eglise straat laan plein weg kerk parochie"
                    .concat(" street road lane church parish school college strasse platz kirche hotel")
                    .concat(
                            " chinese chinois chinoise chinees chinesisches chinesischer lunar lunaire tibetan tibetaans")
                    .concat(" tibetisches tamil parsi persian persisches perzisch iranian korean vietnamese thai khmer")
                    .concat(" hindu bengali coptic koptische armenian ethiopian little pre post")
                    .split(" "));

    /** Words after which a feast is a term and no name of a market or a budget. */
    private static final Set<String> ANNOUNCING = Set.of(
            "jusqu",
            "avant",
            "tot",
            "tegen",
            "uiterlijk",
            "until",
            "till",
            "by",
            "before",
            "bis",
            "zum",
            "vor",
            "spatestens",
            "tard",
            "latest",
            "est",
            "is",
            "ist",
            ":");

    private final List<Token> tokens;
    private final DateReader dates;
    private final boolean everyFeast;

    /** @param everyFeast false to read a feast only where words such as "until" stand before it, and nothing counted from a year */
    CountedDays(List<Token> tokens, DateReader dates, boolean everyFeast) {
        this.tokens = tokens;
        this.dates = dates;
        this.everyFeast = everyFeast;
    }

    /** A day with its year that begins at this token; null if none does. */
    @Nullable
    WrittenDate at(int index) {
        WrittenDate feast = everyFeast || isAnnounced(index) ? feast(index) : null;
        if (feast != null) {
            return feast;
        }
        WrittenDate ofMonth = weekdayOfMonth(index);
        if (ofMonth != null) {
            return ofMonth;
        }
        WrittenDate sinceYear = everyFeast ? sinceYear(index) : null;
        if (sinceYear != null) {
            return sinceYear;
        }
        WrittenDate weekday = weekdayFromAnchor(index);
        return weekday != null ? weekday : fromAnchor(index);
    }

    private @Nullable WrittenDate feast(int index) {
        Feasts.Named named = isWithin(index) ? null : Feasts.at(tokens, index);
        if (named == null) {
            return null;
        }
        int at = skip(named.next(), BEFORE_YEAR, 2);
        int year = year(at);
        if (year == 0
                || tokens.get(at).line() > tokens.get(index).line() + 1
                || tokens.get(at).glued()) {
            return null;
        }
        LocalDate day = named.rule().in(year);
        return day == null ? null : written(day, named.rule().doubtful(), index, at + 1);
    }

    /** True in "Molenbeek-Saint-Jean" and after the words of an address. */
    private boolean isWithin(int index) {
        if (tokens.get(index).glued() && isOneOf(index - 1, "-", "/", ".", "_", "@", "#", "&")) {
            return true;
        }
        int before = index - 1;
        for (int skipped = 0; skipped < 3 && isIn(before, ARTICLES); skipped++) {
            before--;
        }
        return isIn(before, NO_FEAST_AFTER);
    }

    private boolean isAnnounced(int index) {
        int before = index - 1;
        for (int skipped = 0; skipped < 3 && (isIn(before, ARTICLES) || isOneOf(before, "a", "au")); skipped++) {
            before--;
        }
        return isIn(before, ANNOUNCING) || (isOneOf(before, "met") && isOneOf(before - 1, "en"));
    }

    /** "Third Tuesday of September 2014", "dernier jour de mars 2027". */
    private @Nullable WrittenDate weekdayOfMonth(int index) {
        Ordinal ordinal = ordinal(index);
        if (ordinal == null) {
            return null;
        }
        DayOfWeek weekday = CalendarWords.wholeWeekday(token(ordinal.next()));
        if (weekday == null && !isIn(ordinal.next(), CountWords.DAY)) {
            return null;
        }
        int name = skip(ordinal.next() + 1, OF, 4);
        int month = name < tokens.size() ? CalendarWords.month(tokens.get(name).word()) : 0;
        int at = skip(name + 1, Set.of("of", "de", "van", "in", ",", "."), 1);
        int year = month == 0 ? 0 : year(at);
        if (year == 0 || tokens.get(at).line() > tokens.get(index).line() + 1) {
            return null;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        LocalDate last = first.with(TemporalAdjusters.lastDayOfMonth());
        LocalDate start = ordinal.number() == LAST ? last : first;
        if (weekday != null) {
            start = start.with(
                    ordinal.number() == LAST
                            ? TemporalAdjusters.previousOrSame(weekday)
                            : TemporalAdjusters.nextOrSame(weekday));
        }
        int step = weekday == null ? 1 : 7;
        int day = start.getDayOfMonth() + (ordinal.number() == LAST ? 0 : (ordinal.number() - 1) * step);
        // A fifth Monday that the month does not have is a day beyond its end: an impossible date.
        return new WrittenDate(day, month, year, null, false, index, at + 1);
    }

    /** "Dritter Dienstag nach Weihnachten 2014", "the Monday before 13 May 2024". */
    private @Nullable WrittenDate weekdayFromAnchor(int index) {
        Ordinal ordinal = ordinal(index);
        int at = ordinal == null ? index : ordinal.next();
        DayOfWeek weekday = CalendarWords.wholeWeekday(token(at));
        boolean after = isIn(at + 1, AFTER);
        if (weekday == null || !(after || isIn(at + 1, BEFORE))) {
            return null;
        }
        WrittenDate anchor = anchor(at + 2);
        LocalDate day = anchor == null ? null : anchor.value(null);
        if (anchor == null || day == null) {
            return null;
        }
        int times = ordinal == null || ordinal.number() == LAST ? 1 : ordinal.number();
        LocalDate nearest = day.with(after ? TemporalAdjusters.next(weekday) : TemporalAdjusters.previous(weekday));
        return written(nearest.plusWeeks(after ? times - 1L : 1L - times), true, index, anchor.next());
    }

    /** "2 weeks before 13 May 1999". If the count is not understood, the day it starts from, which then is in doubt. */
    private @Nullable WrittenDate fromAnchor(int index) {
        boolean counted = CountWords.number(token(index)) > 0 && !isWithin(index);
        int unit = counted ? index + 1 : index;
        Period one = CountWords.unit(token(unit));
        if (one == null && !isIn(unit, CountWords.OTHER_UNITS)) {
            return null;
        }
        boolean plain = one != null && (counted || isIn(unit, CountWords.DAY) || isIn(unit, CountWords.EVE));
        int word = unit + 1;
        if (isIn(unit + 1, CountWords.OTHER_UNITS)) {
            plain = false;
            word++;
        }
        boolean after = isIn(word, AFTER);
        boolean before = isIn(word, BEFORE) || (isIn(unit, CountWords.EVE) && isIn(word, ARTICLES));
        boolean since = isIn(word, SINCE) || (isOneOf(word, "a") && isOneOf(word + 1, "compter", "partir", "dater"));
        WrittenDate anchor =
                since && isOneOf(word, "a") ? anchor(word + 2) : after || before || since ? anchor(word + 1) : null;
        LocalDate day = anchor == null ? null : anchor.value(null);
        if (anchor == null || day == null) {
            return null;
        }
        if (!plain || one == null || since) {
            return written(day, true, index, anchor.next());
        }
        Period span = one.multipliedBy(counted ? CountWords.number(token(index)) : 1);
        return written(after ? day.plus(span) : day.minus(span), true, index, anchor.next());
    }

    /** "In two years since 2011": counted from the first day of that year, in doubt. */
    private @Nullable WrittenDate sinceYear(int index) {
        int number = CountWords.number(token(index + 1));
        Period one = isIn(index + 2, YEARS) ? Period.ofYears(1) : CountWords.unit(token(index + 2));
        int since = index + 3;
        if (!isIn(index, WITHIN) || number == 0 || one == null || !isIn(since, SINCE)) {
            return null;
        }
        int at = skip(since, SINCE_YEAR, 4);
        int year = at == since ? 0 : year(at);
        if (year == 0 || tokens.get(at).line() > tokens.get(index).line() + 1) {
            return null;
        }
        return written(LocalDate.of(year, 1, 1).plus(one.multipliedBy(number)), true, index, at + 1);
    }

    private @Nullable WrittenDate anchor(int index) {
        int at = skip(index, ARTICLES, 2);
        if (at >= tokens.size() || tokens.get(at).line() > tokens.get(index - 1).line() + 1) {
            return null;
        }
        WrittenDate feast = feast(at);
        WrittenDate ofMonth = feast == null ? weekdayOfMonth(at) : feast;
        WrittenDate day = ofMonth == null ? dates.at(at) : ofMonth;
        return day == null || day.year() == 0 ? null : day;
    }

    private record Ordinal(int number, int next) {}

    private @Nullable Ordinal ordinal(int index) {
        Token token = token(index);
        // "Avant-dernier", "second last": another day than the last.
        if (token == null || isOneOf(index - 1, "-", "+") || CountWords.ordinal(token(index - 1)) > 0) {
            return null;
        }
        if (LAST_WORDS.contains(token.word())) {
            return new Ordinal(LAST, index + 1);
        }
        boolean digit = token.length() == 1 && token.isNumber() && token.number() >= 1 && token.number() <= 5;
        Token ending = token(index + 1);
        if (digit && ending != null && ending.glued() && ORDINAL_ENDINGS.contains(ending.word())) {
            return new Ordinal(token.number(), index + 2);
        }
        int number = CountWords.ordinal(token);
        return number == 0 ? null : new Ordinal(number, index + 1);
    }

    /** A year that is no part of a longer number or span ("2018/19"); else 0. */
    private int year(int index) {
        Token token = token(index);
        if (token == null || token.length() != 4 || token.number() < 1900 || token.number() >= 2200) {
            return 0;
        }
        Token next = token(index + 1);
        Token after = token(index + 2);
        boolean joined = next != null
                && next.glued()
                && (Character.isLetterOrDigit(next.word().charAt(0))
                        || (isOneOf(index + 1, "-", "/", ".", ",")
                                && after != null
                                && after.glued()
                                && after.isNumber()));
        return joined ? 0 : token.number();
    }

    private static WrittenDate written(LocalDate day, boolean unclear, int first, int next) {
        return new WrittenDate(day.getDayOfMonth(), day.getMonthValue(), day.getYear(), null, unclear, first, next);
    }

    private int skip(int index, Set<String> words, int most) {
        int next = index;
        while (next < index + most && isIn(next, words)) {
            next++;
        }
        return next;
    }

    private boolean isIn(int index, Set<String> words) {
        Token token = token(index);
        return token != null && words.contains(token.word());
    }

    private boolean isOneOf(int index, String... words) {
        return isIn(index, Set.of(words));
    }

    private @Nullable Token token(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }
}
