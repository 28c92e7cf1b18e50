package coop.vigie.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the program writes, and what that place can show.
 *
 * @param out data
 * @param err words and progress
 * @param interactive true when a person watches: then colours and progress bars
 * @param width columns to fit a table into; {@link #UNLIMITED} where it need not fit
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colours, int width) {

    /** How a piece of text stands out, where there are colours. */
    enum Style {
        HEADING("1"),
        HIT("1;33"),
        URGENT("1;31"),
        SOON("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** The text as it is where there are no colours. */
    String styled(Style style, String text) {
        return colours() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** The width where nobody watches: nothing is cut for a file or another program. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 40;

    /** The process's own streams, always UTF-8: data must not depend on the locale of a cron job. */
    @SuppressWarnings("SystemConsoleNull") // on JDK 21 it can be null
    static Terminal ofProcess(Map<String, String> environment) {
        PrintStream out = new Stdout();
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean interactive = System.console() != null && isTerminal() && !"dumb".equals(environment.get("TERM"));
        boolean colours =
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, interactive, colours, width(environment, interactive));
    }

    /** Since JDK 22 a console exists without a terminal, too; the method that tells is newer than our language level. */
    private static boolean isTerminal() {
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    private static int width(Map<String, String> environment, boolean interactive) {
        String columns = environment.getOrDefault("COLUMNS", "");
        // Some terminals say 0 where they do not know.
        if (columns.matches("0*[1-9]\\d{0,3}")) {
            return Math.max(MIN_WIDTH, Integer.parseInt(columns));
        }
        return interactive ? DEFAULT_WIDTH : UNLIMITED;
    }
}
