package coop.vigie.match;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is in a list: one condition of a profile or query that it meets.
 *
 * @param type which kind of condition
 * @param condition as the group wrote it, such as {@code "spectacle vivant"} or {@code 7995*}
 * @param field where it was met ({@code title}, {@code text}, {@code buyer}); null where that says nothing
 * @param language in which language's text; null likewise
 */
public record Reason(
        Type type,
        String condition,
        @Nullable String field,
        @Nullable String language) {

    /** The kinds of condition. */
    public enum Type {
        WORDS,
        CPV,
        PLACE,
        /** The profile asks for places, and the call names none. */
        NO_PLACE,
        QUERY;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Type> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(type -> type.code().equals(code))
                    .findFirst();
        }
    }
}
