package coop.vigie.group;

import coop.vigie.config.Type.Bad;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One step from a profile to another.
 *
 * @param value as a person writes it; "" for {@link Act#CLEAR}
 */
public record ProfileEdit(Act act, ProfilePart part, String value) {

    /** What is done to the part. */
    public enum Act {
        /** One value more; what is there already stays as it is. {@code query} and {@code scope} get it in place of theirs. */
        ADD,
        REMOVE,
        /** Nothing is left of it; {@code scope} is then balanced. */
        CLEAR
    }

    public static ProfileEdit add(ProfilePart part, String value) {
        return new ProfileEdit(Act.ADD, part, value);
    }

    public static ProfileEdit remove(ProfilePart part, String value) {
        return new ProfileEdit(Act.REMOVE, part, value);
    }

    public static ProfileEdit clear(ProfilePart part) {
        return new ProfileEdit(Act.CLEAR, part, "");
    }

    /**
     * Reads {@code any=street theatre}.
     *
     * @throws ProfileException if it names no part
     */
    public static ProfileEdit read(Act act, String written) {
        int equals = act == Act.CLEAR ? written.length() : written.indexOf('=');
        ProfilePart part = equals < 0
                ? null
                : ProfilePart.ofCode(written.substring(0, equals)).orElse(null);
        if (part == null) {
            String form = act == Act.CLEAR ? "a part" : "a part, = and a value, such as any=théâtre";
            throw new ProfileException(List.of("'%s' is not %s; parts: %s"
                    .formatted(
                            written,
                            form,
                            Arrays.stream(ProfilePart.values())
                                    .map(ProfilePart::code)
                                    .collect(Collectors.joining(", ")))));
        }
        return new ProfileEdit(act, part, act == Act.CLEAR ? "" : written.substring(equals + 1));
    }

    /** As {@link #read} reads it. */
    public String written() {
        return act == Act.CLEAR ? part.code() : part.code() + "=" + value;
    }

    /**
     * The profile after these steps, one after the other.
     *
     * @throws ProfileException with everything that is wrong, in the words in which {@code groups.yaml} is judged
     */
    public static Profile apply(Profile profile, List<ProfileEdit> edits) {
        Map<ProfilePart, List<String>> values = values(profile);
        List<String> problems = new ArrayList<>();
        for (ProfileEdit edit : edits) {
            edit.applyTo(values.computeIfAbsent(edit.part, any -> new ArrayList<>()), problems);
        }
        Profile changed = profile(profile.id(), values);
        if (problems.isEmpty() && changed.isEmpty()) {
            problems.add(Profile.FINDS_EVERYTHING);
        }
        if (!problems.isEmpty()) {
            throw new ProfileException(problems);
        }
        return changed;
    }

    private void applyTo(List<String> values, List<String> problems) {
        if (act == Act.CLEAR) {
            values.clear();
            return;
        }
        String read;
        try {
            read = part.read(value);
        } catch (Bad bad) {
            problems.add("'" + part.key() + "': " + bad.getMessage());
            return;
        }
        if (act == Act.REMOVE) {
            if (!values.remove(read)) {
                problems.add("'%s': '%s' is not there".formatted(part.key(), read));
            }
        } else if (!values.contains(read)) {
            if (part.isSingle()) {
                values.clear();
            }
            values.add(read);
        }
    }

    /** The steps that lead from one profile to another, but for the order of their values. */
    public static List<ProfileEdit> between(Profile before, Profile after) {
        List<ProfileEdit> edits = new ArrayList<>();
        for (ProfilePart part : ProfilePart.values()) {
            List<String> old = part.of(before);
            List<String> young = part.of(after);
            if (!part.isSingle() || young.isEmpty()) {
                old.stream().filter(value -> !young.contains(value)).forEach(value -> edits.add(remove(part, value)));
            }
            young.stream().filter(value -> !old.contains(value)).forEach(value -> edits.add(add(part, value)));
        }
        return edits;
    }

    static Map<ProfilePart, List<String>> values(Profile profile) {
        var values = new EnumMap<ProfilePart, List<String>>(ProfilePart.class);
        for (ProfilePart part : ProfilePart.values()) {
            values.put(part, new ArrayList<>(part.of(profile)));
        }
        return values;
    }

    /** @param values as {@link ProfilePart#read} gives them */
    static Profile profile(String id, Map<ProfilePart, List<String>> values) {
        Function<ProfilePart, List<String>> of = part -> values.getOrDefault(part, List.of());
        return new Profile(
                id,
                of.apply(ProfilePart.SCOPE).stream()
                        .map(code -> Scope.ofCode(code).orElseThrow())
                        .findFirst()
                        .orElse(Scope.BALANCED),
                of.apply(ProfilePart.ANY),
                of.apply(ProfilePart.ALL),
                of.apply(ProfilePart.NONE),
                of.apply(ProfilePart.CPV),
                of.apply(ProfilePart.PLACE),
                of.apply(ProfilePart.LEVEL).stream()
                        .map(code -> Level.ofCode(code).orElseThrow())
                        .toList(),
                of.apply(ProfilePart.KIND).stream()
                        .map(code -> Kind.ofCode(code).orElseThrow())
                        .toList(),
                String.join(" ", of.apply(ProfilePart.QUERY)));
    }
}
