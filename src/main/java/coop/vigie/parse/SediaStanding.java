package coop.vigie.parse;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Deadline.Origin;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Stage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a call of the EU portal stands. Its status counts more than its dates: no date that has passed closes an open call,
 * and none ahead keeps a closed one open.
 *
 * @param dates all cut-offs, or the dates of both stages
 * @param opens null if not stated
 * @param twoStages whether the second date is for those alone whom the first stage let through
 * @param today in Brussels
 */
record SediaStanding(
        Status status, SortedSet<SediaDate> dates, @Nullable LocalDate opens, boolean twoStages, LocalDate today) {

    /** The portal closes calls in the days after their date. Beyond these, one that it still calls open is open. */
    private static final int DAYS_TO_CLOSE = 3;

    /** As the portal says it, in a code or in a word. */
    enum Status {
        FORTHCOMING,
        OPEN,
        CLOSED,
        UNKNOWN;

        static Status of(String written) {
            return switch (written.toLowerCase(Locale.ROOT)) {
                case "31094501", "forthcoming" -> FORTHCOMING;
                case "31094502", "open", "ongoing" -> OPEN;
                case "31094503", "closed" -> CLOSED;
                default -> UNKNOWN;
            };
        }
    }

    Stage stage() {
        return switch (status) {
            case FORTHCOMING -> Stage.FORECAST;
            case OPEN -> Stage.COMPETITION;
            case UNKNOWN -> opens != null && opens.isAfter(today) ? Stage.FORECAST : Stage.COMPETITION;
            case CLOSED -> {
                if (dates.isEmpty()) {
                    yield Stage.AWARD;
                }
                // Whoever was told the date must hear that it holds no more.
                yield isAhead() ? Stage.CANCELLED : Stage.COMPETITION;
            }
        };
    }

    List<LotDeadline> deadlines() {
        var deadlines = new ArrayList<LotDeadline>();
        for (SediaDate date : dates) {
            boolean closedBefore =
                    status == Status.CLOSED && !isAhead() && date.date().isAfter(today);
            if (!isStale() && !closedBefore) {
                Role role = twoStages && !deadlines.isEmpty() ? Role.OTHER : Role.TENDER;
                deadlines.add(new LotDeadline(role, null, date.date(), date.time(), date.offset()));
            }
        }
        return deadlines;
    }

    /** @param written what should have been dates */
    Deadline stated(List<String> written) {
        if (status == Status.OPEN && isStale()) {
            return new Deadline.Rolling(Origin.FIELD, dates.last().date().toString());
        }
        return dates.isEmpty() && !written.isEmpty()
                ? new Deadline.Unknown(SediaCall.shortened(written.getFirst()))
                : Deadline.UNKNOWN;
    }

    private boolean isAhead() {
        return !dates.isEmpty() && dates.first().date().isAfter(today);
    }

    private boolean isStale() {
        return (status == Status.OPEN || status == Status.FORTHCOMING)
                && !dates.isEmpty()
                && dates.last().date().isBefore(today.minusDays(DAYS_TO_CLOSE));
    }
}
