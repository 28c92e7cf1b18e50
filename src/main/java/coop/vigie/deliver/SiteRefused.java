package coop.vigie.deliver;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** The public archive could not be written. */
public final class SiteRefused extends VigieException {

    SiteRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
