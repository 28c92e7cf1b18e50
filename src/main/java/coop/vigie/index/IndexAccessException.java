package coop.vigie.index;

import coop.vigie.notice.VigieException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The disk refused: no space, no permission, a broken medium. What was committed before still stands. */
public final class IndexAccessException extends VigieException {

    private final Path folder;

    IndexAccessException(Path folder, String attempt, IOException cause) {
        super(
                "Could not " + attempt + " the index in " + folder + ": "
                        + (cause instanceof AccessDeniedException ? "access denied: " : "") + cause.getMessage()
                        + ". Check the free space and the permissions of the folder.",
                cause);
        this.folder = folder;
    }

    /** True if the index is there, and this user may not read or write it. */
    public boolean isDenied() {
        return getCause() instanceof AccessDeniedException;
    }

    public Path folder() {
        return folder;
    }
}
