package coop.vigie.match;

import coop.vigie.index.Batch;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.CompiledQuery.Widened;
import coop.vigie.index.Filter;
import coop.vigie.index.Occurrence;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs profiles over one view of the index. For one thread. */
public final class Matcher {

    private final Searcher searcher;

    /** Of the documents that the last profiles were run over; what they have in common is looked up once. */
    private @Nullable Batch batch;

    private @Nullable Asked asked;

    private record Asked(Filter filter, long after, long upTo) {}

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
        var asking = new Asked(filter, after, upTo);
        Batch among = batch;
        if (among == null || !asking.equals(asked)) {
            among = searcher.batch(filter, after, upTo);
            batch = among;
            asked = asking;
        }
        return reasons(profile, among.find(profile.whole()), among);
    }

    /** Calls that a profile wants, with the reasons. */
    List<Match> reasons(CompiledProfile profile, Collection<String> hits) {
        return reasons(profile, hits, searcher.batch(hits));
    }

    private static List<Match> reasons(CompiledProfile profile, Collection<String> hits, Batch among) {
        if (hits.isEmpty()) {
            return List.of();
        }
        Map<Condition, Set<String>> met = new LinkedHashMap<>();
        profile.conditions().forEach(condition -> met.put(condition, Set.copyOf(among.find(condition.query()))));
        return hits.stream()
                .map(id -> new Match(id, reasons(profile, id, met, among)))
                .toList();
    }

    /** Which conditions of the profile a call meets, in the profile's own order. */
    private static List<Reason> reasons(
            CompiledProfile profile, String callId, Map<Condition, Set<String>> met, Batch among) {
        Set<Reason> reasons = new LinkedHashSet<>();
        met.forEach((condition, calls) -> {
            if (calls.contains(callId)) {
                reasons.add(reason(condition, callId, among));
            }
        });
        if (profile.asksForPlaces() && reasons.stream().noneMatch(reason -> reason.type() == Reason.Type.PLACE)) {
            reasons.add(new Reason(Reason.Type.NO_PLACE, "", null, null));
        }
        return List.copyOf(reasons);
    }

    /** Which leaves of a query each of these documents meets, for {@code search --why}. */
    public Map<String, List<Reason>> reasons(CompiledQuery query, Collection<String> ids) {
        Batch among = searcher.batch(ids);
        return ids.stream().distinct().collect(Collectors.toMap(id -> id, id -> reasons(query, id, among)));
    }

    private static List<Reason> reasons(CompiledQuery query, String id, Batch among) {
        List<Reason> reasons = new ArrayList<>();
        for (CompiledQuery leaf : query.leaves()) {
            if (among.matches(leaf, id)) {
                reasons.add(reason(new Condition(Reason.Type.QUERY, leaf.describe(), leaf), id, among));
            }
        }
        for (Widened widened : query.widened()) {
            List<CompiledQuery> instead = instead(List.of(widened), id, among);
            if (!instead.isEmpty()) {
                reasons.add(reason(
                        Reason.Type.QUERY, widened.narrow().describe(), occurrence(instead, id, among), instead));
            }
        }
        return List.copyOf(reasons);
    }

    /** Names the first text in which the words of the condition stand, or what stands for them, titles before texts. */
    private static Reason reason(Condition condition, String id, Batch among) {
        List<CompiledQuery> instead = instead(condition.query().widened(), id, among);
        Occurrence itself = occurrence(condition.query().leaves(), id, among);
        return reason(
                condition.type(),
                condition.written(),
                itself != null ? itself : occurrence(instead, id, among),
                instead);
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

    private static @Nullable Occurrence occurrence(List<CompiledQuery> leaves, String id, Batch among) {
        return leaves.stream()
                .flatMap(leaf -> among.occurrence(leaf, id).stream())
                .findFirst()
                .orElse(null);
    }

    /** What a document owes to a wider scope: for each condition that it does not meet as written, what it has instead. */
    private static List<CompiledQuery> instead(List<Widened> conditions, String id, Batch among) {
        List<CompiledQuery> instead = new ArrayList<>();
        for (Widened condition : conditions) {
            if (among.matches(condition.narrow(), id)) {
                continue;
            }
            condition.more().stream()
                    .filter(way -> among.matches(way, id))
                    .findFirst()
                    .ifPresent(way -> {
                        List<CompiledQuery> inside = instead(way.widened(), id, among);
                        if (inside.isEmpty()) {
                            way.atoms().stream()
                                    .filter(atom -> among.matches(atom, id))
                                    .forEach(instead::add);
                        } else {
                            instead.addAll(inside);
                        }
                    });
        }
        return instead;
    }
}
