package coop.vigie.match;

import coop.vigie.group.Profile;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Occurrence;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile.Condition;
import coop.vigie.match.CompiledProfile.Element;
import coop.vigie.match.CompiledProfile.Part;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.List;

/**
 * Why a profile wants a call, or does not.
 *
 * @param parts every part of the profile, in its order
 */
public record Explanation(List<Judged> parts) {

    /**
     * One part, met or not.
     *
     * @param written as the group wrote it
     * @param alternatives its conditions, each met or not; a query by its words, as far as they are not negated
     */
    public record Judged(Element element, List<String> written, boolean met, List<Piece> alternatives) {

        public Judged {
            written = List.copyOf(written);
            alternatives = List.copyOf(alternatives);
        }

        /** True if the call passes only because it names no place. */
        public boolean namesNoPlace() {
            return element == Element.PLACES && met && alternatives.stream().noneMatch(Piece::met);
        }
    }

    /**
     * One condition.
     *
     * @param where in which texts its words stand; empty if they do not, and for codes and dates
     */
    public record Piece(Reason.Type type, String written, boolean met, List<Occurrence> where) {

        public Piece {
            where = List.copyOf(where);
        }
    }

    public Explanation {
        parts = List.copyOf(parts);
    }

    /** Judges one document of the index, which must be there. */
    static Explanation of(Profile profile, String id, Searcher searcher, Instant now) {
        var compiler = new QueryCompiler();
        return new Explanation(CompiledProfile.compile(profile, compiler, now).parts().stream()
                .map(part -> new Judged(
                        part.element(),
                        part.written(),
                        searcher.matches(part.query(), id),
                        conditions(part, profile, compiler, now).stream()
                                .map(each -> piece(each, id, searcher))
                                .toList()))
                .toList());
    }

    /** A query is told condition by condition, since it is one of them that is not met. */
    private static List<Condition> conditions(Part part, Profile profile, QueryCompiler compiler, Instant now) {
        if (part.element() != Element.QUERY) {
            return part.alternatives();
        }
        // As written; only then as far as the scope reaches.
        return compiler.compile(profile.query(), Scope.NARROW, now).leaves().stream()
                .map(CompiledQuery::describe)
                .map(leaf -> new Condition(Reason.Type.QUERY, leaf, compiler.compile(leaf, profile.scope(), now)))
                .toList();
    }

    private static Piece piece(Condition condition, String id, Searcher searcher) {
        return new Piece(
                condition.type(),
                condition.written(),
                searcher.matches(condition.query(), id),
                condition.query().leaves().stream()
                        .flatMap(leaf -> searcher.occurrences(leaf, id).stream())
                        .distinct()
                        .toList());
    }

    /** True if the profile wants the call. */
    public boolean isMet() {
        return parts.stream().allMatch(Judged::met);
    }

    /** What stands in the way. */
    public List<Judged> unmet() {
        return parts.stream().filter(part -> !part.met()).toList();
    }
}
