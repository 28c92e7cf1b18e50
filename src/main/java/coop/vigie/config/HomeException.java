package coop.vigie.config;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** A new home cannot be made in a folder. */
public final class HomeException extends VigieException {

    HomeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
