package coop.vigie.index;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Everyday;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;

/**
 * Makes the word tables of this package from the labels of the CPV, at build time. The labels say the same in four languages,
 * 9,454 times: a dictionary for those who know how to read it.
 *
 * <p>People do not speak as labels do; {@link Everyday} adds their words.
 *
 * <ul>
 *   <li>{@code compounds-nl.txt} and {@code compounds-de.txt}: see {@link Compounds};
 *   <li>{@code function-words-fr.txt} and so on: words that carry no meaning of their own;
 *   <li>{@code words/}: each word of a label with the codes whose labels carry it, and with the words that stand for
 *       it in the other languages; see {@link CpvWords}.
 * </ul>
 */
public final class WordTables {

    private static final List<TextLanguage> LANGUAGES =
            List.of(TextLanguage.FR, TextLanguage.NL, TextLanguage.EN, TextLanguage.DE);

    /** A word in more labels is kept without them: it says nothing about a code, not even beside another word. */
    private static final int SAYS_NOTHING = 400;

    private static final int SHORTEST = 4;

    /** From here on a label says what it is not about: "furniture … (excl. lighting)". */
    private static final Pattern EXCEPTION =
            Pattern.compile("(?iuU)\\b(excl\\b|excluding|except|other than|not including|"
                    + "sauf|excepté|à l['’]ex(?:clusion|ception)|autres? que|hors\\b|"
                    + "uitgezonderd|met uitzondering|behalve|exclusief|andere dan|"
                    + "ausgenommen|ausschließlich|außer\\b|mit Ausnahme|anders als|andere als).*");

    /** So many words of another language stand for one at most. */
    private static final int COUNTERPARTS = 4;

    /** A word is shown as it stands alone rather than in a compound: übersetzung, not übersetzungs. */
    private static final int AS_A_WORD = 1000;

    private static final int AS_A_PART = 1;

    /** From here on a word counts as the translation, as long as no other fits better. */
    private static final double LIKELY = 0.4;

    /** From here on a second one does, too, if it fits almost as well as the first. */
    private static final double ALMOST = 0.75;

    private WordTables() {}

    /** @param arguments the folder for the tables */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (TextLanguage language : TextLanguage.COMPOUNDING) {
            Set<String> words = Stream.concat(
                            Cpv.codes().stream().map(code -> label(code, language)),
                            Everyday.all().stream().flatMap(each -> each.in(language.suffix()).stream()))
                    .flatMap(text -> language.words(text).stream())
                    .collect(Collectors.toSet());
            write(
                    folder.resolve(Compounds.table(language)),
                    Compounds.learn(words).stream().sorted().toList());
        }
        for (TextLanguage language : LANGUAGES) {
            write(
                    folder.resolve(CpvWords.functionWords(language)),
                    functionWords(language).stream().sorted().toList());
        }
        var units = new EnumMap<TextLanguage, Units>(TextLanguage.class);
        LANGUAGES.forEach(language -> units.put(language, Units.of(language)));
        Path tables = Files.createDirectories(folder.resolve(CpvWords.FOLDER));
        units.forEach((language, own) -> {
            var entries = new TreeMap<String, CpvWords.Entry>();
            own.byStem().forEach((stem, unit) -> {
                List<String> codes = unit.codes.size() > SAYS_NOTHING ? List.of() : List.copyOf(unit.codes);
                entries.put(stem, new CpvWords.Entry(codes, translations(language, codes, units)));
            });
            Everyday.all().forEach(everyday -> addEveryday(entries, language, everyday));
            var lines = new TreeMap<String, List<String>>();
            // An empty table is one, too: nobody need look for what is not there.
            for (char first : "0abcdefghijklmnopqrstuvwxyz".toCharArray()) {
                lines.put(CpvWords.table(language, String.valueOf(first)), new ArrayList<>());
            }
            entries.forEach(
                    (key, entry) -> lines.computeIfAbsent(CpvWords.table(language, key), table -> new ArrayList<>())
                            .add(CpvWords.line(key, entry)));
            lines.forEach((table, its) ->
                    write(tables.resolve(table), its.stream().sorted().toList()));
        });
    }

    /** The words of a row stand for each other, and each for the code. */
    private static void addEveryday(Map<String, CpvWords.Entry> entries, TextLanguage language, Everyday everyday) {
        for (String phrase : everyday.in(language.suffix())) {
            String key = CpvWords.key(language.terms(phrase));
            CpvWords.Entry known = entries.getOrDefault(key, new CpvWords.Entry(List.of(), Map.of()));
            if (entries.containsKey(key) && known.codes().isEmpty()) {
                continue; // too frequent to say anything
            }
            var codes = new TreeSet<>(known.codes());
            codes.add(CpvCode.stem(everyday.code()));
            var translations = new EnumMap<TextLanguage, List<String>>(TextLanguage.class);
            for (TextLanguage to : LANGUAGES) {
                if (to != language) {
                    var words = new LinkedHashSet<>(known.translations().getOrDefault(to, List.of()));
                    words.addAll(everyday.in(to.suffix()));
                    translations.put(to, words.stream().limit(COUNTERPARTS).toList());
                }
            }
            entries.put(key, new CpvWords.Entry(List.copyOf(codes), translations));
        }
    }

    private static String label(String code, TextLanguage language) {
        return EXCEPTION
                .matcher(Cpv.label(code, language.suffix()).orElseThrow())
                .replaceAll("");
    }

    /** Words such as "dans" and "auf", which the stemmer would take for others: "danse". */
    private static Set<String> functionWords(TextLanguage language) {
        Set<?> library =
                switch (language) {
                    case FR -> FrenchAnalyzer.getDefaultStopSet();
                    case NL -> DutchAnalyzer.getDefaultStopSet();
                    case DE -> GermanAnalyzer.getDefaultStopSet();
                    default -> EnglishAnalyzer.getDefaultStopSet();
                };
        return library.stream()
                .map(word -> new String((char[]) word))
                .flatMap(word -> language.words(word).stream())
                .collect(Collectors.toSet());
    }

    private static void write(Path table, List<String> lines) {
        try {
            // Renamed at the end: half a table would pass for a finished one in the next build.
            Path unfinished = table.resolveSibling(table.getFileName() + ".part");
            Files.write(unfinished, lines);
            Files.move(unfinished, table, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A word of labels, or a part of one: the codes whose labels carry it, and how it is written there. */
    private static final class Unit {
        final TreeSet<String> codes = new TreeSet<>();
        final Map<String, Integer> written = new HashMap<>();

        String usual() {
            return written.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElseThrow()
                    .getKey();
        }
    }

    /**
     * The words of all labels of one language.
     *
     * @param byCode the words of each label
     */
    private record Units(Map<String, Unit> byStem, Map<String, Set<Unit>> byCode) {

        static Units of(TextLanguage language) {
            var units = new Units(new TreeMap<>(), new HashMap<>());
            Compounds compounds = Compounds.of(language);
            for (String code : Cpv.codes()) {
                String stem = CpvCode.stem(code);
                for (String word : label(code, language).split("[^\\p{L}\\p{N}]+")) {
                    String written = word.toLowerCase(Locale.ROOT);
                    if (CpvWords.isFunctionWord(language, written)) {
                        continue;
                    }
                    units.add(language, stem, written, AS_A_WORD);
                    language.words(written).stream()
                            .flatMap(each -> compounds.parts(each).stream())
                            .forEach(part -> units.add(language, stem, inside(written, part), AS_A_PART));
                }
            }
            return units;
        }

        private void add(TextLanguage language, String code, String written, int weight) {
            for (String stem : language.terms(written)) {
                Unit unit = byStem.computeIfAbsent(stem, any -> new Unit());
                unit.codes.add(code);
                unit.written.merge(written, weight, Integer::sum);
                byCode.computeIfAbsent(code, any -> new LinkedHashSet<>()).add(unit);
            }
        }

        /** The part with the accents that the word has there. */
        private static String inside(String word, String part) {
            for (int at = 0; at + part.length() <= word.length(); at++) {
                String there = word.substring(at, at + part.length());
                if (TextLanguage.FOLDED.terms(there).equals(List.of(part))) {
                    return there;
                }
            }
            return part;
        }
    }

    /** For each other language, the words whose codes are nearly the same (Dice's coefficient of the two sets). */
    private static Map<TextLanguage, List<String>> translations(
            TextLanguage from, List<String> codes, Map<TextLanguage, Units> units) {
        var translations = new LinkedHashMap<TextLanguage, List<String>>();
        for (TextLanguage to : LANGUAGES) {
            Units others = to == from ? null : units.get(to);
            List<String> words = others == null ? List.of() : translations(codes, others);
            if (!words.isEmpty()) {
                translations.put(to, words);
            }
        }
        return translations;
    }

    private record Candidate(Unit unit, long together, double likeness) {}

    private static List<String> translations(List<String> codes, Units others) {
        Map<Unit, Long> together = codes.stream()
                .flatMap(code -> others.byCode().getOrDefault(code, Set.of()).stream())
                .collect(Collectors.groupingBy(unit -> unit, LinkedHashMap::new, Collectors.counting()));
        List<Candidate> candidates = together.entrySet().stream()
                .map(each -> new Candidate(
                        each.getKey(),
                        each.getValue(),
                        2.0
                                * each.getValue()
                                / (codes.size() + each.getKey().codes.size())))
                .filter(candidate -> candidate.likeness() >= LIKELY)
                .sorted(Comparator.comparingDouble(Candidate::likeness)
                        .reversed()
                        .thenComparingInt(candidate -> candidate.unit().usual().length()))
                .toList();
        if (candidates.isEmpty()) {
            return List.of();
        }
        Candidate best = candidates.getFirst();
        if (best.together() == 1) {
            // Words that meet in one label only stand for each other if nothing else in these labels could.
            return candidates.size() == 1 && best.likeness() == 1
                    ? List.of(best.unit().usual())
                    : List.of();
        }
        var good = new ArrayList<String>();
        for (Candidate candidate : candidates) {
            String word = candidate.unit().usual();
            if (word.length() < SHORTEST) {
                continue; // "ok", of operating theatres, stands for too much
            }
            if (candidate.likeness() < best.likeness() * ALMOST) {
                break;
            }
            // What opens a compound is its subject, and finds more than the compound; what ends it is not.
            boolean opensOne = good.removeIf(there -> there.startsWith(word));
            if (opensOne || good.stream().noneMatch(there -> there.contains(word) || word.startsWith(there))) {
                good.add(word);
            }
        }
        return good;
    }
}
