package coop.vigie.call;

import static coop.vigie.call.Calls.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Call;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The order in which notices arrive decides nothing but which id a call has. */
class AnyOrderTest {

    private static final List<Stage> LATER = List.of(Stage.CHANGE, Stage.CHANGE, Stage.AWARD, Stage.CANCELLED);
    private static @Nullable Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("vigie-order");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Path made = folder;
        if (made != null) {
            try (var files = Files.walk(made)) {
                for (Path each : files.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** What a reader would see of a call. */
    private record Seen(Set<NoticeId> notices, Stage stage, Notice facts, Map<String, NoticeId> borrowed) {

        static Seen of(Call call) {
            return new Seen(Set.copyOf(call.notices()), call.stage(), call.facts(), call.borrowed());
        }
    }

    @Property(seed = "20261124", tries = 20)
    void doesNotMatter_forTheNoticesOfProcedures(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        var random = new Random(seed);
        List<Notice> notices = new ArrayList<>();
        Set<Set<NoticeId>> procedures = new HashSet<>();
        for (int procedure = 0; procedure < 4; procedure++) {
            List<Notice> its = procedure(procedure, random);
            notices.addAll(its);
            procedures.add(its.stream().map(Notice::id).collect(Collectors.toSet()));
        }

        Set<Seen> inOrder = seen(notices, random);
        Collections.shuffle(notices, random);
        Set<Seen> shuffled = seen(notices, random);

        assertEquals(procedures, inOrder.stream().map(Seen::notices).collect(Collectors.toSet()));
        assertEquals(inOrder, shuffled);
    }

    /** A call with what followed; the first notice may be missing. Where a procedure is not named, the first notice is referred to. */
    private static List<Notice> procedure(int number, Random random) {
        String first = (100 + number) + "-2026";
        List<Notice> its = new ArrayList<>();
        int later = 1 + random.nextInt(4);
        if (random.nextInt(4) > 0) {
            its.add(one(number, 0, Stage.COMPETITION, random)
                    .identifiers(List.of(first))
                    .build());
        }
        for (int i = 1; i <= later; i++) {
            its.add(one(number, i, LATER.get(random.nextInt(LATER.size())), random)
                    .references(List.of(random.nextBoolean() ? first : "2026/S 001-00" + (100 + number)))
                    .build());
        }
        return its;
    }

    private static Notice.Builder one(int number, int place, Stage stage, Random random) {
        String id = (place * 1000 + 100 + number) + "-2026";
        Notice.Builder builder = notice(random.nextBoolean() ? "a" : "b", id, "Appel " + number)
                .stage(stage)
                .buyer(random.nextBoolean() ? "Ville " + place : null)
                .procedure(random.nextBoolean() ? "p" + number : null)
                // Days only, as the Official Journal has them: some are equal.
                .published(Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(3))));
        return random.nextBoolean()
                ? builder
                : builder.deadlines(List.of(new LotDeadline(
                        LotDeadline.Role.TENDER, null, LocalDate.of(2026, 12, 1 + random.nextInt(20)), null, null)));
    }

    private static Set<Seen> seen(List<Notice> notices, Random random) {
        try (var calls = new Calls(Files.createTempDirectory(folder, "home"))) {
            for (int from = 0; from < notices.size(); ) {
                int to = Math.min(notices.size(), from + 1 + random.nextInt(4));
                calls.takeAll(notices.subList(from, to));
                from = to;
            }
            return calls.all().stream().map(Seen::of).collect(Collectors.toSet());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
