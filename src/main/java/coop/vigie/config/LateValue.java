package coop.vigie.config;

import java.util.Map;

/**
 * A value that a file names and the environment holds, {@code ${ENV:NAME}}, where it is stored and written as named and
 * looked up only when it is used: a database or an export never holds it.
 */
public final class LateValue {

    /** A password or key as {@code ${ENV:NAME}}; whatever else stands there is refused, and not repeated. */
    public static final Type<String> SECRET = text -> {
        if (!Reading.isVariable(text)) {
            throw new Type.Bad("is a secret and must not stand in a file; write ${ENV:NAME} instead");
        }
        return text;
    };

    /** An http or https address, or {@code ${ENV:NAME}} where the address itself is a secret. */
    public static final Type<String> WEB_ADDRESS = text ->
            Reading.isVariable(text) ? text : Type.WEB_ADDRESS.read(text).toString();

    private static final int PREFIX = "${ENV:".length();

    private LateValue() {}

    /** The environment does not hold it. */
    public static final class Missing extends Exception {

        private static final long serialVersionUID = 1L;

        Missing(String name) {
            super("the environment variable " + name + " is not set");
        }
    }

    /** The value itself: what was written, or what the environment has under the name that was. */
    public static String of(String written, Map<String, String> environment) throws Missing {
        if (!Reading.isVariable(written)) {
            return written;
        }
        String name = written.substring(PREFIX, written.length() - 1);
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new Missing(name);
        }
        return value;
    }
}
