package coop.vigie.text;

import coop.vigie.notice.LocalText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells French, Dutch, English and German apart by their small words and by letters typical of each. */
public final class LanguageGuess {

    private static final int ENOUGH = 4_000;
    private static final List<String> LANGUAGES = List.of("fr", "nl", "en", "de");

    private static final Map<String, Set<String>> WORDS = Map.of(
            "fr",
            words(
                    "le la les l d des du de un une et est sont au aux à en dans pour par sur avec que qui ce cette ces ne pas"
                            + " vous nous votre vos son sa ses leur leurs ou où il elle ils se qu s plus être avez ont a été y appel"
                            + " projets date jusqu avant très tous toute notre sans entre comme je mon"),
            "nl",
            words(
                    "de het een en van in is zijn op te voor met dat die dit deze niet aan er om door bij naar ook als of tot"
                            + " uit over worden wordt werd u je jij we wij hun ze zij kan kunnen moet heeft hebben meer onze uw nog"
                            + " wel geen oproep aanvraag vóór ten der tussen onder ik hij maar zal al wat"),
            "en",
            words(
                    "the of and to in a is are for on with that this by be as at from or an it its which have has will can not"
                            + " your you our we their they was were been must may should more all these those between under open"
                            + " call projects until before do i my he she about how what would there"),
            "de",
            words(
                    "der die das den dem des ein eine einer eines einem einen und ist sind im in zu zum zur von vom mit für auf"
                            + " bei nach nicht auch als an aus über durch werden wird wurde sie wir ihr ihre unser bis oder sich dass"
                            + " es hat haben kann können vor um am ich er noch nur wie unter zwischen keine"));

    private static final Map<String, List<String>> PATTERNS = Map.of(
            "fr",
                    List.of(
                            "è", "ê", "ç", "à", "œ", "é", "eux ", "tion ", "ment ", "aire ", "ique ", "ité ", "eur ",
                            "ée ", "ques "),
            "nl",
                    List.of(
                            "ij", "aa", "oe", "uu", "ee", "heid ", "ing ", "sch", "gen ", "oo", "lijk", "cht", "vr",
                            "ui", "atie "),
            "en", List.of(" th", "wh", "ght", "ing ", "tion ", "ness ", "ly ", "ould", "ity ", "sh", "ment ", "ed "),
            "de",
                    List.of(
                            "ä", "ö", "ü", "ß", "sch", "ung ", "keit ", "lich", "ch", "tz", "ein", "zu", "gen ", "eit",
                            "ungen "));

    private LanguageGuess() {}

    /** {@code fr}, {@code nl}, {@code en} or {@code de}; {@code und} if the text is too short or in none of them. */
    public static String of(String text) {
        String start = text.length() > ENOUGH ? text.substring(0, ENOUGH) : text;
        String spaced = " " + String.join(" ", wordsOf(start)) + " ";
        Map<String, Double> scores = scores(spaced);
        String best = LocalText.UNDETERMINED;
        double first = 0;
        double second = 0;
        for (String language : LANGUAGES) {
            double score = scores.getOrDefault(language, 0.0);
            if (score > first) {
                second = first;
                first = score;
                best = language;
            } else if (score > second) {
                second = score;
            }
        }
        int count = spaced.split(" ").length;
        boolean sure = first >= 1 && first >= second * 1.1 + 0.2 && first / count >= 0.12;
        return sure ? best : LocalText.UNDETERMINED;
    }

    private static Map<String, Double> scores(String spaced) {
        var scores = new HashMap<String, Double>();
        for (String language : LANGUAGES) {
            double score = 0;
            Set<String> known = WORDS.getOrDefault(language, Set.of());
            for (String word : spaced.split(" ")) {
                score += known.contains(word) ? 1 : 0;
            }
            for (String pattern : PATTERNS.getOrDefault(language, List.of())) {
                score += 0.35 * Math.min(count(spaced, pattern), 40);
            }
            scores.put(language, score);
        }
        return scores;
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }

    private static List<String> wordsOf(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]{1,1000}")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
