package coop.vigie.call;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Fills the gaps of the notice that speaks for a call from its other notices, the newest first, and remembers which value came
 * from where. A change notice may say only what has changed, and a copy of a publication less than the original.
 */
final class Filling {

    private final Notice speaker;
    private final List<Notice> lenders;
    private final Notice.Builder builder;
    private final Map<String, NoticeId> borrowed = new HashMap<>();

    /**
     * @param byPublication all notices of the call, the speaker among them
     * @param datedSince when a notice began to state its date
     */
    Filling(Notice speaker, List<Notice> byPublication, Function<NoticeId, Instant> datedSince) {
        this.speaker = speaker;
        // What an award or a cancellation says is about the end: the value of an award is not what may be asked for.
        this.lenders = byPublication.reversed().stream()
                .filter(notice -> notice.stage() != Stage.AWARD && notice.stage() != Stage.CANCELLED)
                .filter(notice -> !notice.id().equals(speaker.id()))
                .toList();
        this.builder = speaker.toBuilder();
        fill("text", notice -> notice.text().isEmpty(), (into, from) -> into.text(from.text()));
        fill("buyer", notice -> notice.buyer() == null, (into, from) -> into.buyer(from.buyer()));
        fill("value", notice -> notice.value() == null, (into, from) -> into.value(from.value()));
        fill("url", notice -> notice.url() == null, (into, from) -> into.url(from.url()));
        fill("documents", notice -> notice.documents() == null, (into, from) -> into.documents(from.documents()));
        fill("places", notice -> notice.places().isEmpty(), (into, from) -> into.places(from.places()));
        fill("cpv", notice -> notice.cpv().isEmpty(), (into, from) -> into.cpv(from.cpv()));
        fill(
                "submissionLanguages",
                notice -> notice.submissionLanguages().isEmpty(),
                (into, from) -> into.submissionLanguages(from.submissionLanguages()));
        fillDeadline();
        settleDeadline(datedSince);
    }

    private void fill(String name, Predicate<Notice> lacks, BiConsumer<Notice.Builder, Notice> take) {
        if (lacks.test(speaker)) {
            lend(name, lenders.stream().filter(lacks.negate()).findFirst(), take);
        }
    }

    /**
     * A date is lent to a change notice that names none, and to a copy of the same publication. To nobody else: a second call of
     * the same procedure may have no date, and the first one's has passed. Words that give no date are no gap.
     */
    private void fillDeadline() {
        if (!isSilent(speaker)) {
            return;
        }
        boolean change = speaker.stage() == Stage.CHANGE;
        String publication = Composition.publication(speaker);
        lend(
                "deadline",
                lenders.stream()
                        .filter(notice -> change
                                ? notice.stage() != Stage.FORECAST
                                : Composition.publication(notice).equals(publication))
                        .filter(notice -> !isSilent(notice))
                        .findFirst(),
                // Local dates mean what they mean where they were written.
                (into, from) ->
                        into.stated(from.stated()).deadlines(from.deadlines()).zone(from.zone()));
    }

    /** Copies of one page may be of different days: what readers are told must not depend on which of them says more. */
    private void settleDeadline(Function<NoticeId, Instant> datedSince) {
        if (!isDated(speaker) || speaker.hasTranslations()) {
            return;
        }
        String publication = Composition.publication(speaker);
        List<Notice> copies = Stream.concat(
                        Stream.of(speaker),
                        lenders.stream()
                                .filter(Filling::isDated)
                                .filter(notice -> notice.stage() == speaker.stage())
                                .filter(notice ->
                                        Composition.publication(notice).equals(publication)))
                .toList();
        Dates.Stated settled = Dates.ofCopies(copies, datedSince);
        builder.stated(settled.date());
        if (!settled.by().equals(speaker.id())) {
            borrowed.put("deadline", settled.by());
        }
    }

    private static boolean isDated(Notice notice) {
        return notice.deadlines().isEmpty() && notice.stated() instanceof Deadline.Dated;
    }

    private static boolean isSilent(Notice notice) {
        return notice.deadlines().isEmpty() && notice.stated().equals(Deadline.UNKNOWN);
    }

    private void lend(String name, Optional<Notice> lender, BiConsumer<Notice.Builder, Notice> take) {
        lender.ifPresent(from -> {
            take.accept(builder, from);
            borrowed.put(name, from.id());
        });
    }

    Notice filled() {
        return builder.build();
    }

    Map<String, NoticeId> borrowed() {
        return borrowed;
    }
}
