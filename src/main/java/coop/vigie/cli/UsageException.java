package coop.vigie.cli;

import coop.vigie.notice.VigieException;

/** The command was called in a way that cannot be carried out; nothing was done. */
final class UsageException extends VigieException {

    UsageException(String message) {
        super(message);
    }
}
