/** CPV, NUTS, languages and countries with their labels and trees. */
@NullMarked
package coop.vigie.codes;

import org.jspecify.annotations.NullMarked;
