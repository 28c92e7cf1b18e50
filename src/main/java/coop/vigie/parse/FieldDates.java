package coop.vigie.parse;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Deadline.Origin;
import coop.vigie.text.CleanHtml;
import coop.vigie.text.DeadlineFinder;
import coop.vigie.text.FoundDate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Dates in elements that a selector names. A machine's form ({@code datetime}) counts more than the words beside it; where the
 * two disagree, the date is doubtful.
 *
 * <p>Content systems put a time into {@code datetime} where the editor entered a day only: midnight, or noon UTC (Drupal). Such a
 * time is none.
 */
final class FieldDates {

    private static final int QUOTE_LENGTH = 200;
    private static final String CUE = "Deadline: ";
    private static final Pattern ISO = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})"
            + "(?:[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,]\\d{1,9})?\\s?(Z|[+-]\\d{2}:?\\d{2})?)?");

    private FieldDates() {}

    /**
     * @param machine an ISO date with or without time; null if there is none
     * @param words what a reader sees
     */
    record Written(@Nullable String machine, String words) {

        static Written of(FieldSelector selector, Element element) {
            String words = CleanHtml.line(FieldSelector.text(element));
            if (selector.attribute() != null) {
                String value = selector.value(element);
                return ISO.matcher(value).matches() ? new Written(value, words) : new Written(null, value);
            }
            Element timed = element.selectFirst("[datetime]");
            String machine = timed == null ? "" : timed.attr("datetime").strip();
            return new Written(ISO.matcher(machine).matches() ? machine : null, words);
        }
    }

    private record Moment(
            LocalDate date,
            @Nullable LocalTime time,
            @Nullable ZoneOffset offset) {

        static @Nullable Moment of(@Nullable String iso) {
            Matcher parts = ISO.matcher(iso == null ? "" : iso);
            if (!parts.matches()) {
                return null;
            }
            try {
                return new Moment(
                        LocalDate.parse(parts.group(1)),
                        parts.group(2) == null ? null : LocalTime.parse(parts.group(2)),
                        parts.group(3) == null ? null : ZoneOffset.of(parts.group(3)));
            } catch (DateTimeException impossible) {
                return null;
            }
        }

        /** In that zone, without a time that only fills the form. */
        Moment in(ZoneId zone) {
            if (time == null) {
                return this;
            }
            boolean noon = ZoneOffset.UTC.equals(offset) && time.equals(LocalTime.NOON);
            if (noon || time.equals(LocalTime.MIDNIGHT)) {
                return new Moment(date, null, null);
            }
            if (offset == null) {
                return this;
            }
            var local = date.atTime(time).atOffset(offset).atZoneSameInstant(zone);
            LocalTime clock = local.toLocalTime();
            return new Moment(local.toLocalDate(), clock.equals(LocalTime.MIDNIGHT) ? null : clock, null);
        }

        /** Midnight UTC of the date when only a date is known. */
        Instant instant(ZoneId zone) {
            if (time == null) {
                return date.atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return date.atTime(time).atZone(offset == null ? zone : offset).toInstant();
        }
    }

    /** Null if no whole date stands there. */
    static @Nullable Instant published(Written written, ZoneId zone, String language) {
        Moment machine = Moment.of(written.machine());
        if (machine != null) {
            return machine.instant(zone);
        }
        return DeadlineFinder.dates(written.words(), null, zone, language).stream()
                .filter(date -> date.value() != null && !date.doubtful())
                .findFirst()
                .map(date -> instant(date, zone))
                .orElse(null);
    }

    private static Instant instant(FoundDate found, ZoneId zone) {
        LocalDate date = Objects.requireNonNull(found.value());
        ZoneId own = found.zone();
        return new Moment(date, found.time(), null).instant(own == null ? zone : own);
    }

    /** Unknown with a quote if something stands there that is no readable date; without one if nothing does. */
    static Deadline deadline(Written written, @Nullable Instant published, ParseContext context, String language) {
        String machine = written.machine();
        Moment given = Moment.of(machine);
        // What a machine wrote in a form of its own is words like any others: "2026-12-15 17h", "2026-02-30".
        String words = machine != null && given == null && written.words().isBlank() ? machine : written.words();
        Deadline said = said(words, published, context.zone(), language);
        Deadline found = given == null ? said : joined(given.in(context.zone()), said, words, context.zone());
        if (!(found instanceof Deadline.Dated dated)) {
            return found;
        }
        boolean before = published != null && dated.date().isBefore(LocalDate.ofInstant(published, context.zone()));
        return before
                ? TextDeadline.doubted(dated)
                : TextDeadline.judged(dated, published == null ? context.now() : published);
    }

    /**
     * What a field states; where it names no date ("binnenkort", "n.v.t."), what the text around it says, for that costs no
     * call. A field with a number in it meant a date, perhaps another one: then that of the text is doubtful.
     *
     * @param text all words of the item
     * @param unread is told the words of a field that gave no date, and what came of it
     */
    static Deadline orTold(
            Deadline stated,
            String text,
            @Nullable Instant published,
            ParseContext context,
            String language,
            BiConsumer<String, String> unread) {
        if (!(stated instanceof Deadline.Unknown)) {
            return stated;
        }
        Deadline told = TextDeadline.find(text, published, context, language);
        String words = stated.quote();
        if (words == null) {
            return told;
        }
        if (told instanceof Deadline.Unknown) {
            unread.accept(words, "no whole date; nobody guessed one");
            return stated;
        }
        unread.accept(words, "no whole date; what the text says counts");
        boolean meantOne = words.chars().anyMatch(Character::isDigit);
        return meantOne && told instanceof Deadline.Dated dated ? TextDeadline.doubted(dated) : told;
    }

    private static Deadline joined(Moment given, Deadline said, String words, ZoneId zone) {
        String quote = words.isBlank() ? null : shortened(words);
        if (!(said instanceof Deadline.Dated spoken)) {
            return new Deadline.Dated(given.date(), given.time(), zone, Origin.FIELD, quote, false);
        }
        boolean agree = spoken.date().equals(given.date());
        // A year that was only guessed does not contradict one that is written down.
        boolean sameDay = spoken.doubtful()
                && spoken.date().withYear(given.date().getYear()).equals(given.date());
        if (agree && spoken.time() != null) {
            return new Deadline.Dated(given.date(), spoken.time(), spoken.zone(), Origin.FIELD, spoken.quote(), false);
        }
        return new Deadline.Dated(given.date(), given.time(), zone, Origin.FIELD, spoken.quote(), !agree && !sameDay);
    }

    /** The words are those of a deadline already: a bare date among them is one. */
    private static Deadline said(String words, @Nullable Instant published, ZoneId zone, String language) {
        Deadline found = DeadlineFinder.find(words, published, zone, language);
        if (found.equals(Deadline.UNKNOWN)) {
            found = DeadlineFinder.find(CUE + words, published, zone, language);
        }
        return switch (found) {
            case Deadline.Dated dated ->
                new Deadline.Dated(
                        dated.date(), dated.time(), dated.zone(), Origin.FIELD, own(dated.quote()), dated.doubtful());
            case Deadline.Rolling rolling -> new Deadline.Rolling(Origin.FIELD, own(rolling.quote()));
            case Deadline.Forecast forecast -> forecast;
            case Deadline.Unknown unknown ->
                words.codePoints().anyMatch(Character::isLetterOrDigit)
                        ? new Deadline.Unknown(shortened(words))
                        : Deadline.UNKNOWN;
        };
    }

    private static @Nullable String own(@Nullable String quote) {
        return quote != null && quote.startsWith(CUE) ? quote.substring(CUE.length()) : quote;
    }

    private static String shortened(String words) {
        return words.length() <= QUOTE_LENGTH ? words : words.substring(0, QUOTE_LENGTH);
    }
}
