package coop.vigie.index;

import coop.vigie.notice.VigieException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** There is no index, or not one that this version can read. {@link Index#rebuild} makes a new one from the store. */
public final class IndexUnusableException extends VigieException {

    private final Path folder;

    IndexUnusableException(Path folder, String reason, @Nullable Throwable cause) {
        super(
                "The index in " + folder + " cannot be used: " + reason
                        + ". It holds nothing of its own: delete the folder, and it is rebuilt from the store.",
                cause);
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }
}
