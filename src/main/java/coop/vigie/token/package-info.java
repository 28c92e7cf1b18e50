/**
 * Words that only the holder of a mail knows: with one of them, a person answers by mail without a password.
 *
 * <p>A {@link coop.vigie.token.TokenStore} makes them and knows again what they allow; only their hashes are stored, so that
 * nobody who reads the database can answer for anybody.
 */
@NullMarked
package coop.vigie.token;

import org.jspecify.annotations.NullMarked;
