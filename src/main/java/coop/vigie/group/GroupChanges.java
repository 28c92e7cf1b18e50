package coop.vigie.group;

import coop.vigie.notice.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an import would do. Groups that the file does not name stay as they are; members are never removed; whoever left or
 * was suppressed stays so, whatever the file says, and consent once given is not forgotten.
 *
 * @param changes in the order of the file; empty if there is nothing to do
 * @param refused what the file asks for and nobody but the member may change
 * @param groups all groups as they are afterwards
 */
public record GroupChanges(List<Change> changes, List<Change> refused, List<Group> groups) {

    public GroupChanges {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
        groups = List.copyOf(groups);
    }

    /** The pure difference: nothing is stored. */
    public static GroupChanges between(List<Group> current, List<Group> wanted) {
        return between(current, wanted, nobody -> false);
    }

    /**
     * The same, with a word for whom nothing but a hash is left.
     *
     * @param erased true for an address that was erased; such a person is not added
     */
    public static GroupChanges between(List<Group> current, List<Group> wanted, Predicate<EmailAddress> erased) {
        var comparison = new Comparison(current, erased);
        wanted.forEach(comparison::add);
        return new GroupChanges(comparison.changes, comparison.refused, List.copyOf(comparison.groups.values()));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Walks through the wanted groups and collects. */
    private static final class Comparison {

        private final List<Change> changes = new ArrayList<>();
        private final List<Change> refused = new ArrayList<>();
        private final Map<GroupId, Group> groups = new LinkedHashMap<>();
        private final Exclusions exclusions;
        private final Predicate<EmailAddress> erased;

        Comparison(List<Group> current, Predicate<EmailAddress> erased) {
            this.erased = erased;
            current.forEach(group -> groups.put(group.id(), group));
            exclusions = Exclusions.of(current);
        }

        void add(Group wanted) {
            Group current = groups.get(wanted.id());
            if (current == null) {
                changes.add(new Change.GroupAdded(wanted.id()));
                wanted.profiles().forEach(profile -> changes.add(new Change.ProfileAdded(wanted.id(), profile.id())));
            } else {
                compareFields(current, wanted);
                compareProfiles(current, wanted);
            }
            List<Member> members =
                    members(wanted.id(), current == null ? List.of() : current.members(), wanted.members());
            groups.put(wanted.id(), wanted.withMembers(members));
        }

        private void compareFields(Group current, Group wanted) {
            field(current, wanted, "name", group -> group.name().byLanguage());
            field(current, wanted, "axis", Group::axis);
            field(current, wanted, "languages", Group::languages);
            field(current, wanted, "channels", Group::channels);
            field(current, wanted, "public", Group::published);
            field(current, wanted, "cadence", Group::cadence);
            field(current, wanted, "reminders", Group::reminders);
        }

        private void field(Group current, Group wanted, String field, Function<Group, Object> value) {
            if (!value.apply(current).equals(value.apply(wanted))) {
                changes.add(new Change.GroupChanged(wanted.id(), field));
            }
        }

        private void compareProfiles(Group current, Group wanted) {
            Map<String, Profile> old = byKey(current.profiles(), Profile::id);
            Map<String, Profile> young = byKey(wanted.profiles(), Profile::id);
            young.forEach((id, profile) -> {
                Profile before = old.get(id);
                if (before == null) {
                    changes.add(new Change.ProfileAdded(wanted.id(), id));
                } else if (!before.equals(profile)) {
                    changes.add(new Change.ProfileChanged(wanted.id(), id));
                }
            });
            old.keySet().stream()
                    .filter(id -> !young.containsKey(id))
                    .forEach(id -> changes.add(new Change.ProfileRemoved(wanted.id(), id)));
        }

        private List<Member> members(GroupId group, List<Member> current, List<Member> wanted) {
            Map<EmailAddress, Member> members = byKey(current, Member::mail);
            for (Member member : wanted) {
                Member before = members.get(member.mail());
                if (before == null && erased.test(member.mail())) {
                    refused.add(new Change.NotReactivated(group, member.mail(), Status.SUPPRESSED));
                    continue;
                }
                Member after = before == null ? newcomer(group, member) : merged(group, before, member);
                if (before == null) {
                    changes.add(new Change.MemberAdded(group, after.mail(), after.status()));
                } else if (!before.equals(after)) {
                    changes.add(new Change.MemberChanged(group, after.mail(), before.status(), after.status()));
                }
                members.put(member.mail(), after);
            }
            return List.copyOf(members.values());
        }

        private Member newcomer(GroupId group, Member member) {
            Status exclusion = exclusions.of(member.mail());
            if (exclusion == null || member.isOut()) {
                return member;
            }
            refused.add(new Change.NotReactivated(group, member.mail(), exclusion));
            return member.with(exclusion);
        }

        private Member merged(GroupId group, Member before, Member wanted) {
            if (before.isOut() && !wanted.isOut()) {
                refused.add(new Change.NotReactivated(group, wanted.mail(), before.status()));
            }
            // A suppressed address is not made merely unsubscribed either: that would lose why it must not be used.
            boolean stays = before.status() == Status.SUPPRESSED
                    || (before.isOut() && wanted.status() != Status.SUPPRESSED)
                    || (before.status() == Status.ACTIVE && wanted.status() == Status.PENDING)
                    || (before.answersFirst() && !wanted.isOut());
            if (before.answersFirst() && wanted.status() == Status.ACTIVE) {
                refused.add(new Change.NotReactivated(group, wanted.mail(), before.status()));
            }
            Consent consent = before.consent() == null && !before.answersFirst() ? wanted.consent() : before.consent();
            return new Member(
                    before.mail(),
                    wanted.name() == null ? before.name() : wanted.name(),
                    wanted.language() == null ? before.language() : wanted.language(),
                    wanted.reads().isEmpty() ? before.reads() : wanted.reads(),
                    stays ? before.status() : wanted.status(),
                    consent,
                    // A file that says nothing of it demotes nobody.
                    wanted.role() == Role.MEMBER ? before.role() : wanted.role(),
                    wanted.cadence() == null ? before.cadence() : wanted.cadence(),
                    wanted.reminders() == null ? before.reminders() : wanted.reminders(),
                    before.answersFirst());
        }

        private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
            var map = new LinkedHashMap<K, V>();
            values.forEach(value -> map.put(key.apply(value), value));
            return map;
        }
    }

    /** Addresses that no group may write to. */
    private record Exclusions(Map<EmailAddress, Status> byAddress) {

        /**
         * A suppressed address is so everywhere. Somebody who left one group and is a member of another is welcome in a
         * third; somebody who left and belongs nowhere is not asked again.
         */
        static Exclusions of(List<Group> groups) {
            var worst = new LinkedHashMap<EmailAddress, Status>();
            for (Group group : groups) {
                for (Member member : group.members()) {
                    worst.merge(member.mail(), member.status(), Exclusions::stronger);
                }
            }
            return new Exclusions(worst);
        }

        @Nullable
        Status of(EmailAddress address) {
            Status status = byAddress.get(address);
            return status == Status.SUPPRESSED || status == Status.UNSUBSCRIBED ? status : null;
        }

        private static Status stronger(Status one, Status other) {
            for (Status status : List.of(Status.SUPPRESSED, Status.ACTIVE, Status.PENDING)) {
                if (Objects.equals(one, status) || Objects.equals(other, status)) {
                    return status;
                }
            }
            return Status.UNSUBSCRIBED;
        }
    }
}
