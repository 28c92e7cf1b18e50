package coop.vigie.match;

import coop.vigie.notice.Call;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What profiles would have brought in some days, scope by scope.
 *
 * @param days as asked for
 * @param from the first moment that counts
 * @param since from when on there is something in the index; not before {@code from}
 * @param scopes all three
 */
public record Preview(int days, Instant from, Instant since, Map<Scope, Reach> scopes) {

    public Preview {
        scopes = Map.copyOf(scopes);
    }

    /** Whether a group can live with that many. */
    public enum State {
        GOOD,
        /** More than 50 a week. */
        FLOOD,
        /** Nothing, or less than one a month. */
        STARVE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One scope.
     *
     * @param total calls in all
     * @param perWeek total over the weeks since {@code since}, however far back was asked
     * @param examples at most ten: first what a narrower scope does not bring, then the rest, each newest first
     */
    public record Reach(int total, double perWeek, List<Example> examples, State state) {

        public Reach {
            examples = List.copyOf(examples);
        }
    }

    /**
     * One call that would have come.
     *
     * @param call without its long text
     * @param more true if it comes in this scope only, and in no narrower one
     */
    public record Example(Call call, boolean more, List<Reason> reasons) {

        public Example {
            reasons = List.copyOf(reasons);
        }
    }

    public Reach in(Scope scope) {
        Reach reach = scopes.get(scope);
        if (reach == null) {
            throw new IllegalStateException("nothing was counted for " + scope.code());
        }
        return reach;
    }
}
