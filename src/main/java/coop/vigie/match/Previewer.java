package coop.vigie.match;

import coop.vigie.group.Profile;
import coop.vigie.group.ProfileEdit;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.match.Preview.Example;
import coop.vigie.match.Preview.Reach;
import coop.vigie.match.Preview.State;
import coop.vigie.notice.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Counts on one view of the index what profiles would have brought. */
public final class Previewer {

    private static final int EXAMPLES = 10;
    private static final double FLOOD_PER_WEEK = 50;
    private static final double ONE_A_MONTH = 12 / (365.25 / 7);
    private static final Duration WEEK = Duration.ofDays(7);

    /** A few calls of years ago that are still listed do not make the index older. */
    private static final double STRAGGLERS = 0.01;

    private final Searcher searcher;
    private final QueryCompiler compiler = new QueryCompiler();
    private final Matcher matcher;
    private final Window window;
    private final Instant now;
    private final int days;
    private final Instant since;

    /**
     * @param days how far to look back, at least 1
     * @param watched since when calls have been stored; empty if nobody knows
     */
    public Previewer(Searcher searcher, Instant now, int days, Optional<Instant> watched) {
        this.searcher = searcher;
        this.now = now;
        this.days = days;
        this.matcher = new Matcher(searcher);
        Instant from = now.minus(Duration.ofDays(days));
        this.window = new Window(searcher, from, now);
        Instant first = Stream.concat(searcher.publishedSince(STRAGGLERS).stream(), watched.stream())
                .min(Comparator.naturalOrder())
                .orElse(from);
        this.since = first.isBefore(from) ? from : first;
    }

    /**
     * What these profiles would have brought together, each call once, whatever scope they have themselves.
     *
     * @throws QuerySyntaxException if a query of theirs cannot be read
     */
    public Preview preview(Collection<Profile> profiles) {
        Map<Scope, Reach> scopes = new EnumMap<>(Scope.class);
        Set<String> narrower = Set.of();
        for (Scope scope : Scope.values()) {
            Map<CompiledProfile, Map<String, Instant>> found = new LinkedHashMap<>();
            for (Profile profile : profiles) {
                CompiledProfile compiled = compiled(profile.in(scope));
                found.put(compiled, window.hits(compiled.whole()));
            }
            Map<String, Instant> together = new HashMap<>();
            found.values().forEach(together::putAll);
            scopes.put(scope, reach(together, scope == Scope.NARROW ? together.keySet() : narrower, found));
            narrower = together.keySet();
        }
        return new Preview(days, now.minus(Duration.ofDays(days)), since, scopes);
    }

    private Reach reach(
            Map<String, Instant> hits, Set<String> narrower, Map<CompiledProfile, Map<String, Instant>> found) {
        List<String> first = hits.keySet().stream()
                .sorted(Comparator.<String, Boolean>comparing(narrower::contains)
                        .thenComparing(hits::get, Comparator.reverseOrder())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(EXAMPLES)
                .toList();
        Map<String, List<Reason>> reasons = new HashMap<>();
        found.forEach((profile, theirs) -> {
            Set<String> shown = new TreeSet<>(first);
            shown.retainAll(theirs.keySet());
            matcher.reasons(profile, shown)
                    .forEach(match -> reasons.merge(match.callId(), match.reasons(), Previewer::together));
        });
        List<Example> examples = new ArrayList<>();
        for (String id : first) {
            window.call(id)
                    .ifPresent(call -> examples.add(
                            new Example(call, !narrower.contains(id), reasons.getOrDefault(id, List.of()))));
        }
        double perWeek = perWeek(hits.size());
        return new Reach(hits.size(), perWeek, examples, state(hits.size(), perWeek));
    }

    private static List<Reason> together(List<Reason> one, List<Reason> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /** How many calls a week this profile would have brought, in its own scope. */
    public double perWeek(Profile profile) {
        return perWeek(hits(profile).size());
    }

    /** Of so many calls in the whole time; rounded to hundredths. */
    private double perWeek(int total) {
        double weeks = Math.max(
                        Duration.between(since, now).toMillis(),
                        Duration.ofDays(1).toMillis())
                / (double) WEEK.toMillis();
        return Math.round(total / weeks * 100) / 100.0;
    }

    private static State state(int total, double perWeek) {
        if (perWeek > FLOOD_PER_WEEK) {
            return State.FLOOD;
        }
        return total == 0 || perWeek < ONE_A_MONTH ? State.STARVE : State.GOOD;
    }

    /** What would make a profile find more, less, or other calls, in its own scope. */
    public Hints hints(Profile profile) {
        return new Hints(this, profile);
    }

    /** Why a profile wants one call or not; empty if the index does not have it. */
    public static Optional<Explanation> explain(Profile profile, String id, Searcher searcher, Instant now) {
        return searcher.payload(id).isEmpty()
                ? Optional.empty()
                : Optional.of(Explanation.of(profile, id, searcher, now));
    }

    Searcher searcher() {
        return searcher;
    }

    Window window() {
        return window;
    }

    Matcher matcher() {
        return matcher;
    }

    CompiledProfile compiled(Profile profile) {
        return CompiledProfile.compile(profile, compiler, now);
    }

    /** What a profile finds in these days, in its own scope. */
    Set<String> hits(Profile profile) {
        return window.hits(compiled(profile).whole()).keySet();
    }

    Set<String> hits(Profile profile, ProfileEdit edit) {
        return hits(ProfileEdit.apply(profile, List.of(edit)));
    }
}
