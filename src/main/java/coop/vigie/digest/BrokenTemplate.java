package coop.vigie.digest;

import coop.vigie.notice.VigieException;

/** A template that cannot be read or filled. Nothing is sent until it is repaired or removed. */
public final class BrokenTemplate extends VigieException {

    private final String template;
    private final int line;
    private final int column;

    BrokenTemplate(String template, int line, int column, String reason, Throwable cause) {
        super(
                "the template templates/" + template + " cannot be used (line " + line + ", column " + column + "): "
                        + Foreign.line(reason)
                        + "; repair it, or remove the file to use the built-in one",
                cause);
        this.template = template;
        this.line = line;
        this.column = column;
    }

    /** File name inside the templates folder. */
    public String template() {
        return template;
    }

    /** From 1; 0 if not known. */
    public int line() {
        return line;
    }

    /** From 1; 0 if not known. */
    public int column() {
        return column;
    }
}
