package coop.vigie.text;

import java.time.LocalDate;
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.temporal.ChronoField;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Days that other calendars than ours fix, for a year of ours. */
final class Calendars {

    /** Days from 1 January 1970 back to the first Jewish New Year. */
    private static final int FIRST_TISHRI = -2_092_590;

    private Calendars() {}

    /** Western Easter, after the anonymous Gregorian rule. */
    static LocalDate easter(int year) {
        int century = year / 100;
        int golden = year % 19;
        int epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 4) % 7;
        int days = epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) / 451) + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }

    /** Orthodox Easter by our calendar: reckoned by the Julian one, which lags behind by 13 days until 2099. */
    static LocalDate orthodoxEaster(int year) {
        int moon = (19 * (year % 19) + 15) % 30;
        int weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
        int days = moon + weekday + 114;
        int lag = year / 100 - year / 400 - 2;
        return LocalDate.of(year, days / 31, days % 31 + 1).plusDays(lag);
    }

    /**
     * The first day of that month and day of the Islamic year which falls into the year of ours, as Saudi Arabia reckons; elsewhere
     * the moon may be seen a day later. Null beyond the tables (2174).
     */
    static @Nullable LocalDate hijri(int year, int month, int day) {
        if (year >= 2174) {
            return null;
        }
        int first = HijrahDate.from(LocalDate.of(year, 1, 1)).get(ChronoField.YEAR);
        // What moves a day back may have fallen into the year before.
        return IntStream.rangeClosed(first, first + 1)
                .mapToObj(islamicYear -> islamic(islamicYear, month, day))
                .filter(date -> date.getYear() == year)
                .findFirst()
                .orElseGet(() -> islamic(first + 1, month, day));
    }

    /**
     * By the tables of Java, which hold for all years the rule of today. Until 1419 (April 1999) a month began on the day after the
     * one on which, in Greenwich, the moon was new (R. H. van Gent, "The Umm al-Qura Calendar of Saudi Arabia").
     */
    private static LocalDate islamic(int year, int month, int day) {
        LocalDate first = LocalDate.from(HijrahChronology.INSTANCE.date(year, month, 1));
        return (year < 1420 ? newMoonBefore(first).plusDays(1) : first).plusDays(day - 1L);
    }

    /** The day, in Greenwich, of the new moon about that day. */
    private static LocalDate newMoonBefore(LocalDate firstOfMonth) {
        return LocalDate.ofEpochDay((long) Math.floor(SunAndMoon.newMoon(firstOfMonth.toEpochDay() - 1.0)));
    }

    /** The Iranian New Year: the day of the spring equinox in Tehran, or the next if it is in the afternoon. */
    static LocalDate nowruz(int year) {
        double about = LocalDate.of(year, 3, 20).toEpochDay();
        double equinox = SunAndMoon.when(SunAndMoon::sun, 0, SunAndMoon.SUN_SPEED, about);
        double tehran = 3.5 / 24;
        return LocalDate.ofEpochDay((long) Math.floor(equinox + tehran + 0.5));
    }

    /** By the Shahenshahi reckoning, whose years have 365 days and no other. */
    static LocalDate parsiNewYear(int year) {
        return LocalDate.of(2018, 8, 17).plusDays(365L * (year - 2018));
    }

    /** 1 Tishri, in autumn. */
    static LocalDate jewishNewYear(int year) {
        return tishri(year + 3761);
    }

    /** 15 Nisan, in spring; from there to the next New Year every year is as long. */
    static LocalDate passover(int year) {
        return jewishNewYear(year).minusDays(163);
    }

    /** 15 Shevat; in seven years of nineteen a month stands between it and the one before Passover. */
    static LocalDate newYearOfTrees(int year) {
        boolean leap = (7 * (year + 3760) + 1) % 19 < 7;
        return passover(year).minusDays(leap ? 89 : 59);
    }

    /** 25 Kislev; the month before it has 30 days in the longest years only. */
    static LocalDate hanukkah(int year) {
        LocalDate start = jewishNewYear(year);
        long length = jewishNewYear(year + 1).toEpochDay() - start.toEpochDay();
        return start.plusDays(length % 10 == 5 ? 84 : 83);
    }

    private static LocalDate tishri(int jewishYear) {
        int before = daysUntil(jewishYear - 1);
        int start = daysUntil(jewishYear);
        int next = daysUntil(jewishYear + 1);
        int delay = next - start == 356 ? 2 : start - before == 382 ? 1 : 0;
        return LocalDate.ofEpochDay((long) FIRST_TISHRI + start + delay);
    }

    /** Whole months of 29 days, 12 hours and 793 parts of an hour (of 1080); New Year is no Sunday, Wednesday, Friday. */
    private static int daysUntil(int jewishYear) {
        int months = (235 * jewishYear - 234) / 19;
        long parts = 12_084L + 13_753L * months;
        int days = 29 * months + (int) (parts / 25_920);
        return 3 * (days + 1) % 7 < 3 ? days + 1 : days;
    }
}
