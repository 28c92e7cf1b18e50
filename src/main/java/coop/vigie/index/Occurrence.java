package coop.vigie.index;

import org.jspecify.annotations.Nullable;

/**
 * A text in which a condition on words was met.
 *
 * @param field {@code title}, {@code text} or {@code buyer}
 * @param language code of that text's language; null for names, which have none
 */
public record Occurrence(String field, @Nullable String language) {}
