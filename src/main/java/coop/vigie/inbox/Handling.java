package coop.vigie.inbox;

import coop.vigie.inbox.Deed.Act;
import coop.vigie.inbox.Effects.Sent;
import coop.vigie.notice.EmailAddress;
import coop.vigie.token.Grant;
import coop.vigie.token.Purpose;
import coop.vigie.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what a mail changes. Anybody can write to us: a mail acts only on whom it can be trusted about. */
public final class Handling {

    /** So many days with a soft bounce within thirty, and the address counts as dead. */
    private static final int SOFT_AT_MOST = 5;

    private static final Duration BELIEVABLE = Duration.ofDays(30);

    private static final Pattern SUGGESTING =
            Pattern.compile("(?iu)^(?:(?:re|aw|antw|fwd?|tr) ?: ?)*(suggestion|proposition|voorstel|tip)\\b[ :,.-]*");
    /** Nothing at all, or yes and no more than thanks: anything longer may be a question, a no, or a machine's receipt. */
    private static final Pattern YES = Pattern.compile(
            "(?iu)\\W*|\\W*(?:oui|ja|yes|ok|d['’]accord|akkoord|confirm|je confirme"
                    + "|ik bevestig|i confirm|i agree)(?:[ ,]+(?:merci|svp|bedankt|dank je|graag|please|thanks|thank you))?\\W*");

    private static final Pattern WEB = Pattern.compile("https?://[^\\s<>\"]{3,2000}");

    private final Effects effects;
    private final Instant now;

    public Handling(Effects effects, Instant now) {
        this.effects = effects;
        this.now = now;
    }

    public Deed handle(InboundMail mail) {
        return switch (mail.reading()) {
            case Reading.Report report -> report(mail, report);
            case Reading.Complaint complaint -> complaint(mail, complaint);
            case Reading.AutoReply reply -> Deed.of(Act.NOTHING);
            case Reading.Unsubscribe wish ->
                grant(mail.words())
                        .or(() -> grant(mail.quoted()).filter(grant -> isFrom(mail, grant)))
                        .map(grant -> leave(grant.mail()))
                        .orElseGet(() -> leave(mail.from()));
            case Reading.Other other -> answer(mail).orElseGet(() -> suggestion(mail));
        };
    }

    private Deed report(InboundMail mail, Reading.Report report) {
        if (report.kind() == Kind.OTHER) {
            return Deed.of(Act.NOTHING);
        }
        boolean late =
                report.recipients().stream().allMatch(each -> each.action().equals("delayed"));
        Optional<Sent> sent = effects.sent(mail);
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
        Optional<Sent> sent = effects.sent(mail);
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

    private static boolean isFrom(InboundMail mail, Grant grant) {
        return grant.mail().equals(mail.from());
    }

    private Optional<Grant> grant(String text) {
        return TokenStore.find(text).flatMap(effects::grant);
    }

    /** An opt-in mail is answered by its link, or by sending it back with yes or nothing above it. */
    private Optional<Deed> answer(InboundMail mail) {
        return optIn(mail).or(() -> marking(mail));
    }

    /** A digest is answered by one of its links, or by a reply with the number of an item. */
    private Optional<Deed> marking(InboundMail mail) {
        return TokenStore.find(mail.words())
                .or(() -> TokenStore.find(mail.quoted()))
                .flatMap(token -> effects.grant(token)
                        .filter(grant -> grant.purpose() != Purpose.CONFIRM)
                        .filter(grant -> effects.mark(token, mail.subject() + "\n" + mail.opening()))
                        .map(grant -> new Deed(Act.MARKED, grant.mail().value(), "")));
    }

    private Optional<Deed> optIn(InboundMail mail) {
        boolean linked = grant(mail.words()).isPresent();
        String text = linked ? mail.words() : YES.matcher(mail.opening()).matches() ? mail.quoted() : "";
        return grant(text)
                .filter(grant -> linked || isFrom(mail, grant))
                .filter(grant -> grant.purpose() == Purpose.CONFIRM)
                .map(grant -> confirm(grant, TokenStore.find(text).orElseThrow()));
    }

    /** Without a token: whoever writes leaves, as far as they are a member. */
    private Deed leave(@Nullable EmailAddress from) {
        if (from == null) {
            return Deed.of(Act.LEFT);
        }
        int left = effects.leave(from);
        return new Deed(left > 0 ? Act.UNSUBSCRIBED : Act.NO_MEMBER, from.value(), "");
    }

    private Deed confirm(Grant grant, String token) {
        return new Deed(
                effects.confirm(token) ? Act.CONFIRMED : Act.NOTHING,
                grant.mail().value(),
                "");
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
