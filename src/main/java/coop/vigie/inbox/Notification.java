package coop.vigie.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the notices that Amazon SES sends through SNS: the same fields, in JSON. */
final class Notification {

    private static final Pattern MARK =
            Pattern.compile("\"notificationType\"\\s{0,9}:\\s{0,9}\"(Bounce|Delivery|Complaint)\"");
    private static final Pattern FIELD = Pattern.compile(
            "\"(emailAddress|status|diagnosticCode|smtpResponse)\"\\s{0,9}:\\s{0,9}\"((?:[^\"\\\\]|\\\\.){0,2000})\"");

    private Notification() {}

    /** Empty if this is none, or a complaint. */
    static List<FailedRecipient> recipients(String words) {
        String text = words.replace("\\\"", "\"");
        Matcher mark = MARK.matcher(text);
        if (!mark.find() || mark.group(1).equals("Complaint")) {
            return List.of();
        }
        boolean delivered = mark.group(1).equals("Delivery");
        var recipients = new ArrayList<FailedRecipient>();
        String address = null;
        String status = "";
        String said = "";
        Matcher field = FIELD.matcher(text);
        while (field.find() && recipients.size() < 1000) {
            String value = field.group(2);
            switch (field.group(1)) {
                case "emailAddress" -> {
                    if (address != null) {
                        recipients.add(recipient(address, status, said, delivered));
                        status = "";
                        said = "";
                    }
                    address = value;
                }
                case "status" -> status = value;
                case "diagnosticCode", "smtpResponse" -> said = value;
                default -> {}
            }
        }
        recipients.add(recipient(address, status, said, delivered));
        return recipients;
    }

    private static FailedRecipient recipient(@Nullable String address, String status, String said, boolean delivered) {
        Diagnosis diagnosis = Diagnosis.of(status, said);
        if (delivered) {
            return new FailedRecipient(address, diagnosis.status(), "delivered", Verdict.DELIVERED);
        }
        return new FailedRecipient(
                address,
                diagnosis.status(),
                "failed",
                diagnosis.verdict() == Verdict.HARD ? Verdict.HARD : Verdict.SOFT);
    }
}
