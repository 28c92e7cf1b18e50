package coop.vigie.cli;

import coop.vigie.MailPause;
import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.deliver.Outbox;
import coop.vigie.notice.VigieException;
import coop.vigie.pipeline.RoundReport;
import coop.vigie.pipeline.Sent;
import coop.vigie.schedule.Daemon;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The daemon: does what is due, every minute, until it is stopped. */
@Command
final class RunCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** A service manager asks twice at most, and kills after ten seconds or more. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(8);

    private final Session session;
    private final MailPause pause = new MailPause(InstantSource.system());

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Instant started = Instant.now();
        Instant from = session.now();
        try (Vigie vigie = session.open()) {
            // Wrong files are told at once, and not every minute.
            session.say("run.start", vigie.home(), vigie.catalogue().enabled().size());
            vigie.settings();
        }
        var daemon = new Daemon(() -> tick(from.plus(Duration.between(started, Instant.now()))), PAUSE);
        var stopping = new Thread(() -> {
            session.say("run.stop");
            if (!daemon.stop(LAST_MOMENTS)) {
                // What is under way is ended in the middle; the next start goes on where the store says.
                session.say("run.cut");
            }
        });
        Runtime.getRuntime().addShutdownHook(stopping);
        daemon.run();
        return ExitCode.DONE;
    }

    private void tick(Instant now) {
        try (var vigie = new Vigie(session.home(), now, session.environment())) {
            Upkeep.Done done = new Upkeep(vigie, pause).now();
            done.round().ifPresent(round -> tell(now, round));
            tell(now, "run.alarms", done.alarms());
            tell(now, "run.digests", done.digests());
            tell(now, "run.short-mails", done.shortMails());
            var lines = new InboxLines(session.words());
            done.inbox().forEach(each -> line(now, session.words().text("run.inbox", lines.line(each))));
            tell(now, "run.newsletters", done.newsletters());
            tell(now, "run.team", done.team());
            done.remarks().forEach(remark -> line(now, remark));
        } catch (VigieException failure) {
            line(now, String.valueOf(failure.getMessage()));
        } catch (RuntimeException defect) {
            // One bad minute must not end the watch.
            line(now, session.words().text("error.unexpected", defect));
        }
    }

    private void tell(Instant now, RoundReport round) {
        line(now, session.words().text("run.round", round.sources().size(), round.notices(), round.matched()));
        round.sources().stream()
                .filter(source -> !source.message().isEmpty())
                .forEach(source -> line(now, source.id() + ": " + source.message()));
    }

    private void tell(Instant now, String key, List<Sent> messages) {
        long sent = messages.stream()
                .filter(message -> message.state() == Outbox.State.SENT)
                .count();
        if (sent > 0) {
            line(now, session.words().text(key, sent));
        }
        messages.stream()
                .filter(message -> !message.error().isEmpty())
                .forEach(message -> line(now, message.edition() + ": " + message.error()));
    }

    private void line(Instant now, String text) {
        session.terminal().err().println(now.truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
}
