package coop.vigie.digest;

import static coop.vigie.digest.Samples.NOW;
import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.fresh;
import static coop.vigie.digest.Samples.on;
import static coop.vigie.digest.Samples.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposerTest {

    private static final Deadline ROLLING = new Deadline.Rolling(Deadline.Origin.TEXT, "toute l'année");

    @ParameterizedTest
    @CsvSource(textBlock = """
            CALL,     COMPETITION, 2026-11-24, closing-soon
            TENDER,   COMPETITION, 2026-12-01, closing-soon
            CALL,     COMPETITION, 2026-12-02, new
            CALL,     CHANGE,      2027-05-01, new
            CALL,     FORECAST,    2026-12-02, new
            CALL,     FORECAST,    unknown,    forecast
            CALL,     COMPETITION, rolling,    rolling
            CALL,     COMPETITION, unknown,    no-date
            SCHEME,   COMPETITION, rolling,    rolling
            SCHEME,   COMPETITION, 2026-12-02, rolling
            TRAINING, COMPETITION, 2026-11-25, trainings
            TRAINING, COMPETITION, unknown,    trainings
            CALL,     COMPETITION, 2026-11-23, ''
            CALL,     CANCELLED,   2026-12-02, ''
            CALL,     AWARD,       2026-12-02, ''
            """)
    void placesWhatIsNewToTheReader_byKindStageAndDeadline(Kind kind, Stage stage, String deadline, String expected) {
        Call call = call("a", deadline(deadline), notice -> notice.kind(kind).stage(stage));

        List<Block> blocks = Composer.compose(List.of(fresh(call)), List.of(), NOW);

        assertEquals(expected, blocks.isEmpty() ? "" : blocks.getFirst().name().code());
        assertTrue(blocks.size() <= 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # told when, which date, cancelled? ; now revision, date, stage ; block and change
            1, 2026-12-10, false, 1, 2026-12-10, COMPETITION, still-open NONE
            1, 2026-12-10, false, 2, 2026-12-03, COMPETITION, changed BROUGHT_FORWARD
            1, 2026-12-10, false, 2, 2026-12-20, COMPETITION, changed EXTENDED
            1, 2026-12-10, false, 2, 2026-11-20, COMPETITION, changed BROUGHT_FORWARD
            1, 2026-11-10, false, 2, 2026-12-20, COMPETITION, changed EXTENDED
            1, 2026-11-10, false, 2, 2026-11-20, COMPETITION, ''
            1, unknown,    false, 2, 2026-12-20, COMPETITION, changed EXTENDED
            1, 2026-12-10, false, 2, rolling,    COMPETITION, changed EXTENDED
            1, 2026-12-10, false, 2, 2026-12-10, COMPETITION, changed EXTENDED
            1, 2026-12-10, false, 2, 2026-12-10, CANCELLED,   changed CANCELLED
            1, 2026-11-10, false, 2, 2026-11-10, CANCELLED,   changed CANCELLED
            2, 2026-12-10, true,  2, 2026-12-10, CANCELLED,   ''
            2, 2026-12-10, true,  3, 2026-12-10, COMPETITION, changed REOPENED
            2, 2026-11-10, true,  3, 2026-11-10, COMPETITION, ''
            1, 2026-12-10, false, 2, 2026-12-10, AWARD,       ''
            1, 2026-11-10, false, 1, 2026-11-10, COMPETITION, ''
            3, 2026-12-10, false, 1, 2026-12-10, COMPETITION, still-open NONE
            """)
    void placesWhatTheReaderWasTold_byWhatHappenedSince(
            int toldRevision,
            String toldDeadline,
            boolean toldCancelled,
            int revision,
            String deadline,
            Stage stage,
            String expected) {
        Call call = call("a", revision, deadline(deadline), notice -> notice.stage(stage));
        var candidate = new Candidate(call, List.of(), new Told(toldRevision, deadline(toldDeadline), toldCancelled));

        List<Block> blocks = Composer.compose(List.of(candidate), List.of(), NOW);

        String actual = blocks.isEmpty()
                ? ""
                : blocks.getFirst().name().code() + " "
                        + blocks.getFirst().items().getFirst().change();
        assertEquals(expected, actual);
    }

    @Test
    void keepsTheOldDate_whenADateMoved_andNoneOtherwise() {
        var moved = Composer.compose(
                List.of(told(call("a", 2, on("2026-12-03"), n -> n), 1, on("2026-12-10"))), List.of(), NOW);
        var fresh = Composer.compose(List.of(fresh(call("a", on("2026-12-03")))), List.of(), NOW);

        assertEquals(on("2026-12-10"), moved.getFirst().items().getFirst().before());
        assertNull(fresh.getFirst().items().getFirst().before());
    }

    @Test
    void tellsAChangedTrainingAsAChange_andNeverRepeatsTrainingsAndSchemes() {
        Call moved = call("t", 2, on("2026-12-03"), notice -> notice.kind(Kind.TRAINING));
        Call known = call("k", 1, on("2026-12-03"), notice -> notice.kind(Kind.TRAINING));
        Call scheme = call("s", 1, ROLLING, notice -> notice.kind(Kind.SCHEME));

        List<Block> blocks = Composer.compose(
                List.of(told(moved, 1, on("2026-12-10")), told(known, 1, on("2026-12-03")), told(scheme, 1, ROLLING)),
                List.of(),
                NOW);

        assertEquals(List.of("changed: t"), lines(blocks));
    }

    @Test
    void ordersChanges_broughtForwardFirst_thenExtended_thenReopened_thenCancelled() {
        List<Candidate> candidates = List.of(
                told(call("c", 2, on("2026-12-01"), n -> n.stage(Stage.CANCELLED)), 1, on("2026-12-01")),
                new Candidate(call("r", 3, on("2026-12-02"), n -> n), List.of(), new Told(2, on("2026-12-02"), true)),
                told(call("e2", 2, on("2026-12-28"), n -> n), 1, on("2026-12-10")),
                told(call("e1", 2, on("2026-12-20"), n -> n), 1, on("2026-12-10")),
                told(call("f", 2, on("2026-12-09"), n -> n), 1, on("2026-12-10")));

        List<Block> blocks = Composer.compose(candidates, List.of(), NOW);

        assertEquals(List.of("changed: f e1 e2 r c"), lines(blocks));
    }

    @Test
    void ordersWhatHasNoDate_newestFirst_byFirstSeenWhereNothingIsPublished() {
        List<Candidate> candidates = List.of(
                fresh(call("old", Deadline.UNKNOWN, n -> n.published(NOW.minus(Duration.ofDays(9))))),
                fresh(call("seen-now", Deadline.UNKNOWN)),
                fresh(call("yesterday", Deadline.UNKNOWN, n -> n.published(NOW.minus(Duration.ofDays(1))))));

        assertEquals(List.of("no-date: seen-now yesterday old"), lines(Composer.compose(candidates, List.of(), NOW)));
    }

    @Test
    void listsFifteenStillOpen_andCountsTheRest() {
        List<Candidate> candidates = IntStream.range(10, 30)
                .mapToObj(day -> told(call("c" + day, on("2026-12-" + day)), 1, on("2026-12-" + day)))
                .toList();

        Block block = Composer.compose(candidates, List.of(), NOW).getFirst();

        assertEquals(15, block.items().size());
        assertEquals(5, block.more());
        assertEquals("c10", block.items().getFirst().call().id().nativeId());
    }

    @Test
    void listsACallOnce_withAllReasons_whenTwoProfilesBringIt() {
        Call call = call("a", on("2026-12-20"));
        var cpv = new Reason(Reason.Type.CPV, "92310000", null, null);

        List<Block> blocks =
                Composer.compose(List.of(fresh(call), new Candidate(call, List.of(cpv), null)), List.of(), NOW);

        assertEquals(List.of("new: a"), lines(blocks));
        assertEquals(
                List.of(Samples.REASON, cpv),
                blocks.getFirst().items().getFirst().why());
    }

    @Test
    void namesSilentSources_last_andTellsNothingByThem() {
        var silent = new Block.SilentSource("s", "Source", "https://example.org/", null, Block.Trouble.UNREAD);

        List<Block> blocks = Composer.compose(List.of(fresh(call("a", on("2026-12-20")))), List.of(silent), NOW);

        assertEquals(List.of(silent), blocks.getLast().silent());
        assertTrue(Samples.edition("fr", blocks).tells());
        assertEquals(
                false,
                Samples.edition("fr", Composer.compose(List.of(), List.of(silent), NOW))
                        .tells());
    }

    private static List<String> lines(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block.name().code() + ":"
                        + block.items().stream()
                                .map(item -> " " + item.call().id().nativeId())
                                .reduce("", String::concat))
                .toList();
    }

    private static Deadline deadline(String written) {
        return switch (written) {
            case "rolling" -> ROLLING;
            case "unknown" -> Deadline.UNKNOWN;
            default -> on(written);
        };
    }
}
