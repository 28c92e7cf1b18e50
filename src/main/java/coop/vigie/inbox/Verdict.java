package coop.vigie.inbox;

/** What a report means for an address. */
public enum Verdict {
    /** It can never work: there is no such mailbox, or no such host. */
    HARD(Kind.HARD),
    /** It did not work this time. */
    SOFT(Kind.SOFT),
    /** It has worked. */
    DELIVERED(Kind.OTHER);

    private final Kind kind;

    Verdict(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
