package coop.vigie.pipeline;

import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.group.Profile;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile;
import coop.vigie.match.Match;
import coop.vigie.match.MatchStore;
import coop.vigie.match.Matcher;
import coop.vigie.match.ProfileKey;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.ChangeLog;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Matches what is new against every profile, and every new or reworded profile against all open calls (ADR-0002). */
public final class Matching {

    private static final Duration LATER = Duration.ofDays(1);

    private final Database members;
    private final MatchStore matches;
    private final GroupStore groups;
    private final ChangeLog changes;
    private final Path indexFolder;
    private final QueryCompiler compiler = new QueryCompiler();

    public Matching(Database members, MatchStore matches, GroupStore groups, ChangeLog changes, Path indexFolder) {
        this.members = members;
        this.matches = matches;
        this.groups = groups;
        this.changes = changes;
        this.indexFolder = indexFolder;
    }

    /**
     * What matching did.
     *
     * @param added how many calls came to profiles that did not have them
     * @param remarks a sentence for each profile that could not be matched
     */
    public record Outcome(int added, List<String> remarks) {}

    /** Brings all matches up to the index's last commit. Without an index there is nothing to match. */
    public Outcome catchUp(Instant now) {
        if (Index.isMissingOrOutdated(indexFolder)) {
            return new Outcome(0, List.of());
        }
        try (Index index = Index.openReadOnly(indexFolder);
                Searcher searcher = index.searcher()) {
            long upTo = searcher.committedChange();
            return members.write(handle -> catchUp(handle, new Matcher(searcher), upTo, now));
        }
    }

    private Outcome catchUp(Handle handle, Matcher matcher, long upTo, Instant now) {
        int added = 0;
        // Numbers of another store mean nothing: after a loss everything is matched anew.
        String store = changes.identity();
        List<String> remarks = new ArrayList<>();
        Set<ProfileKey> present = new HashSet<>();
        for (Group group : groups.all(handle)) {
            for (Profile profile : group.profiles()) {
                var key = new ProfileKey(group.id(), profile.id());
                present.add(key);
                try {
                    CompiledProfile compiled = CompiledProfile.compile(profile, compiler, now);
                    added +=
                            catchUp(handle, matcher, key, compiled, store + wording(profile, compiled, now), upTo, now);
                } catch (QuerySyntaxException unreadable) {
                    remarks.add("profile " + key + " is not matched: " + unreadable.getMessage());
                }
            }
        }
        matches.keepOnly(handle, present);
        return new Outcome(added, List.copyOf(remarks));
    }

    /** A profile that asks for "the next 30 days" is another one every time: calls come to it that did not change. */
    private String wording(Profile profile, CompiledProfile compiled, Instant now) {
        String written = Json.write(profile);
        boolean timeless = compiled.whole()
                .equals(CompiledProfile.compile(profile, compiler, now.plus(LATER))
                        .whole());
        return timeless ? written : written + " at " + now;
    }

    private int catchUp(
            Handle handle,
            Matcher matcher,
            ProfileKey key,
            CompiledProfile compiled,
            String wording,
            long upTo,
            Instant now) {
        Optional<MatchStore.Progress> before = matches.progress(handle, key)
                .filter(progress -> progress.wording().equals(wording));
        if (before.isPresent() && before.get().upTo() >= upTo) {
            return 0;
        }
        Set<String> had = matches.of(handle, key).keySet();
        // What a flood brought stays a number when the profile is reworded.
        Set<String> flood = new HashSet<>(matches.backlog(handle, key));
        List<Match> found;
        if (before.isPresent()) {
            long after = before.get().upTo();
            found = matcher.match(compiled, Filter.everything(), after, upTo);
            Set<String> touched = changes.between(after, upTo).stream()
                    .map(ChangeLog.Entry::callId)
                    .collect(Collectors.toCollection(HashSet::new));
            found.forEach(match -> touched.remove(match.callId()));
            matches.remove(handle, key, touched);
        } else {
            found = matcher.match(compiled, Filter.open(now), -1, upTo);
            matches.clear(handle, key);
        }
        List<String> added = found.stream()
                .map(Match::callId)
                .filter(call -> !had.contains(call))
                .toList();
        flood.addAll(flood(added));
        matches.save(handle, key, found, flood, upTo);
        matches.saveProgress(handle, key, new MatchStore.Progress(wording, upTo));
        return added.size();
    }

    /** More than so many from one source at once are its backlog, and no news. */
    private static final int FLOOD = 200;

    private static Set<String> flood(List<String> added) {
        Map<Optional<SourceId>, List<String>> bySource = added.stream()
                .collect(Collectors.groupingBy(call -> NoticeId.parse(call).map(NoticeId::source)));
        return bySource.values().stream()
                .filter(calls -> calls.size() > FLOOD)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** All matches as a brute-force run over all open calls would give them; for checks. */
    public Map<ProfileKey, Set<String>> bruteForce(Instant now) {
        try (Index index = Index.openReadOnly(indexFolder);
                Searcher searcher = index.searcher()) {
            var matcher = new Matcher(searcher);
            return members.read(handle -> groups.all(handle)).stream()
                    .flatMap(group -> group.profiles().stream()
                            .map(profile -> Map.entry(new ProfileKey(group.id(), profile.id()), profile)))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> matcher
                                    .match(
                                            CompiledProfile.compile(entry.getValue(), compiler, now),
                                            Filter.open(now),
                                            -1,
                                            Long.MAX_VALUE)
                                    .stream()
                                    .map(Match::callId)
                                    .collect(Collectors.toSet())));
        }
    }
}
