package coop.vigie.inbox;

import coop.vigie.group.GroupId;
import coop.vigie.notice.EmailAddress;
import java.util.Optional;

/** What the tokens mean that stand in our mails and come back in answers. */
public interface Tokens {

    /** None is known. */
    Tokens NONE = text -> Optional.empty();

    /** The meaning of the first token in a text; empty if there is none, or none that still counts. */
    Optional<Meaning> find(String text);

    /** What its bearer wants. */
    enum Purpose {
        UNSUBSCRIBE,
        CONFIRM
    }

    /** @param group empty for all groups of that member */
    record Meaning(Purpose purpose, EmailAddress who, Optional<GroupId> group) {}
}
