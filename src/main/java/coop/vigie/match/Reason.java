package coop.vigie.match;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is in a list: one condition of a profile or query that it meets, itself or by what a wider scope takes for the
 * same.
 *
 * @param type which kind of condition
 * @param condition as the group wrote it, such as {@code "spectacle vivant"} or {@code 7995*}
 * @param field where it was met ({@code title}, {@code text}, {@code buyer}); null where that says nothing
 * @param language in which language's text; null likewise
 * @param instead what a wider scope found in place of words of the condition, each as a query such as {@code cpv:7953*} or
 *     {@code nl:vertaal}; empty if they were found themselves
 */
public record Reason(
        Type type,
        String condition,
        @Nullable String field,
        @Nullable String language,
        List<String> instead) {

    public Reason {
        // Matches stored by an earlier version do not know it.
        instead = instead == null ? List.of() : List.copyOf(instead);
    }

    /** A condition that was met as it was written. */
    public Reason(Type type, String condition, @Nullable String field, @Nullable String language) {
        this(type, condition, field, language, List.of());
    }

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
