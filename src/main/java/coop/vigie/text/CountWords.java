package coop.vigie.text;

import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words with which days are counted, in French, Dutch, English and German, folded. */
final class CountWords {

    private static final Map<String, Integer> ORDINALS = numbers("""
            first erster erste ersten eerste premier premiere
            second zweiter zweite zweiten tweede deuxieme seconde
            third dritter dritte dritten derde troisieme
            fourth vierter vierte vierten vierde quatrieme
            fifth funfter funfte funften vijfde cinquieme
            """);
    private static final Map<String, Integer> NUMBERS = numbers("""
            a an one un une een ein eine einen einem einer
            two deux twee zwei
            three trois drie drei
            four quatre vier
            five cinq vijf funf
            six zes sechs
            seven sept zeven sieben
            eight huit acht
            nine neuf negen neun
            ten dix tien zehn
            eleven onze elf
            twelve douze twaalf zwolf
            thirteen treize dertien dreizehn
            fourteen quatorze veertien vierzehn
            fifteen quinze vijftien funfzehn
            """);

    /** One day, and several. */
    static final Set<String> DAY = Set.of("day", "jour", "dag", "tag");

    static final Set<String> EVE = Set.of("eve", "veille", "vooravond", "vorabend");
    private static final Map<String, Period> UNITS = units(Map.of(
            Period.ofDays(1), "day jour dag tag eve veille vooravond vorabend days jours dagen tage tagen",
            Period.ofWeeks(1), "week semaine woche weeks semaines weken wochen",
            Period.ofMonths(1), "month maand monat months mois maanden monate monaten"));

    /** Units that nobody can count without knowing more. */
    static final Set<String> OTHER_UNITS = Set.of(
            "ouvrables",
            "ouvres",
            "calendrier",
            "werkdag",
            "werkdagen",
            "werktag",
            "werktage",
            "werktagen",
            "arbeitstage",
            "arbeitstagen",
            "heures",
            "uur",
            "hours",
            "stunden",
            "ans",
            "annees",
            "jaar",
            "years",
            "jahre",
            "jahren");

    private CountWords() {}

    /** All of them. */
    static Stream<String> all() {
        return Stream.of(ORDINALS.keySet(), NUMBERS.keySet(), UNITS.keySet(), OTHER_UNITS)
                .flatMap(Set::stream);
    }

    /** A count in words or at most three digits; 0 if it is none. */
    static int number(@Nullable Token token) {
        if (token == null) {
            return 0;
        }
        boolean digits = token.isNumber() && token.length() <= 3;
        return digits ? token.number() : NUMBERS.getOrDefault(token.word(), 0);
    }

    /** 1 to 5 for an ordinal in words, or 0. */
    static int ordinal(@Nullable Token token) {
        return token == null ? 0 : ORDINALS.getOrDefault(token.word(), 0);
    }

    /** One day, week or month; null if it is none. */
    static @Nullable Period unit(@Nullable Token token) {
        return token == null ? null : UNITS.get(token.word());
    }

    private static Map<String, Period> units(Map<Period, String> words) {
        var units = new HashMap<String, Period>();
        words.forEach((unit, names) -> List.of(names.split(" ")).forEach(name -> units.put(name, unit)));
        return Map.copyOf(units);
    }

    private static Map<String, Integer> numbers(String table) {
        var numbers = new HashMap<String, Integer>();
        int number = 0;
        for (String line : table.lines().toList()) {
            number++;
            for (String word : line.split(" ")) {
                numbers.put(word, number);
            }
        }
        return Map.copyOf(numbers);
    }
}
