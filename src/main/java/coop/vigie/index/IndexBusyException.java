package coop.vigie.index;

import coop.vigie.notice.VigieException;
import java.nio.file.Path;

/** Another process keeps writing to the index. Nothing was changed; the next round catches up. */
public final class IndexBusyException extends VigieException {

    private final Path folder;

    IndexBusyException(Path folder, Throwable cause) {
        super(
                "The index in " + folder + " could not be written: another process holds it."
                        + " The changes wait in the log; try again when that process has finished.",
                cause);
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }
}
