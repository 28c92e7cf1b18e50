package coop.vigie.call;

import static coop.vigie.call.Calls.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Call;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A procedure's notices end in the same call, whichever of them comes first. */
class AmendmentsTest {

    @TempDir
    private Path folder;

    /**
     * Each notice: stage, day of November on which it was published, source, number, the numbers it refers to, and its closing day
     * in December; "-" for none.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a date moves twice      | competition 1 a 1 - 1; change 2 a 2 1 10; change 3 a 3 1 20                       | change 20
            each names the last one | competition 1 a 1 - 1; change 2 a 2 1 10; change 3 a 3 2 20; change 4 a 4 3 25    | change 25
            a change names no date  | competition 1 a 1 - 1; change 2 a 2 1 10; change 3 a 3 1 -                        | change 10
            brought forward         | competition 1 a 1 - 20; change 2 a 2 1 10                                         | change 10
            cancelled               | competition 1 a 1 - 1; change 2 a 2 1 10; cancelled 3 a 3 1 -                     | cancelled 10
            cancelled the same day  | competition 1 a 1 - 1; change 3 a 2 1 10; cancelled 3 a 3 2 -                     | cancelled 10
            reopened                | competition 1 a 1 - 1; cancelled 2 a 2 1 -; change 3 a 3 1 20                     | change 20
            awarded                 | forecast 1 a 1 - -; competition 2 a 2 1 1; change 3 a 3 2 2; award 28 a 4 2 -     | change 2
            only later ones known   | change 2 a 2 1 10; cancelled 3 a 3 1 -; change 4 a 4 1 20                         | change 20
            of two sources          | competition 1 a 1 - 1; competition 1 b 1 - 1; change 2 b 2 1 10; change 3 a 3 1 - | change 10
            all on one day          | competition 1 a 1 - 1; change 1 a 2 1 10; award 1 a 3 1 -; cancelled 1 a 4 1 -    | cancelled 10
            """)
    void endInTheSameCall_inEveryOrder(String what, String notices, String expected) {
        Map<String, Integer> ends = new TreeMap<>();
        int orders = 0;
        try (var calls = new Calls(folder)) {
            for (List<String> order : permutations(List.of(notices.split("; ")))) {
                int base = 1000 * ++orders;
                order.forEach(each -> calls.takeAll(List.of(notice(base, each))));
            }
            calls.all().forEach(call -> ends.merge(seen(call, notices), 1, Integer::sum));
        }

        assertEquals(Map.of(expected, orders), ends, what);
    }

    private static String seen(Call call, String notices) {
        Instant closes = call.closes();
        String day = closes == null
                ? "-"
                : String.valueOf(closes.atZone(Calls.BRUSSELS).getDayOfMonth());
        int missing = notices.split("; ").length - call.notices().size();
        return call.stage().code() + " " + day + (missing == 0 ? "" : ", without " + missing);
    }

    private static Notice notice(int base, String written) {
        String[] parts = written.split(" ");
        int number = base + Integer.parseInt(parts[3]);
        String id = number + "-2026";
        Notice.Builder builder = Calls.notice(parts[2], id, "Appel " + base)
                .stage(Stage.ofCode(parts[0]).orElseThrow())
                .published(Instant.parse("2026-11-%02dT00:00:00Z".formatted(Integer.parseInt(parts[1]))))
                .identifiers(List.of(id));
        String reference = value(parts[4]);
        String day = value(parts[5]);
        if (reference != null) {
            builder.references(List.of(base + Integer.parseInt(reference) + "-2026"));
        }
        return (day == null ? builder : builder.stated(on("2026-12-%02d".formatted(Integer.parseInt(day))))).build();
    }

    private static @Nullable String value(String written) {
        return written.equals("-") ? null : written;
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (T first : all) {
            List<T> rest = new ArrayList<>(all);
            rest.remove(first);
            permutations(rest).forEach(order -> {
                var whole = new ArrayList<T>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            });
        }
        return orders;
    }
}
