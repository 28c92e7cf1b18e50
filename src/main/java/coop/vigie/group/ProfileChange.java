package coop.vigie.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log of profiles.
 *
 * @param number unique over all groups; a later change has a higher one
 * @param who a mail address, or a user name of the system
 * @param before null if the profile was new
 * @param after null if it was removed
 * @param undoes number of the change that this one took back; null if it was something else
 * @param suggested words among what was added that Vigie had suggested then
 */
public record ProfileChange(
        long number,
        Instant at,
        String who,
        GroupId group,
        String profile,
        @Nullable Profile before,
        @Nullable Profile after,
        How how,
        @Nullable Long undoes,
        List<String> suggested) {

    /** By which way it came. */
    public enum How {
        SET,
        IMPORT,
        UNDO
    }

    public ProfileChange {
        suggested = List.copyOf(suggested);
    }

    /** What changed; of a new profile, what it said. Empty for one that was removed. */
    public List<ProfileEdit> edits() {
        return after == null
                ? List.of()
                : ProfileEdit.between(before == null ? Profile.blank(after.id()) : before, after);
    }

    /**
     * The profile without this change, whatever else has changed since; empty if there was none before.
     *
     * @param current empty if there is no such profile now
     * @throws ProfileException if a later change stands in the way
     */
    public Optional<Profile> undoneOn(Optional<Profile> current) {
        if (current.equals(Optional.ofNullable(before))) {
            return current;
        }
        if (before == null || after == null) {
            if (!current.equals(Optional.ofNullable(after))) {
                throw inTheWay(after == null ? "is there again" : "has changed since, or is gone");
            }
            return Optional.ofNullable(before);
        }
        Profile now = current.orElseThrow(() -> inTheWay("is gone"));
        Map<ProfilePart, List<String>> values = new EnumMap<>(ProfilePart.class);
        for (ProfilePart part : ProfilePart.values()) {
            values.put(part, undone(part, part.of(now), part.of(before), part.of(after)));
        }
        Profile undone = ProfileEdit.profile(now.id(), values);
        if (undone.isEmpty()) {
            throw new ProfileException(List.of(Profile.FINDS_EVERYTHING));
        }
        return Optional.of(undone);
    }

    private List<String> undone(ProfilePart part, List<String> now, List<String> before, List<String> after) {
        if (now.equals(after)) {
            return before;
        }
        if (before.equals(after) || now.equals(before)) {
            return now;
        }
        if (part.isSingle()) {
            throw inTheWay("got another '" + part.key() + "' since");
        }
        List<String> undone = new ArrayList<>(now);
        undone.removeIf(value -> after.contains(value) && !before.contains(value));
        before.stream()
                .filter(value -> !after.contains(value) && !undone.contains(value))
                .forEach(undone::add);
        return undone;
    }

    private ProfileException inTheWay(String reason) {
        return new ProfileException(List.of("change %d cannot be undone: profile %s/%s %s; undo what came later first"
                .formatted(number, group, profile, reason)));
    }
}
