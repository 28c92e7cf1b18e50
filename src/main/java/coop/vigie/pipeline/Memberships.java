package coop.vigie.pipeline;

import coop.vigie.curate.CurationStore;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.ReminderStore;
import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.EmlFolder;
import coop.vigie.deliver.Outbox;
import coop.vigie.digest.Letter;
import coop.vigie.group.Consent;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.group.GroupStore;
import coop.vigie.group.Member;
import coop.vigie.group.MemberStore;
import coop.vigie.group.MemberStore.By;
import coop.vigie.group.MemberStore.Event;
import coop.vigie.group.MemberStore.Membership;
import coop.vigie.group.ProfileStore;
import coop.vigie.group.Status;
import coop.vigie.hand.HandStore;
import coop.vigie.inbox.InboxStore;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.DigestRun.Addressed;
import coop.vigie.store.Database;
import coop.vigie.token.Grant;
import coop.vigie.token.Purpose;
import coop.vigie.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * Who gets mails, and who does not any more: asking, agreeing, leaving, suppressing, erasing. Nobody but the person makes
 * a membership active again that has ended.
 */
public final class Memberships {

    /** How long an answer to the opt-in mail is taken. */
    private static final Duration ANSWER_WITHIN = Duration.ofDays(30);

    private final Database members;
    private final GroupStore groups;
    private final MemberStore persons;
    private final List<String> offered;
    private final Instant now;
    private final Outbox outbox;
    private final TokenStore tokens = new TokenStore();

    /** @param offered languages in which frames exist, the default first */
    public Memberships(Database members, List<String> offered, Instant now) {
        this.members = members;
        this.groups = new GroupStore(members);
        this.persons = new MemberStore(members);
        this.outbox = new Outbox(members);
        this.offered = offered;
        this.now = now;
    }

    /**
     * Asks by mail everybody who is pending and was never asked: one mail for each person, whatever the number of groups.
     *
     * @param again somebody who is asked even if they were before; empty for nobody
     */
    public Sending invite(DigestRun run, Optional<EmailAddress> again) {
        return run.post(handle -> {
            List<Addressed> letters = new ArrayList<>();
            pending(handle).forEach((mail, theirs) -> {
                boolean due = again.filter(mail::equals).isPresent()
                        || theirs.stream()
                                .anyMatch(group ->
                                        persons.asked(handle, mail, group.id()).isEmpty());
                if (due) {
                    letters.add(letter(handle, mail, theirs));
                }
            });
            return letters;
        });
    }

    private Addressed letter(Handle handle, EmailAddress mail, List<Group> theirs) {
        String about = String.join(
                ",", theirs.stream().map(group -> group.id().value()).toList());
        String token = tokens.issue(handle, Purpose.CONFIRM, mail, about, now.plus(ANSWER_WITHIN));
        theirs.forEach(group -> persons.ask(handle, mail, group.id(), new By(Event.ASKED, "", "vigie", now)));
        Recipient reader = Recipient.of(mail, theirs, offered);
        return new Addressed(mail, new Letter(reader.language(), Letter.About.OPT_IN, reader.groupNames()), token);
    }

    private Map<EmailAddress, List<Group>> pending(Handle handle) {
        Map<EmailAddress, List<Group>> pending = new LinkedHashMap<>();
        for (Group group : groups.all(handle)) {
            group.members().stream()
                    .filter(member -> member.status() == Status.PENDING)
                    .forEach(member -> pending.computeIfAbsent(member.mail(), any -> new ArrayList<>())
                            .add(group));
        }
        return pending;
    }

    /** What became of a token that somebody showed. */
    public enum Answered {
        DONE,
        /** It was so already. */
        UNCHANGED,
        /** The token is too old, or has done its work. */
        TOO_LATE,
        /** Nobody made this token, or not for this. */
        UNKNOWN
    }

    /** The holder of an opt-in mail agrees. */
    public Answered confirm(String token) {
        return members.write(handle -> confirm(handle, token));
    }

    /** As {@link #confirm(String)}, inside a transaction. */
    public Answered confirm(Handle handle, String token) {
        Grant grant = tokens.grant(handle, token, now).orElse(null);
        if (grant == null || grant.purpose() != Purpose.CONFIRM) {
            return Answered.UNKNOWN;
        }
        Set<String> asked = new LinkedHashSet<>(Arrays.asList(grant.about().split(",")));
        Predicate<Membership> theirs = each -> asked.contains(each.group().value());
        if (!grant.isValid()) {
            boolean active = persons.of(handle, grant.mail()).stream()
                    .filter(theirs)
                    .anyMatch(each -> each.member().status() == Status.ACTIVE);
            return active && grant.state() == Grant.State.USED ? Answered.UNCHANGED : Answered.TOO_LATE;
        }
        tokens.use(handle, token, now);
        persons.welcomeBack(handle, grant.mail());
        var consent = new Consent("opt-in by mail", LocalDate.ofInstant(now, ZoneOffset.UTC));
        List<Membership> agreed = persons.change(
                handle,
                grant.mail(),
                theirs.and(each -> each.member().status() == Status.PENDING),
                member -> member.agreed(consent),
                new By(Event.AGREED, "opt-in by mail", grant.mail().value(), now));
        return agreed.isEmpty() ? Answered.UNCHANGED : Answered.DONE;
    }

    /**
     * The holder of a mail wants no more of them, from no group. This is what a site does on the POST of RFC 8058, too; a
     * token works for it as often as it is shown.
     */
    public Answered leave(String token) {
        return members.write(handle -> leave(handle, token));
    }

    /** As {@link #leave(String)}, inside a transaction. */
    public Answered leave(Handle handle, String token) {
        return tokens.grant(handle, token, now)
                .map(grant -> leave(
                                        handle,
                                        grant.mail(),
                                        Optional.empty(),
                                        "by mail",
                                        grant.mail().value())
                                .isEmpty()
                        ? Answered.UNCHANGED
                        : Answered.DONE)
                .orElse(Answered.UNKNOWN);
    }

    /**
     * Somebody leaves.
     *
     * @param group only this one; empty for all
     * @param how such as "by mail"
     * @param who said so
     * @return the groups that they have left now
     */
    public List<GroupId> leave(Handle handle, EmailAddress mail, Optional<GroupId> group, String how, String who) {
        return change(
                handle,
                mail,
                each -> !each.member().isOut()
                        && group.filter(one -> !one.equals(each.group())).isEmpty(),
                member -> member.with(Status.UNSUBSCRIBED),
                new By(Event.LEFT, how, who, now));
    }

    public List<GroupId> leave(EmailAddress mail, Optional<GroupId> group, String how, String who) {
        return members.write(handle -> leave(handle, mail, group, how, who));
    }

    /**
     * No mail goes to this address any more.
     *
     * @param reason such as the server's words
     * @param who said so: a person, or {@code inbox}
     */
    public List<GroupId> suppress(Handle handle, EmailAddress mail, String reason, String who) {
        return change(
                handle,
                mail,
                each -> each.member().status() != Status.SUPPRESSED,
                member -> member.with(Status.SUPPRESSED),
                new By(Event.SUPPRESSED, reason, who, now));
    }

    public List<GroupId> suppress(EmailAddress mail, String reason, String who) {
        return members.write(handle -> suppress(handle, mail, reason, who));
    }

    /** Changes what somebody wants, in one group or in all of theirs. */
    public List<GroupId> set(
            EmailAddress mail, Optional<GroupId> group, UnaryOperator<Member> change, String what, String who) {
        return members.write(handle -> change(
                handle,
                mail,
                each -> group.filter(one -> !one.equals(each.group())).isEmpty(),
                change,
                new By(Event.CHANGED, what, who, now)));
    }

    private List<GroupId> change(
            Handle handle, EmailAddress mail, Predicate<Membership> which, UnaryOperator<Member> change, By by) {
        List<GroupId> changed = persons.change(handle, mail, which, change, by).stream()
                .map(Membership::group)
                .toList();
        boolean anyActive =
                persons.of(handle, mail).stream().anyMatch(each -> each.member().status() == Status.ACTIVE);
        if (!changed.isEmpty() && !anyActive) {
            // What was frozen for them before, and could not leave yet, must not.
            outbox.cancel(handle, mail.value(), by.event().code())
                    .forEach(edition -> new LedgerStore(members).release(handle, edition));
        }
        return changed;
    }

    /** What suppressing did is taken back: the person is asked by mail, and is active once they have answered. */
    public List<GroupId> unsuppress(EmailAddress mail, String who) {
        return members.write(handle -> change(
                handle,
                mail,
                each -> each.member().status() == Status.SUPPRESSED,
                Member::toAnswerFirst,
                new By(Event.CHANGED, "no longer suppressed", who, now)));
    }

    /** What becomes of somebody who is to join. */
    public enum Joined {
        ACTIVE,
        /** They are asked by mail first. */
        PENDING,
        ALREADY,
        /** Mails to this address came back, or somebody complained: none goes there, not even a question. */
        SUPPRESSED
    }

    /**
     * Somebody joins a group: with consent at once, without it once they have answered the opt-in mail. Whoever left, or was
     * suppressed or erased, can come back this way only by that answer, since whoever types here is not that person.
     */
    public Joined join(GroupId group, Member member, String who) {
        return members.write(handle -> {
            List<Membership> theirs = persons.of(handle, member.mail());
            if (theirs.stream().anyMatch(each -> each.member().status() == Status.SUPPRESSED)) {
                return Joined.SUPPRESSED;
            }
            Optional<Member> before = theirs.stream()
                    .filter(each -> each.group().equals(group))
                    .map(Membership::member)
                    .findFirst();
            if (before.filter(present -> !present.isOut()).isPresent()) {
                return Joined.ALREADY;
            }
            // Who left one group and is in another is welcome in a third; who is in none any more is asked.
            boolean out = before.isPresent()
                    || persons.isErased(handle, member.mail())
                    || (!theirs.isEmpty()
                            && theirs.stream().allMatch(each -> each.member().isOut()));
            Member joining = out ? member.toAnswerFirst() : member;
            persons.join(
                    handle,
                    group,
                    joining,
                    new By(Event.JOINED, joining.status().code(), who, now));
            return joining.status() == Status.ACTIVE ? Joined.ACTIVE : Joined.PENDING;
        });
    }

    /** Everything that is kept about a person, as one value for a file (GDPR, articles 15 and 20). */
    public Map<String, Object> export(EmailAddress mail, Outbox outbox, LedgerStore ledger) {
        var all = new LinkedHashMap<String, Object>();
        all.put("mail", mail.value());
        all.put("memberships", persons.of(mail));
        all.put("history", persons.history(mail));
        all.put("marks", new MarkStore(members).of(mail));
        all.put("reminders", new ReminderStore(members).of(mail));
        all.put("curation", new CurationStore(members).by(mail));
        all.put("profiles", new ProfileStore(members).by(mail));
        all.put("suggestions", new SuggestionStore(members).by(mail));
        all.put("told", ledger.latest(mail.value()).values());
        all.put(
                "editions",
                outbox.list().stream()
                        .filter(entry -> entry.edition().recipient().equals(mail.value()))
                        .toList());
        return all;
    }

    /**
     * Forgets a person: nothing of them stays in the database, in its log, or among the messages that were written as files,
     * but a keyed hash of the address that keeps an import from bringing them back. What they entered, signalled, or chose for a
     * group stays, without their name.
     *
     * @param messages where messages are written without a mail server
     * @return false if another process still holds on to the database's log; it is emptied when that one lets go
     */
    public boolean erase(EmailAddress mail, Outbox outbox, EmlFolder messages) {
        members.alone("sending", () -> {
            members.write(handle -> {
                outbox.erase(handle, mail.value());
                new LedgerStore(members).erase(handle, mail.value());
                new HandStore(members).erase(handle, mail.value());
                new InboxStore(members).erase(handle, mail.value());
                new MarkStore(members).erase(handle, mail);
                new ReminderStore(members).erase(handle, mail);
                new CurationStore(members).erase(handle, mail);
                new ProfileStore(members).erase(handle, mail);
                new SuggestionStore(members).erase(handle, mail);
                tokens.erase(handle, mail);
                persons.erase(handle, mail, now);
                return true;
            });
            return messages.erase(mail.value());
        });
        return members.scrub();
    }
}
