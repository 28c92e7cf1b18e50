package coop.vigie.pipeline;

import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.group.MemberStore;
import coop.vigie.group.Status;
import coop.vigie.inbox.Effects;
import coop.vigie.inbox.InboundMail;
import coop.vigie.inbox.InboxStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.token.Grant;
import coop.vigie.token.TokenStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What one mail asks about and changes, inside the transaction of {@code handle}. */
record InboxEffects(
        Handle handle,
        Memberships memberships,
        Marks marks,
        MemberStore persons,
        Outbox outbox,
        InboxStore inbox,
        SuggestionStore suggestions,
        Optional<EmailAddress> bounces,
        Instant now)
        implements Effects {

    private static final int SOFT_WINDOW_DAYS = 30;

    @Override
    public Optional<Sent> sent(InboundMail mail) {
        return Stream.concat(
                        mail.originals().stream().flatMap(id -> outbox.byMessageId(handle, id).stream()),
                        bounces.map(mail::verp).orElse(List.of()).stream()
                                .flatMap(address -> outbox.lastTo(handle, address.value()).stream()))
                .flatMap(found -> EmailAddress.parse(found.recipient()).stream()
                        .map(address -> new Sent(address, found.editionId())))
                .findFirst();
    }

    @Override
    public boolean isMember(EmailAddress address) {
        return !persons.of(handle, address).isEmpty();
    }

    @Override
    public boolean isActive(EmailAddress address) {
        return persons.of(handle, address).stream()
                .anyMatch(each -> each.member().status() == Status.ACTIVE);
    }

    @Override
    public void suppress(EmailAddress address, String reason) {
        memberships.suppress(handle, address, reason, "inbox");
    }

    @Override
    public void note(Sent sent, String what) {
        outbox.cameBack(handle, sent.edition(), what);
    }

    @Override
    public int countSoft(EmailAddress address, LocalDate day) {
        inbox.countSoft(handle, address.value(), day);
        List<LocalDate> days = inbox.softDays(
                handle,
                address.value(),
                LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(SOFT_WINDOW_DAYS));
        LocalDate lastSuccess = outbox.arrived(handle, address.value()).stream()
                .map(built -> LocalDate.ofInstant(built, ZoneOffset.UTC))
                // Whether the mail of the last day arrived is not known yet.
                .filter(arrived -> arrived.isBefore(day))
                .max(LocalDate::compareTo)
                .orElse(LocalDate.MIN);
        return (int) days.stream().filter(each -> each.isAfter(lastSuccess)).count();
    }

    @Override
    public Optional<Grant> grant(String token) {
        return new TokenStore().grant(handle, token, now);
    }

    @Override
    public int leave(EmailAddress address) {
        return memberships
                .leave(handle, address, Optional.empty(), "by mail", address.value())
                .size();
    }

    @Override
    public boolean confirm(String token) {
        return memberships.confirm(handle, token) == Memberships.Answered.DONE;
    }

    @Override
    public boolean mark(String token, String words) {
        return marks.act(handle, token, words) == Memberships.Answered.DONE;
    }

    @Override
    public boolean suggest(EmailAddress who, String url, String title, String note) {
        if (suggestions.waits(handle, url)) {
            return false;
        }
        suggestions.add(handle, who.value(), url, title.isEmpty() ? null : title, note, now);
        return true;
    }
}
