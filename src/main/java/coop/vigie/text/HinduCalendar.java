package coop.vigie.text;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days of the Indian calendars of sun and moon as they are seen from Delhi, sun and moon in their true places and the stars by Lahiri's
 * reckoning, which India's own almanac uses. A month of the moon ends with the new moon and has thirty parts (tithi), each as long as the
 * moon needs for twelve degrees more from the sun; a feast is on the day that has its part at the hour of the feast.
 */
final class HinduCalendar {

    private static final double NORTH = 28.61;
    private static final double EAST = 77.21;
    private static final double INDIAN_TIME = 5.5 / 24;

    /** How wide each of the moon's 27 stations among the stars is, in degrees, and one of them. */
    private static final double STATION = 360 / 27.0;

    private static final int SHRAVANA = 22;

    /** A minute and a half, as a day. */
    private static final double MOMENT = 0.001;

    private HinduCalendar() {}

    /** When a feast is kept, from and to: 0 is sunrise, 1 sunset, 2 the next sunrise. */
    enum Hour {
        DAWN(0, 0),
        FORENOON(0.2, 0.2),
        MORNING(0, 0.5),
        NOON(0.4, 0.6),
        AFTERNOON(0.6, 0.8),
        DAY(0, 1),
        SUNSET(1, 1),
        DUSK(1, 1.2),
        MOONRISE(1.1, 1.2),
        UNTIL_DUSK(0.2, 1.2),
        MIDNIGHT(1.467, 1.533),
        FROM_EVENING(0.875, 2.875);

        private final double from;
        private final double to;

        Hour(double from, double to) {
            this.from = from;
            this.to = to;
        }
    }

    /**
     * The first such day of that year of ours; null if it has none.
     *
     * @param month 1 for Chaitra, in spring
     * @param tithi 1 after the new moon to 30 before the next
     */
    static @Nullable LocalDate ofMoon(int year, int month, int tithi, Hour hour) {
        return ofMoon(year, month, tithi - 1.0, tithi, hour);
    }

    private static @Nullable LocalDate ofMoon(int year, int month, double from, double to, Hour hour) {
        LocalDate start = LocalDate.of(year, 1, 1);
        double newMoon = SunAndMoon.newMoon(start.toEpochDay() - 30.0);
        while (newMoon < start.toEpochDay() + 365) {
            double next = SunAndMoon.newMoon(newMoon + 29.5);
            int sign = sign(newMoon);
            if (sign != sign(next) && (sign + 1) % 12 + 1 == month) {
                LocalDate day = day(whenPhase(newMoon, from), whenPhase(newMoon, to), hour);
                if (day.getYear() == year) {
                    return day;
                }
            }
            newMoon = next;
        }
        return null;
    }

    private static double whenPhase(double newMoon, double part) {
        return SunAndMoon.when(SunAndMoon::phase, part * 12, 12.19, newMoon + part * 29.53 / 30);
    }

    /** The first day whose hour is not before the sun's entry into a sign, 1 for Mesha, in April. */
    static LocalDate ofSun(int year, int sign, Hour hour) {
        double entry = entry(year, sign);
        long day = dayOf(entry);
        return LocalDate.ofEpochDay(time(day, hour.from) < entry ? day + 1 : day);
    }

    private static double entry(int year, int sign) {
        double about = LocalDate.of(year, 4, 14).toEpochDay() + (sign > 9 ? sign - 13 : sign - 1) * 30.44;
        return SunAndMoon.when(HinduCalendar::siderealSun, (sign - 1) * 30, SunAndMoon.SUN_SPEED, about);
    }

    /** Thiruvonam: the moon is in the station Shravana while the sun is in Simha. */
    static LocalDate onam(int year) {
        double start = (SHRAVANA - 1) * STATION;
        double from = SunAndMoon.when(HinduCalendar::siderealMoon, start, SunAndMoon.MOON_SPEED, entry(year, 5) + 15);
        double to = SunAndMoon.when(HinduCalendar::siderealMoon, start + STATION, SunAndMoon.MOON_SPEED, from + 1);
        return day(from, to, Hour.FORENOON);
    }

    /** The full moon of Phalguna, kept on the last day of which an eighth is left when it ends. */
    static @Nullable LocalDate holika(int year) {
        return ofMoon(year, 12, 14.99, 15, Hour.FROM_EVENING);
    }

    /** The full moon of Shravana, without its ill-omened first half. */
    static @Nullable LocalDate rakhi(int year) {
        return ofMoon(year, 5, 14.5, 15, Hour.UNTIL_DUSK);
    }

    /** The tenth of Ashvina, in the afternoon; where two days could be it, the one on which the moon is in the station Shravana. */
    static @Nullable LocalDate dussehra(int year) {
        LocalDate usual = ofMoon(year, 7, 10, Hour.AFTERNOON);
        if (usual == null || isShravana(usual.toEpochDay())) {
            return usual;
        }
        for (long day = usual.toEpochDay() - 1; day <= usual.toEpochDay() + 1; day++) {
            boolean touched = SunAndMoon.phase(time(day, 0.2)) < 120 && SunAndMoon.phase(time(day, 0.8)) > 108;
            if (touched && isShravana(day)) {
                return LocalDate.ofEpochDay(day);
            }
        }
        return usual;
    }

    private static boolean isShravana(long day) {
        return (int) (siderealMoon(time(day, 0.7)) / STATION) == SHRAVANA - 1;
    }

    /** The day whose hour has most of that time, the earlier of two; if none has any, the day in which it begins. */
    private static LocalDate day(double from, double to, Hour hour) {
        long civil = dayOf(from);
        long first = from < time(civil, 0) ? civil - 1 : civil;
        long best = first;
        double most = 0;
        for (long day = first - 1; day <= first + 2; day++) {
            double start = time(day, hour.from);
            double end = time(day, hour.to);
            boolean moment = start == end && from <= start && start < to;
            double share = moment ? 1 : Math.min(end, to) - Math.max(start, from);
            if (share > most + MOMENT) {
                most = share;
                best = day;
            }
        }
        return LocalDate.ofEpochDay(best);
    }

    private static long dayOf(double time) {
        return (long) Math.floor(time + INDIAN_TIME);
    }

    /** That hour of a day as time in Greenwich. */
    private static double time(long day, double hour) {
        if (hour > 2) {
            return time(day + 1, hour - 2);
        }
        double noon = day + 0.5 - EAST / 360;
        if (hour <= 1) {
            double half = halfDay(noon);
            double middle = noon - equationOfTime(noon);
            return middle + (2 * hour - 1) * half;
        }
        double sunset = time(day, 1);
        return sunset + (hour - 1) * (time(day + 1, 0) - sunset);
    }

    /** From sunrise to noon, in days; the sun rises when its rim is seen through bent air. */
    private static double halfDay(double noon) {
        double height = SunAndMoon.sin(23.44) * SunAndMoon.sin(SunAndMoon.sun(noon));
        double cos = (SunAndMoon.sin(-0.833) - SunAndMoon.sin(NORTH) * height)
                / (Math.cos(Math.toRadians(NORTH)) * Math.sqrt(1 - height * height));
        return Math.toDegrees(Math.acos(cos)) / 360;
    }

    /** By how much the sun is ahead of clocks, in days. */
    private static double equationOfTime(double time) {
        double mean = 280.46646 + 36_000.76983 * (time - 10_957.5) / 36_525;
        double sun = SunAndMoon.sun(time);
        double right = Math.toDegrees(
                Math.atan2(Math.cos(Math.toRadians(23.44)) * SunAndMoon.sin(sun), Math.cos(Math.toRadians(sun))));
        return (SunAndMoon.turn(mean - right + 180) - 180) / 360;
    }

    private static int sign(double time) {
        return (int) (siderealSun(time) / 30);
    }

    private static double siderealSun(double time) {
        return SunAndMoon.turn(SunAndMoon.sun(time) - shift(time));
    }

    private static double siderealMoon(double time) {
        return SunAndMoon.turn(SunAndMoon.moon(time) - shift(time));
    }

    /** How far the equinox has moved against the stars since about 285: 23 degrees 51' 11" in 2000. */
    private static double shift(double time) {
        return 23.853 + 0.0139691 * (time - 10_957) / 365.25;
    }
}
