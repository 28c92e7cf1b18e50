package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** P4: a crash at any instant loses nothing and repeats nothing. Starts the real program and kills it. */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -9 is what this test is about")
class KillTest {

    /** Fewer with {@code -Dvigie.kills=…}, where time is short. */
    private static final int KILLS = Integer.getInteger("vigie.kills", 30);

    private static final int KILLS_BEFORE_A_WHOLE_RUN = 5;
    private static final long SEED = Long.getLong("vigie.kill.seed", 20261124L);

    private static final long KILLED = -1;

    private final Random random = new Random(SEED);

    @TempDir
    private Path scratch;

    @Test
    void losesNothing_whenFetchIsKilledThirtyTimes() throws Exception {
        try (var home = new KillHome(scratch, random)) {
            home.sources.change(100);
            long whole = timeOf(home, "fetch", "--all");
            home.everythingOfferedIsKnown();

            List<Path> traces =
                    List.of(home.data("vigie.db-wal"), home.data("index/public"), home.data("members.db-wal"));
            for (int kills = 0; kills < KILLS; ) {
                home.later();
                home.sources.change(20);
                long ended = KILLED;
                for (int i = 0; i < KILLS_BEFORE_A_WHOLE_RUN && ended == KILLED; i++) {
                    ended = kill(home, moment(traces, whole), "fetch", "--all");
                    kills += ended == KILLED ? 1 : 0;
                    check(home::databasesAreWhole, i);
                }
                whole = ended == KILLED ? timeOf(home, "fetch", "--all") : ended;
                home.everythingOfferedIsKnown();
            }
            home.nothingIsLeftOver();
        } catch (AssertionError broken) {
            throw new AssertionError("with -Dvigie.kill.seed=" + SEED + ": " + broken.getMessage(), broken);
        }
    }

    @Test
    void tellsEverybodyOnce_whenSendingIsKilledThirtyTimes() throws Exception {
        try (var home = new KillHome(scratch, random)) {
            home.sources.change(60);
            home.fetchHere();
            long whole = timeOf(home, "digest", "send");
            home.everybodyWasToldOnce();

            List<Path> traces = List.of(home.data("outbox"), home.data("outbox"), home.data("members.db-wal"));
            for (int kills = 0; kills < KILLS; ) {
                home.later();
                home.sources.change(10);
                home.fetchHere();
                long ended = KILLED;
                for (int i = 0; i < KILLS_BEFORE_A_WHOLE_RUN && ended == KILLED; i++) {
                    ended = kill(home, moment(traces, whole), "digest", "send");
                    kills += ended == KILLED ? 1 : 0;
                    check(home::databasesAreWhole, i);
                    home.noMessageIsDoubled();
                }
                whole = ended == KILLED ? timeOf(home, "digest", "send") : ended;
                home.everybodyWasToldOnce();
            }
            home.nothingIsLeftOver();
        } catch (AssertionError broken) {
            throw new AssertionError("with -Dvigie.kill.seed=" + SEED + ": " + broken.getMessage(), broken);
        }
    }

    @Test
    void losesAndDoublesNothing_whenTwoRunAtOnce() throws Exception {
        try (var home = new KillHome(scratch, random)) {
            for (int round = 0; round < 2; round++) {
                home.later();
                home.sources.change(30);
                home.completeTwice("fetch", "--all");
                home.everythingOfferedIsKnown();
                home.completeTwice("digest", "send");
                home.everybodyWasToldOnce();
            }
            home.nothingIsLeftOver();
        }
    }

    private interface Check {
        void run() throws Exception;
    }

    /** Looking into a database also repairs it: mostly the program itself must find it as it was left. */
    private static void check(Check check, int kill) throws Exception {
        if (kill == 1) {
            check.run();
        }
    }

    private static long timeOf(KillHome home, String... words) throws IOException, InterruptedException {
        long start = System.nanoTime();
        home.complete(words);
        return (System.nanoTime() - start) / 1_000_000;
    }

    /**
     * When to kill.
     *
     * @param trace to wait for a change of this file or folder first; null not to wait
     * @param millis to wait then
     */
    private record Moment(Path trace, long millis) {}

    /** Half of the moments lie anywhere in a run; the others soon after it wrote something. */
    private Moment moment(List<Path> traces, long whole) {
        return random.nextBoolean()
                ? new Moment(null, whole / 4 + random.nextLong(Math.max(whole * 3 / 4, 1)))
                : new Moment(traces.get(random.nextInt(traces.size())), random.nextLong(Math.max(whole / 8, 1)));
    }

    /** After how many milliseconds it had come to its end, and to a good one, before; {@link #KILLED} if it had not. */
    private static long kill(KillHome home, Moment moment, String... words) throws IOException, InterruptedException {
        String before = moment.trace() == null ? "" : look(moment.trace());
        long start = System.nanoTime();
        try (Program program = home.start(words)) {
            while (moment.trace() != null
                    && program.isRunning()
                    && look(moment.trace()).equals(before)) {
                Thread.sleep(1);
            }
            for (long waited = 0; waited < moment.millis() && program.isRunning(); waited += 5) {
                Thread.sleep(Math.min(5, moment.millis() - waited));
            }
            boolean killed = program.kill();
            long took = (System.nanoTime() - start) / 1_000_000;
            assertTrue(!program.output().contains("\tat "), program::outputOrFailure);
            return killed ? KILLED : took;
        }
    }

    /** Something that differs when the file or folder has changed. */
    private static String look(Path trace) {
        try {
            return Files.getLastModifiedTime(trace) + " " + (Files.isDirectory(trace) ? 0 : Files.size(trace));
        } catch (IOException notThere) {
            return "";
        }
    }
}
