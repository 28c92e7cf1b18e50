package coop.vigie;

import coop.vigie.deliver.TransportDown;
import coop.vigie.inbox.Handled;
import coop.vigie.notice.VigieException;
import coop.vigie.pipeline.InboxRun;
import coop.vigie.pipeline.Newsletters;
import coop.vigie.pipeline.Rhythm;
import coop.vigie.pipeline.RoundReport;
import coop.vigie.pipeline.Sending;
import coop.vigie.pipeline.Sent;
import coop.vigie.source.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the daemon does at one moment: the sources that are due, the digests that are due, and what cannot wait. All of it
 * follows from the store and the moment, so it does not matter how long ago the last time was, nor whether another process
 * on the same home was faster.
 */
public final class Upkeep {

    /** Sources must not wait long for a slow mail server; what its rate holds back goes at the next moments. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vigie vigie;

    private final MailPause pause;

    /** @param pause of the daemon, the same for all its moments */
    public Upkeep(Vigie vigie, MailPause pause) {
        this.vigie = vigie;
        this.pause = pause;
    }

    public Upkeep(Vigie vigie) {
        this(vigie, new MailPause(InstantSource.system()));
    }

    /**
     * What one moment brought.
     *
     * @param round empty if no source was due
     * @param alarms mails to the operator about sources
     * @param inbox mails to us that were handled
     * @param newsletters to readers
     * @param team mails to the comms team about newsletters
     * @param remarks what could not be done, in whole sentences
     */
    public record Done(
            Optional<RoundReport> round,
            List<Sent> alarms,
            List<Sent> digests,
            List<Sent> shortMails,
            List<Handled> inbox,
            List<Sent> newsletters,
            List<Sent> team,
            List<String> remarks) {

        public Done {
            alarms = List.copyOf(alarms);
            digests = List.copyOf(digests);
            shortMails = List.copyOf(shortMails);
            inbox = List.copyOf(inbox);
            newsletters = List.copyOf(newsletters);
            team = List.copyOf(team);
            remarks = List.copyOf(remarks);
        }
    }

    /** Does what is due. A failure of one part is a remark and does not keep the others from being done. */
    public Done now() {
        List<String> remarks = new ArrayList<>();
        Optional<RoundReport> round = Optional.empty();
        try {
            round = vigie.alone(this::fetch);
            round.ifPresent(report -> remarks.addAll(report.remarks()));
        } catch (VigieException failure) {
            remarks.add(String.valueOf(failure.getMessage()));
        }
        // Before anything leaves: who has left, or whose address is dead, gets no more.
        List<Handled> inbox = readInbox(remarks);
        List<Sent> alarms = List.of();
        List<Sent> digests = List.of();
        List<Sent> shortMails = List.of();
        List<Sent> newsletters = List.of();
        List<Sent> team = List.of();
        try {
            // A mail server that is down, or let be, holds up no other channel.
            boolean mails = pause.isOver();
            Optional<TransportDown> down = Optional.empty();
            if (mails) {
                Sending told = vigie.sendAlarms();
                alarms = told.messages();
                down = told.down();
            }
            if (mails && down.isEmpty() && vigie.hasMembers()) {
                down = vigie.invite(Optional.empty()).down();
            }
            var rhythm = new Rhythm(vigie.now());
            Sending regular =
                    vigie.digestRun(PATIENCE, mails && down.isEmpty()).sendDue(any -> true, rhythm, sent -> {});
            digests = regular.messages();
            down = down.or(regular::down);
            Sending urgent = vigie.digestRun(PATIENCE, mails && down.isEmpty()).sendUrgent(rhythm);
            shortMails = urgent.messages();
            down = down.or(urgent::down);
            if (mails
                    && down.isEmpty()
                    && vigie.hasMembers()
                    && vigie.settings().newsletter() != null) {
                Newsletters.Tended tended = vigie.newsletters().tend(vigie.digestRun(PATIENCE, true));
                newsletters = tended.readers();
                team = tended.team();
                remarks.addAll(tended.remarks());
                down = tended.down();
            }
            down.ifPresent(failure -> remarks.add(String.valueOf(failure.getMessage())));
            if (mails) {
                pause.note(down.isPresent());
            }
        } catch (VigieException failure) {
            remarks.add(String.valueOf(failure.getMessage()));
        }
        return new Done(round, alarms, digests, shortMails, inbox, newsletters, team, remarks);
    }

    private List<Handled> readInbox(List<String> remarks) {
        try {
            if (vigie.isInboxDue()) {
                Optional<InboxRun.Outcome> outcome = vigie.readInbox(false);
                outcome.ifPresent(each -> remarks.addAll(each.remarks()));
                return outcome.map(InboxRun.Outcome::handled).orElse(List.of());
            }
        } catch (VigieException failure) {
            remarks.add(String.valueOf(failure.getMessage()));
        }
        return List.of();
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
}
