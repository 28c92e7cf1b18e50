package coop.vigie.match;

import coop.vigie.group.Profile;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Hits;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.notice.Call;
import coop.vigie.store.CallJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a change of a profile means for the open calls.
 *
 * @param before how many it finds without the change
 * @param after and with it
 */
public record Effect(int before, int after, Some come, Some go) {

    /**
     * Some of many.
     *
     * @param examples the first by deadline, without their long text
     */
    public record Some(int total, List<Call> examples) {

        public Some {
            examples = List.copyOf(examples);
        }
    }

    /**
     * @param before empty for a profile that is new
     * @param after empty for one that goes
     * @param examples how many of each kind to give
     * @throws QuerySyntaxException if a query of theirs cannot be read
     */
    public static Effect of(
            Optional<Profile> before, Optional<Profile> after, Searcher searcher, Instant now, int examples) {
        CompiledQuery old = query(before, now);
        CompiledQuery young = query(after, now);
        Filter open = Filter.open(now);
        return new Effect(
                searcher.search(old, open, Sort.DEADLINE, 0).total(),
                searcher.search(young, open, Sort.DEADLINE, 0).total(),
                some(searcher.search(without(young, old), open, Sort.DEADLINE, examples)),
                some(searcher.search(without(old, young), open, Sort.DEADLINE, examples)));
    }

    private static CompiledQuery query(Optional<Profile> profile, Instant now) {
        return profile.map(each ->
                        CompiledProfile.compile(each, new QueryCompiler(), now).whole())
                .orElse(CompiledQuery.or(List.of()));
    }

    private static CompiledQuery without(CompiledQuery one, CompiledQuery other) {
        return CompiledQuery.and(List.of(one, CompiledQuery.not(other)));
    }

    private static Some some(Hits hits) {
        return new Some(
                hits.total(),
                hits.hits().stream().map(hit -> CallJson.read(hit.payload())).toList());
    }
}
