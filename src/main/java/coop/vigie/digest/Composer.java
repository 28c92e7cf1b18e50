package coop.vigie.digest;

import coop.vigie.digest.Item.Change;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what stands in a digest, and where. What the recipient was told decides, never a time window.
 *
 * <p>A call stands in at most one block; the first rule that holds wins: a change of something told, whatever its kind, also of what
 * was hidden since; then, for what is new to the reader, a flood that can wait, training, scheme, and the kind of deadline; then a
 * reminder; then "still open".
 */
public final class Composer {

    /** A call that closes within this many calendar days, today included as 0, is closing soon. */
    static final int SOON_DAYS = 7;

    static final int STILL_OPEN_AT_MOST = 15;

    /** What closes within so many days is told in full even out of a flood. */
    static final int BACKLOG_DAYS = 30;

    private Composer() {}

    /**
     * The blocks of one recipient's digest, in order, none of them empty.
     *
     * @param candidates everything that matches now, and everything told before; a call that comes twice is taken once
     * @param silent sources that could not be read; they stand in every digest until they speak again
     * @param now against which days are counted
     */
    public static List<Block> compose(List<Candidate> candidates, List<Block.SilentSource> silent, Instant now) {
        var placed = new EnumMap<Block.Name, List<Item>>(Block.Name.class);
        for (Candidate candidate : once(candidates)) {
            Change change = change(candidate, now);
            block(candidate, change, now)
                    .ifPresent(name -> placed.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(item(candidate, change)));
        }
        var blocks = new ArrayList<Block>();
        placed.forEach((name, items) -> {
            items.sort(order(name, now));
            blocks.add(Block.of(name, items, name == Block.Name.STILL_OPEN ? STILL_OPEN_AT_MOST : items.size()));
        });
        if (!silent.isEmpty()) {
            blocks.add(Block.ofSilent(silent));
        }
        return List.copyOf(blocks);
    }

    private static Item item(Candidate candidate, Change change) {
        Told told = candidate.told();
        return new Item(
                candidate.call(),
                candidate.why(),
                change,
                told == null || change == Change.NONE ? null : told.deadline(),
                candidate.likeTold(),
                candidate.regard());
    }

    private static Change change(Candidate candidate, Instant now) {
        Call call = candidate.call();
        Told told = candidate.told();
        if (told == null || call.stage() == Stage.AWARD) {
            return Change.NONE;
        }
        if (call.stage() == Stage.CANCELLED) {
            return told.cancelled() ? Change.NONE : Change.CANCELLED;
        }
        boolean open = call.isOpen(now);
        if (told.cancelled()) {
            return open ? Change.REOPENED : Change.NONE;
        }
        // Of a round that recurs, kept by hand, the next one is announced when the last one has closed: no news for who
        // knew that one.
        boolean awaited =
                call.facts().id().source().equals(SourceId.HAND) && call.deadline(now) instanceof Deadline.Forecast;
        boolean overAnyway = (!open || awaited) && told.deadline().state(now) == Deadline.State.CLOSED;
        if (told.revision() >= call.revision() || overAnyway) {
            return Change.NONE;
        }
        return isEarlier(call.deadline(now), told.deadline()) ? Change.BROUGHT_FORWARD : Change.EXTENDED;
    }

    private static boolean isEarlier(Deadline current, Deadline before) {
        return current instanceof Deadline.Dated dated
                && before instanceof Deadline.Dated old
                && dated.instant().isBefore(old.instant());
    }

    private static Optional<Block.Name> block(Candidate candidate, Change change, Instant now) {
        if (change != Change.NONE) {
            return Optional.of(Block.Name.CHANGED);
        }
        if (!candidate.call().isOpen(now) || candidate.hidden()) {
            return Optional.empty();
        }
        Kind kind = candidate.call().facts().kind();
        if (candidate.told() == null && candidate.backlog() && !closesWithin(BACKLOG_DAYS, candidate.call(), now)) {
            return Optional.of(Block.Name.BACKLOG);
        }
        if (candidate.told() == null) {
            return Optional.of(
                    switch (kind) {
                        case TRAINING -> Block.Name.TRAININGS;
                        case SCHEME -> Block.Name.ROLLING;
                        case CALL, TENDER -> byDeadline(candidate.call().deadline(now), now);
                    });
        }
        if (candidate.regard().reminder() != null) {
            return Optional.of(Block.Name.REMINDERS);
        }
        return switch (kind) {
            case TRAINING, SCHEME -> Optional.empty();
            case CALL, TENDER -> Optional.of(Block.Name.STILL_OPEN);
        };
    }

    private static boolean closesWithin(int days, Call call, Instant now) {
        return call.deadline(now) instanceof Deadline.Dated dated && dated.daysLeft(now) <= days;
    }

    private static Block.Name byDeadline(Deadline deadline, Instant now) {
        return switch (deadline) {
            case Deadline.Dated dated -> dated.daysLeft(now) <= SOON_DAYS ? Block.Name.CLOSING_SOON : Block.Name.NEW;
            case Deadline.Forecast forecast -> Block.Name.FORECAST;
            case Deadline.Rolling rolling -> Block.Name.ROLLING;
            case Deadline.Unknown unknown -> Block.Name.NO_DATE;
        };
    }

    private static Comparator<Item> order(Block.Name name, Instant now) {
        Comparator<Item> byId = Comparator.comparing(item -> item.call().id());
        // To be compared many times, each is worked out once.
        IdentityHashMap<Call, Deadline> deadlines = new IdentityHashMap<>();
        Comparator<Item> byDeadline = Comparator.<Item, Deadline>comparing(
                        item -> deadlines.computeIfAbsent(item.call(), call -> call.deadline(now)), Deadline.ORDER)
                .thenComparing(byId);
        return switch (name) {
            case CHANGED -> Comparator.comparing(Item::change).thenComparing(byDeadline);
            case NO_DATE ->
                Comparator.<Item, Instant>comparing(item -> age(item.call()), Comparator.reverseOrder())
                        .thenComparing(byId);
            case REMINDERS, CLOSING_SOON, NEW, FORECAST, ROLLING, BACKLOG, STILL_OPEN, TRAININGS, SILENT_SOURCES ->
                byDeadline;
        };
    }

    private static Instant age(Call call) {
        Instant published = call.facts().published();
        return published == null ? call.firstSeen() : published;
    }

    /** One candidate per call: two profiles of one reader may bring the same call, each with its reasons. */
    private static Collection<Candidate> once(List<Candidate> candidates) {
        Map<NoticeId, Candidate> byCall = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            byCall.merge(candidate.call().id(), candidate, Composer::merge);
        }
        return byCall.values();
    }

    private static Candidate merge(Candidate one, Candidate other) {
        var why = new LinkedHashSet<Reason>(one.why());
        why.addAll(other.why());
        Told first = one.told();
        Told second = other.told();
        boolean secondIsNewer = second != null && (first == null || second.revision() > first.revision());
        return new Candidate(
                one.call(),
                List.copyOf(why),
                secondIsNewer ? second : first,
                one.likeTold() || other.likeTold(),
                one.backlog() && other.backlog(),
                one.regard(),
                one.hidden() && other.hidden());
    }
}
