/**
 * Turns bytes into notices, one class per format.
 *
 * <p>In: a {@link coop.vigie.fetch.Payload}, and as {@link coop.vigie.parse.ParseContext} what the source's entry says. Out:
 * {@link coop.vigie.parse.Parsed}, the notices with warnings for bad pieces, or a sentence that says what the document is
 * instead. A parser never throws on bad input, asks for nothing itself, and invents nothing: a date that cannot be read
 * is a warning.
 *
 * {@snippet :
 * Parsed parsed = new EformsParser().parse(payload, context);
 * parsed.notices();  // what could be read
 * parsed.warnings(); // "ted: 12345-2024.xml:61: tender deadline of LOT-0001 '2024-02-30': left out, as …"
 * parsed.failure();  // null, or "an HTML page titled 'Sorry', where an eForms notice was expected"
 * }
 *
 * <p>XML is read as a stream, without DTD and entities, and with bounds on depth and size.
 */
@NullMarked
package coop.vigie.parse;

import org.jspecify.annotations.NullMarked;
