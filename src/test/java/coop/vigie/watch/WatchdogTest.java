package coop.vigie.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Sign;
import coop.vigie.watch.Finding.Kind;
import coop.vigie.watch.Visited.Answer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source is judged by its own past, and by nothing else. */
class WatchdogTest {

    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 3);
    private static final Watchdog WATCHDOG = new Watchdog(2, Duration.ofDays(3));

    /** One visit each day from the first day on: what the watchdog says on each of them. */
    private static List<Optional<Kind>> daily(int days, Predicate<LocalDate> news) {
        List<Optional<Kind>> said = new ArrayList<>();
        List<LocalDate> newsDays = new ArrayList<>();
        for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(days)); day = day.plusDays(1)) {
            if (news.test(day)) {
                newsDays.add(day);
            }
            var history = new History(List.of(visit(day, Answer.FETCHED, 20, 0, Optional.empty())), newsDays);
            said.add(kind(history, day));
        }
        return said;
    }

    private static Optional<Kind> kind(History history, LocalDate day) {
        return WATCHDOG.look(history, at(day), BRUSSELS).map(Finding::kind);
    }

    private static Instant at(LocalDate day) {
        return day.atTime(LocalTime.of(8, 0)).atZone(BRUSSELS).toInstant();
    }

    private static Visited visit(LocalDate day, Answer answer, int items, int added, Optional<Sign> sign) {
        return new Visited(
                at(day), answer, items, added, sign, sign.map(Sign::code).orElse(""));
    }

    private static boolean isWorkday(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    @Property(tries = 200, seed = "20261124")
    void aSourceThatKeepsItsRhythmNeverAlarms(
            @ForAll @IntRange(min = 1, max = 21) int longest,
            @ForAll @Size(min = 5, max = 40) List<@IntRange(min = 1, max = 21) Integer> pauses) {
        List<LocalDate> news = new ArrayList<>(List.of(FIRST, FIRST.plusDays(longest)));
        for (int pause : pauses) {
            news.add(news.getLast().plusDays(1 + (pause - 1) % longest));
            // The longest pause comes at least once in twenty: it is part of the rhythm.
            if (news.size() % 10 == 0) {
                news.add(news.getLast().plusDays(longest));
            }
        }
        int days = (int) (news.getLast().toEpochDay() - FIRST.toEpochDay());

        assertEquals(List.of(), alarms(daily(days, news::contains)));
    }

    @Property(tries = 200, seed = "20261124")
    void aSourceThatStopsAlarmsWithinTwiceItsLongestPause(
            @ForAll @Size(min = 4, max = 40) List<@IntRange(min = 1, max = 21) Integer> pauses) {
        List<LocalDate> news = new ArrayList<>(List.of(FIRST));
        pauses.forEach(pause -> news.add(news.getLast().plusDays(pause)));
        int longest = pauses.stream().mapToInt(Integer::intValue).max().orElseThrow();
        int last = (int) (news.getLast().toEpochDay() - FIRST.toEpochDay());
        int bound = Math.max(14, last + Math.max(3, 2 * longest) + 1);

        List<Optional<Kind>> said = daily(bound + 1, news::contains);

        assertEquals(Optional.of(Kind.SILENT), said.get(bound));
    }

    @Property(tries = 50, seed = "20261124")
    void fewerThanFiveDaysAreNoRhythm(@ForAll @Size(max = 3) List<@IntRange(min = 1, max = 21) Integer> pauses) {
        List<LocalDate> news = new ArrayList<>(List.of(FIRST));
        pauses.forEach(pause -> news.add(news.getLast().plusDays(pause)));

        assertEquals(List.of(), alarms(daily(300, news::contains)));
    }

    @Test
    void weekendsAreNormalForASourceOfWorkdays() {
        assertEquals(List.of(), alarms(daily(300, WatchdogTest::isWorkday)));
    }

    @Test
    void aSourceOfWorkdaysThatStopsAlarmsWithinAWeek() {
        LocalDate stops = FIRST.plusDays(60);

        List<Optional<Kind>> said = daily(70, day -> isWorkday(day) && day.isBefore(stops));

        assertEquals(Optional.of(Kind.SILENT), said.get(67));
    }

    @Test
    void theSecondAugustWithoutNewsIsNormalAndTheFirstIsNot() {
        List<Optional<Kind>> said = daily(600, day -> isWorkday(day) && day.getMonth() != Month.AUGUST);

        int september = (int) (LocalDate.of(2025, 9, 2).toEpochDay() - FIRST.toEpochDay());
        assertTrue(said.subList(0, september).contains(Optional.of(Kind.SILENT)));
        assertEquals(List.of(), alarms(said.subList(september, said.size())));
    }

    @Test
    void anAugustThatDoesNotEndAlarmsInSeptember() {
        List<Optional<Kind>> said = daily(
                570, day -> isWorkday(day) && day.getMonth() != Month.AUGUST && day.isBefore(LocalDate.of(2026, 8, 1)));

        int middleOfSeptember = (int) (LocalDate.of(2026, 9, 12).toEpochDay() - FIRST.toEpochDay());
        assertEquals(Optional.of(Kind.SILENT), said.get(middleOfSeptember));
    }

    private static List<Kind> alarms(List<Optional<Kind>> said) {
        return said.stream().flatMap(Optional::stream).toList();
    }

    /**
     * Each letter a daily visit: f for a list that still shows what it showed, n for new items only, u for unchanged, e for empty,
     * o for "nothing open", l for another layout, c for a count that disagrees, x for a failure without an answer.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            nfff        | -
            nfffe       | -
            nfffee      | EMPTY
            nfffeu      | EMPTY
            nfffoo      | -
            nfffeef     | -
            nnnnee      | -
            nfffll      | LAYOUT
            nffflu      | LAYOUT
            nfffl       | -
            nfffcc      | COUNT
            nfffxx      | -
            nfffxxx     | UNREAD
            nfffxxxu    | -
            nflxlxl     | UNREAD
            ee          | -
            eee         | NEVER
            xxx         | NEVER
            lll         | NEVER
            ooo         | -
            eefeee      | -
            nfeefeefeefee | -
            nffeffeffeffee | EMPTY
            """)
    void judgesTheLastVisitsByThoseBefore(String visits, String kind) {
        LocalDate last = FIRST.plusDays(visits.length() - 1);

        assertEquals(Optional.ofNullable(kind).map(Kind::valueOf), kind(history(visits), last));
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY,  nfffeeee, true",
        "EMPTY,  nfffeef,  false",
        "LAYOUT, nfffllx,  true",
        "LAYOUT, nffflluu, true",
        "LAYOUT, nffflle,  false",
        "UNREAD, nfffxxxl, true",
        "UNREAD, nfffxxxu, false",
        "NEVER,  eeeeee,   true",
        "NEVER,  eeef,     false",
    })
    void whatIsWrongLastsUntilItIsOver(Kind kind, String visits, boolean lasts) {
        assertEquals(lasts, WATCHDOG.persists(new Finding(kind, FIRST, false, ""), history(visits)));
    }

    @Test
    void silenceIsOverWithTheNextNewItem() {
        var silent = new Finding(Kind.SILENT, FIRST, false, "1");

        assertTrue(WATCHDOG.persists(silent, new History(List.of(), List.of(FIRST))));
        assertTrue(!WATCHDOG.persists(silent, new History(List.of(), List.of(FIRST, FIRST.plusDays(40)))));
    }

    private static History history(String visits) {
        List<Visited> past = new ArrayList<>();
        for (int i = 0; i < visits.length(); i++) {
            LocalDate day = FIRST.plusDays(i);
            past.add(
                    switch (visits.charAt(i)) {
                        case 'f' -> visit(day, Answer.FETCHED, 20, 0, Optional.empty());
                        case 'n' -> visit(day, Answer.FETCHED, 20, 20, Optional.empty());
                        case 'u' -> visit(day, Answer.UNCHANGED, 0, 0, Optional.empty());
                        case 'e' -> visit(day, Answer.FETCHED, 0, 0, Optional.empty());
                        case 'o' -> visit(day, Answer.FETCHED, 0, 0, Optional.of(Sign.NONE_OPEN));
                        case 'l' -> visit(day, Answer.FAILED, 0, 0, Optional.of(Sign.LAYOUT));
                        case 'c' -> visit(day, Answer.FAILED, 15, 0, Optional.of(Sign.COUNT));
                        case 'x' -> visit(day, Answer.FAILED, 0, 0, Optional.empty());
                        default -> throw new IllegalArgumentException(visits);
                    });
        }
        return new History(past, List.of());
    }
}
