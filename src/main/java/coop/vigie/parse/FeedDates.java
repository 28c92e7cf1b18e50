package coop.vigie.parse;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publication dates as feeds write them: RFC 822 and RFC 3339 and what passes for them. Deadlines are never read here.
 *
 * <p>Without a zone the date counts as UTC, without a day as the first of its month or year.
 */
final class FeedDates {

    private static final Pattern ISO = Pattern.compile(
            "(?<y>\\d{4})(?:-?(?<m>\\d{2})(?:-?(?<d>\\d{2}))?)?(?:[tT ,]{1,3}(?<h>\\d{1,2}):?(?<min>\\d{2})(?::?(?<s>\\d{2})(?:[.,]\\d{1,9})?)?\\s{0,3}(?<zone>.{0,40}))?");
    private static final Pattern SLOW_ISO =
            Pattern.compile("(?<y>\\d{4})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})(?<rest>(?:[ tT].{0,60})?)");
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d:+-])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?\\s{0,2}(a\\.?m\\b\\.?|p\\.?m\\b\\.?)?");
    private static final Pattern OFFSET =
            Pattern.compile("(?:gmt|utc|z)?\\s?([+-])(\\d{2}):?(\\d{2})\\s*$|([+-])(\\d{2})\\s*$");
    private static final Pattern REGION = Pattern.compile("\\b([A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30})\\b");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})(?!\\d)");
    private static final Pattern SPACED = Pattern.compile("(?<!\\d)(\\d{1,2}) (\\d{1,2}) (\\d{4})(?!\\d)");
    private static final Pattern WORDS = Pattern.compile("\\p{L}{1,30}");
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\d:+])\\d{1,4}(?![\\d:])");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,13}");
    private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,100}\\)");

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern FROM_OFFSET = Pattern.compile("[+-]\\d.*");

    private static final Map<String, String> ZONES = Map.ofEntries(
            Map.entry("est", "-05:00"),
            Map.entry("edt", "-04:00"),
            Map.entry("cst", "-06:00"),
            Map.entry("cdt", "-05:00"),
            Map.entry("mst", "-07:00"),
            Map.entry("mdt", "-06:00"),
            Map.entry("pst", "-08:00"),
            Map.entry("pdt", "-07:00"),
            Map.entry("et", "America/New_York"),
            Map.entry("pt", "America/Los_Angeles"),
            Map.entry("ct", "America/Chicago"),
            Map.entry("mt", "America/Denver"),
            Map.entry("cet", "+01:00"),
            Map.entry("cest", "+02:00"),
            Map.entry("met", "+01:00"),
            Map.entry("mest", "+02:00"),
            Map.entry("mez", "+01:00"),
            Map.entry("mesz", "+02:00"),
            Map.entry("bst", "+01:00"),
            Map.entry("wet", "Z"),
            Map.entry("west", "+01:00"),
            Map.entry("eet", "+02:00"),
            Map.entry("eest", "+03:00"),
            Map.entry("jst", "+09:00"),
            Map.entry("akst", "-09:00"),
            Map.entry("akdt", "-08:00"),
            Map.entry("hst", "-10:00"),
            Map.entry("msk", "+03:00"));

    private static final Map<String, Integer> MONTHS = new HashMap<>();

    static {
        String table = """
                jan january janvier janv januari januar
                feb february fevrier fevr fev februari februar
                mar march mars maart mrt marz maerz
                apr april avril avr
                may mai mei
                jun june juin juni
                jul july juillet juil juli
                aug august aout augustus
                sep sept september septembre
                oct october octobre okt oktober
                nov november novembre
                dec december decembre dez dezember
                """;
        int month = 1;
        for (String line : table.lines().toList()) {
            for (String name : line.split(" ")) {
                MONTHS.put(name, month);
            }
            month++;
        }
    }

    private FeedDates() {}

    /** Null for what is no date. */
    static @Nullable Instant parse(@Nullable String written) {
        if (written == null || written.isBlank() || written.length() > 120) {
            return null;
        }
        String text = COMMENT.matcher(written.strip()).replaceAll("").strip();
        try {
            if (EPOCH.matcher(text).matches()) {
                long number = Long.parseLong(text);
                return text.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            }
            Matcher iso = ISO.matcher(text);
            return iso.matches() ? iso(iso) : loose(text);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static Instant iso(Matcher iso) {
        LocalDate date = LocalDate.of(number(iso.group("y"), 0), number(iso.group("m"), 1), number(iso.group("d"), 1));
        String zone = iso.group("zone");
        return at(
                date,
                time(number(iso.group("h"), 0), number(iso.group("min"), 0), number(iso.group("s"), 0)),
                zone == null ? "" : zone);
    }

    private static @Nullable Instant loose(String text) {
        String folded = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        Matcher clock = TIME.matcher(folded);
        LocalTime time = LocalTime.MIDNIGHT;
        String rest = folded;
        String zone = folded;
        if (clock.find()) {
            time = clock(clock);
            rest = folded.substring(0, clock.start()) + " "
                    + FROM_OFFSET.matcher(folded.substring(clock.end())).replaceAll("");
            zone = folded.substring(clock.end());
        }
        LocalDate date = date(rest);
        Matcher region = REGION.matcher(text);
        return date == null ? null : at(date, time, region.find() ? region.group(1) : zone);
    }

    private static LocalTime clock(Matcher clock) {
        int hour = number(clock.group(1), 0);
        String half = clock.group(4);
        if (half != null && hour <= 12) {
            hour = hour % 12 + (half.startsWith("p") ? 12 : 0);
        }
        return time(hour, number(clock.group(2), 0), number(clock.group(3), 0));
    }

    private static @Nullable LocalDate date(String text) {
        Matcher iso = SLOW_ISO.matcher(text.strip());
        if (iso.matches()) {
            return LocalDate.of(number(iso.group("y"), 0), number(iso.group("m"), 0), number(iso.group("d"), 0));
        }
        int month = 0;
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            // "mar., 01 déc." begins with a mardi, not with March: the last month named is the month.
            month = MONTHS.getOrDefault(words.group(), month);
        }
        Matcher numeric = NUMERIC.matcher(text);
        if (month == 0) {
            Matcher spaced = SPACED.matcher(text);
            return numeric.find() ? numeric(numeric) : spaced.find() ? numeric(spaced) : null;
        }
        return named(text, month);
    }

    private static LocalDate numeric(Matcher numeric) {
        int day = number(numeric.group(1), 0);
        int month = number(numeric.group(2), 0);
        int year = year(number(numeric.group(3), 0), numeric.group(3).length());
        return month > 12 ? LocalDate.of(year, day, month) : LocalDate.of(year, month, day);
    }

    private static @Nullable LocalDate named(String text, int month) {
        int year = -1;
        int day = -1;
        Matcher numbers = NUMBERS.matcher(text);
        while (numbers.find()) {
            int number = Integer.parseInt(numbers.group());
            if (numbers.group().length() == 4) {
                year = year < 0 ? number : year;
            } else if (day < 0 && number >= 1 && number <= 31) {
                day = number;
            } else if (year < 0 && numbers.group().length() == 2) {
                year = year(number, 2);
            }
        }
        return year < 0 ? null : LocalDate.of(year, month, day < 0 ? 1 : day);
    }

    private static int year(int number, int digits) {
        return digits == 4 ? number : number < 70 ? 2000 + number : 1900 + number;
    }

    private static LocalTime time(int hour, int minute, int second) {
        return hour == 24 ? LocalTime.MAX.withNano(0) : LocalTime.of(hour, minute, Math.min(second, 59));
    }

    private static Instant at(LocalDate date, LocalTime time, String zone) {
        return date.atTime(time).atZone(zone(zone)).toInstant();
    }

    private static ZoneId zone(String written) {
        String text = written.strip();
        Matcher offset = OFFSET.matcher(text.toLowerCase(Locale.ROOT));
        if (offset.find()) {
            boolean full = offset.group(1) != null;
            String sign = full ? offset.group(1) : offset.group(4);
            int hours = number(full ? offset.group(2) : offset.group(5), 0);
            int minutes = full ? number(offset.group(3), 0) : 0;
            int seconds = (hours * 60 + minutes) * 60;
            // Past 18 hours it is no offset but a mistake.
            return seconds > 18 * 3600
                    ? ZoneOffset.UTC
                    : ZoneOffset.ofTotalSeconds(sign.equals("-") ? -seconds : seconds);
        }
        if (text.contains("/")) {
            return ZoneId.of(text);
        }
        Matcher words = WORDS.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            String known = ZONES.get(words.group());
            if (known != null) {
                return ZoneId.of(known);
            }
        }
        return ZoneOffset.UTC;
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
