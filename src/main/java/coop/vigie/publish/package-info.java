/**
 * Open calls for the laptops of members: a home publishes them as a folder of files, another brings them over and can search them.
 *
 * <p>In: calls, and what may be shown of the texts of each source. Out: a folder that any web server can serve, with a small
 * {@link coop.vigie.publish.Manifest} and beside it files of calls that never change ({@link coop.vigie.publish.Shard}).
 *
 * <pre>{@code
 * new PublishedFolder(folder).write(openIds, calls::read, new Publishable(rules, notices::find), memberAddresses, now);
 *
 * Pull.Outcome pulled = new Pull(fetcher, new PulledFolder(data), now)
 *         .run(URI.create("https://example.org/index/"), false, false, calls -> rebuildIndexFrom(calls), Watcher.NOBODY);
 * }</pre>
 *
 * <p><b>What travels are calls, not an index</b> (ADR-0016): the laptop makes its own, of whatever format its version has, and no file
 * of Lucene's is read that comes from elsewhere. {@link coop.vigie.publish.Publishable} cuts texts before they are written, so that neither
 * a file nor the index made of it holds more than a source allows.
 *
 * <p><b>Trust.</b> What arrives counts once its SHA-256 is that of the manifest, and a call once it is one that we could have written
 * ({@code Line}). File names are made here, of checksums. The manifest itself is as trustworthy as the address: use https.
 *
 * <p>Limits: a manifest is not signed. What was published once may have been copied by anybody.
 */
@NullMarked
package coop.vigie.publish;

import org.jspecify.annotations.NullMarked;
