package coop.vigie.match;

import coop.vigie.notice.Call;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of titles, as they are written, and how telling they are. */
final class TitleWords {

    /** Shorter ones are articles and prepositions in all of our languages. */
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,30}");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private TitleWords() {}

    /** Word to the number of titles that carry it; spellings that differ by case or accents count as the most frequent of them. */
    static Map<String, Integer> count(Collection<String> titles) {
        Map<String, Map<String, Integer>> spellings = new HashMap<>();
        for (String title : titles) {
            Map<String, String> once = new HashMap<>();
            of(title).forEach(word -> once.putIfAbsent(folded(word), word));
            once.forEach((plain, word) ->
                    spellings.computeIfAbsent(plain, any -> new HashMap<>()).merge(word, 1, Integer::sum));
        }
        return spellings.values().stream()
                .collect(Collectors.toMap(
                        TitleWords::mostFrequent,
                        counts ->
                                counts.values().stream().mapToInt(each -> each).sum()));
    }

    private static String mostFrequent(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    /** Its words in lower case, each once. */
    static Set<String> of(String text) {
        return WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String folded(String word) {
        return MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD)).replaceAll("");
    }

    /** All titles of a call in one. */
    static String title(Call call) {
        return String.join(" | ", List.copyOf(call.facts().title().byLanguage().values()));
    }

    /**
     * How surprising it is that a word stands in {@code in} of {@code of} texts, when it stands in {@code inOthers} of {@code
     * ofOthers} others: the log-likelihood ratio of T. Dunning, "Accurate Methods for the Statistics of Surprise and
     * Coincidence", Computational Linguistics 19 (1993). 0 where it is not more frequent than in the others.
     */
    static double surprise(int in, int of, int inOthers, int ofOthers) {
        if (of == 0 || (double) in / of <= (ofOthers == 0 ? 0 : (double) inOthers / ofOthers)) {
            return 0;
        }
        double all = (double) (in + inOthers) / (of + ofOthers);
        return 2
                * (likelihood(in, of, (double) in / of)
                        + likelihood(inOthers, ofOthers, ofOthers == 0 ? 0 : (double) inOthers / ofOthers)
                        - likelihood(in, of, all)
                        - likelihood(inOthers, ofOthers, all));
    }

    private static double likelihood(int in, int of, double share) {
        return times(in, share) + times(of - in, 1 - share);
    }

    private static double times(int count, double share) {
        return count == 0 ? 0 : count * Math.log(share);
    }
}
