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
 * their deadlines come from running text.
 *
 * <p><b>Safety</b>: no document type and no entity of its own is processed, nothing is looked up anywhere, depth and size are
 * bounded: a feed of more than 250,000 tags is refused, one of more than 20,000 entries read up to there, and both say so.
 * <b>Limits</b>: every other type comes with later versions.
 */
@NullMarked
package coop.vigie.parse;

import org.jspecify.annotations.NullMarked;
