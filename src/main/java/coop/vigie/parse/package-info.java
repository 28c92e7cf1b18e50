/**
 * Turns bytes into notices, one class per format.
 *
 * <p>In: a {@link coop.vigie.fetch.Payload} and what the source's entry says about its notices
 * ({@link coop.vigie.parse.ParseContext}). Out: {@link coop.vigie.parse.Parsed}: the notices, each with its own bytes, the
 * warnings about bad pieces, and one sentence if the document is something else or broke off. A parser never throws on
 * bad input, and one broken entry never costs the others.
 *
 * <pre>{@code
 * Parsed parsed = Parsers.of("eforms").parse(payload, context);
 * parsed.notices().forEach(each -> store(each.notice(), each.raw()));
 * }</pre>
 *
 * <p><b>eForms</b> ({@link coop.vigie.parse.EformsParser}): UBL notices and TED_EXPORT before them, told apart by their root element,
 * read as a stream; dates stay as the buyer wrote them. <b>OCDS</b> ({@link coop.vigie.parse.OcdsParser}): one release in memory
 * at a time. <b>JSON</b> ({@link coop.vigie.parse.JsonListParser}): a list of any shape, by JSON Pointers. <b>Agendas</b>
 * ({@link coop.vigie.parse.IcsParser}): an event is a training. <b>Feeds</b> ({@link coop.vigie.parse.FeedParser} over
 * {@link coop.vigie.parse.FeedReader}): RSS, Atom and RDF through Rome, and JSON Feed; XML is repaired first where it is not well-formed;
 * their deadlines come from running text. <b>TED search</b> ({@link coop.vigie.parse.TedSearchParser}): asks by POST in two
 * lists, and makes eForms notices of the JSON that comes; what to ask next stands in the answer.
 * <b>EU portal</b> ({@link coop.vigie.parse.SediaParser}): all hits on one call are one notice. <b>BOAMP</b>
 * ({@link coop.vigie.parse.BoampParser}): the eForms notice inside a record is read as its XML would be.
 * <b>Belgium's e-Procurement and TenderNed</b> ({@link coop.vigie.parse.BdaParser}, {@link coop.vigie.parse.TenderNedParser}): numbered
 * pages, whose counts are compared with what comes; TenderNed's items have pages of their own.
 * <b>Lists on web pages</b> ({@link coop.vigie.parse.HtmlListParser}): by the CSS selectors of the source's entry, one notice
 * per element or per heading; {@link coop.vigie.parse.DetailParser} adds what an item's own page says. <b>Sitemaps</b>
 * ({@link coop.vigie.parse.SitemapParser}): addresses, which are calls only by what their pages say. <b>Mails</b>
 * ({@link coop.vigie.parse.MailboxParser}): one notice for each item of a newsletter, none for what serves the letter itself.
 *
 * <p><b>Safety</b>: no document type and no entity of its own is processed, nothing is looked up anywhere, depth and size are
 * bounded: a feed of more than 250,000 tags is refused, one of more than 20,000 entries (a page: 5,000) read up to there, and
 * all say so. Scripts are never run: what a browser would build is not seen.
 * <b>Limits</b>: the portals' own interfaces come with later versions.
 */
@NullMarked
package coop.vigie.parse;

import org.jspecify.annotations.NullMarked;
