package coop.vigie.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;

    /** Global options that a word follows. */
    private static final Set<String> WITH_VALUE = Set.of("--home", "--now", "--ui-lang");

    /** In the order of the help page. */
    private static final Map<String, Function<Session, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("init", InitCommand::new);
        COMMANDS.put("sources", SourcesCommand::new);
        COMMANDS.put("fetch", FetchCommand::new);
        COMMANDS.put("search", SearchCommand::spec);
        COMMANDS.put("show", ShowCommand::new);
        COMMANDS.put("open", OpenCommand::new);
        COMMANDS.put("pull", PullCommand::new);
        COMMANDS.put("notice", NoticeCommand::new);
        COMMANDS.put("group", GroupCommand::new);
        COMMANDS.put("member", MemberCommand::new);
        COMMANDS.put("profile", ProfileCommand::new);
        COMMANDS.put("digest", DigestCommand::new);
        COMMANDS.put("inbox", InboxCommand::new);
        COMMANDS.put("export", ExportCommand::new);
        COMMANDS.put("newsletter", NewsletterCommand::new);
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("codes", CodesCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("backup", BackupCommand::new);
        COMMANDS.put("restore", RestoreCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("completion", CompletionCommand::new);
        COMMANDS.put("warm-up", WarmUpCommand::spec);
    }

    static {
        // picocli would look for Groovy in every jar, and load what nobody asks for.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java.sql.*");
    }

    private Main() {}

    public static void main(String[] arguments) {
        // In some languages of a machine, numbers have digits that no statement and no file name may hold. Ours is
        // chosen elsewhere.
        Locale.setDefault(Locale.ROOT);
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.ofProcess(environment);
        int code = start(terminal, environment, arguments);
        terminal.out().flush();
        System.exit(isLost(terminal, environment, arguments) ? ExitCode.IMPOSSIBLE : code);
    }

    /** Says so, too. */
    private static boolean isLost(Terminal terminal, Map<String, String> environment, String... arguments) {
        String loss = terminal.out() instanceof Stdout stdout ? stdout.loss() : null;
        if (loss == null) {
            return false;
        }
        var session = new Session(terminal, environment);
        valueOf("--ui-lang", arguments).filter(Words.LANGUAGES::contains).ifPresent(session::language);
        session.say("error.output", loss);
        return true;
    }

    /** Runs one command, and does beside it what can be done beforehand. */
    static int start(Terminal terminal, Map<String, String> environment, String... arguments) {
        var session = new Session(terminal, environment);
        if (commandsIn(arguments).equals(Set.of("search"))) {
            var early = new EarlySearch(() -> {
                var beside = new Session(terminal, environment);
                valueOf("--home", arguments).map(Path::of).ifPresent(beside::home);
                return beside;
            });
            session.early(early);
            besides(early);
        }
        return run(session, arguments);
    }

    /** Does that on a second thread, while this one builds the command and reads the words. */
    private static void besides(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().unstarted(work);
        // Whatever is wrong, the command meets it again, and says so.
        thread.setUncaughtExceptionHandler((failed, failure) -> {});
        thread.start();
    }

    /** Runs one command; the exit code. */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return run(new Session(terminal, environment), arguments);
    }

    private static int run(Session session, String... arguments) {
        // Help texts are chosen before the options are read.
        valueOf("--ui-lang", arguments).filter(Words.LANGUAGES::contains).ifPresent(session::language);
        Set<String> names = commandsIn(arguments);
        CommandLine root = commandLine(session, names);
        if (names.size() > 1 || Arrays.stream(arguments).anyMatch(Main::mayAskForHelp)) {
            root.setResourceBundle(Words.help(session.words().language()));
        }
        return root.execute(arguments);
    }

    /**
     * Help texts take as long to read as the options of a search. Short options may stand together ({@code -vh}), and a file may hold
     * any.
     */
    private static boolean mayAskForHelp(String word) {
        return word.equals("--help")
                || word.startsWith("@")
                || (word.startsWith("-") && !word.startsWith("--") && word.contains("h"));
    }

    /**
     * The commands that can be meant: building one takes longer than many a search, so only that one is built whose name is the first
     * word that is no global option. Where that is none, or words hide in an argument file, it is all of them.
     */
    private static Set<String> commandsIn(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return COMMANDS.containsKey(word) ? Set.of(word) : COMMANDS.keySet();
            }
        }
        return COMMANDS.keySet();
    }

    /** With every command. */
    static CommandLine commandLine(Session session) {
        CommandLine root = commandLine(session, COMMANDS.keySet());
        root.setResourceBundle(Words.help(session.words().language()));
        return root;
    }

    private static CommandLine commandLine(Session session, Set<String> names) {
        var root = new CommandLine(RootCommand.spec(session));
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                root.addSubcommand(name, command.apply(session));
            }
        });
        root.setOut(writer(session.terminal().out()));
        root.setErr(writer(session.terminal().err()));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        // A home may be called "demo".
        root.setAllowSubcommandsAsOptionParameters(true);
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

    /** The value of an option as far as it can be seen before the words are read. */
    private static Optional<String> valueOf(String option, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        int at = words.indexOf(option);
        if (at >= 0 && at + 1 < words.size()) {
            return Optional.of(words.get(at + 1));
        }
        return words.stream()
                .filter(word -> word.startsWith(option + "="))
                .map(word -> word.substring(option.length() + 1))
                .findFirst();
    }
}
