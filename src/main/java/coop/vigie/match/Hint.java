package coop.vigie.match;

import coop.vigie.group.ProfileEdit;
import java.util.Locale;

/**
 * A change that a profile might want. Only ever suggested: a person makes it, or not.
 *
 * @param cause why it is suggested
 * @param evidence how many calls speak for it; what that means depends on the cause
 * @param adds how many calls of the days that were looked at the profile would find beside those that it finds
 * @param removes how many it would find no more
 */
public record Hint(ProfileEdit edit, Cause cause, int evidence, int adds, int removes) {

    /** Why a change is suggested. */
    public enum Cause {
        /** A CPV code of so many of its calls, which the profile does not name. */
        FREQUENT_CODE,
        /** A word in the titles of so many calls of its codes, and rare in others. */
        FREQUENT_WORD,
        /** A word of the names of its codes. */
        CODE_NAME,
        /** A condition that keeps calls out. */
        CONDITION,
        /** A word in the titles of so many calls that are found by nothing but a word deep in their text. */
        NOISE,
        /** A word in the titles of so many calls that members said are not for them. */
        HIDDEN;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
