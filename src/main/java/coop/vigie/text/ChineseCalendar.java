package coop.vigie.text;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calendar of China by its rules of today: a month begins on the day of the new moon in Beijing, the winter solstice is in the
 * eleventh, and of 13 months between two solstices the first in which the sun enters none of its twelve signs repeats its number.
 */
final class ChineseCalendar {

    private static final double BEIJING = 8 / 24.0;

    private ChineseCalendar() {}

    /** That day in that year of ours; null if it has none. */
    static @Nullable LocalDate in(int year, int month, int day) {
        return Stream.of(day(year - 1, month, day), day(year, month, day))
                .filter(date -> date.getYear() == year)
                .findFirst()
                .orElse(null);
    }

    /** That day of the year that begins between 20 January and 21 February of that year; it may fall into the next of ours. */
    static LocalDate day(int year, int month, int day) {
        // Months are counted from the solstice before them, which for 11 and 12 is that of the same year.
        long solstice = solstice(month > 10 ? year : year - 1);
        long first = monthOf(solstice);
        long start = first;
        boolean thirteen = monthOf(solstice(month > 10 ? year + 1 : year)) - first > 370;
        int number = 11;
        int wanted = month > 10 ? month : month + 12;
        boolean repeated = false;
        while (number < wanted) {
            long next = monthOf(start + 35);
            boolean leap = thirteen && !repeated && sign(next) == sign(monthOf(next + 35));
            start = leap ? monthOf(next + 35) : next;
            repeated |= leap;
            number++;
        }
        return LocalDate.ofEpochDay(start + day - 1);
    }

    /** The day on which the sun comes to that many degrees from the equinox of spring. */
    static LocalDate sunAt(int year, int degrees) {
        double spring = LocalDate.of(year, 3, 21).toEpochDay();
        double about = spring + (degrees > 280 ? degrees - 360 : degrees) / SunAndMoon.SUN_SPEED;
        return LocalDate.ofEpochDay(dayOf(SunAndMoon.when(ChineseCalendar::sun, degrees, SunAndMoon.SUN_SPEED, about)));
    }

    private static long solstice(int year) {
        return sunAt(year, 270).toEpochDay();
    }

    /** The first day of the month that has this day. */
    private static long monthOf(long day) {
        double noon = day + 0.5;
        long newMoon = dayOf(SunAndMoon.newMoon(noon));
        return newMoon <= day ? newMoon : dayOf(SunAndMoon.newMoon(noon - 20));
    }

    /** Where the sun is when that day begins, in twelfths of its way. */
    private static int sign(long day) {
        return (int) (sun(day - BEIJING) / 30);
    }

    /** With the nodding of the earth's axis (nutation), which is worth up to seven minutes. */
    private static double sun(double time) {
        double node = 125.04 - 1934.136 * (time - 10_957.5) / 36_525;
        return SunAndMoon.turn(SunAndMoon.sun(time) - 0.00478 * SunAndMoon.sin(node));
    }

    private static long dayOf(double time) {
        return (long) Math.floor(time + BEIJING);
    }
}
