package coop.vigie.inbox;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What mail servers mean by what they write of one recipient.
 *
 * @param verdict null if neither words nor codes say anything
 * @param status the most telling enhanced code (RFC 3463); null if there is none
 */
record Diagnosis(@Nullable Verdict verdict, @Nullable String status) {

    static final Diagnosis NONE = new Diagnosis(null, null);

    private static final int MOST_CHARACTERS = 4000;
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d\\.\\d{1,3})(?![\\d.]\\d)");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.#-])[45]\\d\\d(?=[ -](?![\\d.]*\\]))");
    private static final Pattern NOISE =
            Pattern.compile("https?:\\S{1,500}|[^\\s<>@]{1,64}@[^\\s<>()\\[\\],;:]{1,200}");
    /** Who took the recipient and then refuses the message looks at more than the address. */
    private static final Pattern AFTER_DATA = Pattern.compile(
            "in reply to (?:the )?(?:end of )?data|>>> data|smtp command data|(?:after|following) (?:the )?(?:end of )?data");
    /** So do those who answer without repeating whom they mean. */
    private static final Pattern NAMES_NOBODY = Pattern.compile("[45]\\d\\d ?:? : user unknown");

    private static final Pattern AT_RECIPIENT = Pattern.compile("\\brcpt\\b|rcpt_to");
    private static final Pattern NO_ACCOUNT = Pattern.compile("(?:doesn't|does not) have a[n ]");
    private static final Pattern HARD_CODE = Pattern.compile("5\\.1\\.(?:[0-6]|10|351)|4\\.1\\.1|5\\.4\\.(?:4|310)");

    /** What is never about the address, though it may sound so. */
    private static final Pattern SOFT = words(
            // The mailbox, or the message, is too big.
            "(?:mail ?box|mail ?folder|in ?box|account|user|quota|storage|boite|postvak|postfach|postbus|bal)\\W.{0,60}"
                    + "(?:\\bfull\\b|exceed|over ?quota|out of storage|depasse|pleine|\\bvol\\b|\\bvoll\\b|overschreden|uberschritten)",
            "over (?:the |its |their )?(?:maximum )?(?:disk |storage )?quota|quota (?:has been |is )?exceeded|exceeded (?:storage|its|the|their|his).{0,20}quota",
            "(?:message|mail|size|length|file).{0,40}(?:too (?:big|large|long)|exceeds)|(?:size|length)\\W.{0,30}exceed|message size",
            // The sender is not welcome.
            "sender.{0,30}(?:reject|denied|refused|invalid|unknown|blocked|not exist|verif)|domain of sender|sender (?:address|domain)",
            "unauthenticated|authenticat|\\b(?:spf|dkim|dmarc)\\b|purported|(?:after|in reply to|following) (?:the )?(?:pipelined )?(?:mail|helo|ehlo|initial connection)\\b|mail from.{0,20}(?:reject|refus|denied|invalid)|from: header|invalid domain name|not verified",
            "black ?list|block ?list|\\bblocked|\\bdnsbl|\\brbl|banned|reputation|complaints|\\bbloque",
            "\\bspam|\\bube\\b|virus|malware|phish|\\babuse|junk|unsolicited",
            "\\brelay|reverse dns|\\brdns|\\bptr\\b|unverif[iy]+able|name lookup failed|lookup for host|client host|helo|e22-|insecure",
            "polic(?:y|ies)|prohibited|not allowed|not permitted|not authorized|access denied|access forbidden|denied by",
            "protocol|transaction failed|header error|duplicate header|message header|media error|content (?:rejected|of)|8-bit|improper|syntax error|too many|frequen|rate limit|\\bthrottl",
            // It may go later, or the way is broken.
            "time[sd]? ?out|timeout|expired|deferred|delayed|later\\b|retr(?:y|ies)|temporar|warning message only",
            "\\bhops?\\b|loop|lost connection|connection (?:refused|reset|lost|failed)|could not connect|unable to connect|refused to talk"
                    + "|network (?:error|is unreachable)|unreachable|host not reachable|socket error|accept our requests|last \\d+ seconds"
                    + "|failed \\d+ attempts|dns query failed|queue too long",
            "system (?:config )?error|internal (?:system |server )?error|system not|couldn't create|cannot open|i/o error|\\bpipe to\\b|malformed");

    private static final String NOBODY =
            "(?:unknown|not (?:be )?found|does(?: not|n't) exist|not exist|no longer (?:exist|valid|on|works)|invalid|illegal|not (?:be )?(?:a )?(?:valid|known|recogni[sz]ed|listed|local)"
                    + "|unrecogni[sz]ed|undefined|inconnue?|invalide|introuvable|n'existe pas|onbekende?|ongeldig|bestaat niet|niet gevonden|unbekannte?r?|ungultig|existiert nicht|nicht gefunden)";
    private static final String SOMEBODY =
            "(?:user|recipients?|mail ?box|account|e?-?mail address|address(?:ee)?|local[- ]?part|alias|destinataires?|utilisateur|adresse|boite aux lettres|gebruiker|ontvanger|geadresseerde|adres|empfanger|benutzer|postfach|teilnehmer)";

    /** There is nobody of that name, or no host. */
    private static final Pattern HARD = words(
            "\\b" + SOMEBODY + "(?: name)?\\b.{0,50}\\b" + NOBODY,
            NOBODY + "(?: or [a-z]+)?(?: (?:local|virtual|email|mail|e-mail|destination))?[ :]{0,2}\\b" + SOMEBODY
                    + "\\b",
            "no (?:such|valid|mailbox by that|local) ?(?:user|person|address|mailbox|recipient|account|name|people|entry)",
            "no mailbox (?:here )?by|no such (?:virtual |local )?user|(?:user|customer|you).{0,20}(?:doesn't|does not) have a.{0,60}account|not our customer|not a known user",
            "addressee unknown|bad destination|mailbox has moved|no longer (?:on (?:this )?server|with us|employed)|user has (?:moved|left)",
            "recipnotfound|recipientnotfound|recipient ?not ?found",
            "recipient address rejected: access denied",
            "(?:host|domain)(?: or domain)?(?: name)?\\b.{0,60}(?:unknown|not found|not exist|not be found|no data known)|unknown (?:host|domain)",
            "no such (?:host|domain)|unrout[e]?able (?:address|mail domain)|nxdomain|name or service not known|illegal host|can(?:no|')t find any host"
                    + "|couldn't find any host|domain is not reachable|domaine? (?:inconnu|introuvable|n'existe)|domein (?:bestaat niet|onbekend)",
            // Notes and others in Japanese, without the marks that folding takes away: not in the directory, addressee
            // unknown.
            "\u30c6\u30a3\u30ec\u30af\u30c8\u30ea\u306e\u30ea\u30b9\u30c8\u306b\u3042\u308a\u307e\u305b\u3093|\u5b9b\u5148\u4e0d\u660e");

    private static Pattern words(String... alternatives) {
        return Pattern.compile(String.join("|", List.of(alternatives)));
    }

    /**
     * @param field the Status field of a report; "" if there is none
     * @param texts what is said of the recipient, the most telling first
     */
    static Diagnosis of(String field, String... texts) {
        List<String> plain = Arrays.stream(texts).map(Diagnosis::plain).toList();
        String status = Stream.concat(plain.stream().limit(1), Stream.of(field))
                .map(Diagnosis::enhanced)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> plain.stream()
                        .map(Diagnosis::enhanced)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
        Verdict verdict = plain.isEmpty() ? null : byWords(plain.getFirst());
        String said = plain.isEmpty() ? null : enhanced(plain.getFirst());
        if (verdict == null && said != null && HARD_CODE.matcher(said).matches()) {
            verdict = Verdict.HARD;
        }
        for (int i = 1; i < plain.size() && verdict == null; i++) {
            verdict = byWords(plain.get(i));
        }
        if (verdict == Verdict.HARD && contradicts(status, plain)) {
            verdict = Verdict.SOFT;
        }
        return new Diagnosis(verdict == null ? byCode(status, plain) : verdict, status);
    }

    static String plain(String words) {
        String cut = words.length() > MOST_CHARACTERS ? words.substring(0, MOST_CHARACTERS) : words;
        String folded = Normalizer.normalize(cut, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replace('\u2019', '\'')
                .toLowerCase(Locale.ROOT);
        return NOISE.matcher(folded).replaceAll("@").replaceAll("\\s+", " ");
    }

    private static @Nullable Verdict byWords(String plain) {
        if (plain.contains("recipient address rejected: access denied")) {
            return Verdict.HARD;
        }
        if (SOFT.matcher(plain).find()) {
            return Verdict.SOFT;
        }
        if (plain.contains("mailbox unavailable") || !HARD.matcher(plain).find()) {
            // RFC 5321, section 4.2.3: "mailbox unavailable" is what 550 always says.
            return null;
        }
        return Verdict.HARD;
    }

    /** True if what sounds final was said of the sender, or by a filter. */
    private static boolean contradicts(@Nullable String status, List<String> plain) {
        String code = status == null ? "" : status;
        if (code.matches("[45]\\.1\\.[78]") || any(plain, NAMES_NOBODY)) {
            return true;
        }
        // Such a mailbox is there (RFC 3463, section 3.3), unless the very recipient was refused.
        boolean mailboxIsThere = code.matches("[45]\\.2\\.\\d") && !any(plain, AT_RECIPIENT);
        return mailboxIsThere || (!code.startsWith("5.1.") && any(plain, AFTER_DATA) && !any(plain, NO_ACCOUNT));
    }

    private static boolean any(List<String> plain, Pattern pattern) {
        return plain.stream().anyMatch(text -> pattern.matcher(text).find());
    }

    private static @Nullable String enhanced(String text) {
        Matcher code = ENHANCED.matcher(text);
        return code.find() ? code.group(1) : null;
    }

    /** RFC 3463, section 3.2, and the additions of Exchange: what stands under 1 is about the recipient, but for the sender's 7 and 8. */
    private static @Nullable Verdict byCode(@Nullable String status, List<String> plain) {
        if (status == null) {
            return any(plain, REPLY) ? Verdict.SOFT : null;
        }
        if (status.startsWith("2.")) {
            return Verdict.DELIVERED;
        }
        return HARD_CODE.matcher(status).matches() ? Verdict.HARD : Verdict.SOFT;
    }
}
