package coop.vigie.inbox;

import coop.vigie.inbox.MimeMail.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what mail servers report of mails that they could not deliver: by fields (RFC 3464), or in words. */
final class DeliveryReport {

    static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,9}");
    private static final int MOST_RECIPIENTS = 100;
    private static final int MOST_LINES = 2000;

    private static final Pattern FROM_A_SERVER = Pattern.compile(
            "mailer[-_ .]?daemon|post[-_.]?master|mail[- ]?daemon|mail(?:er)?[- ]?deliver|delivery[- ](?:sub)?system|deliver system|mail (?:system|administrator)|\\bmdaemon|maildelivery|<>");
    private static final Pattern SUBJECT = Pattern.compile(
            "undeliver|delivery (?:status|fail|report|problem|error|notification|delay|has failed|incomplete)|deliver(?:y|ed)? fail|failure (?:notice|notification|delivery)|fail(?:ed|ure).{0,20}(?:deliver|mail|recipient)|mail.{0,20}fail"
                    + "|returned (?:mail|to sender)|returning (?:message|to sender)|returned.{0,20}mail|could(?: not|n't) be (?:delivered|sent)|message (?:status|delayed|not delivered)|not deliver|rejected|mail (?:error|delivery)|nondeliver|error (?:sending|mail)|bounce"
                    + "|non[- ]remis|non distribu|echec|impossible de|retour.{0,20}message|onbestelbaar|niet (?:bezorgd|afgeleverd)|mislukt|unzustellbar|nicht zugestellt|zustellung|permanent error|undeliverable");
    /** With one of these before it, an address is whom the report is about. */
    private static final Pattern NAMES = Pattern.compile(
            "(?:^[\\s>*|:\\[\"-]{0,20}|\\b(?:to|recipient|destinataire|user|empfanger|aan|address|failed|[45]\\d\\d)\\s?:?\\s?)[<\"'(]{0,2}$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FAILURE = Pattern.compile(
            "(?:could|can|was|were|is|be)(?: ?not|n't)(?: be)? (?:possible to )?(?:be )?(?:deliver|reach|sent|send)|undeliver|unable to deliver|delivery.{0,60}(?:fail|delay|error)|fail.{0,30}(?:deliver|recipient)|did not reach|delivery errors?|not able to deliver|wasn't able to|could not be (?:reached|processed)|following addresses|no longer|failure reason|rejected"
                    + "|n'a (?:pas )?pu etre|impossible de (?:remettre|delivrer|distribuer)|pas ete (?:remis|delivre|distribue)|niet (?:worden )?(?:bezorgd|afgeleverd)|kon niet|konnte nicht|nicht zugestellt");

    private final MimeMail mail;
    private final String words;
    private final String original;

    DeliveryReport(MimeMail mail) {
        this.mail = mail;
        Returned parted = Returned.of(mail.pieces().stream()
                .filter(piece -> piece.is("text/plain") || piece.is("text/html"))
                .map(Piece::text)
                .collect(Collectors.joining("\n\n")));
        this.words = parted.report();
        this.original = mail.pieces().stream()
                        .filter(piece -> piece.is("message/rfc822"))
                        .map(Piece::text)
                        .findFirst()
                        .orElse("")
                + "\n" + parted.original();
    }

    /** What is returned of a mail; blank if nothing is. */
    String original() {
        return original;
    }

    /** Empty if this is no such report. */
    List<FailedRecipient> recipients() {
        List<FailedRecipient> byFields = byFields();
        if (!byFields.isEmpty()) {
            return byFields;
        }
        List<FailedRecipient> notified = Notification.recipients(words);
        if (!notified.isEmpty()) {
            return notified;
        }
        return !Automatic.hasSubject(mail) && looksLikeOne() ? byWords() : List.of();
    }

    // --- by fields

    private List<FailedRecipient> byFields() {
        boolean named = mail.pieces().stream().anyMatch(piece -> piece.is("message/delivery-status"));
        List<Map<String, String>> groups = mail.pieces().stream()
                .filter(piece -> named ? piece.is("message/delivery-status") : piece.is("text/plain"))
                .flatMap(piece -> StatusFields.groups(piece.text()).stream())
                .filter(group -> group.containsKey("final-recipient")
                        || group.containsKey("original-recipient")
                        || (group.containsKey("action") && group.containsKey("status")))
                .limit(MOST_RECIPIENTS)
                .toList();
        Map<String, String> passages = groups.isEmpty() ? Map.of() : passages();
        var recipients = new ArrayList<FailedRecipient>();
        for (Map<String, String> group : groups) {
            recipients.add(recipient(group, passages));
        }
        return recipients;
    }

    private FailedRecipient recipient(Map<String, String> group, Map<String, String> passages) {
        String address = address(group.getOrDefault("final-recipient", ""));
        if (address == null) {
            address = address(group.getOrDefault("original-recipient", ""));
        }
        String action = group.getOrDefault("action", "failed")
                .replaceAll("[^A-Za-z].*", "")
                .toLowerCase(Locale.ROOT);
        String field = group.getOrDefault("status", "");
        if (Set.of("delivered", "relayed", "expanded").contains(action) || field.startsWith("2.")) {
            return new FailedRecipient(address, Diagnosis.of(field).status(), action, Verdict.DELIVERED);
        }
        String said = group.getOrDefault("diagnostic-code", "").replaceFirst("^[A-Za-z0-9-]{1,20} ?; ?", "");
        String passage = address == null ? "" : passages.getOrDefault(address.toLowerCase(Locale.ROOT), "");
        Diagnosis diagnosis = Diagnosis.of(field, said, passage, field);
        if (diagnosis.verdict() != Verdict.HARD && said.length() < 8 && passage.isEmpty()) {
            diagnosis = Diagnosis.of(field, words);
        }
        boolean hard = diagnosis.verdict() == Verdict.HARD && !action.equals("delayed");
        return new FailedRecipient(
                address, diagnosis.status(), action.isEmpty() ? "failed" : action, hard ? Verdict.HARD : Verdict.SOFT);
    }

    /** Of {@code rfc822; somebody@example.org}, with or without what surrounds it. */
    private static @Nullable String address(String field) {
        Matcher address = ADDRESS.matcher(field);
        return address.find() ? address.group() : null;
    }

    // --- in words

    private boolean looksLikeOne() {
        if (!mail.header("X-Failed-Recipients").isEmpty()) {
            return true;
        }
        String sender = (mail.header("From") + " " + mail.header("Return-Path")).toLowerCase(Locale.ROOT);
        boolean server = FROM_A_SERVER.matcher(sender).find();
        boolean named = SUBJECT.matcher(Diagnosis.plain(mail.header("Subject"))).find();
        String plain = Diagnosis.plain(words);
        boolean failure =
                FAILURE.matcher(plain).find() || Diagnosis.of("", words).verdict() == Verdict.HARD;
        return (server && (failure || named)) || (named && failure);
    }

    private List<FailedRecipient> byWords() {
        Map<String, String> passages = passages();
        Set<String> addresses = new LinkedHashSet<>();
        mail.headers("X-Failed-Recipients")
                .forEach(header -> ADDRESS.matcher(header)
                        .results()
                        .limit(MOST_RECIPIENTS)
                        .forEach(found -> addresses.add(found.group())));
        if (addresses.isEmpty()) {
            addresses.addAll(passages.keySet());
            // Whom the report itself goes to is named in it as the sender.
            ADDRESS.matcher(mail.header("To"))
                    .results()
                    .limit(5)
                    .forEach(found -> addresses.remove(found.group().toLowerCase(Locale.ROOT)));
        }
        var recipients = new ArrayList<FailedRecipient>();
        for (String address : addresses) {
            recipients.add(inWords(
                    address, passages.getOrDefault(address.toLowerCase(Locale.ROOT), ""), addresses.size() == 1));
        }
        return recipients.isEmpty() ? List.of(inWords(address(original), words, true)) : recipients;
    }

    private FailedRecipient inWords(@Nullable String address, String passage, boolean alone) {
        Diagnosis diagnosis = Diagnosis.of("", passage, alone ? words : "", mail.header("Subject"));
        return new FailedRecipient(
                address,
                diagnosis.status(),
                "failed",
                diagnosis.verdict() == null ? Verdict.SOFT : diagnosis.verdict());
    }

    /** Each address that the report names, in small letters, with its line and the lines up to the next one. */
    private Map<String, String> passages() {
        var passages = new LinkedHashMap<String, StringBuilder>();
        StringBuilder current = new StringBuilder();
        for (String line : words.split("\n", MOST_LINES)) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()
                    && NAMES.matcher(line.substring(0, Math.min(200, address.start())))
                            .find()) {
                current =
                        passages.computeIfAbsent(address.group().toLowerCase(Locale.ROOT), key -> new StringBuilder());
            }
            current.append(line).append('\n');
        }
        var texts = new LinkedHashMap<String, String>();
        passages.forEach((address, text) -> texts.put(address, text.toString()));
        return texts;
    }
}
