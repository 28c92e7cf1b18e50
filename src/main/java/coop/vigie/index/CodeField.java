package coop.vigie.index;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.EditDistance;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fields whose values are codes, and what their values may look like. */
@SuppressWarnings("ImmutableEnumChecker") // its lists come from toList() and of(), which nobody can change
enum CodeField {
    CPV("eight digits or the first ones and a star, such as 79950000 or 7995*"),
    PLACE("a NUTS code such as BE1 or BE213, or none"),
    LEVEL(Arrays.stream(Level.values()).map(Level::code).toList()),
    KIND(Arrays.stream(Kind.values()).map(Kind::code).toList()),
    STAGE(Arrays.stream(Stage.values()).map(Stage::code).toList()),
    SOURCE("the id of a source"),
    LANG("a language code such as fr"),
    SUBMIT("a language code such as fr"),
    /** What {@code deadline:} takes beside dates. */
    DEADLINE(List.of(Schema.NONE, "rolling", "forecast"));

    private static final Pattern CPV_PREFIX = Pattern.compile("(\\d{2,8})\\*?");
    private static final Pattern NUTS = Pattern.compile("[a-z]{2}[a-z0-9]{0,3}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final Pattern SOURCE_ID = Pattern.compile("[a-z0-9][a-z0-9_.-]*");

    private static final int MOST_MEANT = 3;

    private final List<String> allowed;
    private final String expects;

    CodeField(String expects) {
        this.allowed = List.of();
        this.expects = expects;
    }

    CodeField(List<String> allowed) {
        this.allowed = allowed;
        this.expects = "one of " + String.join(", ", allowed);
    }

    /** Its name in queries. */
    String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    String indexed() {
        return this == DEADLINE ? Schema.DEADLINE_STATE : written();
    }

    /** True if its values are those of a list that may grow, so that one which is in no list is a value all the same. */
    boolean isOpen() {
        return allowed.isEmpty();
    }

    /** What to say of a value for which there is no term. */
    String refusal(String value) {
        String meant = meant(value).stream()
                .limit(MOST_MEANT)
                .map(code -> written() + ":" + code)
                .collect(Collectors.joining(" or "));
        return written() + ": takes " + expects + ", not '" + value + "'"
                + (meant.isEmpty() ? "" : "; did you mean " + meant + "?");
    }

    /** Codes that somebody may mean who writes a name in their place. */
    private List<String> meant(String value) {
        return switch (this) {
            // Three letters stand in some label of anything.
            case CPV ->
                value.length() > 3
                        ? Cpv.find(value, MOST_MEANT).stream()
                                .map(Cpv.Match::code)
                                .toList()
                        : List.of();
            case PLACE -> Nuts.find(value, MOST_MEANT);
            case LANG, SUBMIT -> Languages.find(value);
            case KIND, LEVEL, STAGE ->
                OwnWords.CODES.containsKey(folded(value))
                        ? List.of(OwnWords.CODES.get(folded(value)))
                        : allowed.stream()
                                .filter(code -> EditDistance.between(code, folded(value), 2) <= 2)
                                .toList();
            case SOURCE, DEADLINE -> List.of();
        };
    }

    private static String folded(String value) {
        return TextLanguage.FOLDED.terms(value).stream().collect(Collectors.joining(" "));
    }

    /** The term to look for; empty if the value cannot be one of this field. */
    Optional<String> term(String value) {
        String code = value.strip().toLowerCase(Locale.ROOT);
        return switch (this) {
            case CPV ->
                CpvCode.normalize(code).map(CpvCode::stem).or(() -> {
                    var prefix = CPV_PREFIX.matcher(code);
                    return prefix.matches() ? Optional.of(prefix.group(1)) : Optional.<String>empty();
                });
            case PLACE -> {
                String place = code.endsWith("*") ? code.substring(0, code.length() - 1) : code;
                yield Optional.of(place)
                        .filter(it -> it.equals(Schema.NONE) || NUTS.matcher(it).matches());
            }
            case SOURCE -> Optional.of(code).filter(it -> SOURCE_ID.matcher(it).matches());
            case LANG, SUBMIT ->
                Optional.of(code).filter(it -> LANGUAGE.matcher(it).matches());
            case DEADLINE, LEVEL, KIND, STAGE ->
                Optional.of(this == DEADLINE && code.equals("unknown") ? Schema.NONE : code)
                        .filter(allowed::contains);
        };
    }

    /** A term as a person would write it. */
    String show(String term) {
        return switch (this) {
            case CPV -> term + "*";
            case PLACE -> term.equals(Schema.NONE) ? term : term.toUpperCase(Locale.ROOT);
            default -> term;
        };
    }

    /** What tables call kinds and levels in French and Dutch, where it is not nearly the code. Read for refusals only. */
    private static final class OwnWords {
        static final Map<String, String> CODES = Map.ofEntries(
                Map.entry("appel", "call"),
                Map.entry("oproep", "call"),
                Map.entry("marche", "tender"),
                Map.entry("opdracht", "tender"),
                Map.entry("aide", "scheme"),
                Map.entry("regeling", "scheme"),
                Map.entry("formation", "training"),
                Map.entry("opleiding", "training"),
                Map.entry("europe", "european"),
                Map.entry("europa", "european"),
                Map.entry("gewestelijk", "regional"),
                Map.entry("communaute", "community"),
                Map.entry("gemeenschap", "community"),
                Map.entry("communal", "local"),
                Map.entry("gemeentelijk", "local"),
                Map.entry("prive", "private"));
    }
}
