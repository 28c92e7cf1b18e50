package coop.vigie.group;

import coop.vigie.notice.EmailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One person in a group. Nobody is active without consent: such a member is pending.
 *
 * @param name null if not known
 * @param language of their mails, ISO 639-1; null for the group's
 * @param reads languages they can read calls in; empty if not said
 * @param consent null if there is none yet
 */
public record Member(
        EmailAddress mail,
        @Nullable String name,
        @Nullable String language,
        List<String> reads,
        Status status,
        @Nullable Consent consent) {

    public Member {
        reads = List.copyOf(reads);
        if (status == Status.ACTIVE && consent == null) {
            status = Status.PENDING;
        }
    }

    /** True for somebody who left, or whose address is not to be used: only they themselves can change that. */
    public boolean isOut() {
        return status == Status.UNSUBSCRIBED || status == Status.SUPPRESSED;
    }

    public Member with(Status newStatus) {
        return new Member(mail, name, language, reads, newStatus, consent);
    }
}
