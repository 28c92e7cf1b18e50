package coop.vigie.fetch;

import coop.vigie.fetch.FetchOutcome.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be said about an address before anything is sent to it, and where a redirect leads. */
final class Addresses {

    private Addresses() {}

    static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    static boolean isWeb(URI uri) {
        String scheme = scheme(uri);
        return scheme.equals("http") || scheme.equals("https");
    }

    /** The host as the key of its gate: lower case, without the root's trailing dot. */
    static String host(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** True for what browsers call one origin (RFC 6454): scheme, host and port. */
    static boolean isSameOrigin(URI one, URI other) {
        return scheme(one).equals(scheme(other)) && host(one).equals(host(other)) && port(one) == port(other);
    }

    /** Scheme, host and port, as {@link #isSameOrigin} compares them. */
    static String origin(URI uri) {
        return scheme(uri) + "://" + host(uri) + ":" + port(uri);
    }

    private static int port(URI uri) {
        int usual = scheme(uri).equals("https") ? 443 : 80;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    /** Why an http(s) address must not be asked; null if nothing speaks against it so far. */
    static @Nullable Refused objection(URI uri, String attempt, boolean allowPrivateNetwork) {
        if (uri.getRawUserInfo() != null) {
            return new Refused(
                    Refused.Reason.INVALID_ADDRESS, null, attempt + " was refused: the address holds a user name.");
        }
        if (host(uri).isEmpty() || uri.getPort() > 65_535 || uri.getPort() == 0) {
            return new Refused(
                    Refused.Reason.INVALID_ADDRESS,
                    null,
                    attempt + " was refused: the address has no valid host (write international names as xn--…).");
        }
        String host = uri.getHost();
        if (AddressGuard.isDisguisedNumber(host)) {
            return new Refused(
                    Refused.Reason.INVALID_ADDRESS,
                    null,
                    attempt + " was refused: the host is a number in an unusual form.");
        }
        if (AddressGuard.isTranslated(host)) {
            return new Refused(
                    Refused.Reason.INVALID_ADDRESS,
                    null,
                    attempt + " was refused: the host is an IPv4 address in the form of an IPv6 one.");
        }
        InetAddress literal = AddressGuard.literal(host);
        if (literal != null && !allowPrivateNetwork && !AddressGuard.isPublic(literal)) {
            return privateAddress(attempt);
        }
        return null;
    }

    static Refused privateAddress(String attempt) {
        return new Refused(
                Refused.Reason.PRIVATE_ADDRESS,
                null,
                attempt + " was refused: it leads into a private network, which this source does not allow.");
    }

    /**
     * Where a Location header leads (RFC 9110, section 10.2.2), or null if it cannot be understood. Characters that have
     * no place in a URI are percent-encoded, as browsers do; the fragment is dropped.
     */
    static @Nullable URI redirected(URI from, String location) {
        String target = encoded(location.strip());
        int fragment = target.indexOf('#');
        target = fragment < 0 ? target : target.substring(0, fragment);
        try {
            // java.net.URI resolves a lone query and an empty base path by the older RFC 2396.
            URI base = from.getRawPath().isEmpty() ? from.resolve("/") : from;
            if (target.isEmpty() || target.startsWith("?")) {
                String bare = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
                return new URI(target.isEmpty() ? from.toString() : bare + target);
            }
            return base.resolve(new URI(target));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String encoded(String location) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < location.length(); i++) {
            char c = location.charAt(i);
            boolean plain = c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
            // Header bytes arrive as ISO-8859-1, so that a char above 0x7f is one byte of UTF-8.
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted(c & 0xff));
        }
        return encoded.toString();
    }
}
