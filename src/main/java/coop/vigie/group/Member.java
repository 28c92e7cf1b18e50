package coop.vigie.group;

import coop.vigie.notice.EmailAddress;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One person in a group, and how they want to be told. Nobody is active without consent: such a member is pending.
 *
 * @param name null if not known
 * @param language of their mails, ISO 639-1; null for the group's
 * @param reads languages they can read calls in; empty if not said
 * @param consent null if there is none yet
 * @param role what they do in the group
 * @param cadence of their own; null for the group's
 * @param reminders days before a deadline, for calls that they marked; empty for none, null for the group's
 * @param answersFirst true for somebody who comes back: only their own answer makes them active, and no file
 */
public record Member(
        EmailAddress mail,
        @Nullable String name,
        @Nullable String language,
        List<String> reads,
        Status status,
        @Nullable Consent consent,
        Role role,
        @Nullable Cadence cadence,
        @Nullable List<Period> reminders,
        boolean answersFirst) {

    public Member {
        reads = List.copyOf(reads);
        // What an earlier version stored has no role.
        role = Objects.requireNonNullElse(role, Role.MEMBER);
        reminders = reminders == null ? null : List.copyOf(reminders);
        if (status == Status.ACTIVE && consent == null) {
            status = Status.PENDING;
        }
    }

    /** A plain member with the group's rhythm. */
    public static Member of(
            EmailAddress mail,
            @Nullable String name,
            @Nullable String language,
            List<String> reads,
            Status status,
            @Nullable Consent consent) {
        return new Member(mail, name, language, reads, status, consent, Role.MEMBER, null, null, false);
    }

    /** True for somebody who left, or whose address is not to be used: only they themselves can change that. */
    public boolean isOut() {
        return status == Status.UNSUBSCRIBED || status == Status.SUPPRESSED;
    }

    public Member with(Status newStatus) {
        return new Member(mail, name, language, reads, newStatus, consent, role, cadence, reminders, answersFirst);
    }

    /** The same, from now on with consent. */
    public Member agreed(Consent given) {
        return new Member(mail, name, language, reads, Status.ACTIVE, given, role, cadence, reminders, false);
    }

    /** The same, until they have answered themselves. */
    public Member toAnswerFirst() {
        return new Member(mail, name, language, reads, Status.PENDING, null, role, cadence, reminders, true);
    }
}
