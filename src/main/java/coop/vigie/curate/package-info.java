/**
 * Calls that members signal, until a person has decided on them.
 *
 * <p>In: who signals which address, with a title and a note. Out: suggestions, the oldest first. Example:
 *
 * <pre>{@code
 * members.write(handle -> suggestions.add(handle, now, "anne@example.org", "https://example.org/call", "A call", ""));
 * List<Suggestion> waiting = suggestions.pending();
 * }</pre>
 */
@NullMarked
package coop.vigie.curate;

import org.jspecify.annotations.NullMarked;
