package coop.vigie.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reader cares about: the notices of one procedure or page, seen as one thing.
 *
 * @param id id of the first notice that made it; kept for ever
 * @param notices ids of all its notices, in order of arrival, {@code id} among them; the others are aliases
 * @param revision 1 at first; grows only when the deadline, a cancellation or a reopening changes
 * @param stage where the procedure stands now, from its newest notice
 * @param facts the notice that speaks for it: the newest that says what is asked and until when
 * @param firstSeen when its first notice was stored
 */
public record Call(NoticeId id, List<NoticeId> notices, int revision, Stage stage, Notice facts, Instant firstSeen) {

    public Call {
        notices = List.copyOf(notices);
        if (revision < 1) {
            throw new IllegalArgumentException("call " + id + " has revision " + revision);
        }
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

    /** The same call without its long text, for places that only list it. */
    public Call withoutText() {
        Notice listed = facts.toBuilder().text(LocalText.EMPTY).build();
        return new Call(id, notices, revision, stage, listed, firstSeen);
    }

    /** The sources that carry it beside the one whose notice speaks for it. */
    public List<SourceId> alsoIn() {
        return notices.stream()
                .map(NoticeId::source)
                .filter(source -> !source.equals(facts.id().source()))
                .distinct()
                .toList();
    }
}
