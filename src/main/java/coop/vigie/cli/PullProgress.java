package coop.vigie.cli;

import coop.vigie.publish.Pull;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bar whose length is known only once the manifest has been read, and may change when that does. */
final class PullProgress implements Pull.Watcher, AutoCloseable {

    private final Session session;
    private @Nullable Progress bar;
    private Pull.@Nullable Brought last;

    PullProgress(Session session) {
        this.session = session;
    }

    @Override
    public synchronized void brought(Pull.Brought soFar) {
        if (bar == null || last == null || last.total() != soFar.total()) {
            close();
            bar = new Progress(session.terminal(), session.words().text("pull.progress"), soFar.total());
        }
        bar.at(soFar.files());
        last = soFar;
    }

    /** Takes the bar away, and says how far it had come, to somebody who has interrupted it. */
    synchronized void interrupted() {
        close();
        Optional.ofNullable(last).ifPresent(soFar -> say(session, soFar));
    }

    /** How much is here, and how to go on. */
    static void say(Session session, Pull.Brought soFar) {
        session.say("pull.brought", soFar.from(), soFar.files(), soFar.total(), Say.bytes(soFar.bytes()));
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
