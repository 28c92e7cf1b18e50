package coop.vigie.store;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What moves on a page while its content stands still: days left, days since, counts of views, and how spaces, quotation marks
 * and dashes are written. Numbers are looked away from only beside words that say what they count; "30 jours pour répondre" is
 * content.
 */
final class Jiggle {

    /** "1 234", "12", "2,5", with the space after it; never a piece of a date that stands beside a counter. */
    private static final String NUMBER = "(?<!\\d[./-])(?:\\d{1,3}(?:[.,' ]\\d{3})+|\\d+(?:[.,]\\d)?)(?![.,/'-]?\\d) ?";

    private static final String COUNTED =
            "(?:vue?s?|lue?s?|consult[eé]e?|nombre de (?:vues|visites|lectures)|views?|viewed|hits|downloads|bekeken|gelezen|weergaven"
                    + "|aufrufe|zugriffe)";
    private static final String UNIT =
            "(?:secondes?|seconds?|seconden|sekunden?|minutes?|minuten|heures?|hours?|uur|uren|stunden?"
                    + "|jours?|days?|dag|dagen|tage?n?|semaines?|weeks?|weken|wochen?|mois|months?|maand|maanden|monate?n?|h|j)";
    /** "2 jours et 4 heures", "2 days, 4 hours". */
    private static final String SPAN =
            NUMBER + UNIT + "(?:(?:,| et| en| and| und)? " + NUMBER + UNIT + ")*(?![\\p{L}\\p{N}])";

    private static final List<Pattern> COUNTERS = List.of(
            // J-12; D-12 may be the name of a lot
            counter("j ?- ?\\d{1,3}"),
            counter(
                    "(?:plus que|il (?:vous )?reste(?: encore)?|reste(?:nt)?|restants? ?:|encore|only|still|remaining ?:|time left ?:|nog|slechts"
                            + "|resterend ?:|noch|nur noch) (?:maar |slechts |nur |about |environ |ongeveer )?" + SPAN),
            counter(SPAN
                    + " (?:restante?s?|left|to go|remaining|resterende?|te gaan|over|übrig|verbleibend|verbleiben)"),
            counter(
                    "(?:se (?:cl[oô]ture|termine)|cl[oô]ture|ferme|expire|fin|closes|closing|ends|ending|expires|sluit|eindigt"
                            + "|verloopt|endet|schlie(?:ß|ss)t) (?:dans|in|over|binnen) " + SPAN),
            counter("(?:il y a|vor) (?:environ )?" + SPAN),
            counter(SPAN + " (?:ago|geleden)"),
            // Before the next one, for "15/12/2026 vues : 34".
            counter(COUNTED + " ?: ?" + NUMBER + "(?:fois|times|keer|mal)?"),
            counter(NUMBER
                    + "(?:vues?|lectures?|visites?|partages?|t[eé]l[eé]chargements?|views?|visits?|reads|shares|downloads?|likes?"
                    + "|weergaven|keer (?:bekeken|gelezen)|aufrufe|mal (?:gelesen|angesehen))"),
            counter(COUNTED + " ?" + NUMBER + "(?:fois|times|keer|mal)?"));

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    /** Soft hyphens, zero-width marks and the like. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    private static final Pattern QUOTES = Pattern.compile(" ?[\"'`´«»‘’“”„‹›] ?");
    private static final Pattern DASHES = Pattern.compile(" ?\\p{Pd} ?");

    private Jiggle() {}

    private static Pattern counter(String words) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The same notice in a form to compare it by; not fit to be read. */
    static Notice without(Notice notice) {
        return notice.toBuilder()
                .title(without(notice.title()))
                .text(without(notice.text()))
                .stated(without(notice.stated()))
                .build();
    }

    private static LocalText without(LocalText text) {
        Map<String, String> calm = new HashMap<>();
        // A text that is all counter must not become none, which a title may not be.
        text.byLanguage().forEach((language, words) -> calm.put(language, "." + without(words)));
        return new LocalText(calm, text.original());
    }

    private static Deadline without(Deadline deadline) {
        return switch (deadline) {
            case Deadline.Dated dated ->
                new Deadline.Dated(dated.date(), dated.time(), dated.zone(), dated.origin(), null, dated.doubtful());
            case Deadline.Rolling rolling -> new Deadline.Rolling(rolling.origin(), null);
            case Deadline.Unknown unknown -> {
                String quote = unknown.quote();
                yield new Deadline.Unknown(quote == null ? null : without(quote));
            }
            case Deadline.Forecast forecast -> forecast;
        };
    }

    static String without(String text) {
        String calm = Normalizer.normalize(text, Normalizer.Form.NFKC);
        calm = SPACES.matcher(INVISIBLE.matcher(calm).replaceAll("")).replaceAll(" ");
        calm = DASHES.matcher(QUOTES.matcher(calm).replaceAll("'")).replaceAll("-");
        for (Pattern counter : COUNTERS) {
            calm = counter.matcher(calm).replaceAll("#");
        }
        return calm.strip();
    }
}
