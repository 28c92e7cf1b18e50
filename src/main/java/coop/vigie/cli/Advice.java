package coop.vigie.cli;

import coop.vigie.pipeline.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What went wrong with a source, what to do about it, and when it is tried again. */
final class Advice {

    private Advice() {}

    /**
     * Two lines: the message, and below it what follows from it, in the user's language.
     *
     * @param next when the source is to be read again; null if this visit was no part of a round
     */
    static String lines(Words words, String id, String message, @Nullable Trouble trouble, @Nullable Instant next) {
        var lines = new StringBuilder(id + ": " + message);
        String advice = trouble == null ? "" : words.text("advice." + trouble.code(), id);
        String again = next == null ? "" : words.text("advice.next", Say.moment(next));
        // A command to try stands at the end, where nothing runs into it.
        String both = (again + " " + advice).strip();
        return both.isEmpty()
                ? lines.toString()
                : lines.append("\n    ").append(both).toString();
    }
}
