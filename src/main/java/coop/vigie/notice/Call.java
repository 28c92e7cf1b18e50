package coop.vigie.notice;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reader cares about: the notices of one procedure or page, seen as one thing.
 *
 * @param id id of the first notice that made it; kept for ever
 * @param notices ids of all its notices, in order of arrival, {@code id} among them; the others are aliases
 * @param revision 1 at first; grows only when the deadline, a cancellation or a reopening changes
 * @param stage where the procedure stands now, from its newest notice
 * @param facts the notice that speaks for it: the newest that says what is asked and until when, its gaps filled
 * @param firstSeen when its first notice was stored
 * @param borrowed values of {@code facts} that another of its notices states: their names in JSON, and that notice
 * @param alsoAt other calls that look like this one, by id; never more than a guess, and mutual
 * @param corrected values of {@code facts} that a person corrected, by their names in JSON; true for one of which its sources have
 *     come to say something else since
 */
public record Call(
        NoticeId id,
        List<NoticeId> notices,
        int revision,
        Stage stage,
        Notice facts,
        Instant firstSeen,
        Map<String, NoticeId> borrowed,
        List<LookAlike> alsoAt,
        Map<String, Boolean> corrected) {

    /**
     * Another call, of another source, that is probably this one: the same deadline, and nearly the same words.
     *
     * @param url page for people; null if there is none
     */
    public record LookAlike(NoticeId id, @Nullable String url) {}

    public Call {
        notices = List.copyOf(notices);
        // Calls that were written as JSON before there was any of it.
        borrowed = borrowed == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(borrowed));
        alsoAt = alsoAt == null ? List.of() : List.copyOf(alsoAt);
        corrected = corrected == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(corrected));
        if (revision < 1) {
            throw new IllegalArgumentException("call " + id + " has revision " + revision);
        }
    }

    /** A call whose facts are one notice's alone, and that looks like no other. */
    public Call(NoticeId id, List<NoticeId> notices, int revision, Stage stage, Notice facts, Instant firstSeen) {
        this(id, notices, revision, stage, facts, firstSeen, Map.of(), List.of(), Map.of());
    }

    public Deadline deadline(Instant now) {
        return facts.deadline(now);
    }

    /** The last moment at which anything can still be handed in; null if no date is known. */
    public @Nullable Instant closes() {
        return facts.closes();
    }

    /** True while somebody could still react: neither awarded nor cancelled, and its last date has not passed. */
    public boolean isOpen(Instant now) {
        Instant closes = closes();
        return stage != Stage.AWARD && stage != Stage.CANCELLED && (closes == null || !now.isAfter(closes));
    }

    /** Every id that it is or was known by, its own first. */
    public List<NoticeId> ids() {
        return Stream.concat(Stream.of(id), notices.stream()).distinct().toList();
    }

    /** The notice that states a value of the facts, by the value's name in JSON. */
    public NoticeId origin(String value) {
        return borrowed.getOrDefault(value, facts.id());
    }

    /** The same call without its long text, for places that only list it. */
    public Call withoutText() {
        return saying(facts.toBuilder().text(LocalText.EMPTY).build());
    }

    /** The same call with other facts, such as a part of them. */
    public Call saying(Notice other) {
        return new Call(id, notices, revision, stage, other, firstSeen, borrowed, alsoAt, corrected);
    }

    /** The same call, first seen then. */
    public Call seen(Instant first) {
        return new Call(id, notices, revision, stage, facts, first, borrowed, alsoAt, corrected);
    }

    /** The same call, looking like these. */
    public Call lookingLike(List<LookAlike> others) {
        return new Call(id, notices, revision, stage, facts, firstSeen, borrowed, others, corrected);
    }

    /** The sources that carry it beside the one whose notice speaks for it, or that carry one that looks like it. */
    public List<SourceId> alsoIn() {
        return Stream.concat(notices.stream(), alsoAt.stream().map(LookAlike::id))
                .map(NoticeId::source)
                .filter(source -> !source.equals(facts.id().source()))
                .distinct()
                .toList();
    }
}
