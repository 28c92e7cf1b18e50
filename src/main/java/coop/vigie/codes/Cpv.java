package coop.vigie.codes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Common Procurement Vocabulary of 2008: what is bought. Codes are eight digits without check digit; bring others
 * into that form with {@link CpvCode#normalize}.
 */
public final class Cpv {

    /**
     * A code found by a word of its label.
     *
     * @param language of the label that carries the word
     */
    public record Match(String code, String language, String label) {}

    private static final Pattern DIGITS = Pattern.compile("\\d{2,7}\\*?|\\d{8}(-\\d)?");

    private Cpv() {}

    public static boolean known(String code) {
        return Table.CPV.has(code);
    }

    /** All codes, ascending. */
    public static List<String> codes() {
        return Tree.CODES;
    }

    /** @param language fr, nl, en or de; any other gives English */
    public static Optional<String> label(String code, String language) {
        return Table.CPV.label(code, language);
    }

    /** The narrowest wider code that exists; empty for a division such as 92000000 and for unknown codes. */
    public static Optional<String> parent(String code) {
        return known(code) ? nearestWider(code) : Optional.empty();
    }

    /** The next narrower codes, ascending. */
    public static List<String> children(String code) {
        return Tree.CHILDREN.getOrDefault(code, List.of());
    }

    /**
     * Codes whose label, or an {@linkplain Everyday everyday word} for it, in fr, nl, en or de carries all these words; accents and
     * case do not matter. Labels that hold them as whole words come first, then word beginnings, then parts of words; within
     * that, those that write them with the same accents, then wider codes first. Each code is there once, with its best label.
     * Digits find the codes that begin so.
     *
     * @param limit at most so many
     */
    public static List<Match> find(String words, int limit) {
        List<String> wanted = Folded.words(words);
        if (wanted.isEmpty()) {
            return List.of();
        }
        if (DIGITS.matcher(words.strip()).matches()) {
            return beginning(words.strip(), limit);
        }
        String written = words.strip().toLowerCase(Locale.ROOT);
        record Ranked(int rank, boolean sameAccents, Match match) {}
        return Labels.ALL.stream()
                .map(label ->
                        new Ranked(label.folded().rank(wanted), label.written().contains(written), label.match()))
                .filter(ranked -> ranked.rank() < Folded.NO_MATCH)
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(ranked -> !ranked.sameAccents())
                        .thenComparingInt(
                                ranked -> CpvCode.stem(ranked.match().code()).length())
                        .thenComparing(ranked -> ranked.match().code()))
                .map(Ranked::match)
                .collect(Collectors.toMap(Match::code, match -> match, (best, other) -> best, LinkedHashMap::new))
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    private static List<Match> beginning(String digits, int limit) {
        String stem = CpvCode.normalize(digits).map(CpvCode::stem).orElseGet(() -> digits.replace("*", ""));
        return Tree.CODES.stream()
                .filter(code -> code.startsWith(stem))
                .limit(limit)
                .map(code -> new Match(code, "en", label(code, "en").orElseThrow()))
                .toList();
    }

    /**
     * Words of labels that are written nearly like this one: one letter more, less, other, or two that changed places; two of
     * these in words of five letters or more. The nearest first, then by alphabet; without accents.
     *
     * @param limit at most so many
     */
    public static List<String> similarWords(String word, int limit) {
        List<String> folded = Folded.words(word);
        if (folded.size() != 1 || Words.ALL.contains(folded.getFirst())) {
            return List.of();
        }
        String wanted = folded.getFirst();
        int most = wanted.length() < 5 ? 1 : 2;
        return Words.ALL.stream()
                .filter(each -> each.charAt(0) == wanted.charAt(0) && EditDistance.between(each, wanted, most) <= most)
                .sorted(Comparator.comparingInt((String each) -> EditDistance.between(each, wanted, most))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    /** True if some code begins with these digits. */
    public static boolean begins(String digits) {
        return Table.CPV.codes().stream().anyMatch(code -> code.startsWith(digits));
    }

    /**
     * Codes that somebody may mean who writes digits with which none begins: those in which two neighbours have changed places,
     * then those of which one digit is another, missing or too many, first those that begin alike; where there are none, the nearest
     * wider one.
     *
     * @param digits two to eight, from the left
     * @param limit at most so many
     */
    public static List<String> nearest(String digits, int limit) {
        String written = CpvCode.stem(digits);
        List<String> near = Tree.CODES.stream()
                .filter(code -> EditDistance.between(CpvCode.stem(code), written, 1) == 1)
                .sorted(Comparator.comparing((String code) -> !isShuffled(CpvCode.stem(code), written))
                        .thenComparing(code -> CpvCode.stem(code).length() != written.length())
                        .thenComparingInt(code -> -alike(code, written))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
        return near.isEmpty()
                ? nearestWider(CpvCode.padded(written)).stream().limit(limit).toList()
                : near;
    }

    private static boolean isShuffled(String one, String other) {
        return one.chars()
                .sorted()
                .boxed()
                .toList()
                .equals(other.chars().sorted().boxed().toList());
    }

    /** How many characters they have in common from the left. */
    private static int alike(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    private static Optional<String> nearestWider(String code) {
        String stem = CpvCode.stem(code);
        for (int length = stem.length() - 1; length >= 2; length--) {
            String wider = stem.substring(0, length) + "0".repeat(code.length() - length);
            if (known(wider)) {
                return Optional.of(wider);
            }
        }
        return Optional.empty();
    }

    /** Read when first asked for. */
    private static final class Table {
        static final CodeTable CPV = CodeTable.load("cpv.tsv");
    }

    private static final class Tree {
        static final List<String> CODES = Table.CPV.codes().stream().sorted().toList();
        static final Map<String, List<String>> CHILDREN = CODES.stream()
                .filter(code -> nearestWider(code).isPresent())
                .collect(Collectors.groupingBy(
                        code -> nearestWider(code).orElseThrow(),
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), List::copyOf)));
    }

    private static final class Words {
        static final Set<String> ALL = Labels.ALL.stream()
                .flatMap(label -> label.folded().words().stream())
                .filter(word -> word.length() > 3)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param written in lower case, with its accents */
    private record Label(Match match, Folded folded, String written) {

        static Label of(Match match, String written) {
            return new Label(match, Folded.of(written), written.toLowerCase(Locale.ROOT));
        }
    }

    private static final class Labels {
        static final List<Label> ALL = Stream.concat(
                        Tree.CODES.stream().flatMap(Labels::of),
                        Everyday.all().stream().flatMap(Labels::of))
                .toList();

        private static Stream<Label> of(Everyday everyday) {
            return everyday.words().entrySet().stream()
                    .flatMap(each -> each.getValue().stream()
                            .map(words -> Label.of(
                                    new Match(
                                            everyday.code(),
                                            each.getKey(),
                                            Table.CPV
                                                    .label(everyday.code(), each.getKey())
                                                    .orElseThrow()),
                                    words)));
        }

        private static Stream<Label> of(String code) {
            return CodeTable.LANGUAGES.stream()
                    .map(language -> new Match(
                            code, language, Table.CPV.label(code, language).orElseThrow()))
                    .map(match -> Label.of(match, match.label()));
        }
    }
}
