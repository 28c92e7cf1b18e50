package coop.vigie.notice;

/**
 * A bad piece in good input; it costs the rest nothing.
 *
 * @param position where, in the source's own terms: an entry's number or id, a file in an archive, a line and column
 * @param field what should have been there, such as {@code title}
 * @param found what was there instead, shortened; "" if nothing
 * @param done what was done about it, as a short sentence
 */
public record Warning(SourceId source, String position, String field, String found, String done) {

    @Override
    public String toString() {
        return "%s: %s: %s%s: %s".formatted(source, position, field, found.isEmpty() ? "" : " '" + found + "'", done);
    }
}
