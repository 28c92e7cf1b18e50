package coop.vigie.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** One file while it is read: its name, what was wrong so far, and where its variables come from. */
final class Reading {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{ENV:([^}]*)}");

    private final String file;
    private final @Nullable Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    /** @param environment null if the file has no variables, and {@code ${ENV:…}} is ordinary text */
    Reading(String file, @Nullable Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    void problem(Node node, String message) {
        problem(node.getStartMark().orElse(null), message);
    }

    void problem(@Nullable Mark mark, String message) {
        problem(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, message);
    }

    void problem(int line, int column, String message) {
        problems.add(new Problem(file, line, column, message));
    }

    /** Puts the variables of the environment into a value. */
    String expand(Node node, String text) {
        Map<String, String> variables = environment;
        if (variables == null) {
            return text;
        }
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = variables.get(match.group(1));
            if (value == null) {
                problem(node, "environment variable " + match.group(1) + " is not set");
                value = "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    static boolean isVariable(String text) {
        return VARIABLE.matcher(text).matches();
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    ConfigException failure() {
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new ConfigException(problems);
    }
}
