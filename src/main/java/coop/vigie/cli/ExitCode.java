package coop.vigie.cli;

/** What the program says to the shell. */
final class ExitCode {

    /** Done, also when there was nothing to find. */
    static final int DONE = 0;
    /** Done in part: a source failed, some mails failed. */
    static final int IN_PART = 1;
    /** Wrong usage, query or configuration; nothing was done. */
    static final int WRONG = 2;
    /** Could not be done at all: store, disk, mail server. */
    static final int IMPOSSIBLE = 3;
    /** Interrupted; nothing is lost. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
