/**
 * The catalogue: which sources are watched, and how.
 *
 * <p>In: {@code feeds.yaml} and the environment. Out: a {@link coop.vigie.source.Catalogue} of
 * {@link coop.vigie.source.Source} values, all defaults in place, so that nobody behind this door asks "and if it is not
 * set?".
 *
 * <pre>{@code
 * Catalogue catalogue = FeedsFile.read(home.resolve("feeds.yaml"), System.getenv());
 * catalogue.enabled().forEach(source -> fetch(source.url(), source.timeout()));
 * }</pre>
 *
 * <p>Selectors are kept as text and checked: an unknown field or CSS that cannot be parsed is a problem of the file. Limits: parameters
 * are judged by their parsers. A cron expression is only checked for
 * plausibility.
 */
@NullMarked
package coop.vigie.source;

import org.jspecify.annotations.NullMarked;
