package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.digest.Block;
import coop.vigie.digest.Block.SilentSource;
import coop.vigie.digest.CallFeed;
import coop.vigie.digest.Candidate;
import coop.vigie.digest.Composer;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Told;
import coop.vigie.group.Group;
import coop.vigie.group.Profile;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.MatchStore;
import coop.vigie.match.ProfileKey;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a recipient would be told at one moment: matches and ledger, put side by side. */
final class Drafting {

    /** Some tens of megabytes. */
    private static final int MATCHES_KNOWN_AT_MOST = 50_000;

    private final MatchStore matches;
    private final LedgerStore ledger;
    private final CallStore calls;
    private final List<SilentSource> silent;
    private final Regards regards;
    private final Instant now;
    private final Map<String, Call> knownCalls = new HashMap<>();
    private final Map<ProfileKey, Matched> knownMatches = new HashMap<>();

    private record Matched(Map<String, List<Reason>> reasons, Set<String> backlog) {}

    Drafting(
            MatchStore matches,
            LedgerStore ledger,
            CallStore calls,
            List<SilentSource> silent,
            Regards regards,
            Instant now) {
        this.matches = matches;
        this.ledger = ledger;
        this.calls = calls;
        this.silent = silent;
        this.regards = regards;
        this.now = now;
    }

    /** An edition that has no id yet; it may have nothing to tell. */
    Edition compose(Handle handle, Recipient recipient) {
        Map<String, Set<Reason>> wanted = new LinkedHashMap<>();
        Set<String> news = new HashSet<>();
        Regards.Reader reader = regards.of(handle, recipient, this::load);
        for (Group group : recipient.groups()) {
            for (Profile profile : group.profiles()) {
                Matched matched = matched(handle, new ProfileKey(group.id(), profile.id()));
                matched.reasons().forEach((call, reasons) -> {
                    reader.matched(group, call);
                    wanted.computeIfAbsent(call, any -> new LinkedHashSet<>()).addAll(reasons);
                    if (!matched.backlog().contains(call)) {
                        news.add(call);
                    }
                });
            }
        }
        Map<String, LedgerStore.Entry> told = told(handle, recipient.address());
        told.keySet().forEach(call -> wanted.computeIfAbsent(call, any -> new LinkedHashSet<>()));
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Call> found = load(wanted.keySet());
        wanted.forEach((id, reasons) -> {
            Call call = found.get(id);
            if (call != null) {
                boolean likeTold = call.alsoAt().stream()
                        .anyMatch(other -> told.containsKey(other.id().toString()));
                candidates.add(new Candidate(
                        call,
                        List.copyOf(reasons),
                        told(told.get(id)),
                        likeTold,
                        !news.contains(id),
                        reader.regard(call),
                        reader.hides(call)));
            }
        });
        List<Block> blocks = Composer.compose(candidates, silent, now);
        return new Edition(
                Edition.UNNAMED,
                recipient.address(),
                recipient.groupNames(),
                recipient.language(),
                recipient.reads(),
                now,
                blocks);
    }

    /** A profile's matches are read once for the many who have it, as long as not too many others come between. */
    private Matched matched(Handle handle, ProfileKey profile) {
        Matched known = knownMatches.get(profile);
        if (known != null) {
            return known;
        }
        var read = new Matched(matches.of(handle, profile), matches.backlog(handle, profile));
        if (knownMatches.values().stream()
                        .mapToInt(each -> each.reasons().size())
                        .sum()
                > MATCHES_KNOWN_AT_MOST) {
            knownMatches.clear();
        }
        knownMatches.put(profile, read);
        return read;
    }

    /** The calls of which a recipient was told since then, as they are now; each once, whatever it swallowed. */
    List<CallFeed.Entry> toldSince(Handle handle, String recipient, Instant since) {
        List<LedgerStore.Times> times = ledger.timesSince(handle, recipient, since);
        Map<String, Call> present =
                load(times.stream().map(LedgerStore.Times::callId).collect(Collectors.toSet()));
        Map<NoticeId, CallFeed.Entry> entries = new LinkedHashMap<>();
        for (LedgerStore.Times each : times) {
            Call call = present.get(each.callId());
            if (call != null) {
                entries.merge(call.id(), new CallFeed.Entry(call, each.first(), each.last()), Drafting::together);
            }
        }
        return List.copyOf(entries.values());
    }

    private static CallFeed.Entry together(CallFeed.Entry one, CallFeed.Entry other) {
        Instant first = one.first().isBefore(other.first()) ? one.first() : other.first();
        Instant last = one.last().isAfter(other.last()) ? one.last() : other.last();
        return new CallFeed.Entry(one.call(), first, last);
    }

    /** What a recipient was told, by the ids that calls have now. */
    private Map<String, LedgerStore.Entry> told(Handle handle, String recipient) {
        Map<String, LedgerStore.Entry> latest = ledger.latest(handle, recipient);
        Map<String, Call> present = load(latest.keySet());
        boolean carried = false;
        for (LedgerStore.Entry entry : latest.values()) {
            Call call = present.get(entry.callId());
            String id = call == null ? entry.callId() : call.id().toString();
            if (call != null && !latest.containsKey(id)) {
                ledger.carryOver(handle, recipient, entry, id, knows(entry, call) ? call.revision() : 0);
                carried = true;
            }
        }
        Map<String, LedgerStore.Entry> told = carried ? ledger.latest(handle, recipient) : latest;
        told.keySet()
                .removeIf(id -> present.containsKey(id)
                        && !present.get(id).id().toString().equals(id));
        return told;
    }

    /** True if what was told of a call that this one swallowed holds for this one, too. */
    private boolean knows(LedgerStore.Entry entry, Call call) {
        List<Instant> dates = call.facts().relevantInstants();
        long key = entry.deadline().sortKey();
        return entry.cancelled() == (call.stage() == Stage.CANCELLED)
                && (dates.isEmpty()
                        ? key == call.deadline(now).sortKey()
                        : dates.stream().anyMatch(date -> date.toEpochMilli() == key));
    }

    private static @Nullable Told told(LedgerStore.@Nullable Entry entry) {
        return entry == null ? null : new Told(entry.revision(), entry.deadline(), entry.cancelled());
    }

    /** Calls are read once a run, without their long text. */
    private Map<String, Call> load(Set<String> ids) {
        List<String> missing =
                ids.stream().filter(id -> !knownCalls.containsKey(id)).toList();
        calls.findAll(missing).forEach((id, call) -> knownCalls.put(id, call.withoutText()));
        // A call that another swallowed is found under its alias.
        for (String id : missing) {
            if (!knownCalls.containsKey(id)) {
                NoticeId.parse(id).flatMap(calls::find).ifPresent(call -> knownCalls.put(id, call.withoutText()));
            }
        }
        return knownCalls;
    }
}
