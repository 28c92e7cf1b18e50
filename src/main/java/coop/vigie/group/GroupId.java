package coop.vigie.group;

import java.util.regex.Pattern;

/** Name of a group in files and on the command line: lower-case letters, digits and hyphens; stable. */
public record GroupId(String value) implements Comparable<GroupId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]+");

    public GroupId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a group id: '" + value + "' (a-z, 0-9 and - only)");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
