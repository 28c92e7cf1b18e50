package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.EmailAddress;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of the program: where it writes, and what the global options say. Filled by {@link RootCommand}. */
final class Session {

    private final Terminal terminal;
    private final Map<String, String> environment;
    private @Nullable Path home;
    private @Nullable String now;
    private @Nullable String language;
    private boolean verbose;
    private @Nullable EarlySearch early;

    Session(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    void home(Path home) {
        this.home = home;
    }

    void now(String now) {
        this.now = now;
    }

    void language(String language) {
        this.language = language;
    }

    void verbose(boolean verbose) {
        this.verbose = verbose;
    }

    boolean verbose() {
        return verbose;
    }

    void early(EarlySearch early) {
        this.early = early;
    }

    /** What another thread does for a search meanwhile; null if none does. */
    @Nullable
    EarlySearch early() {
        return early;
    }

    Terminal terminal() {
        return terminal;
    }

    Listing listing() {
        return new Listing(terminal);
    }

    Words words() {
        return language == null ? Words.of(environment) : Words.in(language);
    }

    Path home() {
        if (home != null) {
            return home;
        }
        return Path.of(environment.getOrDefault("VIGIE_HOME", "."));
    }

    /** {@code --now}, VIGIE_NOW, or this moment. @throws UsageException if it is no instant */
    Instant now() {
        String asked = now == null ? environment.getOrDefault("VIGIE_NOW", "") : now;
        if (asked.isEmpty()) {
            return Instant.now();
        }
        try {
            return Instant.parse(asked);
        } catch (DateTimeParseException wrong) {
            throw new UsageException(words().text("error.now", asked));
        }
    }

    /** Opens the home; to be closed by the command. */
    Vigie open() {
        if (!Files.isDirectory(home())) {
            throw new UsageException(words().text("error.home", home()));
        }
        return new Vigie(home(), now(), environment);
    }

    /** Who is working: named by a mail address, else the user of the system. */
    String who(@Nullable String by) {
        if (by == null) {
            return System.getProperty("user.name", "?");
        }
        return EmailAddress.parse(by)
                .orElseThrow(() -> new UsageException(words().text("error.mail", by)))
                .value();
    }

    Map<String, String> environment() {
        return environment;
    }

    /** A line of words for the person. */
    void say(String key, Object... arguments) {
        terminal.err().println(words().text(key, arguments));
    }

    /**
     * Asks the person at the terminal; without a terminal says what to do instead.
     *
     * @param question key of the question; its values follow from {@code arguments}
     * @param needsYes key of what is said where nobody can be asked
     */
    @SuppressWarnings("SystemConsoleNull") // on JDK 21 it can be null
    boolean confirmed(String question, String needsYes, Object... arguments) {
        Console console = System.console();
        if (!terminal.interactive() || console == null) {
            say(needsYes);
            return false;
        }
        String answer = console.readLine("%s ", words().text(question, arguments));
        boolean agreed =
                answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|o|oui|j|ja");
        if (!agreed) {
            say("group.not-done");
        }
        return agreed;
    }
}
