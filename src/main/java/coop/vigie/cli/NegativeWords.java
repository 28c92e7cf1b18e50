package coop.vigie.cli;

import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets {@code -word} be query text: {@code vigie search théâtre -architecture}. The parser of options would refuse it, or
 * take {@code -vertaling} for {@code -v}; so such a word is masked before it is read, and unmasked by whoever uses it.
 * Options, their values and what begins with {@code --} stay as they are: a mistyped option is still found.
 */
final class NegativeWords implements IParameterPreprocessor {

    /** For private use (Unicode, section 23.5): no word of a query begins with it. */
    private static final char MASK = '\uE000';

    @Override
    @SuppressWarnings("JdkObsolete") // the parser's own type
    public boolean preprocess(
            Stack<String> words, CommandSpec command, @Nullable ArgSpec argument, Map<String, Object> info) {
        // The next word lies on top, which is the end of the list.
        for (int i = words.size() - 1; i >= 0; i--) {
            String word = words.get(i);
            if (word.equals("--")) {
                break;
            }
            OptionSpec option = command.optionsMap().get(word);
            if (option != null) {
                i -= option.arity().min();
            } else if (word.length() > 1 && word.startsWith("-") && !word.startsWith("--")) {
                words.set(i, MASK + word);
            }
        }
        return false;
    }

    /** The word as it was given. */
    static String plain(String word) {
        return word.startsWith(MASK + "-") ? word.substring(1) : word;
    }
}
