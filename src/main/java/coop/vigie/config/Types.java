package coop.vigie.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The longer ones of the types. */
final class Types {

    static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    static final Pattern NUTS = Pattern.compile("[A-Z]{2}[0-9A-Z]{0,3}");

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9}) ?([A-Za-z]+)");
    private static final Map<String, Duration> DURATIONS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Map<String, Long> SIZES =
            Map.of("B", 1L, "kB", 1_000L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);
    private static final Pattern WEB = Pattern.compile("(https?)://([^/?#]+)(.*)", Pattern.CASE_INSENSITIVE);

    private Types() {}

    static String line(String text) throws Type.Bad {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new Type.Bad("'" + shown(line) + "' holds a control character");
        }
        return line;
    }

    /** Safe to print: control characters, which could move the terminal's cursor, are replaced. */
    static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "\ufffd");
    }

    static Duration duration(String text) throws Type.Bad {
        var matcher = NUMBER_AND_UNIT.matcher(text);
        Duration unit = matcher.matches() ? DURATIONS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new Type.Bad("'" + text + "' is not a duration such as 30s, 15m, 6h or 30d");
        }
        Duration duration = unit.multipliedBy(Integer.parseInt(matcher.group(1)));
        if (duration.compareTo(LONGEST) > 0) {
            throw new Type.Bad("'" + text + "' is longer than 100 years");
        }
        return duration;
    }

    static Period days(String text) throws Type.Bad {
        var matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()
                && (matcher.group(2).equals("d") || matcher.group(2).equals("w"))) {
            return Period.ofDays(Math.toIntExact(duration(text).toDays()));
        }
        throw new Type.Bad("'" + text + "' is not a number of days such as 3d or 2w");
    }

    static long size(String text) throws Type.Bad {
        var matcher = NUMBER_AND_UNIT.matcher(text);
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new Type.Bad("'" + text + "' is not a size such as 500kB, 15MB or 2GB");
        }
        long size = unit * Integer.parseInt(matcher.group(1));
        if (size == 0) {
            throw new Type.Bad("'" + text + "' leaves room for nothing");
        }
        return size;
    }

    static ZoneId zone(String text) throws Type.Bad {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Type.Bad("'" + text + "' is not a time zone such as Europe/Brussels"
                    + Suggestion.among(ZoneId.getAvailableZoneIds(), text));
        }
    }

    static URI webAddress(String text) throws Type.Bad {
        var matcher = WEB.matcher(text);
        if (!matcher.matches()) {
            throw new Type.Bad("'" + text + "' is not an address that begins with https:// or http://");
        }
        try {
            String authority = asciiAuthority(matcher.group(2));
            URI address = new URI(matcher.group(1).toLowerCase(Locale.ROOT) + "://" + authority + matcher.group(3));
            if (address.getUserInfo() != null) {
                throw new Type.Bad("must not hold a user or password before the @");
            }
            if (address.getHost() == null) {
                throw new Type.Bad("'" + text + "' names no host");
            }
            return new URI(address.toASCIIString());
        } catch (URISyntaxException e) {
            throw new Type.Bad("'%s' is not a valid address: %s".formatted(text, e.getReason()));
        }
    }

    private static String asciiAuthority(String authority) {
        if (authority.chars().allMatch(c -> c < 128)) {
            return authority;
        }
        try {
            return IDN.toASCII(authority);
        } catch (IllegalArgumentException e) {
            return authority;
        }
    }
}
