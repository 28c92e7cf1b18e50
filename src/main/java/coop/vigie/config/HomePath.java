package coop.vigie.config;

import java.util.regex.Pattern;

/**
 * Paths written in a file that must stay inside the home, wherever the home lies: relative, with slashes, without a way up.
 */
public final class HomePath {

    /** The path as written, without a slash at its end. */
    public static final Type<String> TYPE = text -> {
        String path = Type.TEXT.read(text);
        if (!isInside(path)) {
            throw new Type.Bad(
                    "'" + path + "' must be a path inside the home, such as cloud/arts, neither absolute nor with ..");
        }
        return path.replaceFirst("/+$", "");
    };

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private HomePath() {}

    /** True if the path leads to something below the home. Symbolic links are not looked at: nothing is opened here. */
    public static boolean isInside(String path) {
        if (path.isBlank() || path.startsWith("/") || path.startsWith("~") || path.contains("\\")) {
            return false;
        }
        if (DRIVE.matcher(path).matches() || path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        boolean named = false;
        for (String step : path.split("/")) {
            if (step.equals("..")) {
                return false;
            }
            named |= !step.isEmpty() && !step.equals(".");
        }
        return named;
    }
}
