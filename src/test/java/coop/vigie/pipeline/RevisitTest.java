package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.parse.Rhythm;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a source is visited next (ADR-0019). */
class RevisitTest {

    /** A Tuesday. */
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    private Path folder;

    private Source source(String keys) throws IOException {
        Path file = folder.resolve("feeds.yaml");
        Files.writeString(file, """
                contact: vigie@example.org
                sources:
                  - { id: calls, type: rss, url: "https://calls.example.org/feed", %s }
                """.formatted(keys));
        return FeedsFile.read(file, Map.of()).sources().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # every | streak | closes in | fresh  | ttl    | next
            6h      | 1      | none      | none   | PT0S   | PT6H
            6h      | 2      | none      | none   | PT0S   | PT6H
            6h      | 3      | none      | none   | PT0S   | PT3H
            45m     | 9      | none      | none   | PT0S   | PT30M
            10m     | 9      | none      | none   | PT0S   | PT10M
            6h      | -1     | none      | none   | PT0S   | PT6H
            6h      | -3     | none      | none   | PT0S   | PT6H
            6h      | -4     | none      | none   | PT0S   | PT9H
            6h      | -5     | none      | none   | PT0S   | PT13H30M
            6h      | -99    | none      | none   | PT0S   | PT24H
            30d     | -99    | none      | none   | PT0S   | PT720H
            6h      | -99    | P6D       | none   | PT0S   | PT6H
            6h      | -99    | P8D       | none   | PT0S   | PT24H
            6h      | -99    | PT47H     | none   | PT0S   | PT1H30M
            1h      | -99    | PT47H     | none   | PT0S   | PT30M
            10m     | -99    | PT47H     | none   | PT0S   | PT10M
            6h      | 1      | none      | PT1H   | PT0S   | PT6H
            6h      | 1      | none      | PT8H   | PT0S   | PT8H
            6h      | 1      | none      | P365D  | PT0S   | PT24H
            6h      | 1      | none      | PT1H   | PT12H  | PT12H
            6h      | 1      | PT47H     | none   | PT24H  | PT6H
            """)
    void goesAroundTheUsersInterval(
            String every, int streak, Duration closes, Duration fresh, Duration ttl, Duration next) throws IOException {
        Instant closing = closes == null ? null : NOW.plus(closes);
        var rhythm = new Rhythm(ttl, Set.of(), Set.of());

        assertEquals(NOW.plus(next), Revisit.good(source("every: " + every), streak, closing, fresh, rhythm, NOW));
    }

    @Test
    void keepsOutOfTheHoursAndDaysThatAFeedNames_butNotBeforeADeadline() throws IOException {
        var rhythm = new Rhythm(Duration.ZERO, Set.of(14, 15), Set.of(DayOfWeek.WEDNESDAY));

        assertEquals(
                Instant.parse("2026-11-24T16:00:00Z"), Revisit.good(source("every: 6h"), 1, null, null, rhythm, NOW));
        assertEquals(
                Instant.parse("2026-11-26T00:00:00Z"), Revisit.good(source("every: 16h"), 1, null, null, rhythm, NOW));
        assertEquals(
                NOW.plus(Duration.ofHours(6)),
                Revisit.good(source("every: 24h"), 1, NOW.plus(Duration.ofHours(40)), null, rhythm, NOW));
    }

    @Test
    void leavesACalendarAsItIs() throws IOException {
        assertEquals(
                Instant.parse("2026-11-25T05:30:00Z"),
                Revisit.good(source("cron: \"0 30 6 ? * MON-FRI\""), -99, null, Duration.ofDays(9), Rhythm.NONE, NOW));
    }

    @ParameterizedTest
    @CsvSource({"1, PT15M, PT15M", "2, PT30M, PT37M30S", "4, PT2H, PT2H30M", "9, PT24H, PT30H", "99, PT24H, PT30H"})
    void comesBackLaterAndLater_neverAtTheSameMoment(int failures, Duration least, Duration most) throws IOException {
        for (int i = 0; i < 20; i++) {
            Duration wait = Duration.between(NOW, Revisit.failed(source("every: 6h"), failures, null, NOW));

            assertTrue(wait.compareTo(least) >= 0 && wait.compareTo(most) <= 0, wait::toString);
        }
    }

    @Test
    void neverComesBackBeforeTheServersWish() throws IOException {
        Duration wish = Duration.ofDays(60);

        assertEquals(NOW.plus(wish), Revisit.failed(source("every: 6h"), 3, wish, NOW));
    }
}
