package coop.vigie.parse;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdom2.Element;

/**
 * How often a document asks to be read: {@code ttl}, {@code skipHours} and {@code skipDays} of RSS 2.0, and
 * {@code sy:updatePeriod} of the RSS 1.0 syndication module.
 *
 * @param least pause between two readings; zero if it names none
 * @param skipHours hours of the day, 0 to 23 in UTC, at which it is not to be read
 * @param skipDays days, in UTC, on which it is not to be read
 */
public record Rhythm(Duration least, Set<Integer> skipHours, Set<DayOfWeek> skipDays) {

    /** Says nothing. */
    public static final Rhythm NONE = new Rhythm(Duration.ZERO, Set.of(), Set.of());

    /** Longer pauses are left out at the end: nobody waits longer, and a weekend with its nights is shorter. */
    private static final int MOST_HOURS = 72;

    private static final String NUMBER = "[0-9]{1,9}";

    public Rhythm {
        skipHours = Set.copyOf(skipHours);
        skipDays = Set.copyOf(skipDays);
    }

    /** The first moment from that one on at which it may be read; that one itself if none comes soon. */
    public Instant allowed(Instant from) {
        ZonedDateTime at = from.atZone(ZoneOffset.UTC);
        for (int hours = 0; hours <= MOST_HOURS; hours++) {
            if (!skipHours.contains(at.getHour()) && !skipDays.contains(at.getDayOfWeek())) {
                return at.toInstant();
            }
            at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        }
        return from;
    }

    /** In one line, for {@link #of(String)}; "" for {@link #NONE}. */
    public String code() {
        if (equals(NONE)) {
            return "";
        }
        String hours = new TreeSet<>(skipHours).stream().map(String::valueOf).collect(Collectors.joining(","));
        String days = new TreeSet<>(skipDays).stream().map(DayOfWeek::name).collect(Collectors.joining(","));
        return least + ";" + hours + ";" + days;
    }

    /** @param code as {@link #code()} wrote it */
    public static Rhythm of(String code) {
        if (code.isEmpty()) {
            return NONE;
        }
        String[] parts = code.split(";", -1);
        return new Rhythm(
                Duration.parse(parts[0]),
                list(parts[1]).map(Integer::valueOf).collect(Collectors.toSet()),
                list(parts[2]).map(DayOfWeek::valueOf).collect(Collectors.toSet()));
    }

    private static Stream<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(each -> !each.isEmpty());
    }

    /** @param head channel of an RSS feed, or the feed of Atom */
    static Rhythm of(Element head) {
        Duration least = Duration.ZERO;
        Duration period = null;
        int frequency = 1;
        var hours = new TreeSet<Integer>();
        var days = new TreeSet<DayOfWeek>();
        for (Element each : head.getChildren()) {
            String text = each.getTextTrim();
            switch (each.getName().toLowerCase(Locale.ROOT)) {
                case "ttl" -> least = text.matches(NUMBER) ? Duration.ofMinutes(Long.parseLong(text)) : least;
                case "updateperiod" -> period = period(text);
                case "updatefrequency" -> frequency = text.matches(NUMBER) ? Integer.parseInt(text) : 1;
                // RSS 0.91 counts from 1 to 24.
                case "skiphours" ->
                    each.getChildren().stream()
                            .map(Element::getTextTrim)
                            .filter(hour -> hour.matches("[01]?[0-9]|2[0-4]"))
                            .forEach(hour -> hours.add(Integer.parseInt(hour) % 24));
                case "skipdays" ->
                    Arrays.stream(DayOfWeek.values())
                            .filter(day -> each.getChildren().stream()
                                    .anyMatch(name -> name.getTextTrim().equalsIgnoreCase(day.name())))
                            .forEach(days::add);
                default -> {
                    // says nothing of when it is read
                }
            }
        }
        Duration regular = period == null || frequency == 0 ? Duration.ZERO : period.dividedBy(frequency);
        return new Rhythm(regular.compareTo(least) > 0 ? regular : least, hours, days);
    }

    private static Duration period(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "hourly" -> Duration.ofHours(1);
            case "daily" -> Duration.ofDays(1);
            case "weekly" -> Duration.ofDays(7);
            case "monthly" -> Duration.ofDays(30);
            case "yearly" -> Duration.ofDays(365);
            default -> Duration.ZERO;
        };
    }
}
