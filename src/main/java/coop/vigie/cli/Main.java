package coop.vigie.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.ofProcess(environment);
        int code = run(terminal, environment, arguments);
        terminal.out().flush();
        System.exit(code);
    }

    /** Runs one command; the exit code. */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        var session = new Session(terminal, environment);
        languageOf(arguments).ifPresent(session::language);
        CommandLine root = commandLine(session);
        return root.execute(arguments);
    }

    static CommandLine commandLine(Session session) {
        var root = new CommandLine(new RootCommand(session));
        root.addSubcommand("demo", new DemoCommand(session))
                .addSubcommand("init", new InitCommand(session))
                .addSubcommand("sources", new SourcesCommand(session))
                .addSubcommand("fetch", new FetchCommand(session))
                .addSubcommand("search", new SearchCommand(session))
                .addSubcommand("show", new ShowCommand(session))
                .addSubcommand("group", new GroupCommand(session))
                .addSubcommand("profile", new ProfileCommand(session))
                .addSubcommand("digest", new DigestCommand(session))
                .addSubcommand("run", new RunCommand(session))
                .addSubcommand("status", new StatusCommand(session))
                .addSubcommand("explain", new ExplainCommand(session))
                .addSubcommand("completion", new CompletionCommand(session))
                .addSubcommand("warm-up", new WarmUpCommand(session));
        root.setResourceBundle(Words.help(session.words().language()));
        root.setOut(writer(session.terminal().out()));
        root.setErr(writer(session.terminal().err()));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                session.terminal().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        root.setExecutionExceptionHandler(new Failures(session));
        root.setParameterExceptionHandler(new WrongUsage(session));
        root.setUsageHelpWidth(Math.clamp(session.terminal().width(), NARROWEST_HELP, WIDEST_HELP));
        return root;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Help texts are chosen before the options are read. */
    private static Optional<String> languageOf(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        int at = words.indexOf("--ui-lang");
        if (at >= 0 && at + 1 < words.size()) {
            return Optional.of(words.get(at + 1)).filter(Words.LANGUAGES::contains);
        }
        return words.stream()
                .filter(word -> word.startsWith("--ui-lang="))
                .map(word -> word.substring("--ui-lang=".length()))
                .filter(Words.LANGUAGES::contains)
                .findFirst();
    }
}
