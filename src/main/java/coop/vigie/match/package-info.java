/** Finds which new calls each profile wants, and keeps the reasons. */
@NullMarked
package coop.vigie.match;

import org.jspecify.annotations.NullMarked;
