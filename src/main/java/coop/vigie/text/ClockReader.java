package coop.vigie.text;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a time of day at a given token: {@code 12h00}, {@code 17.00 uur}, {@code 5 pm CET}, {@code minuit}. */
final class ClockReader {

    /**
     * A time of day as written.
     *
     * @param time midnight at the end of a day ("minuit", "24h") is 23:59, since a {@code LocalTime} cannot say 24:00
     * @param doubtful "00:00" may mean the first or the last minute of the day
     * @param next the token after it
     * @param end offset after its last character
     */
    record Clock(LocalTime time, @Nullable ZoneId zone, boolean doubtful, int next, int end) {}

    private static final Set<String> HOUR_WORDS =
            Set.of("h", "u", "heure", "heures", "uur", "uhr", "hrs", "hours", "hr", "hre", "hres", "uren", "noon");
    private static final Set<String> NOON = Set.of("midi", "noon", "midday", "mittag", "mittags");
    private static final Set<String> MIDNIGHT = Set.of("minuit", "midnight", "middernacht", "mitternacht");
    private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);
    private static final ZoneId CENTRAL_EUROPE = ZoneId.of("Europe/Brussels");

    private static final Pattern PART_OF_DAY = Pattern.compile("[ .]{0,2}(?:'?s |de l'|du |in the |in de )?"
            + "(?:(matin|ochtends|morgens|voormiddags|morning)|(apres-midi|soir|middags|namiddags?|avonds|afternoon"
            + "|evening|nachmittags|abends))\\b");
    private static final Pattern ZONE = Pattern.compile("[ ]?[,(]?[ ]?(?:(?<offset>z\\b|[+-]\\d\\d:?\\d\\d\\b)"
            + "|(?<world>utc|gmt)(?<shift>[ ]?[+-][ ]?\\d{1,2}(?::?\\d\\d)?)?(?![\\w])"
            + "|(?<central>cet|cest|mez|mesz|cet/cest)\\b"
            + "|(?<place>heure (?:de |d')?(?:bruxelles|paris|belge|belgique)|brussels(?: local)? time|brusselse tijd"
            + "|belgian time|belgische tijd|brusseler zeit))\\)?");

    private final String folded;
    private final List<Token> tokens;

    ClockReader(String folded, List<Token> tokens) {
        this.folded = folded;
        this.tokens = tokens;
    }

    /**
     * The time that begins at this token, or null.
     *
     * @param announced true after a word such as "om" or "at": then {@code 17.00} is a time, too
     */
    @Nullable
    Clock at(int index, boolean announced) {
        Token token = token(index);
        if (token == null) {
            return null;
        }
        if (NOON.contains(token.word())) {
            return finish(12, 0, index + 1, true, false);
        }
        if (MIDNIGHT.contains(token.word())) {
            return finish(24, 0, index + 1, true, false);
        }
        if (!token.isShort() || token.number() > 24 || gluedToWordBefore(token)) {
            return null;
        }
        return numeric(token.number(), index + 1, announced);
    }

    private @Nullable Clock numeric(int hour, int next, boolean announced) {
        Token sign = token(next);
        if (sign == null) {
            return null;
        }
        if (HOUR_WORDS.contains(sign.word())) {
            return afterHourWord(hour, next + 1);
        }
        if ((sign.is(":") || sign.is(".")) && sign.glued() && isMinutes(next + 1)) {
            int minute = number(next + 1);
            int after = next + 2;
            if (is(after, sign.word()) && isMinutes(after + 1)) {
                after += 2;
            }
            boolean spoken = isHourWord(after);
            if (sign.is(".") && !spoken && !announced && meridiem(after) == 0) {
                return null;
            }
            return finish(hour, minute, spoken ? after + 1 : after, spoken || sign.is(":"), true);
        }
        return meridiem(next) == 0 ? null : finish(hour, 0, next, true, true);
    }

    private @Nullable Clock afterHourWord(int hour, int next) {
        Token minutes = token(next);
        boolean hasMinutes = minutes != null
                && minutes.isNumber()
                && minutes.length() == 2
                && minutes.number() < 60
                && minutes.line() == tokens.get(next - 1).line()
                && (minutes.glued() || !startsDate(next));
        if (!hasMinutes || minutes == null) {
            return finish(hour, 0, next, true, true);
        }
        int after = next + 1;
        return finish(hour, minutes.number(), isHourWord(after) || is(after, "min") ? after + 1 : after, true, true);
    }

    private @Nullable Clock finish(int hour, int minute, int next, boolean certain, boolean mayHavePart) {
        int half = mayHavePart ? meridiem(next) : 0;
        if (half != 0) {
            next += meridiemLength(next);
            hour = half == 1 ? hour % 12 : hour % 12 + 12;
        }
        int end = tokens.get(next - 1).end();
        if (mayHavePart && half == 0) {
            Matcher part = PART_OF_DAY.matcher(folded).region(end, Math.min(folded.length(), end + 30));
            if (part.lookingAt()) {
                end = part.end();
                hour = part.group(2) != null && hour < 12 ? hour + 12 : hour;
            }
        }
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) {
            return null;
        }
        ZoneId zone = null;
        Matcher written = ZONE.matcher(folded).region(end, Math.min(folded.length(), end + 40));
        if (written.lookingAt()) {
            zone = zone(written);
            end = zone == null ? end : written.end();
        }
        LocalTime time = hour == 24 ? LAST_MINUTE : LocalTime.of(hour, minute);
        return new Clock(time, zone, !certain || time.equals(LocalTime.MIDNIGHT), tokenAfter(next, end), end);
    }

    private static @Nullable ZoneId zone(Matcher written) {
        // "17:00 CET" in July means the clock on the wall in Brussels; read so, it is never later than meant.
        if (written.group("central") != null || written.group("place") != null) {
            return CENTRAL_EUROPE;
        }
        String offset = written.group("offset");
        if (offset == null) {
            String shift = written.group("shift");
            offset = shift == null ? "z" : shift.replace(" ", "");
        }
        try {
            return offset.equals("z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
        } catch (DateTimeException notAnOffset) {
            return null;
        }
    }

    private boolean startsDate(int index) {
        Token next = token(index + 1);
        return next != null && (CalendarWords.month(next.word()) > 0 || (next.is("/") && next.glued()));
    }

    /** 1 for am, 2 for pm, 0 for neither. */
    private int meridiem(int index) {
        if (is(index, "am") || is(index, "pm")) {
            return is(index, "am") ? 1 : 2;
        }
        boolean dotted = (is(index, "a") || is(index, "p")) && is(index + 1, ".") && is(index + 2, "m");
        return !dotted ? 0 : is(index, "a") ? 1 : 2;
    }

    private int meridiemLength(int index) {
        return is(index, "am") || is(index, "pm") ? 1 : is(index + 3, ".") ? 4 : 3;
    }

    private boolean gluedToWordBefore(Token token) {
        if (token.start() == 0) {
            return false;
        }
        char before = folded.charAt(token.start() - 1);
        boolean isoMark = before == 't' && token.start() > 1 && Character.isDigit(folded.charAt(token.start() - 2));
        boolean decimal = (before == '.' || before == ',' || before == ':')
                && token.start() > 1
                && Character.isDigit(folded.charAt(token.start() - 2));
        return decimal || (Character.isLetterOrDigit(before) && !isoMark);
    }

    private int tokenAfter(int next, int end) {
        while (next < tokens.size() && tokens.get(next).start() < end) {
            next++;
        }
        return next;
    }

    private boolean isHourWord(int index) {
        Token token = token(index);
        return token != null && HOUR_WORDS.contains(token.word());
    }

    private boolean isMinutes(int index) {
        Token token = token(index);
        return token != null && token.glued() && token.isNumber() && token.length() == 2 && token.number() < 60;
    }

    private int number(int index) {
        return tokens.get(index).number();
    }

    private boolean is(int index, String word) {
        Token token = token(index);
        return token != null && token.is(word);
    }

    private @Nullable Token token(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }
}
