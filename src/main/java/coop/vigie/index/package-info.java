/** The full-text view of the calls: values in, queries over them out. Nobody else sees Lucene. */
@NullMarked
package coop.vigie.index;

import org.jspecify.annotations.NullMarked;
