package coop.vigie.group;

import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A part of a {@link Profile} as texts: how people name it, read it, and change it. */
@SuppressWarnings("ImmutableEnumChecker") // types and methods of values that do not change
public enum ProfilePart {
    ANY("any", Type.TEXT, Profile::any),
    ALL("all", Type.TEXT, Profile::all),
    NONE("none", Type.TEXT, Profile::none),
    CPV("cpv", CpvCondition.TYPE, Profile::cpv),
    PLACE("places", Type.PLACE, Profile::places),
    LEVEL("levels", written(GroupsFile.LEVEL, Level::code), profile -> codes(profile.levels(), Level::code)),
    KIND("kinds", written(GroupsFile.KIND, Kind::code), profile -> codes(profile.kinds(), Kind::code)),
    QUERY("query", Type.TEXT, profile -> profile.query().isEmpty() ? List.of() : List.of(profile.query())),
    SCOPE(
            "scope",
            written(GroupsFile.SCOPE, Scope::code),
            profile -> List.of(profile.scope().code()));

    private final String key;
    private final Type<String> type;
    private final Function<Profile, List<String>> values;

    ProfilePart(String key, Type<String> type, Function<Profile, List<String>> values) {
        this.key = key;
        this.type = type;
        this.values = values;
    }

    /** The name on the command line: {@code place}, where the file says {@link #key} {@code places}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its key in {@code groups.yaml}. */
    public String key() {
        return key;
    }

    /** By either name. */
    public static Optional<ProfilePart> ofCode(String code) {
        String wanted = code.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(part -> part.code().equals(wanted) || part.key.equals(wanted))
                .findFirst();
    }

    /** True if it holds one value at most. */
    public boolean isSingle() {
        return this == QUERY || this == SCOPE;
    }

    /** What a profile says here, in its order; of {@code query} and {@code scope} at most one. */
    public List<String> of(Profile profile) {
        return values.apply(profile);
    }

    /** The value as a profile keeps it. */
    String read(String text) throws Bad {
        return type.read(text);
    }

    private static <E> Type<String> written(Type<E> type, Function<E, String> code) {
        return text -> code.apply(type.read(text));
    }

    private static <E> List<String> codes(List<E> values, Function<E, String> code) {
        return values.stream().map(code).toList();
    }
}
