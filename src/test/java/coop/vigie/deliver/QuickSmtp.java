package coop.vigie.deliver;

import coop.vigie.config.Settings.Mail;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The real transport, only less patient, for tests of other packages. */
public final class QuickSmtp {

    private QuickSmtp() {}

    public static SmtpTransport to(Mail mail) {
        try {
            return new SmtpTransport(
                    mail,
                    "bounces@example.org",
                    SSLContext.getDefault(),
                    new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(1200), Duration.ofMillis(1200)));
        } catch (NoSuchAlgorithmException none) {
            throw new AssertionError(none);
        }
    }
}
