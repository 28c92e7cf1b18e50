package coop.vigie.notice;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    // Written out: Java would make those of a record at first use, which a cold search feels.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
