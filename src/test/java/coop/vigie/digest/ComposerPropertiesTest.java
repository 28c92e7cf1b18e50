package coop.vigie.digest;

import static coop.vigie.digest.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.digest.Item.Change;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ComposerPropertiesTest {

    @Property(seed = "20261124", tries = 300)
    void aCallStandsInOneBlockAtMost(@ForAll("candidates") List<Candidate> candidates) {
        var seen = new HashSet<NoticeId>();
        for (Block block : compose(candidates)) {
            assertTrue(!block.isEmpty());
            block.items().forEach(item -> assertTrue(seen.add(item.call().id())));
        }
    }

    @Property(seed = "20261124", tries = 300)
    void everythingThatMustBeToldIsTold_andNothingElse(@ForAll("candidates") List<Candidate> candidates) {
        Set<NoticeId> expected = candidates.stream()
                .filter(ComposerPropertiesTest::mustBeTold)
                .map(candidate -> candidate.call().id())
                .collect(Collectors.toSet());

        Set<NoticeId> told = compose(candidates).stream()
                .filter(block -> block.name().telling())
                .flatMap(block -> block.items().stream())
                .map(item -> item.call().id())
                .collect(Collectors.toSet());

        assertEquals(expected, told);
    }

    @Property(seed = "20261124", tries = 300)
    void blocksStandInOrder_andSoDoTheirItems(@ForAll("candidates") List<Candidate> candidates) {
        List<Block> blocks = compose(candidates);

        assertEquals(
                blocks.stream().map(Block::name).sorted().distinct().toList(),
                blocks.stream().map(Block::name).toList());
        for (Block block : blocks) {
            Comparator<Item> order = Comparator.<Item, Deadline>comparing(
                            item -> item.call().deadline(NOW), Deadline.ORDER)
                    .thenComparing(item -> item.call().id());
            if (block.name() == Block.Name.CHANGED) {
                order = Comparator.comparing(Item::change).thenComparing(order);
            } else if (block.name() == Block.Name.NO_DATE) {
                // All samples were first seen at the same moment: only the id is left.
                order = Comparator.comparing(item -> item.call().id());
            }
            assertEquals(block.items().stream().sorted(order).toList(), block.items());
        }
    }

    @Property(seed = "20261124", tries = 300)
    void theOrderOfTheCandidatesDoesNotMatter(@ForAll("candidates") List<Candidate> candidates) {
        assertEquals(compose(candidates), compose(new ArrayList<>(candidates).reversed()));
    }

    @Property(seed = "20261124", tries = 300)
    void nothingIsToldTwice_whenTheLedgerHasTheEdition(@ForAll("candidates") List<Candidate> candidates) {
        Map<NoticeId, Item> items = compose(candidates).stream()
                .filter(block -> block.name().telling())
                .flatMap(block -> block.items().stream())
                .collect(Collectors.toMap(item -> item.call().id(), Function.identity()));
        List<Candidate> after = candidates.stream()
                .map(candidate -> {
                    Item item = items.get(candidate.call().id());
                    return item == null ? candidate : afterTelling(candidate, item);
                })
                .toList();

        assertTrue(compose(after).stream().noneMatch(block -> block.name().telling()));
    }

    private static Candidate afterTelling(Candidate candidate, Item item) {
        Call call = candidate.call();
        var told = new Told(call.revision(), call.deadline(NOW), item.change() == Change.CANCELLED);
        return new Candidate(call, candidate.why(), told, false, candidate.backlog());
    }

    /** The rules once more, as plain conditions. */
    private static boolean mustBeTold(Candidate candidate) {
        Call call = candidate.call();
        Told told = candidate.told();
        boolean open = call.isOpen(NOW);
        if (call.stage() == Stage.AWARD) {
            return false;
        }
        if (told == null) {
            return open;
        }
        if (call.stage() == Stage.CANCELLED) {
            return !told.cancelled();
        }
        boolean oldDateStillCounts = told.deadline().state(NOW) != Deadline.State.CLOSED;
        return told.cancelled() ? open : call.revision() > told.revision() && (open || oldDateStillCounts);
    }

    private static List<Block> compose(List<Candidate> candidates) {
        return Composer.compose(candidates, List.of(), NOW);
    }

    @Provide
    Arbitrary<List<Candidate>> candidates() {
        Arbitrary<Call> calls = Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 3),
                        deadlines(),
                        Arbitraries.of(Kind.class),
                        Arbitraries.of(Stage.class))
                .as((id, revision, deadline, kind, stage) -> Samples.call(
                        "c" + id,
                        revision,
                        deadline,
                        notice -> notice.kind(kind).stage(stage)));
        Arbitrary<Optional<Told>> told = Combinators.combine(
                        Arbitraries.integers().between(1, 3), deadlines(), Arbitraries.of(true, false))
                .as(Told::new)
                .optional(0.6);
        return Combinators.combine(calls, told, Arbitraries.of(true, false))
                .as((call, before, flood) -> new Candidate(call, List.of(), before.orElse(null), false, flood))
                .list()
                .ofMaxSize(40)
                .uniqueElements(candidate -> candidate.call().id());
    }

    private static Arbitrary<Deadline> deadlines() {
        Arbitrary<Deadline> dated = Arbitraries.integers()
                .between(-20, 40)
                .map(days ->
                        Samples.on(LocalDate.of(2026, 11, 24).plusDays(days).toString()));
        return Arbitraries.oneOf(
                dated,
                Arbitraries.of(
                        Deadline.UNKNOWN, new Deadline.Rolling(Deadline.Origin.TEXT, null), new Deadline.Forecast()));
    }
}
