package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads days that have a year but no digits of their own: "first Monday of March 2027", "Pentecôte 2027", "two weeks before
 * 13 May 2027".
 */
final class CountedDays {

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

    private final Tokens tokens;
    private final DateReader dates;
    private final boolean everyFeast;

    /** @param everyFeast false to read a feast only where words such as "until" stand before it, and nothing counted from a year */
    CountedDays(Tokens tokens, DateReader dates, boolean everyFeast) {
        this.tokens = tokens;
        this.dates = dates;
        this.everyFeast = everyFeast;
    }

    /** A day with its year that begins at this token; null if none does. */
    @Nullable
    WrittenDate at(int index) {
        boolean mayBeFeast = Feasts.mayBeginAt(tokens.at(index)) && (everyFeast || isAnnounced(index));
        WrittenDate feast = mayBeFeast ? feast(index) : null;
        if (feast != null) {
            return feast;
        }
        Tokens.Ordinal ordinal = tokens.ordinal(index);
        WrittenDate ofMonth = weekdayOfMonth(ordinal, index);
        if (ofMonth != null) {
            return ofMonth;
        }
        WrittenDate sinceYear = everyFeast ? sinceYear(index) : null;
        if (sinceYear != null) {
            return sinceYear;
        }
        WrittenDate weekday = weekdayFromAnchor(ordinal, index);
        return weekday != null ? weekday : fromAnchor(index);
    }

    private @Nullable WrittenDate feast(int index) {
        Feasts.Named named = isWithin(index) ? null : Feasts.at(tokens.all(), index);
        if (named == null) {
            return null;
        }
        int at = tokens.skip(named.next(), BEFORE_YEAR, 2);
        int year = tokens.year(at);
        if (year == 0 || !tokens.isNear(at, index) || tokens.isGlued(at)) {
            return null;
        }
        LocalDate day = named.rule().in(year);
        return day == null ? null : written(day, named.rule().doubtful(), index, at + 1);
    }

    /** True in "Molenbeek-Saint-Jean" and after the words of an address. */
    private boolean isWithin(int index) {
        if (tokens.isGlued(index) && tokens.isOneOf(index - 1, "-", "/", ".", "_", "@", "#", "&")) {
            return true;
        }
        int before = index - 1;
        for (int skipped = 0; skipped < 3 && tokens.isIn(before, ARTICLES); skipped++) {
            before--;
        }
        return tokens.isIn(before, NO_FEAST_AFTER);
    }

    private boolean isAnnounced(int index) {
        int before = index - 1;
        for (int skipped = 0;
                skipped < 3 && (tokens.isIn(before, ARTICLES) || tokens.isOneOf(before, "a", "au"));
                skipped++) {
            before--;
        }
        return tokens.isIn(before, ANNOUNCING) || (tokens.isOneOf(before, "met") && tokens.isOneOf(before - 1, "en"));
    }

    /** "Third Tuesday of September 2014", "dernier jour de mars 2027". */
    private @Nullable WrittenDate weekdayOfMonth(Tokens.@Nullable Ordinal ordinal, int index) {
        if (ordinal == null) {
            return null;
        }
        DayOfWeek weekday = CalendarWords.wholeWeekday(tokens.at(ordinal.next()));
        if (weekday == null && !tokens.isIn(ordinal.next(), CountWords.DAY)) {
            return null;
        }
        int name = tokens.skip(ordinal.next() + 1, OF, 4);
        int month = tokens.month(name);
        int at = tokens.skip(name + 1, Set.of("of", "de", "van", "in", ",", "."), 1);
        int year = month == 0 ? 0 : tokens.year(at);
        if (year == 0 || !tokens.isNear(at, index)) {
            return null;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        LocalDate last = first.with(TemporalAdjusters.lastDayOfMonth());
        LocalDate start = ordinal.number() == Tokens.LAST ? last : first;
        if (weekday != null) {
            start = start.with(
                    ordinal.number() == Tokens.LAST
                            ? TemporalAdjusters.previousOrSame(weekday)
                            : TemporalAdjusters.nextOrSame(weekday));
        }
        int step = weekday == null ? 1 : 7;
        int day = start.getDayOfMonth() + (ordinal.number() == Tokens.LAST ? 0 : (ordinal.number() - 1) * step);
        // A fifth Monday that the month does not have is a day beyond its end: an impossible date.
        return new WrittenDate(day, month, year, null, false, index, at + 1);
    }

    /** "Dritter Dienstag nach Weihnachten 2014", "the Monday before 13 May 2024". */
    private @Nullable WrittenDate weekdayFromAnchor(Tokens.@Nullable Ordinal ordinal, int index) {
        int at = ordinal == null ? index : ordinal.next();
        DayOfWeek weekday = CalendarWords.wholeWeekday(tokens.at(at));
        if (weekday == null) {
            return null;
        }
        boolean after = tokens.isIn(at + 1, AFTER);
        if (!after && !tokens.isIn(at + 1, BEFORE)) {
            return null;
        }
        WrittenDate anchor = anchor(at + 2);
        LocalDate day = anchor == null ? null : anchor.value(null);
        if (anchor == null || day == null) {
            return null;
        }
        int times = ordinal == null || ordinal.number() == Tokens.LAST ? 1 : ordinal.number();
        LocalDate nearest = day.with(after ? TemporalAdjusters.next(weekday) : TemporalAdjusters.previous(weekday));
        return written(nearest.plusWeeks(after ? times - 1L : 1L - times), true, index, anchor.next());
    }

    /** "2 weeks before 13 May 1999". If the count is not understood, the day it starts from, which then is in doubt. */
    private @Nullable WrittenDate fromAnchor(int index) {
        boolean counted = CountWords.number(tokens.at(index)) > 0;
        int unit = counted ? index + 1 : index;
        Period one = CountWords.unit(tokens.at(unit));
        if ((one == null && !tokens.isIn(unit, CountWords.OTHER_UNITS)) || (counted && isWithin(index))) {
            return null;
        }
        boolean plain =
                one != null && (counted || tokens.isIn(unit, CountWords.DAY) || tokens.isIn(unit, CountWords.EVE));
        int word = unit + 1;
        if (tokens.isIn(unit + 1, CountWords.OTHER_UNITS)) {
            plain = false;
            word++;
        }
        boolean after = tokens.isIn(word, AFTER);
        boolean before =
                tokens.isIn(word, BEFORE) || (tokens.isIn(unit, CountWords.EVE) && tokens.isIn(word, ARTICLES));
        boolean since = tokens.isIn(word, SINCE)
                || (tokens.isOneOf(word, "a") && tokens.isOneOf(word + 1, "compter", "partir", "dater"));
        WrittenDate anchor = since && tokens.isOneOf(word, "a")
                ? anchor(word + 2)
                : after || before || since ? anchor(word + 1) : null;
        LocalDate day = anchor == null ? null : anchor.value(null);
        if (anchor == null || day == null) {
            return null;
        }
        if (!plain || one == null || since) {
            return written(day, true, index, anchor.next());
        }
        Period span = one.multipliedBy(counted ? CountWords.number(tokens.at(index)) : 1);
        return written(after ? day.plus(span) : day.minus(span), true, index, anchor.next());
    }

    /** "In two years since 2011": counted from the first day of that year, in doubt. */
    private @Nullable WrittenDate sinceYear(int index) {
        int number = CountWords.number(tokens.at(index + 1));
        Period one = tokens.isIn(index + 2, YEARS) ? Period.ofYears(1) : CountWords.unit(tokens.at(index + 2));
        int since = index + 3;
        if (!tokens.isIn(index, WITHIN) || number == 0 || one == null || !tokens.isIn(since, SINCE)) {
            return null;
        }
        int at = tokens.skip(since, SINCE_YEAR, 4);
        int year = at == since ? 0 : tokens.year(at);
        if (year == 0 || !tokens.isNear(at, index)) {
            return null;
        }
        return written(LocalDate.of(year, 1, 1).plus(one.multipliedBy(number)), true, index, at + 1);
    }

    private @Nullable WrittenDate anchor(int index) {
        int at = tokens.skip(index, ARTICLES, 2);
        if (!tokens.isNear(at, index - 1)) {
            return null;
        }
        WrittenDate feast = feast(at);
        WrittenDate ofMonth = feast == null ? weekdayOfMonth(tokens.ordinal(at), at) : feast;
        WrittenDate day = ofMonth == null ? dates.at(at) : ofMonth;
        return day == null || day.year() == 0 ? null : day;
    }

    private static WrittenDate written(LocalDate day, boolean unclear, int first, int next) {
        return new WrittenDate(day.getDayOfMonth(), day.getMonthValue(), day.getYear(), null, unclear, first, next);
    }
}
