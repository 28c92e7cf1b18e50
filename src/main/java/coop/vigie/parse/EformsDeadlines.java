package coop.vigie.parse;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.parse.EformsDates.OffsetDate;
import coop.vigie.parse.EformsDates.OffsetTime;
import coop.vigie.parse.EformsDraft.Written;
import coop.vigie.parse.EformsDraft.WrittenDeadline;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The deadlines of one notice: local dates and times as written, meant in the zone of the buyer. */
final class EformsDeadlines {

    private final List<WrittenDeadline> written;
    private final ZoneId zone;
    private final EformsWarnings warnings;
    private final boolean offsetsTrusted;
    private final Set<String> misfits = new HashSet<>();

    EformsDeadlines(EformsDraft draft, ZoneId zone, EformsWarnings warnings) {
        this.written =
                draft.parts().stream().flatMap(part -> part.deadlines.stream()).toList();
        this.zone = zone;
        this.offsetsTrusted = draft.offsetsTrusted;
        this.warnings = warnings;
    }

    /** In the order of the notice; one without a possible date is left out with a warning. */
    List<LotDeadline> read() {
        var deadlines = new ArrayList<LotDeadline>();
        for (WrittenDeadline each : written) {
            EformsDates.date(each.date())
                    .ifPresentOrElse(
                            date -> deadlines.add(read(each, date)),
                            () -> warn(each, "left out, as it is no possible date"));
        }
        return deadlines;
    }

    /** Words that should have been a deadline but give no date; they count only where no other deadline does. */
    Deadline stated() {
        return written.stream()
                .filter(each -> EformsDates.date(each.date()).isEmpty())
                .findFirst()
                .<Deadline>map(each -> new Deadline.Unknown(words(each)))
                .orElse(Deadline.UNKNOWN);
    }

    private LotDeadline read(WrittenDeadline each, OffsetDate date) {
        Optional<OffsetTime> time = EformsDates.time(each.time());
        if (time.isEmpty() && !each.time().isEmpty()) {
            warn(each, "kept without a time, as this is no possible one");
        }
        LocalTime localTime = time.map(OffsetTime::time).orElse(null);
        ZoneOffset timeOffset = time.map(OffsetTime::offset).orElse(null);
        if (offsetsTrusted
                && misfits(
                        date.date().atTime(localTime == null ? Deadline.END_OF_DAY : localTime),
                        date.offset(),
                        timeOffset)
                && misfits.add(words(each))) {
            warn(each, "kept as local time in " + zone + ", which the offset does not fit");
        }
        ZoneOffset offset = timeOffset == null ? date.offset() : timeOffset;
        return new LotDeadline(each.role(), each.lot(), date.date(), localTime, offset);
    }

    private boolean misfits(LocalDateTime local, @Nullable ZoneOffset dateOffset, @Nullable ZoneOffset timeOffset) {
        ZoneOffset expected = zone.getRules().getOffset(local);
        return Stream.of(dateOffset, timeOffset).filter(Objects::nonNull).anyMatch(offset -> !offset.equals(expected));
    }

    private void warn(WrittenDeadline each, String done) {
        String lot = each.lot() == null ? "" : " of " + each.lot();
        warnings.add(new Written(words(each), each.line()), each.role().code() + " deadline" + lot, done);
    }

    private static String words(WrittenDeadline each) {
        return (each.date() + " " + each.time()).strip();
    }
}
