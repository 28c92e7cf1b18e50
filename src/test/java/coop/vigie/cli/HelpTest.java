package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help pages, the messages, and the page about the commands say the same things in every language. */
class HelpTest {

    private static final int WIDEST = 100;

    /** Words that are the same in English, French and Dutch. */
    private static final Set<String> INTERNATIONAL = Set.of(
            "column.code",
            "usage.descriptionHeading",
            "show.cpv",
            "profile.cpv",
            "health.ok",
            "doctor.verdict.ok",
            "reason.cpv",
            "reason.query",
            "column.id",
            "column.type",
            "column.cpv");

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl", "en"})
    void describesEveryCommandOptionAndWord(String language) {
        var silent = new ArrayList<String>();

        for (CommandSpec command : commands(language)) {
            String name = command.qualifiedName();
            if (isEmpty(command.usageMessage().description())) {
                silent.add(name);
            }
            if (isEmpty(command.usageMessage().footer())) {
                silent.add(name + ": an example");
            }
            command.args().stream()
                    .filter(argument -> !argument.hidden() && isEmpty(argument.description()))
                    .map(ArgSpec::toString)
                    .map(argument -> name + ": " + argument)
                    .forEach(silent::add);
        }

        assertEquals(List.of(), silent);
    }

    private static boolean isEmpty(String[] lines) {
        return Arrays.stream(lines).allMatch(String::isBlank);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl", "en"})
    void printsEveryHelpPageOnStdoutWithinTheWidth(String language) {
        for (CommandSpec command : commands(language)) {
            String name = command.qualifiedName();
            List<String> words = new ArrayList<>(List.of(name.split(" ")));
            words.removeFirst();
            words.addAll(List.of("--help", "--ui-lang", language));

            Shell.Ran help = Shell.run(words.toArray(String[]::new));

            assertAll(
                    name,
                    () -> assertEquals(0, help.code()),
                    () -> assertEquals("", help.err()),
                    () -> assertTrue(help.out().contains(name), help.out()),
                    () -> assertEquals(
                            List.of(),
                            help.out()
                                    .lines()
                                    .filter(line -> line.length() > WIDEST)
                                    .toList()));
        }
    }

    @Test
    void namesExitCodesAndEnvironment() {
        String help = Shell.run("--help").out();

        for (String word : List.of("130", "VIGIE_HOME", "VIGIE_NOW", "VIGIE_LANG", "NO_COLOR")) {
            assertTrue(help.contains(word), word);
        }
    }

    @ParameterizedTest
    @CsvSource({"fr, Utilisation", "nl, Gebruik", "en, Usage"})
    void speaksTheLanguageThatWasAskedFor(String language, String word) {
        assertTrue(Shell.run("search", "--help", "--ui-lang=" + language).out().startsWith(word));
        assertTrue(Shell.run(Map.of("VIGIE_LANG", language), "--help").out().startsWith(word));
        assertTrue(Shell.run(Map.of("LC_ALL", language + "_BE.UTF-8"), "--help")
                .out()
                .startsWith(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "messages"})
    void saysEverythingInEveryLanguage(String bundle) throws IOException {
        Properties english = properties(bundle, "en");
        Properties french = properties(bundle, "fr");
        Properties dutch = properties(bundle, "nl");

        assertEquals(english.stringPropertyNames(), french.stringPropertyNames());
        assertEquals(english.stringPropertyNames(), dutch.stringPropertyNames());
        Set<String> untranslated = english.stringPropertyNames().stream()
                .filter(key -> english.getProperty(key, "").equals(french.getProperty(key)))
                .filter(key -> english.getProperty(key, "").equals(dutch.getProperty(key)))
                // An example is a command line.
                .filter(key -> !key.contains(".usage.footer."))
                .filter(key -> !INTERNATIONAL.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), untranslated);
        for (String key : english.stringPropertyNames()) {
            assertEquals(places(english.getProperty(key)), places(french.getProperty(key)), key);
            assertEquals(places(english.getProperty(key)), places(dutch.getProperty(key)), key);
        }
    }

    private static Set<String> places(String message) {
        return PLACE.matcher(message).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties properties(String bundle, String language) throws IOException {
        var properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream(bundle + "_" + language + ".properties")) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }

    @Test
    void hasAChapterForEveryCommandInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        Set<String> chapters = Pattern.compile("(?m)^#+ `(vigie[a-z -]*)")
                .matcher(page)
                .results()
                .map(match -> match.group(1).strip())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> verbs = commands("en").stream()
                .filter(command -> command.subcommands().isEmpty())
                .map(CommandSpec::qualifiedName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(verbs, chapters);
    }

    @Test
    void documentsOptionsAndJsonThatExist() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        Set<String> options = new HashSet<>();
        commands("en").forEach(command -> options.addAll(command.optionsMap().keySet()));

        List<String> invented = Pattern.compile("--[a-z][a-z-]*")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(option -> !options.contains(option))
                .toList();
        assertEquals(List.of(), invented);
        for (MatchResult block :
                Pattern.compile("(?s)```json\n(.*?)```").matcher(page).results().toList()) {
            new ObjectMapper().readTree(block.group(1));
        }
    }

    /** Every command that is shown, the program itself first. */
    static List<CommandSpec> commands(String language) {
        var nowhere = new Terminal(System.out, System.err, false, false, WIDEST);
        CommandLine root = Main.commandLine(new Session(nowhere, Map.of("VIGIE_LANG", language)));
        return below(root).map(CommandLine::getCommandSpec).toList();
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getCommandSpec().usageMessage().hidden()
                ? Stream.of()
                : Stream.concat(
                        Stream.of(command),
                        command.getSubcommands().values().stream().flatMap(HelpTest::below));
    }
}
