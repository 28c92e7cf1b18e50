package coop.vigie.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of feasts in four languages ({@code feasts.txt}), found word by word. */
final class Feasts {

    private static final int LONGEST = 12;
    private static final Map<String, FeastRule> RULES = new HashMap<>();
    private static final Set<String> FIRST_WORDS = new HashSet<>();

    static {
        for (String line : lines()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] halves = line.split(" = ");
                FeastRule rule = FeastRule.of(halves[0]);
                for (String name : halves[1].split(", ")) {
                    spell(name).forEach(spelling -> add(spelling, rule));
                }
            }
        }
    }

    private Feasts() {}

    /**
     * A feast that is named in a text.
     *
     * @param next index of the token after its name
     */
    record Named(FeastRule rule, int next) {}

    /** What their names begin with. */
    static Stream<String> firstWords() {
        return FIRST_WORDS.stream();
    }

    /** Whether a name begins with this token's word: cheap to ask, and true of few. */
    static boolean mayBeginAt(@Nullable Token token) {
        return token != null && FIRST_WORDS.contains(token.word());
    }

    /** The longest name that begins at this token; null if none does. */
    static @Nullable Named at(List<Token> tokens, int index) {
        if (!mayBeginAt(tokens.get(index))) {
            return null;
        }
        var key = new StringBuilder();
        Named longest = null;
        for (int next = index; next < Math.min(tokens.size(), index + LONGEST); next++) {
            Token token = tokens.get(next);
            if (isWord(token)) {
                key.append(token.word());
            } else if (!isJoint(token)) {
                break;
            }
            FeastRule rule = RULES.get(key.toString());
            longest = rule == null ? longest : new Named(rule, next + 1);
        }
        return longest;
    }

    /** For tests: every name, its spaces and signs left out. */
    static Map<String, FeastRule> all() {
        return Map.copyOf(RULES);
    }

    private static boolean isWord(Token token) {
        return Character.isLetter(token.word().charAt(0));
    }

    private static boolean isJoint(Token token) {
        return token.is("-") || token.is("'") || token.is(".");
    }

    private static void add(String spelling, FeastRule rule) {
        List<Token> tokens = Token.of(Folded.of(spelling));
        var key = new StringBuilder();
        tokens.stream().filter(Feasts::isWord).forEach(token -> key.append(token.word()));
        FeastRule other = RULES.putIfAbsent(key.toString(), rule);
        if (other != null && !other.equals(rule)) {
            throw new IllegalStateException("two rules for " + spelling);
        }
        FIRST_WORDS.add(tokens.getFirst().word());
    }

    /** "eid/id al/_ fitr" as "eid al fitr", "eid fitr", "id al fitr", "id fitr". */
    private static List<String> spell(String name) {
        List<String> spellings = List.of("");
        for (String word : name.strip().split(" ")) {
            var longer = new ArrayList<String>();
            for (String start : spellings) {
                for (String choice : word.split("/")) {
                    longer.add(choice.equals("_") ? start : start + " " + choice);
                }
            }
            spellings = longer;
        }
        return spellings;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Feasts.class.getResourceAsStream("feasts.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
