package coop.vigie.pipeline;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Moments that a source's {@code cron} names. */
final class Calendar {

    private Calendar() {}

    /** The first one after a moment; empty if there is none, or if Quartz cannot read what the catalogue let pass. */
    static Optional<Instant> next(String cron, ZoneId zone, Instant after) {
        try {
            var expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException unreadable) {
            return Optional.empty();
        }
    }
}
