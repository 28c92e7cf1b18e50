package coop.vigie.index;

/**
 * A code that a query names, of a list that this package does not know whole.
 *
 * @param field {@code cpv}, {@code place}, {@code source}, {@code lang} or {@code submit}
 * @param value as it was written
 * @param position where the value stands in the query, in UTF-16 units from 0
 */
public record NamedCode(String field, String value, int position) {}
