package coop.vigie.pipeline;

import coop.vigie.call.CallStore.Ingested;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Symptom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a round brought.
 *
 * @param matched how many calls came to profiles that did not have them
 * @param elsewhere sources that were due and left out, as another process reads them or has just done so
 * @param remarks what could not be done beside the sources, such as a profile that cannot be read; whole sentences
 */
public record RoundReport(
        Instant started, List<SourceReport> sources, List<SourceId> elsewhere, int matched, List<String> remarks) {

    public RoundReport {
        sources = List.copyOf(sources);
        elsewhere = List.copyOf(elsewhere);
        remarks = List.copyOf(remarks);
    }

    /** Notices that are new or have changed. */
    public int notices() {
        return sources.stream()
                .mapToInt(
                        source -> source.ingested().added() + source.ingested().changed())
                .sum();
    }

    /** True if a source could not be read, or only in part. */
    public boolean inPart() {
        return !remarks.isEmpty()
                || sources.stream().anyMatch(source -> !source.outcome().good());
    }

    /** How a visit ended. */
    public enum Outcome {
        FETCHED,
        UNCHANGED,
        REFUSED,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean good() {
            return this == FETCHED || this == UNCHANGED;
        }
    }

    /**
     * One source in a round.
     *
     * @param status of the HTTP answer; null if there was none
     * @param warnings one sentence each
     * @param message what went wrong, "" if nothing
     * @param symptom what its documents showed of the source as a whole; null if nothing
     * @param trouble why the visit did not go well; null if it did, or if the fault is ours
     * @param nextDue when the source is to be read again; null if it is not, as it is gone for good
     */
    public record SourceReport(
            SourceId id,
            Outcome outcome,
            @Nullable Integer status,
            Ingested ingested,
            List<String> warnings,
            String message,
            @Nullable Symptom symptom,
            @Nullable Trouble trouble,
            @Nullable Instant nextDue) {

        public SourceReport {
            warnings = List.copyOf(warnings);
        }
    }
}
