package coop.vigie.fetch;

import java.io.IOException;

/** More bytes than allowed. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    final long limit;

    TooLargeException(long limit) {
        super("larger than " + Words.size(limit));
        this.limit = limit;
    }
}
