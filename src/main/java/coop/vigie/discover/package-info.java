/**
 * Finds out how an address can be read: address → candidates for an entry of the catalogue.
 *
 * <p>In: an address, and a {@link coop.vigie.fetch.Fetcher} that treats its host politely. Out: a
 * {@link coop.vigie.discover.Discovered}: the candidates, the best first, each with what the parser of its type really reads there;
 * or the reason why there is none.
 *
 * <pre>{@code
 * switch (new Discovery(fetcher, now).look(FetchRequest.of(URI.create("https://example.org/appels")), null)) {
 *     case Discovered.Found found -> propose(found.candidates().getFirst());
 *     case Discovered.Nothing nothing -> explain(nothing.reason());
 * }
 * }</pre>
 *
 * <p>An address that is a feed, an agenda or a sitemap is taken as it is. On a page the feeds that it names come first, then the
 * blocks that repeat on it ({@link coop.vigie.discover.Blocks}), then the sitemap. A feed that shares too little with the page's own list
 * loses against that list: the site's news are not its calls.
 *
 * <p><b>How blocks are found</b>: elements on the same path of tags are a group, and so are those of them that share a class. A group
 * counts by what its members have: one title each, a link of their own, a date, a text; what lies in menus, heads, feet and
 * margins does not count. Selectors are made of classes and tags and tried on the page: one that matches anything else is not used. Names
 * of classes decide nothing but the order in which selectors are tried.
 * <b>Limits</b>: one page is looked at; lists of fewer than two entries, and what a script builds, are not seen. A bare date is never
 * called a deadline: words beside it, or above its column, must say so.
 */
@NullMarked
package coop.vigie.discover;

import org.jspecify.annotations.NullMarked;
