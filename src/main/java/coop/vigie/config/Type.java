package coop.vigie.config;

import coop.vigie.codes.Nuts;
import coop.vigie.notice.EmailAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How one value of a file is read. The constants are the types that several files share; a package adds its own as
 * {@code Type<GroupId>} beside its values.
 */
@FunctionalInterface
public interface Type<T> {

    /** @throws Bad if the text is not of this type */
    T read(String text) throws Bad;

    /** Why a text is not of the wanted type: the end of a sentence that begins with the key, "'6x' is not a duration…". */
    final class Bad extends Exception {
        public Bad(String message) {
            super(message);
        }
    }

    /** One line of text, without blanks at its ends; line breaks become blanks; not empty. */
    Type<String> TEXT = text -> {
        String line = Types.line(text);
        if (line.isEmpty()) {
            throw new Bad("must not be empty");
        }
        return line;
    };

    /** Likewise, but may be empty. */
    Type<String> ANY_TEXT = Types::line;

    Type<Boolean> BOOLEAN = text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new Bad("'" + text + "' is neither true nor false");
    };

    /** {@code 30s}, {@code 15m}, {@code 6h}, {@code 30d}, {@code 2w}: whole numbers, one unit. */
    Type<Duration> DURATION = Types::duration;

    /** A duration above zero. */
    Type<Duration> POSITIVE_DURATION = text -> {
        Duration duration = DURATION.read(text);
        if (duration.isZero()) {
            throw new Bad("'" + text + "' must be longer than nothing");
        }
        return duration;
    };

    /** Calendar days, {@code 14d} or {@code 2w}. */
    Type<Period> DAYS = Types::days;

    /** Bytes, {@code 15MB}: decimal units kB, MB and GB, or B. */
    Type<Long> SIZE = Types::size;

    Type<ZoneId> ZONE = Types::zone;

    /** A regular expression, returned as written. */
    Type<String> REGEX = text -> {
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new Bad("'%s' is not a regular expression: %s at character %d"
                    .formatted(text, e.getDescription(), Math.max(0, e.getIndex()) + 1));
        }
    };

    /** An absolute http or https address; an international host name is turned into its ASCII form. */
    Type<URI> WEB_ADDRESS = Types::webAddress;

    Type<LocalDate> DATE = text -> {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Bad("'" + text + "' is not a date such as 2026-10-01");
        }
    };

    /** Hours and minutes, {@code 07:30}. */
    Type<LocalTime> TIME = text -> {
        try {
            return LocalTime.parse(text.length() == 5 ? text : "");
        } catch (DateTimeException e) {
            throw new Bad("'" + text + "' is not a time such as \"07:30\"");
        }
    };

    Type<EmailAddress> MAIL_ADDRESS = text -> {
        try {
            return new EmailAddress(text);
        } catch (IllegalArgumentException e) {
            throw new Bad("'" + Types.shown(text) + "' is not a mail address: " + e.getMessage());
        }
    };

    /** A language by its ISO 639-1 code. */
    Type<String> LANGUAGE = text -> {
        if (!Types.LANGUAGES.contains(text)) {
            throw new Bad("'" + text + "' is not a language code of two letters such as fr, nl or en");
        }
        return text;
    };

    /** A place by its NUTS code. */
    Type<String> PLACE = text -> {
        if (!Types.NUTS.matcher(text).matches()) {
            String meant = String.join(" or ", Nuts.find(text, 3));
            throw new Bad("'" + text + "' is not a NUTS code such as BE, BE1 or BE100"
                    + (meant.isEmpty() ? "" : "; did you mean " + meant + "?"));
        }
        return text;
    };

    /** A whole number in these bounds, both included. */
    static Type<Integer> number(int least, int most) {
        return text -> {
            if (text.matches("-?\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw new Bad("'%s' is not a whole number from %d to %d".formatted(text, least, most));
        };
    }

    /** One of these values, written as {@code code} says. */
    static <E> Type<E> oneOf(Collection<E> values, Function<E, String> code) {
        List<String> codes = values.stream().map(code).toList();
        return text -> {
            for (E value : values) {
                if (code.apply(value).equals(text)) {
                    return value;
                }
            }
            throw new Bad(
                    "'%s' is not one of %s%s".formatted(text, String.join(", ", codes), Suggestion.among(codes, text)));
        };
    }
}
