package coop.vigie.source;

import coop.vigie.config.Secret;
import coop.vigie.config.Section;
import coop.vigie.config.Type;
import coop.vigie.fetch.ClientCredentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The {@code oauth} of a source. */
final class Login {

    private Login() {}

    /** Null if something is missing or bad, which is reported by then. */
    static @Nullable ClientCredentials read(Section section) {
        URI tokens = section.required("token-url", Type.WEB_ADDRESS);
        String client = section.required("client-id", Type.TEXT);
        section.require("client-secret");
        Secret secret = section.secret("client-secret");
        String scope = section.optional("scope", Type.ANY_TEXT, "");
        return tokens == null || client == null || secret == null
                ? null
                : new ClientCredentials(tokens, client, secret, scope);
    }

    /** What a source may not do with a login; "" if nothing is wrong. */
    static String problem(@Nullable ClientCredentials login, URI url, boolean allowPrivateNetwork) {
        if (login == null || allowPrivateNetwork) {
            return "";
        }
        boolean safe =
                "https".equals(url.getScheme()) && "https".equals(login.tokens().getScheme());
        return safe ? "" : "'oauth' needs https in 'url' and in 'token-url', lest others read the login on its way";
    }
}
