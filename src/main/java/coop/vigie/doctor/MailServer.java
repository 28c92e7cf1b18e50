package coop.vigie.doctor;

import coop.vigie.config.Settings.Mail;

/** Tries a mail server and sends nothing. */
@FunctionalInterface
public interface MailServer {

    /**
     * What works, as a sentence.
     *
     * @throws coop.vigie.notice.VigieException with what does not
     */
    String look(Mail mail);
}
