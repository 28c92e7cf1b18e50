package coop.vigie.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command itself: global options, and help when nothing else is asked. It is built without annotations, as the search
 * is: Java makes a class for each kind of annotation that is looked at, which takes a cold process longer than the search.
 */
final class RootCommand implements Runnable {

    private final Session session;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private RootCommand(Session session) {
        this.session = session;
    }

    static CommandSpec spec(Session session) {
        return new RootCommand(session).describe();
    }

    private CommandSpec describe() {
        spec.usageMessage().sortOptions(false);
        return spec.name("vigie")
                .scopeType(ScopeType.INHERIT)
                .versionProvider(new VersionProvider())
                .exitCodeOnInvalidInput(ExitCode.WRONG)
                .addOption(inherited("-h", "--help").usageHelp(true).build())
                .addOption(inherited("-V", "--version").versionHelp(true).build())
                .addOption(one("--home", "DIR", Path.class, session::home)
                        .order(90)
                        .build())
                .addOption(one("--now", "INSTANT", String.class, this::now)
                        .order(91)
                        .build())
                .addOption(one("--ui-lang", "fr|nl|en", String.class, this::language)
                        .order(92)
                        .build())
                .addOption(inherited("-v", "--verbose")
                        .type(boolean.class)
                        .setter(new Given<Boolean>(session::verbose))
                        .order(93)
                        .build());
    }

    private static OptionSpec.Builder inherited(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    private static <T> OptionSpec.Builder one(String name, String label, Class<T> type, Consumer<T> use) {
        return inherited(name).arity("1").paramLabel(label).type(type).setter(new Given<>(use));
    }

    /** Hands on what was given; that an option was not is set as null. */
    private record Given<T>(Consumer<T> use) implements ISetter {

        @Override
        @SuppressWarnings("unchecked") // the option converts to its type before
        public <V extends @Nullable Object> V set(V value) {
            if (value != null) {
                use.accept((T) value);
            }
            return value;
        }
    }

    private void now(String now) {
        session.now(now);
        try {
            session.now();
        } catch (UsageException wrong) {
            throw new ParameterException(commandLine(), wrong.getMessage(), wrong);
        }
    }

    private void language(String language) {
        if (!Words.LANGUAGES.contains(language)) {
            throw new ParameterException(commandLine(), session.words().text("error.language", language));
        }
        session.language(language);
    }

    private CommandLine commandLine() {
        return spec.commandLine();
    }

    @Override
    public void run() {
        commandLine().usage(session.terminal().out());
    }
}
