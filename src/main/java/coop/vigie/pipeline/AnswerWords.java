package coop.vigie.pipeline;

import coop.vigie.curate.CurationStore.Act;
import coop.vigie.curate.Interest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lines such as "looking 3" or "pas 4, 5", in French, Dutch and English. */
final class AnswerWords {

    private static final int NOTE_AT_MOST = 300;

    /** A whole line: a word or two, numbers, then nothing but what a note says; the token of a link may end it. */
    private static final Pattern LINE = Pattern.compile(
            "(?iu)^\\s*(?:(?:re|tr|fw|fwd|antw)\\s*:\\s*)*(?<word>\\p{L}+(?:[ ’']\\p{L}+)?)\\s*[:#]?\\s*"
                    + "(?<numbers>\\d{1,4}(?:(?:\\s*[,;+&]\\s*|\\s+(?:et|en|and|und)\\s+)\\d{1,4})*)[.!]?(?<rest>(?:[\\s:].*?)?)"
                    + "(?:\\s*\\[?vg-[a-z2-7]{26}]?)?\\s*$");

    private static final Map<String, Meaning> MEANINGS = new HashMap<>();

    static {
        mean(new Meaning(Interest.LOOKING, false, null), "looking", "look", "regarde", "kijk");
        mean(new Meaning(Interest.SEEKING, false, null), "partner", "seeking", "partenaire", "cherche", "zoek");
        mean(new Meaning(Interest.APPLYING, false, null), "applying", "apply", "dépose", "depose", "doe mee");
        mean(new Meaning(Interest.SUBMITTED, false, null), "submitted", "déposé", "soumis", "ingediend");
        mean(new Meaning(Interest.WON, false, null), "won", "gagné", "gagne", "gewonnen");
        mean(new Meaning(null, true, null), "not", "pas", "niet");
        mean(new Meaning(null, false, null), "forget", "oublie", "vergeet");
        mean(new Meaning(null, false, Act.PICK), "pick", "épingle", "epingle", "pin");
        mean(new Meaning(null, false, Act.UNPICK), "unpick", "désépingle", "desepingle", "losmaken");
        mean(new Meaning(null, false, Act.HIDE), "hide", "cache", "verberg");
        mean(new Meaning(null, false, Act.UNHIDE), "unhide", "montre", "toon");
        mean(new Meaning(null, false, Act.NOTE), "note", "nota");
        mean(new Meaning(null, false, Act.UNNOTE), "unnote", "efface", "wis");
    }

    private AnswerWords() {}

    private record Meaning(
            @Nullable Interest interest,
            boolean hidden,
            @Nullable Act act) {}

    private static void mean(Meaning meaning, String... words) {
        Arrays.asList(words).forEach(word -> MEANINGS.put(word, meaning));
    }

    /**
     * One answer about one item.
     *
     * @param interest what the reader means to do; null for nothing
     * @param hidden true if they want to see no more of it
     * @param act what a coordinator chooses for the group; empty for what concerns the reader alone
     * @param rest the words of a note
     */
    record Said(int number, @Nullable Interest interest, boolean hidden, Optional<Act> act, String rest) {}

    /** The answers, line by line. A line that is anything else, such as one that quotes, says nothing. */
    static List<Said> read(String words) {
        List<Said> all = new ArrayList<>();
        for (String line : words.lines().toList()) {
            Matcher parts = LINE.matcher(line.replace('\u00a0', ' '));
            if (!parts.matches()) {
                continue;
            }
            String word = Normalizer.normalize(parts.group("word"), Normalizer.Form.NFC)
                    .toLowerCase(Locale.ROOT);
            Meaning meaning = MEANINGS.get(word);
            String rest = rest(parts.group("rest"));
            if (meaning == null || rest.isEmpty() == (meaning.act() == Act.NOTE)) {
                continue;
            }
            for (String number : parts.group("numbers").split("\\D+", -1)) {
                all.add(new Said(
                        Integer.parseInt(number),
                        meaning.interest(),
                        meaning.hidden(),
                        Optional.ofNullable(meaning.act()),
                        rest));
            }
        }
        return all;
    }

    private static String rest(String written) {
        String rest = written.replaceAll("\\p{Cntrl}+", " ")
                .replaceFirst("^[\\s:]+", "")
                .strip();
        return rest.codePointCount(0, rest.length()) <= NOTE_AT_MOST
                ? rest
                : rest.substring(0, rest.offsetByCodePoints(0, NOTE_AT_MOST));
    }
}
