package coop.vigie.discover;

import coop.vigie.fetch.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What a document is, by how it begins; what its server calls it is often wrong. */
final class Sniffed {

    private static final int HEAD = 4_000;
    private static final Pattern ROOT = Pattern.compile(
            "(?i)<(?:\\w+:)?(rss|feed|rdf|urlset|sitemapindex|html|body|head)[\\s>]|<!doctype\\s+(html)");

    private Sniffed() {}

    /** The type of source that reads it; empty for a page, and for what no source reads. */
    static Optional<String> type(Payload payload) {
        String head = new String(head(payload.bytes()), StandardCharsets.ISO_8859_1);
        String start = head.replaceFirst("^(?:\u00ef\u00bb\u00bf|\\s)+", "");
        if (start.startsWith("BEGIN:VCALENDAR")) {
            return Optional.of("ics");
        }
        if (start.startsWith("{")) {
            return start.contains("jsonfeed.org/version") ? Optional.of("rss") : Optional.empty();
        }
        if (!start.startsWith("<")) {
            return start.lines()
                    .findFirst()
                    .filter(line -> line.matches("https?://\\S+\\s*"))
                    .map(line -> "sitemap");
        }
        Matcher root = ROOT.matcher(start);
        if (!root.find() || root.group(1) == null) {
            return Optional.empty();
        }
        return switch (root.group(1).toLowerCase(Locale.ROOT)) {
            case "rss", "feed", "rdf" -> Optional.of("rss");
            case "urlset", "sitemapindex" -> Optional.of("sitemap");
            default -> Optional.empty();
        };
    }

    static boolean isPdf(Payload payload) {
        return new String(head(payload.bytes()), StandardCharsets.ISO_8859_1).startsWith("%PDF");
    }

    private static byte[] head(byte[] bytes) {
        boolean packed = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        if (!packed) {
            return Arrays.copyOf(bytes, Math.min(bytes.length, HEAD));
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(HEAD);
        } catch (IOException broken) {
            return new byte[0];
        }
    }
}
