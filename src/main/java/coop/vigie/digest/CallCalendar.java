package coop.vigie.digest;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls as a calendar (RFC 5545): one event at the deadline of each open, dated call. The UID comes from the call's id and
 * SEQUENCE from its revision, so that a calendar that reads the list again moves the event instead of doubling it.
 */
public final class CallCalendar {

    /** RFC 5545, section 3.1: a line has at most 75 octets, its break not counted. */
    private static final int LINE = 75;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();
    private final String language;
    private final Function<Call, Instant> stamp;

    private CallCalendar(String language, Function<Call, Instant> stamp) {
        this.language = language;
        this.stamp = stamp;
    }

    /** @param language preferred for titles */
    public static String of(List<Call> calls, Instant now, String language) {
        return of(calls, now, language, any -> now);
    }

    /** @param stamp when what stands here of a call was last revised */
    static String of(List<Call> calls, Instant now, String language, Function<Call, Instant> stamp) {
        var calendar = new CallCalendar(language, stamp);
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//Vigie//calls//" + language.toUpperCase(Locale.ROOT));
        for (Call call : calls) {
            if (call.deadline(now) instanceof Deadline.Dated dated
                    && (dated.state(now) == Deadline.State.OPEN || call.stage() == Stage.CANCELLED)) {
                calendar.event(call, dated);
            }
        }
        calendar.line("END:VCALENDAR");
        return calendar.out.toString();
    }

    /** Those calls of an edition that its reader marked; empty if none of them has a date. */
    public static Optional<String> ofMarked(Edition edition) {
        List<Call> marked = edition.items().stream()
                .filter(item -> item.regard().mine() != null)
                .map(Item::call)
                .toList();
        return Optional.of(of(marked, edition.built(), edition.language()))
                .filter(calendar -> calendar.contains("BEGIN:VEVENT"));
    }

    private void event(Call call, Deadline.Dated deadline) {
        Notice facts = call.facts();
        line("BEGIN:VEVENT");
        line("UID:" + text(call.id().toString()));
        line("DTSTAMP:" + UTC.format(stamp.apply(call)));
        line("DTSTART:" + UTC.format(deadline.instant()));
        line("SEQUENCE:" + (call.revision() - 1));
        line("SUMMARY:" + text(facts.title().in(List.of(language))));
        // A date that a person should check first is no more than tentative.
        String dated = deadline.doubtful() ? "TENTATIVE" : "CONFIRMED";
        line("STATUS:" + (call.stage() == Stage.CANCELLED ? "CANCELLED" : dated));
        line("TRANSP:TRANSPARENT");
        if (facts.buyer() != null) {
            line("DESCRIPTION:" + text(facts.buyer()));
        }
        if (facts.url() != null) {
            // An address is no TEXT: it is not escaped, and must hold nothing that could break the line.
            line("URL:" + facts.url().replaceAll("[\\p{Cntrl}\\s]", ""));
        }
        line("END:VEVENT");
    }

    /** RFC 5545, section 3.3.11. */
    static String text(String value) {
        return Foreign.line(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,");
    }

    /** Adds a line folded (RFC 5545, section 3.1), never inside a character. */
    private void line(String content) {
        var folded = new StringBuilder();
        int used = 0;
        for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
            String character = Character.toString(content.codePointAt(i));
            int octets = character.getBytes(StandardCharsets.UTF_8).length;
            if (used + octets > LINE) {
                folded.append("\r\n ");
                used = 1;
            }
            folded.append(character);
            used += octets;
        }
        out.append(folded).append("\r\n");
    }
}
