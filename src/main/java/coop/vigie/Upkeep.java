package coop.vigie;

import coop.vigie.deliver.Outbox;
import coop.vigie.notice.VigieException;
import coop.vigie.pipeline.DigestRun.Sent;
import coop.vigie.pipeline.Rhythm;
import coop.vigie.pipeline.RoundReport;
import coop.vigie.source.Source;
import coop.vigie.store.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the daemon does at one moment: the sources that are due, the digests that are due, and what cannot wait. All of it
 * follows from the store and the moment, so it does not matter how long ago the last time was.
 */
public final class Upkeep {

    /** A process that dies holds up the others on its home for so long. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private final Vigie vigie;
    private final Leases leases;

    public Upkeep(Vigie vigie, Leases leases) {
        this.vigie = vigie;
        this.leases = leases;
    }

    /**
     * What one moment brought.
     *
     * @param round empty if no source was due
     * @param remarks what could not be done, in whole sentences
     */
    public record Done(Optional<RoundReport> round, List<Sent> digests, List<Sent> shortMails, List<String> remarks) {

        /** True if there is something worth a line in a log. */
        public boolean isWorthTelling() {
            return round.isPresent() || !digests.isEmpty() || !shortMails.isEmpty() || !remarks.isEmpty();
        }
    }

    /** Does what is due. Another process that is at it already is left to it. */
    public Done now() {
        List<String> remarks = new ArrayList<>();
        Optional<RoundReport> round = Optional.empty();
        List<Sent> digests = List.of();
        List<Sent> shortMails = List.of();
        try (Leases.Lease fetching = leases.take("fetch", LEASE).orElse(null)) {
            if (fetching != null) {
                round = fetch();
            }
        } catch (VigieException failure) {
            remarks.add(String.valueOf(failure.getMessage()));
        }
        try (Leases.Lease sending = leases.take("send", LEASE).orElse(null)) {
            if (sending != null) {
                var rhythm = new Rhythm(vigie.now());
                digests = vigie.digestRun()
                        .send(any -> true, due -> rhythm.isDue(due.groups(), due.lastBuilt()), sent -> {});
                shortMails = vigie.digestRun().sendUrgent(rhythm);
            }
        } catch (VigieException failure) {
            remarks.add(String.valueOf(failure.getMessage()));
        }
        round.ifPresent(report -> remarks.addAll(report.remarks()));
        return new Done(round, digests, shortMails, List.copyOf(remarks));
    }

    /** Also without a due source: a deadline may have passed, or an earlier round may have been cut off. */
    private Optional<RoundReport> fetch() {
        List<Source> due = vigie.dueSources();
        if (due.isEmpty()) {
            vigie.passDeadlines();
            vigie.catchUp();
            return Optional.empty();
        }
        return Optional.of(vigie.fetch(due, false, done -> {}));
    }

    /** How many of these went out. */
    public static long sent(List<Sent> messages) {
        return messages.stream()
                .filter(message -> message.state() == Outbox.State.SENT)
                .count();
    }
}
