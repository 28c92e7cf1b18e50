/**
 * Decides what goes into a digest and writes it down. Values in, values out: no database, no clock, no network.
 *
 * <p><b>In</b>: {@link coop.vigie.digest.Candidate}s, each a call with the reasons why it matches and what its recipient
 * was last {@link coop.vigie.digest.Told told} about it. <b>Out</b>: {@link coop.vigie.digest.Block}s, and from an
 * {@link coop.vigie.digest.Edition} of blocks a {@link coop.vigie.digest.Rendered} mail.
 *
 * <pre>{@code
 * List<Block> blocks = Composer.compose(candidates, silentSources, now);
 * var edition = new Edition(id, "a@example.org", List.of("Arts de la scène"), "fr", List.of("fr", "en"), now, blocks);
 * if (edition.tells()) {
 *     Rendered mail = new Renderer(home.resolve("templates")).render(edition, frame);
 * }
 * }</pre>
 *
 * <p>The text of the frame stands in {@code messages_fr.properties} and its sisters, the layout in {@code templates/}.
 * All formatting of dates, amounts and reasons happens in Java, by rules of our own: the templates receive finished
 * strings and cannot call anything. What comes from a publisher is data: one line, without control characters, escaped by
 * the template engine, and an address only where it is http, https or mailto.
 *
 * <p><b>Limits</b>: one HTML page stays below 100 KB as long as some 300 one-liners do; a title is cut at 300 characters,
 * in a one-liner at 120. A language without messages of its own gets the English frame.
 */
@NullMarked
package coop.vigie.digest;

import org.jspecify.annotations.NullMarked;
