package coop.vigie.match;

import coop.vigie.group.Profile;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A profile, ready to run.
 *
 * @param parts of which a call must meet every one
 * @param whole finds what the profile wants: what meets all parts
 * @param conditions the parts to which a call may owe its place, for the reasons
 */
public record CompiledProfile(List<Part> parts, CompiledQuery whole, List<Condition> conditions) {

    /**
     * One positive part of a profile.
     *
     * @param written as the group wrote it
     */
    public record Condition(Reason.Type type, String written, CompiledQuery query) {}

    /** What a part of a profile is about. */
    public enum Element {
        /** {@code any} and {@code cpv}, of which one entry is enough. */
        SUBJECT,
        ALL,
        QUERY,
        PLACES,
        LEVELS,
        KINDS,
        NONE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a call must meet: all of {@code any} and {@code cpv} together, each entry of {@code all} and of {@code none} alone.
     *
     * @param written as the group wrote it; the kinds also where it did not
     * @param alternatives of which one is enough; of {@code none}, the one that must not be met; empty for levels and kinds
     */
    public record Part(Element element, List<String> written, List<Condition> alternatives, CompiledQuery query) {}

    public CompiledProfile {
        parts = List.copyOf(parts);
        conditions = List.copyOf(conditions);
    }

    /**
     * @param now what relative dates in its queries count from
     * @throws QuerySyntaxException if one of its queries cannot be read
     */
    public static CompiledProfile compile(Profile profile, QueryCompiler compiler, Instant now) {
        List<Part> parts = new ArrayList<>();
        List<Condition> subjects = new ArrayList<>();
        for (String words : profile.any()) {
            subjects.add(new Condition(Reason.Type.WORDS, words, compiler.compile(words, profile.scope(), now)));
        }
        for (String code : profile.cpv()) {
            subjects.add(new Condition(
                    Reason.Type.CPV, code, CompiledQuery.cpv(List.of(code)).to(profile.scope())));
        }
        if (!subjects.isEmpty()) {
            parts.add(part(Element.SUBJECT, subjects));
        }
        for (String words : profile.all()) {
            CompiledQuery query = compiler.compile(words, profile.scope(), now);
            parts.add(part(Element.ALL, List.of(new Condition(Reason.Type.WORDS, words, query))));
        }
        if (!profile.query().isBlank()) {
            CompiledQuery query = compiler.compile(profile.query(), profile.scope(), now);
            parts.add(part(Element.QUERY, List.of(new Condition(Reason.Type.QUERY, profile.query(), query))));
        }
        if (!profile.places().isEmpty()) {
            parts.add(new Part(
                    Element.PLACES,
                    profile.places(),
                    profile.places().stream()
                            .map(place -> new Condition(
                                    Reason.Type.PLACE,
                                    place,
                                    CompiledQuery.places(List.of(place), false).to(profile.scope())))
                            .toList(),
                    CompiledQuery.places(profile.places(), true).to(profile.scope())));
        }
        if (!profile.levels().isEmpty()) {
            List<String> codes = profile.levels().stream().map(Level::code).toList();
            parts.add(new Part(Element.LEVELS, codes, List.of(), CompiledQuery.levels(profile.levels())));
        }
        List<Kind> kinds = profile.kinds().isEmpty() ? List.of(Kind.CALL, Kind.TENDER) : profile.kinds();
        List<String> kindCodes = kinds.stream().map(Kind::code).toList();
        parts.add(new Part(Element.KINDS, kindCodes, List.of(), CompiledQuery.kinds(kinds)));
        for (String words : profile.none()) {
            CompiledQuery query = compiler.compile(words, Scope.NARROW, now);
            parts.add(new Part(
                    Element.NONE,
                    List.of(words),
                    List.of(new Condition(Reason.Type.WORDS, words, query)),
                    CompiledQuery.not(query)));
        }
        return new CompiledProfile(
                parts,
                CompiledQuery.and(parts.stream().map(Part::query).toList()),
                parts.stream()
                        .filter(part -> part.element() != Element.NONE)
                        .flatMap(part -> part.alternatives().stream())
                        .toList());
    }

    private static Part part(Element element, List<Condition> alternatives) {
        return new Part(
                element,
                alternatives.stream().map(Condition::written).toList(),
                alternatives,
                CompiledQuery.or(alternatives.stream().map(Condition::query).toList()));
    }

    /** True if the profile asks for places. */
    boolean asksForPlaces() {
        return parts.stream().anyMatch(part -> part.element() == Element.PLACES);
    }
}
