/**
 * CPV, NUTS, languages and countries: which codes exist, what they are called, and how they nest.
 *
 * <p>In: a code as a publisher wrote it, or a word. Out: labels in fr, nl, en and de, parents and children, and for
 * countries the zone in which their dates are meant.
 *
 * {@snippet :
 * Cpv.label("92310000", "fr");              // Services de création et d'interprétation artistique et littéraire
 * Cpv.find("théâtre", 5);                   // the codes that carry the word, in any of the four languages
 * Nuts.covers("BE1", "BE100");              // true
 * Languages.iso1("NLD");                    // nl
 * Countries.zone("BEL");                    // Europe/Brussels
 * }
 *
 * <p>The tables are made at build time from the official eForms code lists (European Union, Publications Office, eForms
 * SDK, CC BY 4.0) by {@link coop.vigie.codes.CodeTables} and lie in the jar; each is read when first asked for and
 * then shared by all threads. Trees follow the digits of the codes, not the parent column of the lists, which skips
 * levels: so a code's ancestors are exactly the codes whose stem it starts with.
 *
 * <p>{@link coop.vigie.codes.Everyday} is our own: what people call the things that CPV labels name otherwise.
 *
 * <p>Limits: only the newest NUTS version has labels; older codes, which notices still carry, have none but nest like
 * any other. A country spread over several zones has only its main one here.
 */
@NullMarked
package coop.vigie.codes;

import org.jspecify.annotations.NullMarked;
