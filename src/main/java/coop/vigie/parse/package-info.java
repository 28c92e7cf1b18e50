/**
 * Turns bytes into notices, one class per format.
 *
 * <p>In: a {@link coop.vigie.fetch.Payload} and what {@code feeds.yaml} says of its source
 * ({@link coop.vigie.parse.ParseContext}). Out: {@link coop.vigie.parse.Parsed}, with a warning for each bad piece and a
 * {@code failure} where the document was something else or broke off. No parser throws on bad input, asks the network or
 * knows the store.
 *
 * <p>Feeds: {@link coop.vigie.parse.FeedReader} makes a {@link coop.vigie.parse.Feed} of the bytes,
 * {@link coop.vigie.parse.FeedParser} makes notices of it. On the way {@code FeedText} finds the charset,
 * {@code FeedSource} cuts off what stands before the root (a DOCTYPE is never read, so entities do not exist),
 * {@code FeedTree} builds the tree, strictly or by repair, {@code FeedShape} brings it into a shape that Rome reads, and
 * {@code FeedEntry} reads beside Rome what Rome hides. Example:
 *
 * <pre>{@code
 * Feed feed = FeedReader.read(bytes, "application/rss+xml", URI.create("https://example.org/feed"));
 * }</pre>
 *
 * <p>Limits: JSON Feed and CDF are not read; elements nested deeper than 120 are cut.
 */
@NullMarked
package coop.vigie.parse;

import org.jspecify.annotations.NullMarked;
