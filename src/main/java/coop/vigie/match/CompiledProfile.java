package coop.vigie.match;

import coop.vigie.group.Profile;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A profile, ready to run.
 *
 * @param whole finds what the profile wants
 * @param conditions the parts to which a call may owe its place, for the reasons
 */
public record CompiledProfile(CompiledQuery whole, List<Condition> conditions) {

    /**
     * One positive part of a profile.
     *
     * @param written as the group wrote it
     */
    public record Condition(Reason.Type type, String written, CompiledQuery query) {}

    /**
     * @param now what relative dates in its queries count from
     * @throws QuerySyntaxException if one of its queries cannot be read
     */
    public static CompiledProfile compile(Profile profile, QueryCompiler compiler, Instant now) {
        List<Condition> conditions = new ArrayList<>();
        List<CompiledQuery> anyOf = new ArrayList<>();
        for (String words : profile.any()) {
            anyOf.add(add(conditions, Reason.Type.WORDS, words, compiler.compile(words, profile.scope(), now)));
        }
        for (String code : profile.cpv()) {
            anyOf.add(add(
                    conditions,
                    Reason.Type.CPV,
                    code,
                    CompiledQuery.cpv(List.of(code)).to(profile.scope())));
        }
        List<CompiledQuery> every = new ArrayList<>();
        if (!anyOf.isEmpty()) {
            every.add(CompiledQuery.or(anyOf));
        }
        for (String words : profile.all()) {
            every.add(add(conditions, Reason.Type.WORDS, words, compiler.compile(words, profile.scope(), now)));
        }
        if (!profile.query().isBlank()) {
            every.add(add(
                    conditions,
                    Reason.Type.QUERY,
                    profile.query(),
                    compiler.compile(profile.query(), profile.scope(), now)));
        }
        for (String place : profile.places()) {
            conditions.add(new Condition(
                    Reason.Type.PLACE,
                    place,
                    CompiledQuery.places(List.of(place), false).to(profile.scope())));
        }
        every.add(CompiledQuery.places(profile.places(), true).to(profile.scope()));
        every.add(CompiledQuery.levels(profile.levels()));
        every.add(CompiledQuery.kinds(profile.kinds().isEmpty() ? List.of(Kind.CALL, Kind.TENDER) : profile.kinds()));
        for (String words : profile.none()) {
            every.add(CompiledQuery.not(compiler.compile(words, Scope.NARROW, now)));
        }
        return new CompiledProfile(CompiledQuery.and(every), List.copyOf(conditions));
    }

    private static CompiledQuery add(
            List<Condition> conditions, Reason.Type type, String written, CompiledQuery query) {
        conditions.add(new Condition(type, written, query));
        return query;
    }

    /** True if the profile asks for places. */
    boolean asksForPlaces() {
        return conditions.stream().anyMatch(condition -> condition.type() == Reason.Type.PLACE);
    }
}
