package coop.vigie.fetch;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What lets a server say "unchanged" (RFC 9110, section 8.8). Opaque: kept as they came, sent back as they are. Of a
 * {@code file:} source, {@code etag} is a fingerprint of names, sizes and modification times.
 *
 * <p>Store them only once everything that came with them is stored, and not at all when the payloads broke off: what
 * was not read would never be asked for again.
 *
 * @param of the address whose document they stand for, where a redirect led there; null for the one that was asked. They
 *     say nothing of any other
 */
public record Validators(
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable URI of) {

    private static final Pattern COMPRESSED = Pattern.compile("((?:W/)?\"[^\"]+)-(?:gzip|br|deflate)\"");

    public static final Validators NONE = new Validators(null, null);

    /** Of the address that was asked. */
    public Validators(@Nullable String etag, @Nullable String lastModified) {
        this(etag, lastModified, null);
    }

    /**
     * What stands in If-None-Match; null if there is nothing to say. Apache's compressing modules write their name into the tag of
     * what they compress, but compare with the tag as it was before, so that a server would never say "unchanged" (bug 45023): both
     * are sent, as RFC 9110, section 13.1.2, allows.
     */
    @Nullable
    String ifNoneMatch() {
        if (etag == null) {
            return null;
        }
        Matcher compressed = COMPRESSED.matcher(etag);
        return compressed.matches() ? etag + ", " + compressed.group(1) + "\"" : etag;
    }

    public boolean isEmpty() {
        return etag == null && lastModified == null;
    }
}
