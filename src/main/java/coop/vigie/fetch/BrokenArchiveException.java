package coop.vigie.fetch;

import java.io.IOException;

/** An archive that cannot be read further. The message is a whole sentence for people. */
final class BrokenArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenArchiveException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
