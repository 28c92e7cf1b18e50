package coop.vigie.index;

import coop.vigie.notice.VigieException;

/** A query that cannot be read. {@link #getMessage()} is the sentence alone; {@link #render()} points at the place. */
public final class QuerySyntaxException extends VigieException {

    /** What fits on one line of a terminal beside the caret. */
    private static final int SHOWN = 72;

    private final String query;
    private final int position;

    QuerySyntaxException(String query, int position, String message) {
        super(message);
        this.query = query;
        this.position = Math.clamp(position, 0, query.length());
    }

    public String query() {
        return query;
    }

    /** Where it goes wrong, in UTF-16 units from 0; the length of the query where its end comes too early. */
    public int position() {
        return position;
    }

    /** Three lines: the message, the query (of a long one, the part that matters), and a caret below the place. */
    public String render() {
        int from = Math.max(0, position - SHOWN / 2);
        int to = Math.min(query.length(), from + SHOWN);
        String line = query.substring(from, to).replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", " ");
        return getMessage() + "\n" + line + "\n" + " ".repeat(position - from) + "^";
    }
}
