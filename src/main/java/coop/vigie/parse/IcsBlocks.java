package coop.vigie.parse;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An iCalendar file cut into its events, so that one broken event costs no other and each can be kept and read again alone.
 *
 * @param head the calendar's time zones, and the one that its times without a zone are meant in
 * @param events each from BEGIN:VEVENT to END:VEVENT
 * @param isTruncated true if the last event has no end
 */
record IcsBlocks(String head, List<String> events, boolean isTruncated) {

    private static final int MOST_EVENTS = 20_000;

    private static final Pattern START_ZONE =
            Pattern.compile("(?im)^DTSTART[^:\\r\\n]*;TZID=\"?([^\";:\\r\\n]{1,100})");
    private static final Pattern UTC_START = Pattern.compile("(?im)^DTSTART[^\\r\\n]*Z\\s*$");
    private static final Pattern CALENDAR_ZONE = Pattern.compile("(?im)^X-WR-TIMEZONE[^:\\r\\n]*:([^\\r\\n]{1,100})");

    /** Windows and Lotus write "Romance Standard Time", libraries "/example.org/20070129_1/Europe/Paris". */
    private static final Pattern REGION = Pattern.compile("([A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30})$");

    IcsBlocks {
        events = List.copyOf(events);
    }

    static boolean isCalendar(String text) {
        String start = text.substring(0, Math.min(text.length(), 4_000)).toUpperCase(Locale.ROOT);
        return start.contains("BEGIN:VCALENDAR");
    }

    static IcsBlocks of(String text) {
        var head = new StringBuilder();
        var events = new ArrayList<String>();
        StringBuilder event = null;
        boolean inZone = false;
        for (String line : text.split("\\r\\n|\\n|\\r")) {
            String upper = line.stripTrailing().toUpperCase(Locale.ROOT);
            if (upper.equals("BEGIN:VEVENT") && event != null) {
                // The one before has no end; what it says still counts.
                events.add(event.append("END:VEVENT\r\n").toString());
                event = null;
            }
            if (upper.equals("BEGIN:VEVENT") && events.size() < MOST_EVENTS) {
                event = new StringBuilder();
            }
            inZone |= upper.equals("BEGIN:VTIMEZONE");
            if (event != null) {
                event.append(line).append("\r\n");
            } else if (inZone || upper.startsWith("X-WR-TIMEZONE")) {
                head.append(line).append("\r\n");
            }
            inZone &= !upper.equals("END:VTIMEZONE");
            if (upper.equals("END:VEVENT") && event != null) {
                events.add(event.toString());
                event = null;
            }
        }
        return new IcsBlocks(head.toString(), events, event != null);
    }

    /** A calendar that holds this event only. */
    String alone(String event) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + head + event + "END:VCALENDAR\r\n";
    }

    /** The zone in which the first event of that calendar begins; null where its time is UTC or floats. */
    static @Nullable ZoneId zone(String alone) {
        if (UTC_START
                .matcher(alone.substring(
                        Math.max(0, alone.toUpperCase(Locale.ROOT).indexOf("BEGIN:VEVENT"))))
                .find()) {
            return null;
        }
        String event =
                alone.substring(Math.max(0, alone.toUpperCase(Locale.ROOT).indexOf("BEGIN:VEVENT")));
        Matcher own = START_ZONE.matcher(event);
        Matcher calendar = CALENDAR_ZONE.matcher(alone);
        ZoneId zone = own.find() ? named(own.group(1)) : null;
        return zone == null && calendar.find() ? named(calendar.group(1)) : zone;
    }

    private static @Nullable ZoneId named(String written) {
        String name = written.strip();
        Matcher region = REGION.matcher(name);
        try {
            return ZoneId.of(region.find() ? region.group(1) : name);
        } catch (DateTimeException unknown) {
            return switch (name) {
                case "Romance Standard Time" -> ZoneId.of("Europe/Brussels");
                case "W. Europe Standard Time" -> ZoneId.of("Europe/Berlin");
                case "GMT Standard Time" -> ZoneId.of("Europe/London");
                default -> null;
            };
        }
    }
}
