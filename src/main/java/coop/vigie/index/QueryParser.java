package coop.vigie.index;

import coop.vigie.index.Node.TextField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One reading of one query, from left to right, by recursive descent. Time grows with its length only. */
final class QueryParser {

    static final int LONGEST = 4096;
    static final int DEEPEST = 40;

    private static final int SHORTEST_PREFIX = 2;
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]{2,}):");
    private static final Pattern HAS_TERM = Pattern.compile("[\\p{L}\\p{N}\\p{So}]");
    private static final String OPENING_QUOTES = "\"“”„«";
    private static final String CLOSING_QUOTES = "\"“”";

    private static final List<String> FIELDS = Stream.concat(
                    Stream.concat(
                            Stream.of("published", "value"),
                            Arrays.stream(TextField.values())
                                    .filter(field -> field != TextField.ANY)
                                    .map(TextField::written)),
                    Arrays.stream(CodeField.values()).map(CodeField::written))
            .sorted()
            .toList();

    private final String query;
    private final RangeReader ranges;
    private final Matcher optionalEnding;
    private final List<NamedCode> named = new ArrayList<>();
    private final List<String> clauses = new ArrayList<>();
    private int at;

    QueryParser(String query, RangeReader ranges) {
        this.query = query;
        this.ranges = ranges;
        this.optionalEnding = TextLanguage.OPTIONAL_ENDING.matcher(query).useTransparentBounds(true);
    }

    Node parse() {
        if (query.length() > LONGEST) {
            throw error(LONGEST, "the query is longer than " + LONGEST + " characters: split it");
        }
        Node all = sequence(TextField.ANY, 0, -1);
        if (all == null && !query.isBlank()) {
            throw error(skipSpaceFrom(0), "there is nothing to look for here: neither a letter nor a digit");
        }
        return all == null ? new Node.Everything() : all;
    }

    /** The codes that {@link #parse} has come by, in their order. */
    List<NamedCode> named() {
        return List.copyOf(named);
    }

    /** What all must hold, as {@link #parse} has come by it: each with what is an alternative to it. */
    List<String> clauses() {
        return List.copyOf(clauses);
    }

    /** Clauses up to the end or the closing parenthesis; null if nothing in them can be looked for. */
    private @Nullable Node sequence(TextField field, int depth, int opened) {
        var all = new ArrayList<Node>();
        while (true) {
            at = skipSpaceFrom(at);
            if (at == query.length()) {
                if (opened >= 0) {
                    throw error(opened, "this parenthesis is never closed");
                }
                break;
            }
            if (query.charAt(at) == ')') {
                if (opened < 0) {
                    throw error(at, "this parenthesis was never opened");
                }
                at++;
                break;
            }
            int start = at;
            Node clause = alternatives(field, depth);
            if (clause != null) {
                all.add(clause);
                if (opened < 0) {
                    clauses.add(query.substring(start, at));
                }
            }
        }
        return all.isEmpty() ? null : Node.all(all);
    }

    /** {@code a OR b OR c}; a single clause is the usual case. */
    private @Nullable Node alternatives(TextField field, int depth) {
        if (atKeyword("AND")) {
            at += 3; // what everybody means by it holds anyway
            return null;
        }
        if (atKeyword("OR")) {
            throw error(at, "OR needs something to its left");
        }
        var choices = new ArrayList<Node>();
        while (true) {
            Node choice = negatable(field, depth);
            if (choice != null) {
                choices.add(choice);
            }
            int next = skipSpaceFrom(at);
            if (!keywordAt("OR", next)) {
                break;
            }
            at = skipSpaceFrom(next + 2);
            if (at == query.length() || query.charAt(at) == ')' || atKeyword("OR") || atKeyword("AND")) {
                throw error(at, "OR needs something to its right");
            }
        }
        return choices.isEmpty() ? null : Node.any(choices);
    }

    private @Nullable Node negatable(TextField field, int depth) {
        if (!negates()) {
            return leaf(field, depth);
        }
        at++;
        Node negated = leaf(field, depth);
        return negated == null ? null : new Node.Not(negated);
    }

    /** One dash right before something; two dashes, or one alone, are punctuation. */
    private boolean negates() {
        if (query.charAt(at) != '-' || at + 1 == query.length()) {
            return false;
        }
        char next = query.charAt(at + 1);
        return next != '-' && next != ')' && !isSpace(next);
    }

    private @Nullable Node leaf(TextField field, int depth) {
        char first = query.charAt(at);
        if (first == '(') {
            if (depth == DEEPEST) {
                throw error(at, "parentheses go deeper than " + DEEPEST + " levels here");
            }
            int opened = at++;
            return sequence(field, depth + 1, opened);
        }
        if (OPENING_QUOTES.indexOf(first) >= 0) {
            return phrase(field);
        }
        var named = FIELD.matcher(query).region(at, query.length());
        if (named.lookingAt()) {
            String name = named.group(1).toLowerCase(Locale.ROOT);
            boolean known = FIELDS.contains(name);
            boolean hasValue = named.end() < query.length()
                    && !isBreak(query.charAt(named.end()))
                    && !query.startsWith("//", named.end());
            if (known || (hasValue && name.equals(named.group(1)))) {
                return fieldLeaf(name, known, named.end(), depth);
            }
        }
        return word(field);
    }

    private @Nullable Node fieldLeaf(String name, boolean known, int valueAt, int depth) {
        if (!known) {
            throw error(
                    at,
                    "there is no field '" + name + "'" + suggestion(name) + "; the fields are "
                            + String.join(", ", FIELDS));
        }
        if (valueAt == query.length()
                || Character.isWhitespace(query.charAt(valueAt))
                || query.charAt(valueAt) == ')') {
            throw error(valueAt, name + ": needs a value right behind it");
        }
        int start = at;
        at = valueAt;
        switch (name) {
            case "title", "buyer", "part", "fr", "nl", "en", "de":
                return textLeaf(TextField.valueOf(name.toUpperCase(Locale.ROOT)), start, depth);
            default:
                String value = rawValue();
                try {
                    return switch (name) {
                        case "published" -> ranges.span(Node.DateField.PUBLISHED, value);
                        case "value" -> ranges.amount(value);
                        case "deadline" ->
                            Character.isLetter(value.isEmpty() ? ' ' : value.charAt(0))
                                    ? codes(CodeField.DEADLINE, value)
                                    : ranges.span(Node.DateField.DEADLINE, value);
                        default -> codes(CodeField.valueOf(name.toUpperCase(Locale.ROOT)), value);
                    };
                } catch (RangeReader.Unreadable e) {
                    throw error(valueAt, name + ": " + e.getMessage());
                }
        }
    }

    /** What follows {@code title:}: a word, a phrase or a group, but not another field. */
    private @Nullable Node textLeaf(TextField field, int start, int depth) {
        char first = query.charAt(at);
        if (first == '(' || OPENING_QUOTES.indexOf(first) >= 0) {
            return leaf(field, depth);
        }
        if (negates()) {
            throw error(start, "write the dash first: -" + query.substring(start, at) + "…");
        }
        int valueAt = at;
        Node word = word(field);
        if (word == null || word instanceof Node.Everything) {
            throw error(valueAt, query.substring(start, valueAt) + " needs a word, a phrase or a group");
        }
        return word;
    }

    private Node codes(CodeField field, String value) {
        int valueAt = at - value.length();
        var terms = new ArrayList<String>();
        for (String part : value.split("[,|]", -1)) {
            int partAt = valueAt;
            terms.add(field.term(part).orElseThrow(() -> error(partAt, field.refusal(part))));
            if (field.isOpen()) {
                named.add(new NamedCode(field.written(), part, partAt));
            }
            valueAt += part.length() + 1;
        }
        return new Node.Codes(field, terms.stream().distinct().toList());
    }

    private @Nullable Node phrase(TextField field) {
        int opened = at++;
        String closing = query.charAt(opened) == '«' ? "»" : CLOSING_QUOTES;
        int end = at;
        while (end < query.length() && closing.indexOf(query.charAt(end)) < 0) {
            end++;
        }
        if (end == query.length()) {
            throw error(opened, "this quotation mark is never closed");
        }
        String text =
                query.substring(at, end).replaceAll("[\"“”„«»\\s\\h]+", " ").strip();
        at = end + 1;
        return hasTerm(text) ? new Node.Phrase(field, text, true) : null;
    }

    private @Nullable Node word(TextField field) {
        int start = at;
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '('
                    && at > start
                    && optionalEnding.region(at, query.length()).lookingAt()) {
                at = optionalEnding.end(); // artiste(s): one word
            } else if (isBreak(c)) {
                break;
            } else {
                at++;
            }
        }
        if (at == start) {
            at++; // a closing quotation mark that closes nothing
            return null;
        }
        String text = query.substring(start, at);
        int star = text.indexOf('*');
        if (star < 0) {
            return hasTerm(text) ? new Node.Phrase(field, text, false) : null;
        }
        if (text.equals("*")) {
            return new Node.Everything();
        }
        if (!hasTerm(text)) {
            return null;
        }
        if (field != TextField.ANY && field != TextField.TITLE && field != TextField.BUYER) {
            throw error(start + star, "a star does not go with " + field.prefix() + " which looks for whole words");
        }
        if (star < text.length() - 1) {
            throw error(start + star, "a star can only end a word");
        }
        String beginning = text.substring(0, star);
        List<String> terms = TextLanguage.FOLDED.terms(beginning);
        if (terms.isEmpty() || terms.getLast().length() < SHORTEST_PREFIX) {
            throw error(start + star, "a star needs at least two letters before it");
        }
        return new Node.Prefix(field, beginning);
    }

    private String rawValue() {
        int start = at;
        while (at < query.length() && !isBreak(query.charAt(at))) {
            at++;
        }
        return query.substring(start, at);
    }

    private static boolean hasTerm(String text) {
        return HAS_TERM.matcher(text).find() && !TextLanguage.FOLDED.terms(text).isEmpty();
    }

    private static boolean isBreak(char c) {
        return isSpace(c) || c == '(' || c == ')' || c == '»' || OPENING_QUOTES.indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\0';
    }

    private int skipSpaceFrom(int position) {
        int next = position;
        while (next < query.length() && isSpace(query.charAt(next))) {
            next++;
        }
        return next;
    }

    private boolean atKeyword(String keyword) {
        return keywordAt(keyword, at);
    }

    private boolean keywordAt(String keyword, int position) {
        int end = position + keyword.length();
        return query.startsWith(keyword, position) && (end == query.length() || isBreak(query.charAt(end)));
    }

    private static String suggestion(String name) {
        return FIELDS.stream()
                .filter(known -> known.startsWith(name) || distance(known, name) <= 2)
                .findFirst()
                .map(known -> "; did you mean " + known + ":?")
                .orElse("");
    }

    /** How many letters to insert, drop or exchange. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private QuerySyntaxException error(int position, String message) {
        return new QuerySyntaxException(query, position, message);
    }
}
