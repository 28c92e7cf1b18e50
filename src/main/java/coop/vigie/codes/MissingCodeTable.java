package coop.vigie.codes;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** The program was built without one of its code tables. */
public final class MissingCodeTable extends VigieException {

    public MissingCodeTable(String name, @Nullable Throwable cause) {
        super(
                "The code table '%s' could not be read from the program itself; build it again with 'mvn package'."
                        .formatted(name),
                cause);
    }
}
