package coop.vigie.newsletter;

import coop.vigie.notice.VigieException;

/** The disk refuses something in the folder of the newsletters. */
public final class NewsletterUnwritable extends VigieException {

    NewsletterUnwritable(String message, Throwable cause) {
        super(message, cause);
    }
}
