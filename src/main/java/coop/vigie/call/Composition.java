package coop.vigie.call;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.store.StoredNotice;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the notices of one call become one thing. Pure: the same notices give the same call. */
final class Composition {

    /** By publication; where that says nothing, by arrival, which the list's own order keeps. */
    private static final Comparator<Notice> BY_PUBLICATION =
            Comparator.comparing(Notice::published, Comparator.nullsFirst(Comparator.naturalOrder()));

    private Composition() {}

    /**
     * @param notices all notices of the call in order of arrival, at least one
     * @param revision the call's revision
     */
    static Call compose(NoticeId id, List<StoredNotice> notices, int revision) {
        List<Notice> byPublication =
                richest(notices).stream().sorted(BY_PUBLICATION).toList();
        Notice facts = facts(byPublication);
        return new Call(
                id,
                notices.stream().map(stored -> stored.notice().id()).toList(),
                revision,
                stage(byPublication, facts),
                facts,
                firstSeen(notices));
    }

    /** Of one publication that several sources carry, the notice that says most; the first of equals. */
    private static Collection<Notice> richest(List<StoredNotice> notices) {
        var kept = new LinkedHashMap<String, Notice>();
        for (StoredNotice stored : notices) {
            Notice notice = stored.notice();
            String publication = notice.publication();
            kept.merge(
                    publication == null ? notice.id().toString() : publication,
                    notice,
                    (one, other) -> richness(other) > richness(one) ? other : one);
        }
        return kept.values();
    }

    /** How much a notice says. What readers plan by, times and lots of deadlines, counts most. */
    private static int richness(Notice notice) {
        boolean dated = !notice.deadlines().isEmpty();
        boolean timed = notice.deadlines().stream().anyMatch(deadline -> deadline.time() != null);
        boolean byLot = notice.deadlines().stream().anyMatch(deadline -> deadline.lot() != null);
        long fields = Stream.of(
                        !notice.text().isEmpty(),
                        notice.buyer() != null,
                        notice.published() != null,
                        notice.value() != null,
                        notice.documents() != null,
                        notice.procedure() != null,
                        !notice.cpv().isEmpty(),
                        !notice.places().isEmpty(),
                        !notice.submissionLanguages().isEmpty(),
                        !notice.references().isEmpty())
                .filter(filled -> filled)
                .count();
        return (dated ? 100 : 0) + (timed ? 50 : 0) + (byLot ? 20 : 0) + (int) fields;
    }

    /** What a reader plans by, as one string; two equal fingerprints are the same revision. */
    static String fingerprint(Call call) {
        String when =
                call.facts().relevantInstants().stream().map(Instant::toString).collect(Collectors.joining(","));
        if (when.isEmpty()) {
            when = switch (call.facts().stated()) {
                case Deadline.Dated dated -> dated.instant().toString();
                case Deadline.Rolling rolling -> "rolling";
                case Deadline.Forecast forecast -> "forecast";
                // Whoever was told that it will open must hear that it has, with a date or without.
                case Deadline.Unknown unknown -> call.facts().stage() == Stage.FORECAST ? "forecast" : "none";
            };
        }
        return call.stage() == Stage.CANCELLED ? when + " cancelled" : when;
    }

    /**
     * The newest notice that says what is asked and until when; else simply the newest. One without a date does not
     * silence the date that another source has: their twins leave it out at times.
     */
    private static Notice facts(List<Notice> byPublication) {
        List<Notice> asking = byPublication.stream()
                .filter(notice -> notice.stage() == Stage.COMPETITION || notice.stage() == Stage.CHANGE)
                .toList();
        return asking.stream()
                .reduce((earlier, later) -> later)
                .map(newest -> asking.stream()
                        .filter(notice -> isUndated(newest) && !isUndated(notice))
                        .filter(notice ->
                                !notice.id().source().equals(newest.id().source()))
                        .reduce((earlier, later) -> later)
                        .orElse(newest))
                .or(() -> byPublication.stream()
                        .filter(notice -> notice.stage() == Stage.FORECAST)
                        .reduce((earlier, later) -> later))
                .orElse(byPublication.getLast());
    }

    private static boolean isUndated(Notice notice) {
        return notice.closes() == null && notice.stated().equals(Deadline.UNKNOWN);
    }

    /**
     * The newest notice decides, but for an award before the last date has passed: a dynamic purchasing system awards
     * again and again while everybody may still join.
     */
    private static Stage stage(List<Notice> byPublication, Notice facts) {
        Notice newest = byPublication.getLast();
        Instant closes = facts.closes();
        Instant awarded = newest.published();
        boolean stillOpen = closes != null && awarded != null && closes.isAfter(awarded);
        return newest.stage() == Stage.AWARD && !facts.equals(newest) && stillOpen ? facts.stage() : newest.stage();
    }

    private static Instant firstSeen(List<StoredNotice> notices) {
        return notices.stream()
                .map(StoredNotice::stored)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
