package coop.vigie.notice;

import java.util.regex.Pattern;

/** Name of a source in {@code feeds.yaml}: lower-case letters, digits and hyphens; stable, as notice ids carry it. */
public record SourceId(String value) implements Comparable<SourceId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]+");

    /** The source of what persons enter; no entry of {@code feeds.yaml} may have its name. */
    public static final SourceId HAND = new SourceId("hand");

    public SourceId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a source id: '" + value + "' (a-z, 0-9 and - only)");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(SourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
