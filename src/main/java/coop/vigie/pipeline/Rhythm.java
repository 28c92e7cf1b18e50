package coop.vigie.pipeline;

import coop.vigie.group.Cadence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** When the next digest of a recipient is due. Times are those of Brussels. */
public final class Rhythm {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private final Instant now;

    public Rhythm(Instant now) {
        this.now = now;
    }

    /** True if the cadence has come round since the last edition; always for a first one, so that a new member need not wait for a month. */
    public boolean isDue(Cadence cadence, Optional<Instant> lastBuilt) {
        return lastBuilt.isEmpty() || latest(cadence).isAfter(lastBuilt.get());
    }

    /** The last moment, not after now, at which this cadence had a digest go out. */
    Instant latest(Cadence cadence) {
        LocalDate today = LocalDate.ofInstant(now, ZONE);
        LocalDate candidate =
                switch (cadence) {
                    case Cadence.Daily daily -> today;
                    case Cadence.Weekly weekly -> today.with(TemporalAdjusters.previousOrSame(weekly.on()));
                    case Cadence.Monthly monthly -> today.withDayOfMonth(monthly.on());
                };
        ZonedDateTime moment = candidate.atTime(cadence.at()).atZone(ZONE);
        if (!moment.toInstant().isAfter(now)) {
            return moment.toInstant();
        }
        ZonedDateTime earlier =
                switch (cadence) {
                    case Cadence.Daily daily -> moment.minusDays(1);
                    case Cadence.Weekly weekly -> moment.minusWeeks(1);
                    case Cadence.Monthly monthly -> moment.minusMonths(1);
                };
        return earlier.toInstant();
    }

    /** The first moment after now at which a digest of this cadence goes out. */
    public Instant next(Cadence cadence) {
        ZonedDateTime latest = latest(cadence).atZone(ZONE);
        return switch (cadence) {
            // Counted in local days, so that half past seven stays half past seven when the clocks change.
            case Cadence.Daily daily -> latest.plusDays(1).toInstant();
            case Cadence.Weekly weekly -> latest.plusWeeks(1).toInstant();
            case Cadence.Monthly monthly -> latest.plusMonths(1).toInstant();
        };
    }
}
