package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcsParserTest {

    private static final SourceId SOURCE = new SourceId("list");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private final IcsParser parser = new IcsParser();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # how the event begins                             | what it means in Brussels
            DTSTART:20261203T090000Z                           | 2026-12-03 | 10:00
            DTSTART;TZID=Europe/Brussels:20261203T090000       | 2026-12-03 | 09:00
            DTSTART;TZID=Europe/London:20261203T090000         | 2026-12-03 | 10:00
            DTSTART;TZID="Romance Standard Time":20261203T090000 | 2026-12-03 | 09:00
            DTSTART:20261203T090000                            | 2026-12-03 | 09:00
            DTSTART;VALUE=DATE:20261203                        | 2026-12-03 |
            DTSTART;TZID=Europe/Brussels:20260701T090000       | 2026-07-01 | 09:00
            """)
    void readsTheBeginning_asLocalTime(String start, LocalDate date, @Nullable LocalTime time) {
        Notice notice = only("UID:1", "SUMMARY:Répondre à un marché", start);

        assertEquals(Kind.TRAINING, notice.kind());
        assertEquals(List.of(new LotDeadline(Role.OTHER, null, date, time, null)), notice.deadlines());
    }

    @Test
    void prefersTheDateToRegisterBy() {
        Notice notice = only(
                "UID:1",
                "SUMMARY:Formation",
                "DTSTART;VALUE=DATE:20261203",
                "DESCRIPTION:Inscriptions jusqu'au 28 novembre 2026.\\nGratuit",
                "URL:https://example.org/f",
                "LOCATION:Namur");

        assertEquals(List.of(), notice.deadlines());
        assertEquals(LocalDate.parse("2026-11-28"), ((Deadline.Dated) notice.stated()).date());
        assertEquals("https://example.org/f", notice.url());
        assertEquals(
                "Inscriptions jusqu'au 28 novembre 2026.\nGratuit\nNamur",
                notice.text().original(""));
    }

    @Test
    void namesTheNextOccurrence_ofWhatRecurs() {
        Notice notice = only(
                "UID:1", "SUMMARY:Permanence", "DTSTART;TZID=Europe/Brussels:20261006T090000", "RRULE:FREQ=WEEKLY");

        assertEquals(
                LocalDate.parse("2026-12-01"), notice.deadlines().getFirst().date());
        assertEquals(LocalTime.parse("09:00"), notice.deadlines().getFirst().time());
        assertEquals("1 2026-12-01T09:00", notice.id().nativeId());
    }

    @Test
    void knowsCancelledEvents_andKeepsOthers_whenOneIsBroken() {
        Parsed parsed = parse(calendar("UID:1\r\nDTSTART:oops") + calendar("UID:2\r\nSUMMARY:b\r\nSTATUS:CANCELLED"));

        assertEquals(1, parsed.notices().size());
        assertEquals(Stage.CANCELLED, parsed.notices().getFirst().notice().stage());
        assertEquals(1, parsed.warnings().size());
    }

    @Test
    void saysWhereItBreaksOff() {
        assertEquals(
                "the agenda breaks off inside event 1",
                parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x").failure());
        assertEquals(
                "a document without VCALENDAR, where an agenda was expected",
                parse("hello").failure());
    }

    @Test
    void readsAllValidCalendars_andSurvivesTheOthers() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(Corpus.require("ical"))) {
            files = paths.filter(path -> path.toString().endsWith(".ics")).toList();
        }
        var missed = new ArrayList<String>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            long events = new String(bytes, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.strip().equals("BEGIN:VEVENT"))
                    .count();
            Parsed parsed =
                    parser.parse(new Payload(file.toUri(), file.toString(), bytes, null), context(Map.of(), Map.of()));
            if (file.toString().contains("/valid/")
                    && (parsed.failure() != null
                            || parsed.notices().size() + parsed.warnings().size() != events)) {
                missed.add(file.getFileName() + ": " + parsed.failure() + " " + parsed.warnings());
            }
        }

        assertEquals(List.of(), missed);
    }

    @Test
    void keepsAnEvent_whoseEndIsMissing() {
        Parsed parsed = parse(calendar("UID:1\r\nSUMMARY:a\r\nDTSTART:20261203T090000\r\n"
                + "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:b\r\nDTSTART:20261204T090000"));

        assertEquals(
                List.of("a", "b"),
                parsed.notices().stream()
                        .map(each -> each.notice().title().original(""))
                        .toList());
    }

    @Test
    void knowsNoDate_whereTheNextOccurrenceIsBeyondCounting() {
        Notice notice = only("UID:1", "SUMMARY:a", "DTSTART:20200101T090000Z", "RRULE:FREQ=SECONDLY");

        assertEquals(List.of(), notice.deadlines());
    }

    private static String calendar(String event) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + event + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    private Parsed parse(String text) {
        return parser.parse(payload(text), context(Map.of(), Map.of()));
    }

    private Notice only(String... lines) {
        Parsed parsed = parse(calendar(String.join("\r\n", lines)));
        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        return parsed.notices().getFirst().notice();
    }

    private static ParseContext context(Map<String, List<String>> params, Map<String, String> select) {
        return new ParseContext(
                SOURCE,
                Level.LOCAL,
                null,
                List.of("fr", "nl"),
                List.of("BE1"),
                BRUSSELS,
                List.of(),
                List.of("(?i)annulé"),
                new SourceOptions("", params, select, Map.of()),
                Instant.parse("2026-11-24T12:00:00Z"));
    }

    private static Payload payload(String text) {
        return new Payload(URI.create("https://example.org/list"), "list", text.getBytes(StandardCharsets.UTF_8), null);
    }
}
