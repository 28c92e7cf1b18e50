package coop.vigie.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check what was looked at, such as {@code disk}; several findings may share it
 * @param message key of the sentence, such as {@code disk.low}; complete together with the arguments
 */
public record Finding(String check, Verdict verdict, String message, List<String> arguments) {

    /** How things stand. */
    public enum Verdict {
        OK,
        /** It works, and a person should do something before it no longer does. */
        WARNING,
        /** It does not work until a person does something. */
        PROBLEM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        arguments = List.copyOf(arguments);
    }

    static Finding ok(String message, @Nullable Object... arguments) {
        return of(Verdict.OK, message, arguments);
    }

    static Finding warning(String message, @Nullable Object... arguments) {
        return of(Verdict.WARNING, message, arguments);
    }

    static Finding problem(String message, @Nullable Object... arguments) {
        return of(Verdict.PROBLEM, message, arguments);
    }

    private static Finding of(Verdict verdict, String message, @Nullable Object... arguments) {
        String check = message.substring(0, message.indexOf('.'));
        return new Finding(
                check,
                verdict,
                message,
                Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
