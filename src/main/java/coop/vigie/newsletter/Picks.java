package coop.vigie.newsletter;

import coop.vigie.group.GroupId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the groups' coordinators chose, and what they say of it. */
public interface Picks {

    /** Nobody has chosen anything. */
    Picks NONE = new Picks() {
        @Override
        public Map<GroupId, Set<String>> picked() {
            return Map.of();
        }

        @Override
        public Map<GroupId, Set<String>> hidden() {
            return Map.of();
        }

        @Override
        public Optional<String> note(GroupId group, String call) {
            return Optional.empty();
        }
    };

    /** Ids of the calls that each group chose. */
    Map<GroupId, Set<String>> picked();

    /** Ids of the calls that each group does not want to see. */
    Map<GroupId, Set<String>> hidden();

    /** A group's note on a call, in plain words. */
    Optional<String> note(GroupId group, String call);
}
