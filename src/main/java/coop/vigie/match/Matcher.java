package coop.vigie.match;

import coop.vigie.index.CompiledQuery;
import coop.vigie.index.CompiledQuery.Widened;
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
        for (Widened widened : query.widened()) {
            List<CompiledQuery> instead = instead(List.of(widened), id);
            if (!instead.isEmpty()) {
                reasons.add(reason(Reason.Type.QUERY, widened.narrow().describe(), occurrence(instead, id), instead));
            }
        }
        return List.copyOf(reasons);
    }

    /** Names the first text in which the words of the condition stand, or what stands for them, titles before texts. */
    private Reason reason(Condition condition, String id) {
        List<CompiledQuery> instead = instead(condition.query().widened(), id);
        Occurrence itself = occurrence(condition.query().leaves(), id);
        return reason(
                condition.type(), condition.written(), itself != null ? itself : occurrence(instead, id), instead);
    }

    private static Reason reason(
            Reason.Type type, String written, @Nullable Occurrence first, List<CompiledQuery> instead) {
        return new Reason(
                type,
                written,
                first == null ? null : first.field(),
                first == null ? null : first.language(),
                instead.stream().map(CompiledQuery::describe).distinct().toList());
    }

    private @Nullable Occurrence occurrence(List<CompiledQuery> leaves, String id) {
        return leaves.stream()
                .flatMap(leaf -> searcher.occurrences(leaf, id).stream())
                .findFirst()
                .orElse(null);
    }

    /** What a document owes to a wider scope: for each condition that it does not meet as written, what it has instead. */
    private List<CompiledQuery> instead(List<Widened> conditions, String id) {
        List<CompiledQuery> instead = new ArrayList<>();
        for (Widened condition : conditions) {
            if (searcher.matches(condition.narrow(), id)) {
                continue;
            }
            condition.more().stream()
                    .filter(way -> searcher.matches(way, id))
                    .findFirst()
                    .ifPresent(way -> {
                        List<CompiledQuery> inside = instead(way.widened(), id);
                        if (inside.isEmpty()) {
                            way.atoms().stream()
                                    .filter(atom -> searcher.matches(atom, id))
                                    .forEach(instead::add);
                        } else {
                            instead.addAll(inside);
                        }
                    });
        }
        return instead;
    }
}
