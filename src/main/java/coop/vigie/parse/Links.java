package coop.vigie.parse;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses in feeds and pages: made absolute, and freed of what belongs to one visit only. */
final class Links {

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
            "at_campaign",
            "phpsessid",
            "jsessionid",
            "aspsessionid",
            "cfid",
            "cftoken",
            "fe_typo_user");

    /** What TYPO3 adds to an address beside what it shows: a check sum over the others, and the way back. */
    private static final Set<String> CHECKS =
            Set.of("chash", "backpid", "no_cache", "tx_ttnews[backpid]", "tx_ttnews%5bbackpid%5d");

    private static final Pattern SESSION_IN_PATH = Pattern.compile("(?i);(?:jsessionid|phpsessid|sid)=[^/?#;]*");

    /** "sid" may also name a section; only a long random value is a session. */
    private static final Pattern SESSION_ID = Pattern.compile("(?i)(?:sid|session_?id)=[0-9a-z]{20,}");

    private Links() {}

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

    /** Without parameters that follow readers around or belong to one visit; everything else as it was. */
    static String withoutTracking(String address) {
        return without(SESSION_IN_PATH.matcher(address).replaceAll(""), Links::isTracking);
    }

    /**
     * A name for the page behind an address: also without TYPO3's check sums and ways back, and without a slash at the end.
     *
     * <p>As an address it may not work: TYPO3 answers a request without its {@code cHash} by another page, or none.
     */
    static String identity(String address) {
        return without(withoutTracking(address), Links::isCheck).replaceFirst("(?<=[^/:])/(?=$|[?#])", "");
    }

    private static String without(String address, Predicate<String> unwanted) {
        int question = address.indexOf('?');
        if (question < 0) {
            return address;
        }
        int hash = address.indexOf('#', question);
        String query = address.substring(question + 1, hash < 0 ? address.length() : hash);
        String kept = Arrays.stream(query.split("&")).filter(unwanted.negate()).collect(Collectors.joining("&"));
        if (kept.equals(query)) {
            return address;
        }
        String fragment = hash < 0 ? "" : address.substring(hash);
        return address.substring(0, question) + (kept.isEmpty() ? "" : "?" + kept) + fragment;
    }

    private static boolean isCheck(String parameter) {
        return CHECKS.contains(name(parameter));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    private static boolean isTracking(String parameter) {
        String name = name(parameter);
        return SESSION_ID.matcher(parameter).matches()
                || name.startsWith("utm_")
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
