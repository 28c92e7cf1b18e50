package coop.vigie.parse;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses in feeds: made absolute, and freed of tracking parameters. */
final class FeedLinks {

    private static final Set<String> TRACKING = Set.of(
            "fbclid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "twclid",
            "ttclid",
            "igshid",
            "igsh",
            "mc_cid",
            "mc_eid",
            "mkt_tok",
            "_hsenc",
            "_hsmi",
            "hsctatracking",
            "_ga",
            "_gl",
            "oly_anon_id",
            "oly_enc_id",
            "vero_id",
            "vero_conv",
            "wickedid",
            "__s",
            "rb_clickid",
            "s_cid",
            "ml_subscriber",
            "ml_subscriber_hash",
            "xtor",
            "at_medium",
            "at_campaign");

    private FeedLinks() {}

    /** Absolute http or https address; null if it is or becomes none. */
    static @Nullable String absolute(@Nullable String written, @Nullable URI base) {
        URI uri = resolve(written, base);
        if (uri == null || uri.getRawAuthority() == null) {
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https") ? uri.toString() : null;
    }

    static @Nullable URI resolve(@Nullable String written, @Nullable URI base) {
        if (written == null || written.isBlank()) {
            return base;
        }
        try {
            URI uri = new URI(escaped(written.strip()));
            if (base == null || uri.isAbsolute() || base.isOpaque()) {
                return uri;
            }
            // java.net.URI resolves "?page=2" against the folder, RFC 3986 section 5.3 against the page.
            if (uri.getRawPath() != null && uri.getRawPath().isEmpty() && uri.getRawAuthority() == null) {
                String page = base.toString().replaceAll("[?#].*", "");
                return uri.getRawQuery() == null && uri.getRawFragment() == null ? base : new URI(page + uri);
            }
            URI folder = base.getRawPath() != null && base.getRawPath().isEmpty()
                    ? new URI(base.getScheme() + "://" + base.getRawAuthority() + "/")
                    : base;
            return new URI(folder.resolve(uri).toString().replaceFirst("^(\\w+://[^/]+)(?:/\\.\\.)+/", "$1/"));
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** Without parameters that follow readers around; everything else as it was. */
    static String withoutTracking(String address) {
        int question = address.indexOf('?');
        if (question < 0) {
            return address;
        }
        int hash = address.indexOf('#', question);
        String query = address.substring(question + 1, hash < 0 ? address.length() : hash);
        String kept = Arrays.stream(query.split("&"))
                .filter(parameter -> !isTracking(parameter))
                .collect(Collectors.joining("&"));
        if (kept.equals(query)) {
            return address;
        }
        String fragment = hash < 0 ? "" : address.substring(hash);
        return address.substring(0, question) + (kept.isEmpty() ? "" : "?" + kept) + fragment;
    }

    private static boolean isTracking(String parameter) {
        int equals = parameter.indexOf('=');
        String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
        return name.startsWith("utm_")
                || name.startsWith("mtm_")
                || name.startsWith("pk_")
                || name.startsWith("matomo_")
                || name.startsWith("piwik_")
                || name.startsWith("hsa_")
                || TRACKING.contains(name);
    }

    /** What may not stand in an address as it is, such as spaces and brackets, percent-encoded. */
    private static String escaped(String address) {
        StringBuilder escaped = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            switch (c) {
                case '\n', '\r', '\t' -> {}
                case ' ' -> escaped.append("%20");
                case '"', '<', '>', '\\', '^', '`', '{', '|', '}' ->
                    escaped.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
                case '%' -> escaped.append(isHex(address, i) ? "%" : "%25");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isHex(String address, int percent) {
        return percent + 2 < address.length()
                && Character.digit(address.charAt(percent + 1), 16) >= 0
                && Character.digit(address.charAt(percent + 2), 16) >= 0;
    }
}
