package coop.vigie.fetch;

import org.jspecify.annotations.Nullable;

/** Stand-in until the fetch part lands. */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    public static final Validators NONE = new Validators(null, null);
}
