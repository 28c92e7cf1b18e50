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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the notices of one call become one thing. Pure: the same notices give the same call. */
final class Composition {

    /** By publication; where that says nothing, by stage, then by id, so that the order of arrival means nothing. */
    private static final Comparator<Notice> BY_PUBLICATION = Comparator.comparing(
                    Notice::published, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Notice::stage)
            .thenComparing(Notice::id);

    private Composition() {}

    /**
     * @param notices all notices of the call in order of arrival, at least one
     * @param revision the call's revision
     * @param datedSince when a notice began to state its date
     * @param corrections what persons say in place of the notices
     */
    static Call compose(
            NoticeId id,
            List<StoredNotice> notices,
            int revision,
            Function<NoticeId, Instant> datedSince,
            Corrections corrections) {
        List<Notice> all = current(notices).stream()
                .map(StoredNotice::notice)
                .sorted(BY_PUBLICATION)
                .toList();
        List<Notice> byPublication =
                richest(all).stream().sorted(BY_PUBLICATION).toList();
        Notice speaker = Languages.joined(facts(byPublication), byPublication);
        var filling = new Filling(speaker, all, datedSince);
        Corrections.Laid laid = corrections.over(filling.filled());
        Notice facts = laid.facts();
        var borrowed = new HashMap<>(filling.borrowed());
        borrowed.keySet().removeAll(laid.doubts().keySet());
        return new Call(
                id,
                notices.stream().map(stored -> stored.notice().id()).toList(),
                revision,
                stage(byPublication, speaker, facts.closes()),
                facts,
                firstSeen(notices),
                borrowed,
                List.of(),
                laid.doubts());
    }

    /** Without those that the same source shows under a new id now: one item of a page, whose id has changed. */
    private static List<StoredNotice> current(List<StoredNotice> notices) {
        return notices.stream()
                .filter(older -> notices.stream()
                        .noneMatch(newer -> isSameItem(older.notice(), newer.notice())
                                && notices.indexOf(newer) > notices.indexOf(older)))
                .toList();
    }

    private static boolean isSameItem(Notice one, Notice other) {
        String page = Names.page(one);
        return page != null
                && page.equals(Names.page(other))
                && one.id().source().equals(other.id().source())
                && one.stage() == other.stage();
    }

    /** Of one publication that several sources carry, the notice that says most; of equals, that with the first id. */
    private static Collection<Notice> richest(List<Notice> notices) {
        var kept = new HashMap<String, Notice>();
        Comparator<Notice> byRichness =
                Comparator.comparingInt(Composition::richness).thenComparing(Notice::id, Comparator.reverseOrder());
        notices.forEach(notice -> kept.merge(publication(notice), notice, BinaryOperator.maxBy(byRichness)));
        return kept.values();
    }

    /** What copies of one publication have in common: its number, be it that of the page it links to, else its page. */
    static String publication(Notice notice) {
        return Optional.ofNullable(notice.publication())
                .or(() -> Names.onTed(notice))
                .or(() -> Optional.ofNullable(Names.page(notice)))
                .orElse(notice.id().toString());
    }

    /** How much a notice says. What readers plan by, times and lots of deadlines, counts most. */
    private static int richness(Notice notice) {
        boolean dated = !notice.deadlines().isEmpty()
                || (notice.stated() instanceof Deadline.Dated stated && !stated.doubtful());
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
    private static Stage stage(List<Notice> byPublication, Notice speaker, @Nullable Instant closes) {
        Notice newest = byPublication.getLast();
        Instant awarded = newest.published();
        boolean stillOpen = closes != null && awarded != null && closes.isAfter(awarded);
        boolean another = !speaker.id().equals(newest.id());
        return newest.stage() == Stage.AWARD && another && stillOpen ? speaker.stage() : newest.stage();
    }

    private static Instant firstSeen(List<StoredNotice> notices) {
        return notices.stream()
                .map(StoredNotice::stored)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
