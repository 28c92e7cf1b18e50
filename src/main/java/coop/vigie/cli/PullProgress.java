package coop.vigie.cli;

import coop.vigie.publish.Pull;
import org.jspecify.annotations.Nullable;

/** A bar whose length is known only once the manifest has been read, and may change when that does. */
final class PullProgress implements Pull.Watcher, AutoCloseable {

    private final Terminal terminal;
    private final String what;
    private @Nullable Progress bar;

    PullProgress(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public void loaded(int done, int total) {
        if (done == 0 || bar == null) {
            close();
            bar = new Progress(terminal, what, total);
        } else {
            bar.step("");
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
