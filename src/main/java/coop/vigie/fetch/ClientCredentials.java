package coop.vigie.fetch;

import coop.vigie.config.Secret;
import java.net.URI;

/**
 * A login by OAuth 2.0 client credentials (RFC 6749, section 4.4): an interface asks for a token, which its tokens' address
 * gives to those who know the client's secret.
 *
 * <p>The secret goes to that address only, the token only to the scheme, host and port of the source. Neither is logged, stored or
 * shown; neither follows a redirect elsewhere.
 *
 * @param tokens where tokens are given
 * @param scope what the token is to be good for, words with blanks between them; "" leaves it to the server
 */
public record ClientCredentials(URI tokens, String client, Secret secret, String scope) {}
