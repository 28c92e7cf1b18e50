package coop.vigie.group;

import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.util.List;

/**
 * What a group looks for: <b>(any OR cpv) AND all AND places AND levels AND kinds AND query AND NOT none</b>; an empty list
 * is no condition.
 *
 * @param id unique in its group
 * @param any queries of which one must hold; several words of one entry are ANDed, a phrase needs its own quotes
 * @param all queries that must all hold
 * @param none queries of which none may hold
 * @param cpv eight-digit codes without check digit, or a prefix with a star ({@code 7995*})
 * @param places NUTS codes; a notice that names no place passes
 * @param levels empty for all
 * @param kinds empty for call and tender
 * @param query one query in the language of {@code vigie search}; "" if none
 */
public record Profile(
        String id,
        Scope scope,
        List<String> any,
        List<String> all,
        List<String> none,
        List<String> cpv,
        List<String> places,
        List<Level> levels,
        List<Kind> kinds,
        String query) {

    /** What is said of a profile that {@link #isEmpty}. */
    static final String FINDS_EVERYTHING =
            "the profile would find everything; give it any, all, cpv, places, levels, kinds or query";

    public Profile {
        if (!GroupId.isValid(id)) {
            throw new IllegalArgumentException("not a profile id: '" + id + "' (a-z, 0-9 and - only)");
        }
        any = List.copyOf(any);
        all = List.copyOf(all);
        none = List.copyOf(none);
        cpv = List.copyOf(cpv);
        places = List.copyOf(places);
        levels = List.copyOf(levels);
        kinds = List.copyOf(kinds);
        query = query.strip();
    }

    /** One that asks for nothing yet, to begin with. */
    public static Profile blank(String id) {
        return new Profile(
                id, Scope.BALANCED, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), "");
    }

    /** The same in another scope. */
    public Profile in(Scope other) {
        return new Profile(id, other, any, all, none, cpv, places, levels, kinds, query);
    }

    /** True if nothing says what is wanted, so that it would find everything (less what {@code none} says). */
    public boolean isEmpty() {
        return any.isEmpty()
                && all.isEmpty()
                && cpv.isEmpty()
                && places.isEmpty()
                && levels.isEmpty()
                && kinds.isEmpty()
                && query.isEmpty();
    }
}
