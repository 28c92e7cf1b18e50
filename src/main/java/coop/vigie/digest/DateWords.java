package coop.vigie.digest;

import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Dates as people write them in the three languages. By our own rules, so that neither the machine's locale nor a new
 * JDK's data changes a mail.
 */
final class DateWords {

    private static final int QUOTE_AT_MOST = 160;

    private final Messages messages;
    private final ZoneId readerZone;
    private final Instant now;
    private final List<String> weekdays;
    private final List<String> months;

    DateWords(Messages messages, ZoneId readerZone, Instant now) {
        this.messages = messages;
        this.readerZone = readerZone;
        this.now = now;
        this.weekdays = messages.list("date.weekdays");
        this.months = messages.list("date.months");
    }

    /** "jeu. 3 déc. 2026, 12 h 00"; the zone follows where its clock differs from the reader's at that moment. */
    String deadline(Deadline deadline) {
        return switch (deadline) {
            case Deadline.Dated dated -> dated(dated);
            case Deadline.Forecast forecast -> messages.text("deadline.forecast");
            case Deadline.Rolling rolling -> messages.text("deadline.rolling");
            case Deadline.Unknown unknown -> messages.text("deadline.unknown");
        };
    }

    private String dated(Deadline.Dated dated) {
        var words = new StringBuilder(day(dated.date()));
        LocalTime time = dated.time();
        if (time != null) {
            words.append(", ").append(time(time));
        }
        Instant instant = dated.instant();
        boolean sameClock = readerZone
                .getRules()
                .getOffset(instant)
                .equals(dated.zone().getRules().getOffset(instant));
        if (!sameClock) {
            words.append(" (")
                    .append(messages.text("date.zone", zoneName(dated.zone())))
                    .append(")");
        }
        if (dated.state(now) == Deadline.State.CLOSED) {
            words.append(" (").append(messages.text("deadline.closed")).append(")");
        }
        return words.toString();
    }

    private static String zoneName(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** "jeu. 3 déc. 2026". */
    String day(LocalDate date) {
        return shortDay(date) + " " + date.getYear();
    }

    /** "jeu. 3 déc." this year, with the year in any other. */
    String nearDay(LocalDate date) {
        return date.getYear() == today().getYear() ? shortDay(date) : day(date);
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, readerZone);
    }

    /** "dans 3 jours", "demain", "aujourd’hui"; empty for what has no date or lies behind. */
    String left(Deadline deadline) {
        if (!(deadline instanceof Deadline.Dated dated) || dated.state(now) == Deadline.State.CLOSED) {
            return "";
        }
        int days = Math.toIntExact(dated.daysLeft(now));
        return switch (days) {
            case 0 -> messages.text("left.today");
            case 1 -> messages.text("left.tomorrow");
            default -> messages.text("left.days", days);
        };
    }

    /** What a reader must know before trusting the date; empty where nothing is doubtful. */
    String doubt(Deadline deadline) {
        if (!deadline.doubtful()) {
            return "";
        }
        String quote = deadline.quote();
        return quote == null || quote.isBlank()
                ? messages.text("doubt.bare")
                : messages.text("doubt.quote", messages.text("quote", Foreign.line(quote, QUOTE_AT_MOST)));
    }

    private String shortDay(LocalDate date) {
        String day = date.getDayOfMonth() == 1 ? messages.text("date.first") : Integer.toString(date.getDayOfMonth());
        return weekdays.get(date.getDayOfWeek().getValue() - 1) + " " + day + " "
                + months.get(date.getMonthValue() - 1);
    }

    /** Seconds are dropped, never rounded up: earlier is safe. */
    private String time(LocalTime time) {
        return messages.text("date.time", time.getHour(), twoDigits(time.getMinute()), twoDigits(time.getHour()));
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
