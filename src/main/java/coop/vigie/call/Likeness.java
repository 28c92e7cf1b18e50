package coop.vigie.call;

import coop.vigie.notice.Notice;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether two calls that close on the same day look like one. Symmetric, and a matter of the two alone. Numbers weigh more than
 * words: "lot 1" and "lot 2" are different however alike the rest. Thresholds and what they give: docs/quality.md.
 */
final class Likeness {

    private static final double TITLES_ALIKE = 0.75;
    private static final double TITLES_NEARLY_EQUAL = 0.9;
    private static final int LONG_TITLE = 5;
    /** A title alone says enough from so many words on: "Appel à projets" does not. */
    static final int TELLING_TITLE = 4;

    private static final double TEXTS_ALIKE = 0.75;
    /** No pair that looks alike has less of its shorter title in the longer: cheap to ask first, since titles are short. */
    static final double HALF = 0.5;

    private static final double A_THIRD = 0.3;
    private static final int TELLING_TEXT = 3;
    private static final int CODE_LENGTH = 5;
    /** A title as short as that says so little that more of the texts must agree. */
    private static final double THREE_QUARTERS = 0.75;

    private static final int KEY_WORDS = 4;
    private static final int TITLE_AT_MOST = 500;
    private static final int TEXT_AT_MOST = 4_000;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Likeness() {}

    /** What two calls are compared by. */
    record Print(Set<String> title, Set<String> text, Set<String> buyer) {

        static Print of(Notice facts) {
            String text = facts.text().in(List.of());
            String buyer = facts.buyer();
            return new Print(titleOf(facts), words(cut(text, TEXT_AT_MOST)), buyer == null ? Set.of() : words(buyer));
        }
    }

    static Set<String> titleOf(Notice notice) {
        return words(cut(notice.title().in(List.of()), TITLE_AT_MOST));
    }

    /** Whether the titles of two items on one page may mean the same: half of the words, and no number that contradicts. */
    static boolean titlesFit(Notice one, Notice other) {
        Set<String> title = titleOf(one);
        Set<String> otherTitle = titleOf(other);
        return contained(title, otherTitle) >= HALF && numbersFit(title, otherTitle);
    }

    private static String cut(String text, int atMost) {
        return text.substring(0, Math.min(text.length(), atMost));
    }

    static Set<String> words(String text) {
        String folded = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(BETWEEN_WORDS.split(folded))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean alike(Print one, Print other) {
        if (contained(one.title, other.title) < HALF
                || Collections.disjoint(keyWords(one.title), keyWords(other.title))
                || strangers(one.buyer, other.buyer)) {
            return false;
        }
        Set<String> numbers = numbers(one.title);
        Set<String> otherNumbers = numbers(other.title);
        return numbers.equals(otherNumbers)
                ? titlesAlike(one, other) || textsAlike(one, other) || sameCode(one, other, numbers)
                : nested(numbers, otherNumbers) && textsAlike(one, other);
    }

    /** The longest words of a title. Titles that look alike have one of them in common, so that they can be looked up by it. */
    static Set<String> keyWords(Set<String> title) {
        return title.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .limit(KEY_WORDS)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean titlesAlike(Print one, Print other) {
        double titles = shared(one.title, other.title);
        int shorter = Math.min(one.title.size(), other.title.size());
        if (one.text.isEmpty() || other.text.isEmpty()) {
            return titles >= TITLES_ALIKE && shorter >= TELLING_TITLE;
        }
        double texts = contained(one.text, other.text);
        boolean nearlyEqual = titles >= TITLES_NEARLY_EQUAL && shorter >= LONG_TITLE && texts >= A_THIRD;
        double enough = shorter < TELLING_TITLE ? THREE_QUARTERS : HALF;
        return nearlyEqual || (titles >= TITLES_ALIKE && texts >= enough && numbersNested(one, other));
    }

    private static boolean textsAlike(Print one, Print other) {
        return Math.min(one.text.size(), other.text.size()) >= TELLING_TEXT
                && shared(one.text, other.text) >= TEXTS_ALIKE
                && numbersNested(one, other);
    }

    /** The same reference, such as "EACEA2026X7", in both titles. */
    private static boolean sameCode(Print one, Print other, Set<String> numbers) {
        boolean code = numbers.stream()
                .anyMatch(number ->
                        number.length() >= CODE_LENGTH && number.codePoints().anyMatch(Character::isLetter));
        return code && contained(without(one.title, numbers), without(other.title, numbers)) >= HALF;
    }

    /** Two buyers, both named, without a word in common. */
    private static boolean strangers(Set<String> one, Set<String> other) {
        return !one.isEmpty() && !other.isEmpty() && common(one, other) == 0;
    }

    /** Of two texts, one may be the summary of the other, but neither may have a number that contradicts. */
    private static boolean numbersNested(Print one, Print other) {
        return nested(numbers(one.text), numbers(other.text));
    }

    /** False for titles whose numbers contradict, of calls that are never {@link #alike}. */
    static boolean numbersFit(Set<String> title, Set<String> other) {
        return nested(numbers(title), numbers(other));
    }

    private static boolean nested(Set<String> one, Set<String> other) {
        return one.containsAll(other) || other.containsAll(one);
    }

    private static Set<String> numbers(Set<String> words) {
        Predicate<String> hasDigit = word -> word.codePoints().anyMatch(Character::isDigit);
        return words.stream().filter(hasDigit).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> without(Set<String> words, Set<String> others) {
        var left = new HashSet<>(words);
        left.removeAll(others);
        return left;
    }

    /** Share of the words of both that are in both; 0 if there are none. */
    private static double shared(Set<String> one, Set<String> other) {
        int common = common(one, other);
        int all = one.size() + other.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }

    /** Share of the words of the shorter that are in the longer; 0 if one has none. */
    static double contained(Set<String> one, Set<String> other) {
        int shorter = Math.min(one.size(), other.size());
        return shorter == 0 ? 0 : (double) common(one, other) / shorter;
    }

    private static int common(Set<String> one, Set<String> other) {
        return (int)
                (one.size() <= other.size()
                        ? one.stream().filter(other::contains).count()
                        : other.stream().filter(one::contains).count());
    }

    /** A title as one column, and back. */
    static String column(Set<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }

    static Set<String> ofColumn(String column) {
        return column.isEmpty() ? Set.of() : Set.of(column.split(" "));
    }
}
