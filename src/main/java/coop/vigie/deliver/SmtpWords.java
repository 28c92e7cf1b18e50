package coop.vigie.deliver;

import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** What a server said, fit for a line of ours. */
final class SmtpWords {

    private static final int AT_MOST = 200;

    private SmtpWords() {}

    /** The last answer, without the recipient's address, which servers like to repeat. */
    static String of(SMTPTransport protocol, String recipient) {
        String answer = protocol.getLastServerResponse();
        return oneLine(answer == null ? "" : answer).replaceAll("(?i)" + Pattern.quote(recipient), "…");
    }

    /** At most 200 characters; empty where the library says that there was nothing. */
    static String oneLine(String words) {
        String line = words.replace("[EOF]", "")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.substring(0, Math.min(line.length(), AT_MOST));
    }
}
