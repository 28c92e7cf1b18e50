package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads days that are counted from the day of the text: "tomorrow", "vendredi prochain", "over twee weken". All of them are
 * doubtful, since the text may be older than its page; {@link DeadlineFinder#find} never sees them.
 */
final class RelativeDays {

    private static final Map<String, List<Phrase>> DAYS = phrases("""
            -2 = avant hier, eergisteren, the day before yesterday, day before yesterday, vorgestern
            -1 = yesterday, gisteren, gestern
            0 = aujourd ' hui, ce soir, ce matin, cet apres midi, vandaag, vanavond, vanmiddag, vanochtend, vanmorgen, today, tonight, this morning, this afternoon, this evening, heute
            1 = demain, tomorrow, morgen
            2 = apres demain, overmorgen, the day after tomorrow, day after tomorrow, ubermorgen
            """);
    private static final Map<String, List<Phrase>> WEEKS = phrases("""
            -1 = la semaine derniere, la semaine passee, vorige week, afgelopen week, last week, letzte woche, letzter woche
            0 = cette semaine, deze week, this week, diese woche, dieser woche
            1 = la semaine prochaine, la semaine suivante, la semaine d ' apres, semaine prochaine, volgende week, next week, nachste woche, nachster woche
            """);

    /** The cities "of tomorrow", "in the morning", "goeden morgen". */
    private static final Set<String> NO_DAY_AFTER = Set.of(
            "de", "d", "van", "of", "von", "den", "der", "am", "s", "goede", "goeie", "guten", "jeden", "elke",
            "iedere", "deze", "diesem", "vroege", "als", "a");

    private static final Set<String> NEXT_WEEK = Set.of("next", "volgende");
    private static final Set<String> COMING = Set.of(
            "prochain",
            "coming",
            "upcoming",
            "aanstaande",
            "komende",
            "eerstvolgende",
            "nachsten",
            "nachster",
            "kommenden");
    private static final Set<String> THIS = Set.of("this", "ce", "deze", "diesen", "diesem");
    private static final Set<String> PAST =
            Set.of("last", "previous", "past", "vorige", "afgelopen", "letzten", "vergangenen", "vorigen");
    private static final Set<String> COMING_AFTER = Set.of("prochain", "suivant");
    private static final Set<String> PAST_AFTER = Set.of("dernier", "passe");
    private static final Set<String> OF = Set.of("of", "in", "de", "van", "du", "im", "des");
    private static final Set<String> JOINTS = Set.of("of", "on", "op", "am", "le", "de", "van", "der", ",", "in");

    private static final Set<String> AHEAD = Set.of("in", "dans", "over");
    private static final Set<String> AGO = Set.of("ago", "geleden");
    private static final Set<String> DUTCH_UNITS = Set.of("dag", "dagen", "week", "weken", "maand", "maanden");

    /** Words of one phrase, and what it says. */
    private record Phrase(List<String> words, int number) {}

    private final List<Token> tokens;
    private final DateReader dates;
    private final @Nullable LocalDate today;

    /** @param today the day of the text; null if nobody knows, and then nothing is found */
    RelativeDays(List<Token> tokens, DateReader dates, @Nullable LocalDate today) {
        this.tokens = tokens;
        this.dates = dates;
        this.today = today;
    }

    /** A day counted from today that begins at this token, in doubt; null if none does. */
    @Nullable
    WrittenDate at(int index) {
        if (today == null) {
            return null;
        }
        WrittenDate counted = counted(index, today);
        if (counted != null) {
            return counted;
        }
        WrittenDate weekday = weekdayOfWeek(index, today);
        if (weekday != null) {
            return weekday;
        }
        weekday = weekday(index, today);
        return weekday != null ? weekday : named(index, today);
    }

    /** "Tomorrow", but neither "the cities of tomorrow" nor "today's children". */
    private @Nullable WrittenDate named(int index, LocalDate today) {
        Match match = match(DAYS, index);
        if (match == null
                || isIn(index - 1, NO_DAY_AFTER)
                || CalendarWords.wholeWeekday(token(index - 1)) != null
                || is(index - 1, "-")
                || is(match.next(), "-")
                || is(match.next(), "'")) {
            return null;
        }
        return written(today.plusDays(match.number()), index, match.next());
    }

    /** "In three days", "il y a deux semaines", "twee weken geleden", "3 weeks from now". */
    private @Nullable WrittenDate counted(int index, LocalDate today) {
        boolean ahead = isIn(index, AHEAD);
        boolean behind = is(index, "il") && is(index + 1, "y") && is(index + 2, "a");
        boolean before = is(index, "vor");
        int at = behind ? index + 3 : ahead || before ? index + 1 : index;
        int number = CountWords.number(token(at));
        Period unit = CountWords.unit(token(at + 1));
        int next = at + 2;
        if (number == 0
                || unit == null
                || isIn(next, CountWords.OTHER_UNITS)
                || isIn(next, OF)
                || tokens.get(at + 1).line() > tokens.get(index).line() + 1
                || is(index - 1, "-")) {
            return null;
        }
        Period span = unit.multipliedBy(number);
        if (behind || before) {
            return written(today.minus(span), index, next);
        }
        if (ahead) {
            // "Over 30 days" is more than that, and "in one day" within it.
            boolean meant = is(index, "over")
                    ? DUTCH_UNITS.contains(tokens.get(at + 1).word()) && !is(at, "a")
                    : number > 1 || !unit.equals(Period.ofDays(1));
            return meant ? written(today.plus(span), index, next) : null;
        }
        if (isIn(next, AGO)) {
            return written(today.minus(span), index, next + 1);
        }
        boolean fromNow = (is(next, "from") && is(next + 1, "now"))
                || (is(next, "vanaf") && (is(next + 1, "nu") || is(next + 1, "vandaag")))
                || (is(next, "from") && is(next + 1, "today"));
        return fromNow ? written(today.plus(span), index, next + 2) : null;
    }

    /** "Friday next week", "volgende week op vrijdag". */
    private @Nullable WrittenDate weekdayOfWeek(int index, LocalDate today) {
        DayOfWeek first = CalendarWords.wholeWeekday(token(index));
        Match week = match(WEEKS, first == null ? index : skipJoints(index + 1));
        if (week == null) {
            return null;
        }
        int at = skipJoints(week.next());
        DayOfWeek weekday = first == null ? CalendarWords.wholeWeekday(token(at)) : first;
        if (weekday == null || (first == null && dates.at(at) != null)) {
            return null;
        }
        return written(inWeek(today, week.number(), weekday), index, first == null ? at + 1 : week.next());
    }

    /** "Next Friday", "vendredi prochain", "diesen Freitag"; nothing if a date follows, which says it better. */
    private @Nullable WrittenDate weekday(int index, LocalDate today) {
        DayOfWeek first = CalendarWords.wholeWeekday(token(index));
        int at = first == null ? index + 1 : index;
        DayOfWeek weekday = first == null ? CalendarWords.wholeWeekday(token(at)) : first;
        if (weekday == null) {
            return null;
        }
        int next = at + 1;
        LocalDate day = null;
        if (first != null) {
            day = isIn(next, COMING_AFTER)
                    ? today.with(TemporalAdjusters.next(weekday))
                    : isIn(next, PAST_AFTER) ? today.with(TemporalAdjusters.previous(weekday)) : null;
            next++;
        } else if (isIn(index, NEXT_WEEK)) {
            day = inWeek(today, 1, weekday);
        } else if (isIn(index, COMING)) {
            day = today.with(TemporalAdjusters.next(weekday));
        } else if (isIn(index, THIS)) {
            day = today.with(TemporalAdjusters.nextOrSame(weekday));
        } else if (isIn(index, PAST)) {
            day = today.with(TemporalAdjusters.previous(weekday));
        }
        int after = is(next, ",") ? next + 1 : next;
        boolean dated = dates.at(at) != null || (token(after) != null && dates.at(after) != null);
        return day == null || dated || isIn(next, OF) || is(next, "-") ? null : written(day, index, next);
    }

    private static LocalDate inWeek(LocalDate today, int weeks, DayOfWeek weekday) {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .plusWeeks(weeks)
                .plusDays(weekday.getValue() - 1L);
    }

    private static WrittenDate written(LocalDate day, int first, int next) {
        return new WrittenDate(day.getDayOfMonth(), day.getMonthValue(), day.getYear(), null, true, first, next);
    }

    private record Match(int number, int next) {}

    /** The longest phrase that begins here; hyphens do not count. */
    private @Nullable Match match(Map<String, List<Phrase>> phrases, int index) {
        Token start = token(index);
        Match longest = null;
        int most = 0;
        for (Phrase phrase : start == null ? List.<Phrase>of() : phrases.getOrDefault(start.word(), List.of())) {
            int next = index;
            int matched = 0;
            while (matched < phrase.words().size() && is(next, phrase.words().get(matched))) {
                matched++;
                next++;
                next += matched < phrase.words().size() && is(next, "-") ? 1 : 0;
            }
            if (matched == phrase.words().size() && matched > most) {
                most = matched;
                longest = new Match(phrase.number(), next);
            }
        }
        return longest;
    }

    private int skipJoints(int index) {
        int next = index;
        while (next < index + 2 && isIn(next, JOINTS)) {
            next++;
        }
        return next;
    }

    private static Map<String, List<Phrase>> phrases(String table) {
        var phrases = new HashMap<String, List<Phrase>>();
        for (String line : table.lines().toList()) {
            String[] halves = line.split(" = ", 2);
            for (String words : halves[1].split(", ")) {
                var phrase = new Phrase(List.of(words.split(" ")), Integer.parseInt(halves[0]));
                phrases.computeIfAbsent(phrase.words().getFirst(), key -> new ArrayList<>())
                        .add(phrase);
            }
        }
        return phrases;
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
