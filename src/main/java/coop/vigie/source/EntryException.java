package coop.vigie.source;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** An entry cannot be added to {@code feeds.yaml}, which is as it was. */
public final class EntryException extends VigieException {

    EntryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** True if the disk is to blame, and not what was asked. */
    public boolean isOfTheDisk() {
        return getCause() instanceof java.io.IOException;
    }
}
