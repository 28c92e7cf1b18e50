package coop.vigie.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the day of a month in words: "twenty-first", "eerste", "vingt et un". */
final class SpokenDays {

    /** From two on; "een" and "un" are articles more often. Every line one number. */
    private static final Map<String, Integer> CARDINALS = new HashMap<>();

    static {
        int number = 1;
        for (String line : """
                twee deux
                drie trois
                vier quatre
                vijf cinq
                zes six
                zeven sept
                acht huit
                negen neuf
                tien dix
                elf onze
                twaalf douze
                dertien treize
                veertien quatorze
                vijftien quinze
                zestien seize
                zeventien
                achttien
                negentien
                twintig vingt
                eenentwintig
                tweeentwintig
                drieentwintig
                vierentwintig
                vijfentwintig
                zesentwintig
                zevenentwintig
                achtentwintig
                negenentwintig
                dertig trente
                eenendertig
                """.lines().toList()) {
            number++;
            for (String word : line.split(" ")) {
                CARDINALS.put(word, number);
            }
        }
    }

    private static final Map<String, Integer> TENS = Map.of("twenty", 20, "thirty", 30);
    private static final Map<String, List<String>> SECOND_HALVES = Map.of(
            "vingt", List.of("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
            "dix", List.of("sept", "huit", "neuf"));

    /** What a day in words begins with, beside names of the calendar. */
    static Stream<String> firstWords() {
        return Stream.concat(CARDINALS.keySet().stream(), TENS.keySet().stream());
    }

    /** A day in words and the token after it. */
    record Spoken(int day, int next) {}

    private final List<Token> tokens;

    SpokenDays(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** "First" to "thirty-first", and their like; null if none begins here. */
    @Nullable
    Spoken ordinal(int index) {
        Token token = token(index);
        if (token == null) {
            return null;
        }
        int tens = TENS.getOrDefault(token.word(), 0);
        int ones = tens == 0 ? index : is(index + 1, "-") ? index + 2 : index + 1;
        Token last = token(ones);
        if (last == null) {
            return null;
        }
        int day = CalendarWords.isFirst(last.word()) ? 1 : CalendarWords.ordinal(last.word());
        return day == 0 || (tens > 0 && day > 9) ? null : new Spoken(tens + day, ones + 1);
    }

    /** "Tweeëntwintig", "vingt-deux": a number of two or more as Dutch and French say it; null if none begins here. */
    @Nullable
    Spoken cardinal(int index) {
        Token token = token(index);
        int number = token == null ? 0 : CARDINALS.getOrDefault(token.word(), 0);
        if (token == null || number == 0) {
            return null;
        }
        if ((number == 20 || number == 30) && is(index + 1, "et") && is(index + 2, "un")) {
            return new Spoken(number + 1, index + 3);
        }
        int second = is(index + 1, "-") ? index + 2 : index + 1;
        Token ones = token(second);
        return ones != null
                        && SECOND_HALVES.getOrDefault(token.word(), List.of()).contains(ones.word())
                ? new Spoken(number + CARDINALS.getOrDefault(ones.word(), 0), second + 1)
                : new Spoken(number, index + 1);
    }

    private boolean is(int index, String word) {
        Token token = token(index);
        return token != null && token.is(word);
    }

    private @Nullable Token token(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }
}
