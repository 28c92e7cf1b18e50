package coop.vigie.call;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which date counts where several pages, or copies of one page, state the date of one call. */
final class Dates {

    private Dates() {}

    /** The one that says most if all mean the same day, and no two of them different times; empty if they disagree. */
    static Optional<Deadline.Dated> agreed(List<Deadline.Dated> dates) {
        long days = dates.stream().map(Deadline.Dated::date).distinct().count();
        long times = dates.stream()
                .map(Deadline.Dated::time)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return days > 1 || times > 1
                ? Optional.empty()
                : dates.stream()
                        .min(Comparator.comparing((Deadline.Dated each) -> each.time() == null)
                                .thenComparing(Deadline.Dated::doubtful));
    }

    static Deadline.Dated doubted(Deadline.Dated date) {
        return new Deadline.Dated(date.date(), date.time(), date.zone(), date.origin(), date.quote(), true);
    }

    /** A date, and the notice that states it. */
    record Stated(Deadline.Dated date, NoticeId by) {

        private static Stated of(Notice notice) {
            return new Stated((Deadline.Dated) notice.stated(), notice.id());
        }
    }

    /**
     * The date of one page that several sources copy: what they agree on; else, of those that are sure, the one that was written
     * last, with a doubt, since one of them is behind. A date that had passed when it was first read is that of another year.
     *
     * @param copies the speaker first; all with a stated date, and at least one
     * @param since when each began to state its date
     */
    static Stated ofCopies(List<Notice> copies, Function<NoticeId, Instant> since) {
        List<Stated> all = copies.stream().map(Stated::of).toList();
        if (all.size() == 1 || all.stream().map(Stated::date).distinct().count() == 1) {
            return all.getFirst();
        }
        List<Stated> alive = preferred(all, stated -> !stated.date().instant().isBefore(since.apply(stated.by())));
        Optional<Deadline.Dated> agreed =
                agreed(alive.stream().map(Stated::date).toList());
        if (agreed.isPresent()) {
            return alive.stream()
                    .filter(stated -> stated.date().equals(agreed.get()))
                    .findFirst()
                    .orElseThrow();
        }
        Stated last = preferred(alive, stated -> !stated.date().doubtful()).stream()
                .max(Comparator.comparing((Stated stated) -> since.apply(stated.by()))
                        .thenComparing(stated -> stated.date().instant(), Comparator.reverseOrder())
                        .thenComparing(Stated::by, Comparator.reverseOrder()))
                .orElseThrow();
        return new Stated(doubted(last.date()), last.by());
    }

    /** Those of which it holds; all, if it holds of none. */
    private static List<Stated> preferred(List<Stated> all, Predicate<Stated> condition) {
        List<Stated> some = all.stream().filter(condition).toList();
        return some.isEmpty() ? all : some;
    }
}
