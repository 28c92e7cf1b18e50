package coop.vigie.parse;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateStart;
import biweekly.property.ICalProperty;
import biweekly.property.TextProperty;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Agendas in iCalendar (RFC 5545): each event is a notice, a training unless the source's entry says otherwise.
 *
 * <p>A date to register by that the event's text names is its deadline; else the event's own beginning, after which nobody can take
 * part. Of an event that recurs the next occurrence counts, under an id of its own, so that next week's is no change of this
 * week's. Times without a zone are meant in that of the source. Each event is read apart from the others.
 */
public final class IcsParser implements NoticeParser {

    /** A daily event of a century; more is an attack. */
    private static final int MOST_OCCURRENCES = 40_000;

    private static final int TITLE_LENGTH = 120;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        String text = Json.decode(payload.bytes());
        if (!IcsBlocks.isCalendar(text)) {
            String found = text.isBlank()
                    ? "an empty document"
                    : text.stripLeading().startsWith("<") ? FeedSource.htmlPage(text) : "a document without VCALENDAR";
            return Parsed.other(found + ", where an agenda was expected");
        }
        IcsBlocks blocks = IcsBlocks.of(text);
        var notices = new ArrayList<ParsedNotice>();
        var warnings = new ArrayList<Warning>();
        int number = 0;
        for (String event : blocks.events()) {
            number++;
            String position = payload.position() + " event " + number;
            String alone = blocks.alone(event);
            try {
                VEvent read = event(alone);
                Notice notice = read == null ? null : new Reading(read, alone, context).notice();
                if (notice == null) {
                    warnings.add(new Warning(
                            context.source(), position, "event", "", "left out, as it has neither words nor a date"));
                } else if (Wanted.of(context).accepts(notice)) {
                    byte[] raw = alone.getBytes(StandardCharsets.UTF_8);
                    notices.add(new ParsedNotice(notice, raw, "text/calendar"));
                }
            } catch (DateTimeException | IllegalArgumentException | IllegalStateException e) {
                warnings.add(
                        new Warning(context.source(), position, "event", "", "could not be read and was left out"));
            }
        }
        String failure = blocks.isTruncated() ? "the agenda breaks off inside event " + (number + 1) : null;
        return new Parsed(notices, warnings, List.of(), failure);
    }

    private static @Nullable VEvent event(String alone) {
        ICalendar calendar = Biweekly.parse(alone).first();
        return calendar == null
                ? null
                : calendar.getEvents().stream().findFirst().orElse(null);
    }

    /** One event being read. */
    private static final class Reading {
        private final VEvent event;
        private final String alone;
        private final ParseContext context;

        Reading(VEvent event, String alone, ParseContext context) {
            this.event = event;
            this.alone = alone;
            this.context = context;
        }

        @Nullable
        Notice notice() {
            String text = text();
            String title = CleanHtml.line(words(event.getSummary()));
            if (title.isEmpty()) {
                String first = text.lines().findFirst().orElse("");
                title = first.length() > TITLE_LENGTH ? first.substring(0, TITLE_LENGTH) + "…" : first;
            }
            LocalDateTime begin = begin();
            if (title.isEmpty()) {
                return null;
            }
            String language = ItemLanguage.of(null, null, context.languages(), title + "\n" + text);
            Instant published = published();
            Deadline said = TextDeadline.find(title + "\n\n" + text, published, context, language);
            boolean named = said instanceof Deadline.Dated;
            return new Notice.Builder(id(title, begin), context.zone())
                    .kind(context.kind() == null ? Kind.TRAINING : context.kind())
                    .level(context.level())
                    .stage(isCancelled() ? Stage.CANCELLED : Stage.COMPETITION)
                    .title(LocalText.of(language, title))
                    .text(LocalText.of(language, text))
                    .published(published)
                    .stated(said)
                    .deadlines(named || begin == null ? List.of() : List.of(deadline(begin)))
                    .places(context.places())
                    .url(link())
                    .build();
        }

        private LotDeadline deadline(LocalDateTime begin) {
            LocalTime time = hasTime() ? begin.toLocalTime() : null;
            return new LotDeadline(Role.OTHER, null, begin.toLocalDate(), time, null);
        }

        private NoticeId id(String title, @Nullable LocalDateTime begin) {
            String uid = words(event.getUid());
            String id = uid.isEmpty() ? Hash.of(title + "\n" + begin) : uid;
            boolean oneOfMany = event.getRecurrenceRule() != null || event.getRecurrenceId() != null;
            id = oneOfMany && begin != null ? id + " " + begin : id;
            return new NoticeId(context.source(), id.length() <= 200 ? id : id.substring(0, 100) + "#" + Hash.of(id));
        }

        private String text() {
            String description = words(event.getDescription());
            String text = description.matches("(?s).*<(?:p|br|div|a|ul|html)\\b.*")
                    ? CleanHtml.text(description)
                    : CleanHtml.tidy(description);
            String place = CleanHtml.line(words(event.getLocation()));
            return place.isEmpty() || text.contains(place) ? text : (text + "\n" + place).strip();
        }

        private @Nullable String link() {
            String link = words(event.getUrl());
            return link.isEmpty() ? null : Links.absolute(link, null);
        }

        private boolean isCancelled() {
            return event.getStatus() != null && event.getStatus().isCancelled();
        }

        private @Nullable Instant published() {
            Date date = event.getCreated() != null
                    ? event.getCreated().getValue()
                    : event.getLastModified() == null
                            ? null
                            : event.getLastModified().getValue();
            return date == null ? null : date.toInstant();
        }

        // When it begins

        private boolean hasTime() {
            ICalDate value = value(event.getDateStart());
            return value != null && value.hasTime();
        }

        /** In the zone of the source; of an event that recurs, the next occurrence, or the last one. */
        private @Nullable LocalDateTime begin() {
            DateStart start = event.getDateStart();
            ICalDate value = value(start);
            if (value == null) {
                return null;
            }
            if (event.getRecurrenceRule() == null) {
                return local(value);
            }
            ZoneId zone = zone();
            LocalDateTime now = LocalDateTime.ofInstant(context.now(), context.zone());
            var occurrences = event.getDateIterator(TimeZone.getTimeZone(zone == null ? context.zone() : zone));
            LocalDateTime last = local(value);
            Date first = value;
            for (int i = 0; i < MOST_OCCURRENCES && occurrences.hasNext(); i++) {
                Date next = occurrences.next();
                // Whole days and floating times were read in the zone of this machine; only their distance counts.
                last = shifted(local(value), first, next, zone);
                if (!last.isBefore(now)) {
                    return last;
                }
            }
            // More than can be counted: none of those seen is the next one.
            return occurrences.hasNext() ? null : last;
        }

        private LocalDateTime shifted(LocalDateTime begin, Date first, Date next, @Nullable ZoneId zone) {
            ZoneId rules = zone == null ? ZoneId.systemDefault() : zone;
            LocalDateTime from = LocalDateTime.ofInstant(first.toInstant(), rules);
            LocalDateTime to = LocalDateTime.ofInstant(next.toInstant(), rules);
            return begin.plus(java.time.Duration.between(from, to));
        }

        private LocalDateTime local(ICalDate value) {
            DateTimeComponents raw = value.getRawComponents();
            boolean floating = raw != null && !raw.isUtc() && zone() == null;
            if (raw != null && (floating || !value.hasTime())) {
                return LocalDateTime.of(
                        raw.getYear(),
                        raw.getMonth(),
                        raw.getDate(),
                        value.hasTime() ? raw.getHour() : 0,
                        value.hasTime() ? raw.getMinute() : 0,
                        value.hasTime() ? Math.min(59, raw.getSecond()) : 0);
            }
            if (raw != null && !raw.isUtc()) {
                ZoneId zone = zone();
                LocalDateTime written = LocalDateTime.of(
                        raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(), raw.getMinute(), raw.getSecond());
                return zone == null
                        ? written
                        : written.atZone(zone)
                                .withZoneSameInstant(context.zone())
                                .toLocalDateTime();
            }
            return LocalDateTime.ofInstant(value.toInstant(), context.zone());
        }

        /** That of TZID where it is a name that Java knows, else the calendar's own; null where times float. */
        private @Nullable ZoneId zone() {
            return IcsBlocks.zone(alone);
        }

        private static @Nullable ICalDate value(@Nullable DateStart start) {
            return start == null ? null : start.getValue();
        }

        private static String words(@Nullable ICalProperty property) {
            String value = property instanceof TextProperty text ? text.getValue() : null;
            return value == null ? "" : value.strip();
        }
    }
}
