package coop.vigie.notice;

import org.jspecify.annotations.Nullable;

/**
 * Root of all named failures. The message is one clear sentence for people: what was attempted, on what, and what to do.
 * A kind of its own exists for each cause on which a person would act differently.
 */
public class VigieException extends RuntimeException {

    public VigieException(String message) {
        super(message);
    }

    public VigieException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
