package coop.vigie.inbox;

import coop.vigie.inbox.MimeMail.Piece;
import coop.vigie.notice.EmailAddress;
import jakarta.mail.internet.MailDateFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one mail. Never throws, whatever the bytes are. */
public final class MailReader {

    private static final int OPENING_LINES = 12;
    private static final int MOST_ADDRESSES = 100;
    private static final Pattern ID = Pattern.compile("<[^<>\\s]{3,250}>");
    private static final Pattern QUOTE_STARTS = Pattern.compile(
            "^(?:-{2,}.*|_{5,}|(?:Le|On|Op|Am) .{5,200}(?:a écrit|wrote|schreef|schrieb).{0,80}|(?:From|De|Van|Von) ?: .*)$");
    private static final Pattern LEAVING = Pattern.compile(
            "\\b(?:un-?subscri(?:be|bing|ption)|desinscri(?:ption|re|vez|s)|desabonne(?:ment|r|z)|uitschrijv(?:en|ing)|schrijf (?:me|mij) uit|afmeld(?:en|ing)|meld (?:me|mij) af|opt[- ]?out)\\b");

    private static final Pattern ABOUT_A_CALL = Pattern.compile("^\\W*(?:re ?: ?)?\\p{L}+\\s+\\d");
    private static final int LONGEST_WISH = 100;
    private static final int QUOTED_AT_MOST = 100_000;

    private MailReader() {}

    public static InboundMail read(byte[] bytes) {
        MimeMail mail = MimeMail.of(bytes);
        String opening = opening(mail);
        var report = new DeliveryReport(mail);
        return new InboundMail(
                key(mail, bytes),
                date(mail.header("Date")),
                from(mail),
                to(mail),
                mail.header("Subject"),
                opening,
                quoted(mail),
                originals(mail, report.original()),
                reading(mail, report, opening));
    }

    private static Reading reading(MimeMail mail, DeliveryReport report, String opening) {
        Reading complaint = FeedbackReport.read(mail, report.original());
        if (complaint != null) {
            return complaint;
        }
        List<FailedRecipient> recipients = report.recipients();
        if (!recipients.isEmpty()) {
            return new Reading.Report(recipients);
        }
        if (Automatic.isReply(mail, opening)) {
            return new Reading.AutoReply();
        }
        return !Automatic.isBulk(mail) && wantsToLeave(mail.header("Subject"), opening)
                ? new Reading.Unsubscribe()
                : new Reading.Other();
    }

    private static boolean wantsToLeave(String subject, String opening) {
        String first = opening.lines().findFirst().orElse("");
        return asks(subject) || asks(first);
    }

    /** A short line, and no answer about a call that happens to use the word: "note 1 formulaire de désinscription". */
    private static boolean asks(String line) {
        String plain = Diagnosis.plain(line);
        return plain.length() <= LONGEST_WISH
                && !ABOUT_A_CALL.matcher(plain).find()
                && LEAVING.matcher(plain).find();
    }

    /** Also of what it says: another mail with the same Message-ID is another mail. */
    private static String key(MimeMail mail, byte[] all) {
        String id = mail.header("Message-ID");
        boolean named = id.length() > 2 && id.length() < 500;
        byte[] bytes = named
                ? String.join("\n", id, mail.header("From"), mail.header("Subject"), text(mail))
                        .getBytes(StandardCharsets.UTF_8)
                : all;
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static @Nullable Instant date(String header) {
        try {
            return new MailDateFormat().parse(header).toInstant();
        } catch (ParseException | RuntimeException broken) {
            return null;
        }
    }

    private static @Nullable EmailAddress from(MimeMail mail) {
        return addresses(mail, "From").stream()
                .flatMap(each -> EmailAddress.parse(each).stream())
                .findFirst()
                .orElse(null);
    }

    private static List<String> to(MimeMail mail) {
        Set<String> to = new LinkedHashSet<>();
        for (String name : List.of("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To", "Cc")) {
            to.addAll(addresses(mail, name));
        }
        return List.copyOf(to);
    }

    private static List<String> addresses(MimeMail mail, String name) {
        return mail.headers(name).stream()
                .flatMap(header -> DeliveryReport.ADDRESS.matcher(header).results())
                .map(MatchResult::group)
                .limit(MOST_ADDRESSES)
                .toList();
    }

    private static List<String> originals(MimeMail mail, String original) {
        var ids = new ArrayList<String>();
        String returned = Returned.messageId(original);
        if (returned != null) {
            ids.add(returned);
        }
        for (String name : List.of("In-Reply-To", "References")) {
            ID.matcher(mail.header(name))
                    .results()
                    .limit(20)
                    .map(MatchResult::group)
                    .forEach(ids::add);
        }
        return ids.stream().distinct().toList();
    }

    private static String quoted(MimeMail mail) {
        String text = text(mail);
        return text.substring(0, Math.min(text.length(), QUOTED_AT_MOST));
    }

    private static String text(MimeMail mail) {
        return mail.pieces().stream()
                .filter(piece -> piece.is("text/plain") || piece.is("text/html"))
                .map(Piece::text)
                .findFirst()
                .orElse("");
    }

    private static String opening(MimeMail mail) {
        return text(mail)
                .lines()
                .limit(200)
                .map(String::strip)
                .takeWhile(line -> !QUOTE_STARTS.matcher(line).matches())
                .filter(line -> !line.isEmpty() && !line.startsWith(">"))
                .limit(OPENING_LINES)
                .map(line -> line.length() > 500 ? line.substring(0, 500) : line)
                .collect(Collectors.joining("\n"));
    }
}
