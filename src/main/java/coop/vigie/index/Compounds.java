package coop.vigie.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the long words of Dutch and German are made of: "straatverlichting" of "straat" and "verlichting".
 *
 * <p>The words known are those of the CPV's labels, and what stands before them in their compounds: "vertaal" is no word of
 * a label, but opens both "vertaaldiensten" and "vertaalsoftware".
 */
final class Compounds {

    private static final int SHORTEST_OPENING = 3;

    private static final int SHORTEST_HEAD = 4;

    /** A part beside one that nobody knows must be longer, since it could stand there by chance. */
    private static final int SHORTEST_ALONE = 5;

    /** A compound of one of the longest words has nothing that this could miss. */
    private static final int LONGEST = 60;

    /** What Dutch and German put between two parts. */
    private static final List<String> LINKS = List.of("s", "n", "en", "e", "es", "er");

    private static final Map<TextLanguage, Compounds> LOADED = new ConcurrentHashMap<>();

    /** Texts repeat their words; forgotten when there are too many. */
    private static final int REMEMBERED = 50_000;

    private final Predicate<String> known;
    private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

    private Compounds(Predicate<String> known) {
        this.known = known;
    }

    /** The parts of a language's words; those that write none as one word have none. */
    static Compounds of(TextLanguage language) {
        return LOADED.computeIfAbsent(language, Compounds::load);
    }

    private static Compounds load(TextLanguage language) {
        if (!TextLanguage.COMPOUNDING.contains(language)) {
            return new Compounds(word -> false);
        }
        var table = SortedTable.load(table(language));
        return new Compounds(word -> table.find(word).isPresent());
    }

    static String table(TextLanguage language) {
        return "compounds-" + language.suffix().toLowerCase(Locale.ROOT) + ".txt";
    }

    /**
     * @param words of many texts, as {@link TextLanguage#words} gives them
     * @return the parts to know
     */
    static Set<String> learn(Collection<String> words) {
        var known = new HashSet<String>();
        words.stream()
                .filter(word ->
                        word.length() >= SHORTEST_OPENING && word.chars().allMatch(Character::isLetter))
                .forEach(known::add);
        var heads = new HashMap<String, Set<String>>();
        for (String word : known) {
            for (int cut = SHORTEST_HEAD; cut <= word.length() - SHORTEST_HEAD; cut++) {
                String head = word.substring(cut);
                if (known.contains(head)) {
                    heads.computeIfAbsent(word.substring(0, cut), modifier -> new HashSet<>())
                            .add(head);
                }
            }
        }
        // What opens compounds with two different words is a part itself; with one, it may be chance.
        var all = new Compounds(Set.copyOf(known)::contains);
        heads.forEach((modifier, seen) -> {
            if (seen.size() > 1 && all.opening(modifier) == null) {
                known.add(modifier);
            }
        });
        return known;
    }

    /** @return two parts or one with the rest, without what links them; empty if the word is no compound */
    List<String> parts(String word) {
        if (word.length() < SHORTEST_OPENING + SHORTEST_HEAD || word.length() > LONGEST) {
            return List.of();
        }
        List<String> parts = remembered.get(word);
        if (parts == null) {
            if (remembered.size() > REMEMBERED) {
                remembered.clear();
            }
            parts = takenApart(word);
            remembered.put(word, parts);
        }
        return parts;
    }

    private List<String> takenApart(String word) {
        List<String> half = List.of();
        // The longest opening first: it is the rest of "straatverlichting" that may be a compound again.
        for (int cut = word.length() - SHORTEST_HEAD; cut >= SHORTEST_OPENING; cut--) {
            String opening = opening(word.substring(0, cut));
            String head = word.substring(cut);
            boolean headKnown = known.test(head);
            if (opening != null && headKnown) {
                return List.of(opening, head);
            }
            if (half.isEmpty()
                    && (opening != null
                            ? opening.length() >= SHORTEST_ALONE
                            : headKnown && head.length() >= SHORTEST_ALONE)) {
                half = List.of(opening != null ? opening : word.substring(0, cut), head);
            }
        }
        return half;
    }

    /** The part with which a word opens, without what links it to the next; null if nobody knows it. */
    private @Nullable String opening(String beginning) {
        if (known.test(beginning)) {
            return beginning;
        }
        for (String link : LINKS) {
            int end = beginning.length() - link.length();
            if (end >= SHORTEST_OPENING && beginning.endsWith(link) && known.test(beginning.substring(0, end))) {
                return beginning.substring(0, end);
            }
        }
        return null;
    }
}
