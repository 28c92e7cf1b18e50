package coop.vigie.inbox;

import coop.vigie.inbox.Deed.Act;
import coop.vigie.inbox.Effects.Sent;
import coop.vigie.inbox.Tokens.Meaning;
import coop.vigie.inbox.Tokens.Purpose;
import coop.vigie.notice.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what a mail changes. Anybody can write to us: a mail acts only on whom it can be trusted about. */
public final class Handling {

    /** So many days with a soft bounce within thirty, and the address counts as dead. */
    private static final int SOFT_AT_MOST = 5;

    private static final Duration BELIEVABLE = Duration.ofDays(30);

    private static final Pattern SUGGESTING =
            Pattern.compile("(?iu)^(?:(?:re|aw|antw|fwd?|tr) ?: ?)*(suggestion|proposition|voorstel|tip)\\b[ :,.-]*");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s<>\"]{3,2000}");

    private final Effects effects;
    private final Tokens tokens;
    private final Instant now;

    public Handling(Effects effects, Tokens tokens, Instant now) {
        this.effects = effects;
        this.tokens = tokens;
        this.now = now;
    }

    public Deed handle(InboundMail mail) {
        return switch (mail.reading()) {
            case Reading.Report report -> report(mail, report);
            case Reading.Complaint complaint -> complaint(mail, complaint);
            case Reading.AutoReply reply -> Deed.of(Act.NOTHING);
            case Reading.Unsubscribe wish ->
                meaning(mail)
                        .filter(meaning -> meaning.purpose() == Purpose.UNSUBSCRIBE)
                        .map(this::leave)
                        .orElseGet(() -> leave(mail.from()));
            case Reading.Other other ->
                meaning(mail)
                        .map(meaning -> meaning.purpose() == Purpose.UNSUBSCRIBE ? leave(meaning) : confirm(meaning))
                        .orElseGet(() -> suggestion(mail));
        };
    }

    private Deed report(InboundMail mail, Reading.Report report) {
        if (report.kind() == Kind.OTHER) {
            return Deed.of(Act.NOTHING);
        }
        boolean late =
                report.recipients().stream().allMatch(each -> each.action().equals("delayed"));
        Optional<Sent> sent = effects.sent(mail.originals(), mail.verp());
        if (late || sent.isEmpty()) {
            return Deed.of(late ? Act.NOTHING : Act.NOT_OURS);
        }
        EmailAddress address = sent.get().to();
        String status = report.recipients().stream()
                .filter(each -> each.verdict().kind() == report.kind())
                .map(FailedRecipient::status)
                .filter(each -> each != null)
                .findFirst()
                .orElse("");
        String reason = (report.kind().code() + " bounce " + status).strip();
        effects.note(sent.get(), reason);
        if (!effects.isMember(address)) {
            return new Deed(Act.NO_MEMBER, address.value(), reason);
        }
        if (report.kind() == Kind.HARD) {
            return suppress(address, reason);
        }
        int days = effects.countSoft(address, day(mail));
        return days < SOFT_AT_MOST
                ? new Deed(Act.COUNTED, address.value(), Integer.toString(days))
                : suppress(address, "%d soft bounces".formatted(days));
    }

    /** When it came back: a mailbox may be read once a week. A date that cannot be is this day. */
    private LocalDate day(InboundMail mail) {
        Instant date = mail.date();
        boolean believable = date != null && !date.isAfter(now) && date.isAfter(now.minus(BELIEVABLE));
        return LocalDate.ofInstant(believable && date != null ? date : now, ZoneOffset.UTC);
    }

    private Deed complaint(InboundMail mail, Reading.Complaint complaint) {
        Optional<Sent> sent = effects.sent(mail.originals(), mail.verp());
        if (sent.isEmpty()) {
            return Deed.of(Act.NOT_OURS);
        }
        effects.note(sent.get(), complaint.kind().code());
        return effects.isMember(sent.get().to())
                ? suppress(sent.get().to(), complaint.kind().code())
                : new Deed(
                        Act.NO_MEMBER, sent.get().to().value(), complaint.kind().code());
    }

    private Deed suppress(EmailAddress address, String reason) {
        effects.suppress(address, reason);
        return new Deed(Act.SUPPRESSED, address.value(), reason);
    }

    /** In the address that it was sent to, in its subject, or in its first lines. */
    private Optional<Meaning> meaning(InboundMail mail) {
        return Stream.of(String.join(" ", mail.plusParts()), mail.subject(), mail.opening())
                .flatMap(text -> tokens.find(text).stream())
                .findFirst();
    }

    private Deed leave(Meaning meaning) {
        int left = effects.leave(meaning.who(), meaning.group());
        return new Deed(
                left > 0 ? Act.UNSUBSCRIBED : Act.NO_MEMBER, meaning.who().value(), "");
    }

    /** Without a token: whoever writes leaves, as far as they are a member. */
    private Deed leave(@Nullable EmailAddress from) {
        if (from == null) {
            return Deed.of(Act.LEFT);
        }
        int left = effects.leave(from, Optional.empty());
        return new Deed(left > 0 ? Act.UNSUBSCRIBED : Act.NO_MEMBER, from.value(), "");
    }

    private Deed confirm(Meaning meaning) {
        int confirmed = effects.confirm(meaning.who(), meaning.group());
        return new Deed(
                confirmed > 0 ? Act.CONFIRMED : Act.NOTHING, meaning.who().value(), "");
    }

    private Deed suggestion(InboundMail mail) {
        Matcher subject = SUGGESTING.matcher(mail.subject());
        boolean wanted = subject.find() || mail.plusParts().contains("suggest");
        Matcher web = WEB.matcher(mail.subject() + "\n" + mail.opening());
        EmailAddress from = mail.from();
        if (!wanted || from == null || !web.find() || !effects.isActive(from)) {
            return Deed.of(Act.LEFT);
        }
        String url = web.group().replaceFirst("[.,;:!?)\\]>'»]{1,5}$", "");
        String title = SUGGESTING
                .matcher(mail.subject())
                .replaceFirst("")
                .replace(url, "")
                .strip();
        boolean fresh = effects.suggest(
                from, url, title, mail.opening().replace(url, "").strip());
        return new Deed(fresh ? Act.SUGGESTED : Act.NOTHING, from.value(), url);
    }
}
