/** Turns blocks of items into an edition, and an edition into text and HTML. */
@NullMarked
package coop.vigie.digest;

import org.jspecify.annotations.NullMarked;
