package coop.vigie.deliver;

import java.nio.file.Path;

/** The outbox folder does not take messages; nothing was written, everything stays pending. */
public final class OutboxUnwritable extends TransportDown {

    private final Path folder;

    OutboxUnwritable(Path folder, Throwable cause) {
        super(
                "no message could be written into the outbox folder " + folder + " (" + cause.getMessage()
                        + "); check its permissions and the space on its disk",
                cause);
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }
}
