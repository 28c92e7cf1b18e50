package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.MarkStore;
import coop.vigie.group.Group;
import coop.vigie.group.Profile;
import coop.vigie.group.Status;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.Explanation;
import coop.vigie.match.MatchStore;
import coop.vigie.match.Previewer;
import coop.vigie.match.ProfileKey;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.NoticeId;
import coop.vigie.store.Database;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How groups have dealt with calls so far: what they hid and liked, and what became of one call in each. */
public final class Dealings {

    private final Database members;
    private final CallStore calls;
    private final Instant now;

    public Dealings(Database members, CallStore calls, Instant now) {
        this.members = members;
        this.calls = calls;
        this.now = now;
    }

    /**
     * What the marks of a group and its members say of calls, by the ids that calls have now. Who of the members said it is
     * nobody's business.
     *
     * @param hidden what is not for them
     * @param liked ids of what was picked, or marked with an interest
     */
    public record Evidence(Map<String, Hidden> hidden, Set<String> liked) {

        public Evidence {
            hidden = Collections.unmodifiableMap(new TreeMap<>(hidden));
            liked = Set.copyOf(liked);
        }
    }

    /**
     * By whom one call was hidden.
     *
     * @param byGroup by a coordinator, for all
     * @param byMembers number of active members who hid it for themselves
     */
    public record Hidden(boolean byGroup, int byMembers) {

        Hidden and(Hidden other) {
            return new Hidden(byGroup || other.byGroup, byMembers + other.byMembers);
        }
    }

    public Evidence evidence(Group group) {
        Set<EmailAddress> active = active(group);
        Map<String, Hidden> hidden = new TreeMap<>();
        Set<String> liked = new TreeSet<>();
        members.read(handle -> {
            new CurationStore(members).of(handle, group.id()).forEach((id, choice) -> {
                if (choice.hidden()) {
                    hidden.merge(present(id), new Hidden(true, 0), Hidden::and);
                }
                if (choice.picked()) {
                    liked.add(present(id));
                }
            });
            for (MarkStore.Marked each : new MarkStore(members).all(handle)) {
                if (active.contains(each.mail()) && each.mark().hidden()) {
                    hidden.merge(present(each.call()), new Hidden(false, 1), Hidden::and);
                }
                if (active.contains(each.mail()) && each.mark().interest() != null) {
                    liked.add(present(each.call()));
                }
            }
            return true;
        });
        return new Evidence(hidden, liked);
    }

    private static Set<EmailAddress> active(Group group) {
        return group.members().stream()
                .filter(member -> member.status() == Status.ACTIVE)
                .map(member -> member.mail())
                .collect(Collectors.toSet());
    }

    private String present(String id) {
        return NoticeId.parse(id)
                .flatMap(calls::find)
                .map(call -> call.id().toString())
                .orElse(id);
    }

    /**
     * One call before one profile.
     *
     * @param explanation empty if the index does not have the call yet, or the profile cannot be read
     * @param unreadable why it cannot; null if it can
     * @param matched whether it was matched, which for what has changed since the last round may not be what is true now
     * @param flood whether it came in a flood, and is told as part of a number
     * @param hiddenByGroup by a coordinator
     * @param hiddenByMembers number of active members
     * @param recipients persons and channels that get the group's editions; none for a group that is silent
     * @param told how many of them were told of it, by whichever group
     * @param waiting how many of them have it in an edition that has not left
     * @param lastTold null if nobody was
     */
    public record Why(
            Group group,
            Profile profile,
            Optional<Explanation> explanation,
            @Nullable String unreadable,
            boolean matched,
            boolean flood,
            boolean hiddenByGroup,
            int hiddenByMembers,
            int recipients,
            int told,
            int waiting,
            @Nullable Instant lastTold) {

        /** True if the profile wants it; false also where nobody can say. */
        public boolean isWanted() {
            return explanation.map(Explanation::isMet).orElse(false);
        }

        private int missing() {
            return explanation.map(each -> each.unmet().size()).orElse(Integer.MAX_VALUE);
        }
    }

    /**
     * Why each of these profiles wants a call or not, the nearest first.
     *
     * @param wanted which profiles to look at
     * @param searcher empty if there is no index
     */
    public List<Why> why(Call call, List<Group> groups, Predicate<Profile> wanted, Optional<Searcher> searcher) {
        return groups.stream()
                .flatMap(group ->
                        group.profiles().stream().filter(wanted).map(profile -> why(call, group, profile, searcher)))
                .sorted(Comparator.comparingInt(Why::missing)
                        .thenComparing(why -> why.group().id())
                        .thenComparing(why -> why.profile().id()))
                .toList();
    }

    private Why why(Call call, Group group, Profile profile, Optional<Searcher> searcher) {
        String id = call.id().toString();
        List<String> ids = call.ids().stream().map(NoticeId::toString).toList();
        Optional<Explanation> explanation = Optional.empty();
        String unreadable;
        try {
            explanation = searcher.flatMap(index -> Previewer.explain(profile, id, index, now));
            unreadable = null;
        } catch (QuerySyntaxException wrong) {
            unreadable = wrong.getMessage();
        }
        Optional<Explanation> judged = explanation;
        String complaint = unreadable;
        var key = new ProfileKey(group.id(), profile.id());
        var matches = new MatchStore(members);
        Set<EmailAddress> active = active(group);
        Set<String> recipients = Recipient.of(List.of(group), List.of("fr", "nl", "en")).stream()
                .map(Recipient::address)
                .collect(Collectors.toSet());
        return members.read(handle -> {
            boolean byGroup = new CurationStore(members)
                    .of(handle, group.id()).entrySet().stream()
                            .anyMatch(each -> ids.contains(each.getKey())
                                    && each.getValue().hidden());
            long byMembers = new MarkStore(members)
                    .all(handle).stream()
                            .filter(each ->
                                    ids.contains(each.call()) && each.mark().hidden() && active.contains(each.mail()))
                            .map(MarkStore.Marked::mail)
                            .distinct()
                            .count();
            List<LedgerStore.Telling> tellings = new LedgerStore(members)
                    .tellings(handle, ids).stream()
                            .filter(each -> recipients.contains(each.recipient()))
                            .toList();
            Set<String> told = tellings.stream()
                    .filter(LedgerStore.Telling::told)
                    .map(LedgerStore.Telling::recipient)
                    .collect(Collectors.toSet());
            long waiting = tellings.stream()
                    .map(LedgerStore.Telling::recipient)
                    .filter(each -> !told.contains(each))
                    .distinct()
                    .count();
            return new Why(
                    group,
                    profile,
                    judged,
                    complaint,
                    matches.of(handle, key).containsKey(id),
                    matches.backlog(handle, key).contains(id),
                    byGroup,
                    Math.toIntExact(byMembers),
                    recipients.size(),
                    told.size(),
                    Math.toIntExact(waiting),
                    tellings.stream()
                            .filter(LedgerStore.Telling::told)
                            .map(LedgerStore.Telling::at)
                            .max(Comparator.naturalOrder())
                            .orElse(null));
        });
    }
}
