package coop.vigie.call;

import static coop.vigie.call.Calls.notice;
import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Notice;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What storing a call costs does not grow with how many its source has: counted in steps of SQLite's machine, which no load changes. */
class GrowthTest {

    private static final int SOME = 100;

    @TempDir
    private Path folder;

    @Test
    void storingCostsTheSame_whenASourceHasTenTimesAsManyOnTheSameDay() {
        try (var calls = new Calls(folder)) {
            calls.takeAll(List.of(call("other", 0)));
            calls.takeAll(of("one", 0, SOME));
            long few = calls.stepsOf(of("one", SOME, SOME));
            calls.takeAll(of("one", 2 * SOME, 18 * SOME));

            long many = calls.stepsOf(of("one", 20 * SOME, SOME));

            assertTrue(many < few * 1.3, () -> few + " steps grew to " + many);
        }
    }

    private static List<Notice> of(String source, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> call(source, number))
                .toList();
    }

    /** All share their longest words and the day on which they close; some share a page. */
    private static Notice call(String source, int number) {
        return notice(source, "n" + number, "Soutien aux résidences artistiques internationales " + number)
                .stated(on("2026-12-15"))
                .url("https://" + source + ".example.org/" + (number % 3 == 0 ? "list" : number))
                .build();
    }
}
