package coop.vigie.fetch;

import java.net.UnknownHostException;

/** A name or connection that leads into a private network. */
final class ForbiddenAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String host) {
        super(host);
    }
}
