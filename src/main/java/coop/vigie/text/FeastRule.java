package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On which day of a year a feast falls; the language is explained in {@code feasts.txt}.
 *
 * @param base the day from which the steps lead on
 * @param doubtful true if not everybody keeps it on that day
 */
record FeastRule(String base, List<String> steps, boolean doubtful) {

    private static final Pattern STEP = Pattern.compile("(-?)(mon|tue|wed|thu|fri|sat|sun)?([+-]\\d+)?");
    private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    static FeastRule of(String rule) {
        boolean doubtful = rule.startsWith("?");
        List<String> words = List.of(rule.substring(doubtful ? 1 : 0).split(" "));
        return new FeastRule(words.getFirst(), words.subList(1, words.size()), doubtful);
    }

    /** Null where its calendar has no table for that year, or that year does not have it. */
    @Nullable
    LocalDate in(int year) {
        String[] parts = base.split("-");
        LocalDate day =
                switch (parts[0]) {
                    case "easter" -> Calendars.easter(year);
                    case "pascha" -> Calendars.orthodoxEaster(year);
                    case "tishri" -> Calendars.jewishNewYear(year);
                    case "kislev" -> Calendars.hanukkah(year);
                    case "shevat" -> Calendars.newYearOfTrees(year);
                    case "parsi" -> Calendars.parsiNewYear(year);
                    case "pesach" -> Calendars.passover(year);
                    case "hijri" -> Calendars.hijri(year, number(parts[1]), number(parts[2]));
                    case "chinese" -> ChineseCalendar.in(year, number(parts[1]), number(parts[2]));
                    case "sun" -> ChineseCalendar.sunAt(year, number(parts[1]));
                    case "nowruz" -> Calendars.nowruz(year);
                    case "hindu" -> HinduCalendar.ofMoon(year, number(parts[1]), number(parts[2]), hour(parts[3]));
                    case "sankranti" -> HinduCalendar.ofSun(year, number(parts[1]), hour(parts[2]));
                    case "onam" -> HinduCalendar.onam(year);
                    case "rakhi" -> HinduCalendar.rakhi(year);
                    case "dussehra" -> HinduCalendar.dussehra(year);
                    case "holika" -> HinduCalendar.holika(year);
                    default -> LocalDate.parse(year + "-" + base);
                };
        for (String step : steps) {
            day = day == null ? null : step(day, step);
        }
        // A Jewish day begins in the evening before, and that is when something may have to be ready.
        boolean jewish = List.of("tishri", "kislev", "shevat", "pesach").contains(base);
        return day != null && jewish ? day.minusDays(1) : day;
    }

    private static LocalDate step(LocalDate day, String step) {
        Matcher parts = STEP.matcher(step);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no step of a feast: " + step);
        }
        int days = parts.group(3) == null ? 0 : number(parts.group(3));
        if (parts.group(2) == null) {
            return day.plusDays(days);
        }
        DayOfWeek weekday = DayOfWeek.of(WEEKDAYS.indexOf(parts.group(2)) + 1);
        if (days != 0) {
            return day.getDayOfWeek() == weekday ? day.plusDays(days) : day;
        }
        return day.with(
                parts.group(1).isEmpty() ? TemporalAdjusters.nextOrSame(weekday) : TemporalAdjusters.previous(weekday));
    }

    private static HinduCalendar.Hour hour(String name) {
        return HinduCalendar.Hour.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
