/** Gets bytes, politely and safely. {@link coop.vigie.fetch.Payload} is what comes out; it knows requests, never formats. */
@NullMarked
package coop.vigie.fetch;

import org.jspecify.annotations.NullMarked;
