package coop.vigie.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What lets a server say "unchanged" (RFC 9110, section 8.8). Opaque: kept as they came, sent back as they are. Of a
 * {@code file:} source, {@code etag} is a fingerprint of names, sizes and modification times.
 *
 * <p>Store them only once everything that came with them is stored, and not at all when the payloads broke off: what
 * was not read would never be asked for again.
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {

    public static final Validators NONE = new Validators(null, null);

    public boolean isEmpty() {
        return etag == null && lastModified == null;
    }
}
