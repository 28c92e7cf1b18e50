package coop.vigie.store;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** A database could not be opened, read or written. */
public final class StoreException extends VigieException {

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
