package coop.vigie.backup;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** A backup could not be written or restored; nothing was left half done. */
public final class BackupException extends VigieException {

    private final boolean inTheWay;

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
        inTheWay = false;
    }

    private BackupException(String message) {
        super(message);
        inTheWay = true;
    }

    static BackupException inTheWay(String message) {
        return new BackupException(message);
    }

    /** True if something is already there, which is never overwritten: the person named a wrong place. */
    public boolean isInTheWay() {
        return inTheWay;
    }
}
