package coop.vigie.index;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind {@code deadline:}, {@code published:} and {@code value:}. */
record RangeReader(Instant now, ZoneId zone) {

    /** A value that cannot be read; the message ends a sentence that begins with the field. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    private static final Pattern COMPARISON = Pattern.compile("([<>]=?)(.*)", Pattern.DOTALL);
    private static final Pattern AGE = Pattern.compile("(\\d{1,4})([hdwmy])");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT = Pattern.compile("[+-]?\\d{4,6}-\\d{2}-\\d{2}[Tt][\\d:.]{5,18}[Zz]");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:[.,]\\d{1,6})?)([kKmM]?)");

    private static final String DATES =
            "takes <30d, >7d (units h, d, w, m, y), a date such as 2026-12-31, or a range such as 2026-11-01..2026-12-31";
    private static final String AMOUNTS = "takes >50000, <50000 or a range such as 10000..50000 (50k and 1.5m will do)";

    /** The first and last millisecond of what a person calls a date. */
    private record Moment(long from, long to) {}

    /**
     * {@code <30d} on deadlines means from now to 30 days ahead, on publication from 30 days ago on; {@code >} the rest.
     */
    Node span(Node.DateField field, String value) throws Unreadable {
        var comparison = COMPARISON.matcher(value);
        if (comparison.matches()) {
            var age = AGE.matcher(comparison.group(2));
            boolean below = value.startsWith("<");
            if (age.matches()) {
                return relative(field, below, Integer.parseInt(age.group(1)), age.group(2));
            }
            Moment moment = moment(comparison.group(2));
            boolean inclusive = comparison.group(1).length() == 2;
            return below
                    ? new Node.Span(field, Long.MIN_VALUE, inclusive ? moment.to() : moment.from() - 1)
                    : new Node.Span(field, inclusive ? moment.from() : moment.to() + 1, Long.MAX_VALUE);
        }
        int dots = value.indexOf("..");
        if (dots < 0) {
            Moment moment = moment(value);
            return new Node.Span(field, moment.from(), moment.to());
        }
        String first = value.substring(0, dots);
        String last = value.substring(dots + 2);
        if (first.isEmpty() && last.isEmpty()) {
            throw new Unreadable(DATES);
        }
        long from = first.isEmpty() ? Long.MIN_VALUE : moment(first).from();
        long to = last.isEmpty() ? Long.MAX_VALUE : moment(last).to();
        if (from > to) {
            throw new Unreadable("ends before it begins: " + value);
        }
        return new Node.Span(field, from, to);
    }

    Node amount(String value) throws Unreadable {
        var comparison = COMPARISON.matcher(value);
        if (comparison.matches()) {
            BigDecimal bound = number(comparison.group(2));
            boolean strictly = comparison.group(1).length() == 1;
            return value.startsWith("<")
                    ? new Node.Amount(null, bound, strictly)
                    : new Node.Amount(bound, null, strictly);
        }
        int dots = value.indexOf("..");
        if (dots < 0) {
            BigDecimal exactly = number(value);
            return new Node.Amount(exactly, exactly, false);
        }
        BigDecimal from = dots == 0 ? null : number(value.substring(0, dots));
        BigDecimal to = dots + 2 == value.length() ? null : number(value.substring(dots + 2));
        if (from == null && to == null) {
            throw new Unreadable(AMOUNTS);
        }
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new Unreadable("ends before it begins: " + value);
        }
        return new Node.Amount(from, to, false);
    }

    private Node relative(Node.DateField field, boolean below, int count, String unit) {
        int sign = field == Node.DateField.DEADLINE ? 1 : -1;
        ChronoUnit step =
                switch (unit) {
                    case "h" -> ChronoUnit.HOURS;
                    case "d" -> ChronoUnit.DAYS;
                    case "w" -> ChronoUnit.WEEKS;
                    case "m" -> ChronoUnit.MONTHS;
                    default -> ChronoUnit.YEARS;
                };
        // In the zone, so that a day across the change of the clock is a day.
        long bound =
                now.atZone(zone).plus((long) sign * count, step).toInstant().toEpochMilli();
        return switch (field) {
            case DEADLINE ->
                below
                        ? new Node.Span(field, now.toEpochMilli(), bound)
                        : new Node.Span(field, bound + 1, Long.MAX_VALUE);
            case PUBLISHED ->
                below ? new Node.Span(field, bound, Long.MAX_VALUE) : new Node.Span(field, Long.MIN_VALUE, bound - 1);
        };
    }

    private Moment moment(String written) throws Unreadable {
        try {
            if (DATE.matcher(written).matches()) {
                LocalDate date = LocalDate.parse(written);
                return new Moment(
                        date.atStartOfDay(zone).toInstant().toEpochMilli(),
                        date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1);
            }
            if (INSTANT.matcher(written).matches()) {
                long millis =
                        Instant.parse(written).truncatedTo(ChronoUnit.MILLIS).toEpochMilli();
                return new Moment(millis, millis);
            }
        } catch (DateTimeException e) {
            throw new Unreadable("has a date that does not exist: " + written);
        }
        throw new Unreadable(DATES);
    }

    private static BigDecimal number(@Nullable String written) throws Unreadable {
        var amount = AMOUNT.matcher(written == null ? "" : written);
        if (!amount.matches()) {
            throw new Unreadable(AMOUNTS);
        }
        int zeros =
                switch (amount.group(2)) {
                    case "k", "K" -> 3;
                    case "m", "M" -> 6;
                    default -> 0;
                };
        BigDecimal number = new BigDecimal(amount.group(1).replace(',', '.')).movePointRight(zeros);
        return new BigDecimal(number.toPlainString());
    }
}
