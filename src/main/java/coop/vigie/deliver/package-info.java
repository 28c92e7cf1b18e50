/** Brings editions to people. */
@NullMarked
package coop.vigie.deliver;

import org.jspecify.annotations.NullMarked;
