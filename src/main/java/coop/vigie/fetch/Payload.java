package coop.vigie.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one document, decompressed, as they came.
 *
 * @param uri where they came from in the end (after redirects), or the {@code file:} address
 * @param position how a person finds it: the address, or {@code archive.zip!/entry.xml}
 * @param bytes not copied; nobody may change them
 * @param contentType the Content-Type header as sent, with its charset if any; null for files and where none was sent
 */
@SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
public record Payload(
        URI uri, String position, byte[] bytes, @Nullable String contentType) {}
