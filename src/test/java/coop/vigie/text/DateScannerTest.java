package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Where no date can begin is found out by one look at a word: no date may be lost by it. */
class DateScannerTest {

    private static final List<String> WORDS = words();

    private static final List<String> NUMBERS = List.of(
            "1",
            "3",
            "03",
            "12",
            "15",
            "31",
            "32",
            "0",
            "24",
            "99",
            "1999",
            "2026",
            "2027",
            "2100",
            "123",
            "1234567890",
            "15/03/2027",
            "2027-03-15",
            "3.",
            "1er",
            "3rd",
            "2e",
            "15-mars-2027",
            "12h30",
            "14:00",
            "10 h");

    /** What makes a date of a word before it, if that is the right one. */
    private static final List<String> ENDINGS = List.of(
            "mars",
            "may",
            "15 mai 2027",
            "maart 2027",
            "2027",
            "of May 2027",
            "monday of march 2027",
            "jour de mars 2027",
            "weeks before 13 May 2027",
            "before 13 May 2027",
            "du 13 mai 2027",
            "a partir du 13 mai 2027",
            "monday before 13 May 2027",
            "au 15 mars 2027");

    private static final List<String> SIGNS =
            List.of(" ", " ", " ", " ", " ", "\n", "", "-", "/", ".", ", ", "'", ":", "(", ")", "[", "]", " - ");

    /** All that the readers of dates know, from their own tables. */
    private static List<String> words() {
        Set<String> words = new TreeSet<>();
        for (Class<?> each : List.of(
                DateScanner.class,
                DateReader.class,
                CountedDays.class,
                RelativeDays.class,
                Tokens.class,
                CountWords.class,
                CalendarWords.class,
                ClockReader.class,
                SpokenDays.class,
                Feasts.class)) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    collect(value(field), words);
                }
            }
        }
        return List.copyOf(words);
    }

    private static Object value(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(Object value, Set<String> words) {
        if (value instanceof String word) {
            if (!word.isEmpty() && word.chars().allMatch(Character::isLetter)) {
                words.add(word);
            }
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> collect(each, words));
        } else if (value instanceof Map<?, ?> map) {
            collect(map.keySet(), words);
            collect(map.values(), words);
        }
    }

    @Test
    void knowsTheWordsOfDates() {
        assertTrue(
                WORDS.containsAll(Set.of("mars", "dertigste", "vingt", "pentecote", "dernier", "avant", "tot", "th")));
        assertTrue(WORDS.size() > 600, () -> "only " + WORDS.size());
    }

    @Test
    void noDateBegins_withAWordThatIsNotLookedFor() {
        for (String word : WORDS) {
            for (String ending : ENDINGS) {
                noDateBeginsWhereNoneIsLookedFor(word + " " + ending);
                noDateBeginsWhereNoneIsLookedFor("until " + word + " " + ending);
            }
        }
    }

    @Property(tries = 2_000, seed = "20261129")
    void noDateBegins_whereNoneIsLookedFor(@ForAll long seed) {
        noDateBeginsWhereNoneIsLookedFor(text(new Random(seed)));
    }

    private static void noDateBeginsWhereNoneIsLookedFor(String text) {
        String folded = Folded.of(text);
        List<Token> tokens = Token.of(folded);
        var dates = new DateReader(folded, tokens);
        var counted = new CountedDays(new Tokens(tokens), dates, false);

        for (int at = 0; at < tokens.size(); at++) {
            if (!DateScanner.mayBegin(tokens.get(at))) {
                assertNull(counted.at(at), text);
                assertNull(dates.at(at), text);
                assertNull(dates.dayAt(at), text);
            }
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        List<String> nearby = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String word =
                    switch (random.nextInt(8)) {
                        case 0, 1 -> oneOf(NUMBERS, random);
                        case 2 -> oneOf(ENDINGS, random);
                        case 3 -> nearby.isEmpty() ? "de" : oneOf(nearby, random);
                        default -> oneOf(WORDS, random);
                    };
            nearby.add(word);
            text.append(word).append(oneOf(SIGNS, random));
        }
        return text.toString();
    }

    private static String oneOf(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
