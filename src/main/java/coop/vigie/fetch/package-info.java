/**
 * Gets bytes, politely and safely; knows requests, never formats.
 *
 * <p>In goes a {@link coop.vigie.fetch.FetchRequest}: an address, perhaps something to post to it, the validators of the
 * last answer, limits, a delay.
 * Out comes a {@link coop.vigie.fetch.FetchOutcome}: fetched, unchanged, refused or failed; a page that has not changed
 * is good news, and a server that says no is not an exception. Nothing is retried here: what to ask, and when again, is
 * decided by those who have a store. What is known of hosts comes from, and goes to, a {@link coop.vigie.fetch.HostMemory}.
 *
 * <pre>{@code
 * try (Fetcher fetcher = new Fetcher("https://example.org/vigie, vigie@example.org")) {
 *     switch (fetcher.fetch(FetchRequest.of(URI.create("https://example.org/calls.xml")))) {
 *         case Fetched fetched -> {
 *             try (Payloads payloads = fetched.payloads()) {
 *                 for (Payload each = payloads.next(); each != null; each = payloads.next()) { … }
 *             }
 *         }
 *         case Unchanged unchanged -> { }
 *         case Refused refused -> report(refused.message());
 *         case Failed failed -> tryLater(failed.retryAfter());
 *     }
 * }
 * }</pre>
 *
 * <p><b>Politely.</b> One request per host at a time, with a pause between two, redirects included, across rounds and processes;
 * conditional requests; a server that names a time (Retry-After) or fails three times in a row is left alone; a User-Agent with a contact. The host is the name in the address: two names of one machine count as two.
 *
 * <p><b>Safely.</b> An answer is at most so large, before and after decompression, and takes at most so long, name look-up
 * and slow drip included. No private, loopback or otherwise special address is asked unless the source allows it: judged
 * on the address as written, where its name is looked up, and on the socket itself, at each redirect anew. No
 * cookie, and no password or proxy of the environment, is ever used, but for a mailbox's own login. Certificates are verified, and what is
 * wrong with one is said ({@code docs/fetching.md} has all limits and outcomes). A
 * login ({@link coop.vigie.fetch.ClientCredentials}) gives a token, which goes to the source's own scheme, host and port only; one
 * that is turned down is asked for anew, once.
 *
 * <p><b>Archives and folders.</b> A zip, tar or tar.gz, over the network or on disk, and a {@code file:} folder give one
 * payload per file, one in memory at a time. A tar or tar.gz inside an archive is read as it flows, one level deep. What is too
 * large, damaged, encrypted, or packed otherwise is listed as skipped; an archive that breaks off keeps what it gave and
 * says where. Names inside are only names: nothing is written by them.
 *
 * <p><b>Mailboxes.</b> A folder on an IMAP server gives one payload per mail, as it is there; the validators are its UIDVALIDITY and
 * the last UID, so that each mail comes once. It is opened for reading only, unless mails are to look read.
 *
 * <p><b>Robots.</b> A request that obeys robots.txt (what a crawler reads, not a documented interface) asks its host's first,
 * redirects included, and remembers the answer for a day: what is disallowed is refused, a larger Crawl-delay counts, and
 * while the file cannot be read because the server fails, the request fails too.
 *
 * <p><b>Limits.</b> HTTP/1.1 only. Brotli is not announced. Documents other than archives are held in memory until
 * their payloads are closed, all of them together within bounds: whoever finds no room waits, so close one before asking for the next.
 */
@NullMarked
package coop.vigie.fetch;

import org.jspecify.annotations.NullMarked;
