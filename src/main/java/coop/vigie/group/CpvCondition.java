package coop.vigie.group;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A CPV code or the beginning of one, as a profile names it. */
final class CpvCondition {

    static final Type<String> TYPE = CpvCondition::read;

    private static final Pattern PREFIX = Pattern.compile("\\d{2,8}\\*");
    // The 45 divisions of CPV 2008, Regulation (EC) 213/2008, annex I.
    private static final Set<String> DIVISIONS = Set.of(
            "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35", "37", "38", "39",
            "41", "42", "43", "44", "45", "48", "50", "51", "55", "60", "63", "64", "65", "66", "70", "71", "72", "73",
            "75", "76", "77", "79", "80", "85", "90", "92", "98");

    private CpvCondition() {}

    private static String read(String text) throws Bad {
        String code = PREFIX.matcher(text).matches()
                ? text
                : CpvCode.normalize(text)
                        .orElseThrow(() -> new Bad("'" + text
                                + "' is not a CPV code: eight digits such as 92310000, or a beginning such as 7995*"
                                + meant(text)));
        String division = code.substring(0, 2);
        if (!DIVISIONS.contains(division)) {
            throw new Bad("'" + text + "' is not a CPV code: there is no division " + division);
        }
        return code;
    }

    /** Codes of that name. Three letters stand in some label of anything. */
    private static String meant(String name) {
        String codes = name.chars().anyMatch(Character::isLetter) && name.length() > 3
                ? Cpv.find(name, 3).stream().map(Cpv.Match::code).collect(Collectors.joining(" or "))
                : "";
        return codes.isEmpty() ? "" : "; did you mean " + codes + "?";
    }
}
