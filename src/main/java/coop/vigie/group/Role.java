package coop.vigie.group;

import java.util.Locale;

/** What a member does in a group. */
public enum Role {
    MEMBER,
    /** Chooses for the group: picks, notes, hides. */
    COORDINATOR;

    /** The name in files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
