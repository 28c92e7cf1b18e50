package coop.vigie.call;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What persons say of one call in place of its sources. It counts also when a source says something else later; a date then
 * becomes doubtful, and counts no more once it has passed: a page that announces its next round must not stay closed.
 *
 * @param values by what they correct
 * @param now against which dates have passed
 */
record Corrections(Map<Correction, Value> values, Instant now) {

    /**
     * @param json the value
     * @param said what the sources said when it was corrected
     */
    record Value(String json, String said) {}

    /**
     * @param doubts for each value that was corrected, by its name in JSON: whether the sources say something else by now
     */
    record Laid(Notice facts, Map<String, Boolean> doubts) {}

    Laid over(Notice stated) {
        Notice facts = stated;
        Map<String, Boolean> doubts = new LinkedHashMap<>();
        for (Map.Entry<Correction, Value> each : values.entrySet()) {
            Correction correction = each.getKey();
            Value value = each.getValue();
            Notice corrected = correction.lay(facts, value.json());
            String says = correction.said(stated);
            boolean doubtful = !says.equals(value.said()) && !says.equals(correction.said(corrected));
            if (correction == Correction.DEADLINE && doubtful) {
                if (corrected.stated().state(now) == Deadline.State.CLOSED) {
                    continue;
                }
                corrected = corrected.toBuilder()
                        .stated(doubtful(corrected.stated(), stated))
                        .build();
            }
            facts = corrected;
            doubts.put(correction.code(), doubtful);
        }
        return new Laid(facts, doubts);
    }

    private static Deadline doubtful(Deadline corrected, Notice stated) {
        return corrected instanceof Deadline.Dated dated
                ? new Deadline.Dated(dated.date(), dated.time(), dated.zone(), dated.origin(), words(stated), true)
                : corrected;
    }

    /** What the page says now, for a person to look at; null if it names no date. */
    private static @Nullable String words(Notice stated) {
        String quote = stated.stated().quote();
        if (quote != null) {
            return quote;
        }
        if (stated.stated() instanceof Deadline.Dated dated) {
            return dated.date().toString();
        }
        return stated.deadlines().stream()
                .map(LotDeadline::date)
                .min(Comparator.naturalOrder())
                .map(LocalDate::toString)
                .orElse(null);
    }
}
