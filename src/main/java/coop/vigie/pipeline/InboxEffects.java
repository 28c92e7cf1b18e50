package coop.vigie.pipeline;

import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.group.Consent;
import coop.vigie.group.GroupId;
import coop.vigie.group.GroupStore;
import coop.vigie.group.Member;
import coop.vigie.group.Status;
import coop.vigie.inbox.Effects;
import coop.vigie.inbox.InboxStore;
import coop.vigie.notice.EmailAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What one mail asks about and changes, inside the transaction of {@code handle}. */
record InboxEffects(
        Handle handle, GroupStore groups, Outbox outbox, InboxStore inbox, SuggestionStore suggestions, Instant now)
        implements Effects {

    private static final int SOFT_WINDOW_DAYS = 30;

    @Override
    public Optional<Sent> sent(List<String> messageIds, List<EmailAddress> named) {
        return Stream.concat(
                        messageIds.stream().flatMap(id -> outbox.byMessageId(handle, id).stream()),
                        named.stream().flatMap(address -> outbox.lastTo(handle, address.value()).stream()))
                .flatMap(found -> EmailAddress.parse(found.recipient()).stream()
                        .map(address -> new Sent(address, found.editionId())))
                .findFirst();
    }

    @Override
    public boolean isMember(EmailAddress address) {
        return !groups.memberships(handle, address).isEmpty();
    }

    @Override
    public boolean isActive(EmailAddress address) {
        return groups.memberships(handle, address).values().stream()
                .anyMatch(member -> member.status() == Status.ACTIVE);
    }

    @Override
    public void suppress(EmailAddress address, String reason) {
        groups.change(handle, address, (group, member) -> member.with(Status.SUPPRESSED));
        inbox.suppressed(handle, address.value(), reason, now);
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
    public int leave(EmailAddress address, Optional<GroupId> only) {
        return groups.change(
                handle,
                address,
                (group, member) -> isMeant(group, only) && !member.isOut() ? member.with(Status.UNSUBSCRIBED) : member);
    }

    @Override
    public int confirm(EmailAddress address, Optional<GroupId> only) {
        var consent = new Consent("opt-in by mail", LocalDate.ofInstant(now, ZoneOffset.UTC));
        return groups.change(
                handle,
                address,
                (group, member) -> isMeant(group, only) && member.status() == Status.PENDING
                        ? new Member(
                                member.mail(), member.name(), member.language(), member.reads(), Status.ACTIVE, consent)
                        : member);
    }

    private static boolean isMeant(GroupId group, Optional<GroupId> only) {
        return only.isEmpty() || only.get().equals(group);
    }

    @Override
    public boolean suggest(EmailAddress who, String url, String title, String note) {
        return suggestions.add(handle, now, who.value(), url, title, note);
    }
}
