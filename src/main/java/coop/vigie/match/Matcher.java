package coop.vigie.match;

import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Occurrence;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs profiles over one view of the index. */
public final class Matcher {

    private final Searcher searcher;

    public Matcher(Searcher searcher) {
        this.searcher = searcher;
    }

    /**
     * What a profile wants among the documents of some changes.
     *
     * @param after documents with a higher change number only; -1 for all
     * @param upTo and none with a higher one than this
     */
    public List<Match> match(CompiledProfile profile, Filter filter, long after, long upTo) {
        return reasons(profile, searcher.matching(profile.whole(), filter, after, upTo));
    }

    /** Calls that a profile wants, with the reasons. */
    List<Match> reasons(CompiledProfile profile, Set<String> hits) {
        if (hits.isEmpty()) {
            return List.of();
        }
        Map<CompiledQuery, Set<String>> met = searcher.among(
                hits, profile.conditions().stream().map(Condition::query).toList());
        return hits.stream().map(id -> new Match(id, reasons(profile, id, met))).toList();
    }

    /** Which conditions of the profile a call meets, in the profile's own order. */
    private List<Reason> reasons(CompiledProfile profile, String callId, Map<CompiledQuery, Set<String>> met) {
        Set<Reason> reasons = new LinkedHashSet<>();
        for (Condition condition : profile.conditions()) {
            if (met.getOrDefault(condition.query(), Set.of()).contains(callId)) {
                reasons.add(reason(condition, callId));
            }
        }
        if (profile.asksForPlaces() && reasons.stream().noneMatch(reason -> reason.type() == Reason.Type.PLACE)) {
            reasons.add(new Reason(Reason.Type.NO_PLACE, "", null, null));
        }
        return List.copyOf(reasons);
    }

    /** Which leaves of a query a document meets, for {@code search --why}. */
    public List<Reason> reasons(CompiledQuery query, String id) {
        List<Reason> reasons = new ArrayList<>();
        for (CompiledQuery leaf : query.leaves()) {
            if (searcher.matches(leaf, id)) {
                reasons.add(reason(new Condition(Reason.Type.QUERY, leaf.describe(), leaf), id));
            }
        }
        return reasons;
    }

    /** Names the first text in which the words of the condition stand, titles before texts. */
    private Reason reason(Condition condition, String id) {
        @Nullable
        Occurrence first = condition.query().leaves().stream()
                .flatMap(leaf -> searcher.occurrences(leaf, id).stream())
                .findFirst()
                .orElse(null);
        return first == null
                ? new Reason(condition.type(), condition.written(), null, null)
                : new Reason(condition.type(), condition.written(), first.field(), first.language());
    }
}
