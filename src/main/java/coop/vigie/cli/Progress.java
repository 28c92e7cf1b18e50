package coop.vigie.cli;

import java.util.concurrent.atomic.AtomicInteger;

/** A progress bar on stderr for work that takes a while; shown only on a terminal, and gone when the work is done. */
final class Progress implements AutoCloseable {

    private static final int BAR = 24;

    private final Terminal terminal;
    private final String what;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    Progress(Terminal terminal, String what, int total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        draw("");
    }

    /** One more is done. May be called from any thread. */
    void step(String name) {
        done.incrementAndGet();
        draw(name);
    }

    /** So many are done. */
    void at(int number) {
        done.set(number);
        draw("");
    }

    private synchronized void draw(String name) {
        if (!terminal.interactive() || total == 0) {
            return;
        }
        int filled = BAR * done.get() / total;
        String line = "%s [%s%s] %d/%d %s"
                .formatted(
                        what, "#".repeat(filled), "-".repeat(BAR - filled), done.get(), total, Listing.oneLine(name));
        int width = terminal.width() - 1;
        terminal.err().print("\r" + (line.length() > width ? line.substring(0, width) : line) + "\u001b[K");
        terminal.err().flush();
    }

    @Override
    public void close() {
        if (terminal.interactive() && total > 0) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
