package coop.vigie.text;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * Where sun and moon stand, in degrees along the ecliptic from the equinox of the day, to about the hundredth part of a degree between 1900
 * and 2200: a minute for the moon, ten for the sun. After J. Meeus, "Astronomical Formulae for Calculators", chapter 18 (sun) and
 * "Astronomical Algorithms", chapter 47 (moon). Times are days of 24 hours since 1 January 1970, 0 h in Greenwich.
 */
final class SunAndMoon {

    /** Degrees a day. */
    static final double SUN_SPEED = 0.985647;

    static final double MOON_SPEED = 13.176396;
    private static final double MONTH = 29.530588861;

    /** The mean new moon of January 2000. */
    private static final double NEW_MOON = 10_962.6;

    /** By how much clocks are behind even time; some forty seconds less in 1950, two minutes more in 2100. */
    private static final double CLOCKS_BEHIND = 69 / 86_400.0;

    /** Millionths of a degree, and multiples of: moon from sun, sun's anomaly, moon's anomaly, moon from node. */
    private static final List<List<Integer>> MOON_TERMS = """
            6288774 0 0 1 0
            1274027 2 0 -1 0
            658314 2 0 0 0
            213618 0 0 2 0
            -185116 0 1 0 0
            -114332 0 0 0 2
            58793 2 0 -2 0
            57066 2 -1 -1 0
            53322 2 0 1 0
            45758 2 -1 0 0
            -40923 0 1 -1 0
            -34720 1 0 0 0
            -30383 0 1 1 0
            15327 2 0 0 -2
            -12528 0 0 1 2
            10980 0 0 1 -2
            10675 4 0 -1 0
            10034 0 0 3 0
            8548 4 0 -2 0
            -7888 2 1 -1 0
            -6766 2 1 0 0
            -5163 1 0 -1 0
            4987 1 1 0 0
            4036 2 -1 1 0
            3994 2 0 2 0
            3861 4 0 0 0
            3665 2 0 -3 0
            -2689 0 1 -2 0
            -2602 2 0 -1 2
            2390 2 -1 -2 0
            -2348 1 0 1 0
            2236 2 -2 0 0
            -2120 0 1 2 0
            -2069 0 2 0 0
            2048 2 -2 -1 0
            """.lines()
            .map(line -> Stream.of(line.split(" ")).map(Integer::valueOf).toList())
            .toList();

    private SunAndMoon() {}

    /** Without nutation. */
    static double sun(double time) {
        double t = (time + CLOCKS_BEHIND + 25_567.5) / 36_525;
        double anomaly = 358.47583 + 35_999.04975 * t - 0.00015 * t * t;
        return turn(279.69668
                + 36_000.76892 * t
                + 0.0003025 * t * t
                + (1.91946 - 0.004789 * t) * sin(anomaly)
                + (0.020094 - 0.0001 * t) * sin(2 * anomaly)
                + 0.000293 * sin(3 * anomaly)
                // The pull of Venus (two), Jupiter, the moon; a slow swing; the time that light takes.
                + 0.00134 * sin(90 + 153.23 + 22_518.7541 * t)
                + 0.00154 * sin(90 + 216.57 + 45_037.5082 * t)
                + 0.00200 * sin(90 + 312.69 + 32_964.3577 * t)
                + 0.00179 * sin(350.74 + 445_267.1142 * t)
                + 0.00178 * sin(231.19 + 20.20 * t)
                - 0.00569);
    }

    static double moon(double time) {
        double t = (time + CLOCKS_BEHIND - 10_957.5) / 36_525;
        double mean = 218.3164477 + 481_267.88123421 * t - 0.0015786 * t * t;
        double fromSun = 297.8501921 + 445_267.1114034 * t - 0.0018819 * t * t;
        double sunAnomaly = 357.5291092 + 35_999.0502909 * t - 0.0001536 * t * t;
        double anomaly = 134.9633964 + 477_198.8675055 * t + 0.0087414 * t * t;
        double fromNode = 93.2720950 + 483_202.0175233 * t - 0.0036539 * t * t;
        double longitude = mean + 0.003958 * sin(119.75 + 131.849 * t) + 0.001962 * sin(mean - fromNode);
        for (List<Integer> term : MOON_TERMS) {
            double angle =
                    term.get(1) * fromSun + term.get(2) * sunAnomaly + term.get(3) * anomaly + term.get(4) * fromNode;
            // The earth's path becomes rounder with the centuries.
            double rounder = Math.pow(1 - 0.002516 * t, Math.abs(term.get(2)));
            longitude += term.get(0) * 1e-6 * rounder * sin(angle);
        }
        return turn(longitude);
    }

    /** How far the moon is ahead of the sun, 0 to 360 degrees: 0 at new moon, 180 at full moon. */
    static double phase(double time) {
        return turn(moon(time) - sun(time));
    }

    /** The time of the new moon that is nearest to that time. */
    static double newMoon(double near) {
        double mean = NEW_MOON + MONTH * Math.round((near - NEW_MOON) / MONTH);
        return when(SunAndMoon::phase, 0, MOON_SPEED - SUN_SPEED, mean);
    }

    /** The time about that one when something that grows so many degrees a day is at so many degrees. */
    static double when(DoubleUnaryOperator place, double degrees, double speed, double about) {
        double time = about;
        for (int i = 0; i < 8; i++) {
            double ahead = turn(place.applyAsDouble(time) - degrees + 180) - 180;
            time -= ahead / speed;
        }
        return time;
    }

    static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    /** The same angle between 0 and 360 degrees. */
    static double turn(double degrees) {
        return degrees - 360 * Math.floor(degrees / 360);
    }
}
