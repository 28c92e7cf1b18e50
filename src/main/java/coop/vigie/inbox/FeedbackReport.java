package coop.vigie.inbox;

import coop.vigie.inbox.MimeMail.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the reports that providers send when a reader has called a mail spam (RFC 5965), and the older ones of Hotmail. */
final class FeedbackReport {

    /** Of a reader. The others are about the sender's own set-up ({@code auth-failure}), or no complaint ({@code not-spam}). */
    private static final Set<String> COMPLAINTS =
            Set.of("abuse", "fraud", "virus", "other", "opt-out", "opt-out-list", "miscategorized");

    private static final Pattern HOTMAIL = Pattern.compile("(?i)^complaint about message from\\b");
    private static final Pattern ENVELOPE = Pattern.compile("(?im)^X-HmXmrOriginalRecipient[ \t]*:[ \t]*(\\S{3,320})");
    private static final Pattern TO = Pattern.compile("(?im)^To[ \t]*:([^\n]{0,500})");

    private FeedbackReport() {}

    /** Null if this is no such report; a reading of no concern if it is one that no reader has made. */
    static @Nullable Reading read(MimeMail mail, String original) {
        Map<String, String> fields = fields(mail);
        if (fields != null) {
            String type = fields.getOrDefault("feedback-type", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z-].*", "");
            return COMPLAINTS.contains(type) ? complaint(type, recipients(fields, original)) : new Reading.Other();
        }
        if (HOTMAIL.matcher(mail.header("Subject")).find() && !original.isBlank()) {
            Matcher envelope = ENVELOPE.matcher(original);
            return complaint("abuse", envelope.find() ? List.of(envelope.group(1)) : to(original));
        }
        return null;
    }

    private static @Nullable Map<String, String> fields(MimeMail mail) {
        boolean report = mail.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("multipart/");
        return mail.pieces().stream()
                .filter(piece -> piece.is("message/feedback-report") || (report && piece.is("text/plain")))
                .map(Piece::text)
                .flatMap(text -> StatusFields.groups(text).stream())
                .filter(group -> group.containsKey("feedback-type"))
                .findFirst()
                .orElse(null);
    }

    private static List<String> recipients(Map<String, String> fields, String original) {
        for (String name : List.of("original-rcpt-to", "removal-recipient", "redacted-address")) {
            List<String> named = addresses(fields.getOrDefault(name, ""));
            if (!named.isEmpty()) {
                return named;
            }
        }
        return to(original);
    }

    private static List<String> to(String original) {
        Matcher to = TO.matcher(original);
        return to.find() ? addresses(to.group(1)) : List.of();
    }

    private static List<String> addresses(String text) {
        return DeliveryReport.ADDRESS
                .matcher(text)
                .results()
                .map(found -> found.group())
                .limit(100)
                .toList();
    }

    private static Reading complaint(String type, List<String> addresses) {
        var recipients = new ArrayList<FailedRecipient>();
        addresses.forEach(address -> recipients.add(new FailedRecipient(address, null, type, Verdict.SOFT)));
        return new Reading.Complaint(recipients);
    }
}
