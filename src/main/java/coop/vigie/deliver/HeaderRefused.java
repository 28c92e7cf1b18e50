package coop.vigie.deliver;

import coop.vigie.notice.VigieException;

/** A value that may not stand in a header: it would split it (RFC 5322, 2.2), or is not what the header needs. */
public final class HeaderRefused extends VigieException {

    private final String header;

    HeaderRefused(String header, String reason) {
        super("the message was not built: its " + header + " " + reason + "; correct that value");
        this.header = header;
    }

    /** Name of the header, such as {@code Subject}. */
    public String header() {
        return header;
    }
}
