package coop.vigie.deliver;

import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Tls;
import javax.net.ssl.SSLContext;

/** Tries the mail server as far as the login, and sends nothing. */
public final class SmtpProbe {

    private final Mail mail;
    private final SSLContext trust;
    private final Timeouts timeouts;

    SmtpProbe(Mail mail, SSLContext trust, Timeouts timeouts) {
        this.mail = mail;
        this.trust = trust;
        this.timeouts = timeouts;
    }

    public SmtpProbe(Mail mail) {
        this(mail, SmtpTransport.systemTrust(), Timeouts.USUAL);
    }

    /**
     * What works, as a sentence: {@code smtp.example.org:587 answers, is trusted and takes the login.}
     *
     * @throws MailServerDown with what does not
     */
    public String look() {
        new SmtpConnection(mail, trust, timeouts).close();
        String trusted = mail.tls() == Tls.NONE ? " without protection" : ", is trusted";
        String login = mail.user() == null ? " and asks for no login." : " and takes the login.";
        return mail.host() + ":" + mail.port() + " answers" + trusted + login;
    }
}
