/** Turns bytes into notices, one class per format. */
@NullMarked
package coop.vigie.parse;

import org.jspecify.annotations.NullMarked;
