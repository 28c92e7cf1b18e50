package coop.vigie.cli;

import coop.vigie.group.ProfileEdit;
import coop.vigie.group.ProfileEdit.Act;
import coop.vigie.group.ProfileException;
import coop.vigie.group.ProfilePart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A profile as options: each part by its name in place of what it says, or {@code --add}, {@code --remove} and {@code --clear}. */
final class ProfileOptions {

    @Option(names = "--any", paramLabel = "QUERY", descriptionKey = "profile-any")
    private @Nullable List<String> any;

    @Option(names = "--all", paramLabel = "QUERY", descriptionKey = "profile-all")
    private @Nullable List<String> all;

    @Option(names = "--none", paramLabel = "QUERY", descriptionKey = "profile-none")
    private @Nullable List<String> none;

    @Option(names = "--cpv", paramLabel = "CODE,…", split = ",", descriptionKey = "profile-cpv")
    private @Nullable List<String> cpv;

    @Option(
            names = {"--place", "--places"},
            paramLabel = "NUTS,…",
            split = ",",
            descriptionKey = "profile-place")
    private @Nullable List<String> place;

    @Option(names = "--level", paramLabel = "LEVEL,…", split = ",", descriptionKey = "profile-level")
    private @Nullable List<String> level;

    @Option(names = "--kind", paramLabel = "KIND,…", split = ",", descriptionKey = "profile-kind")
    private @Nullable List<String> kind;

    @Option(names = "--query", paramLabel = "QUERY", descriptionKey = "profile-query")
    private @Nullable String query;

    @Option(names = "--scope", paramLabel = "narrow|balanced|wide", descriptionKey = "profile-scope")
    private @Nullable String scope;

    @Option(names = "--add", paramLabel = "PART=VALUE", descriptionKey = "profile-add")
    private @Nullable List<String> add;

    @Option(names = "--remove", paramLabel = "PART=VALUE", descriptionKey = "profile-remove")
    private @Nullable List<String> remove;

    @Option(names = "--clear", paramLabel = "PART,…", split = ",", descriptionKey = "profile-clear")
    private @Nullable List<String> clear;

    /** In the order in which they count: first what is replaced, then what is cleared, removed and added. */
    List<ProfileEdit> edits() {
        List<ProfileEdit> edits = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        replace(edits, ProfilePart.ANY, any);
        replace(edits, ProfilePart.ALL, all);
        replace(edits, ProfilePart.NONE, none);
        replace(edits, ProfilePart.CPV, cpv);
        replace(edits, ProfilePart.PLACE, place);
        replace(edits, ProfilePart.LEVEL, level);
        replace(edits, ProfilePart.KIND, kind);
        replace(edits, ProfilePart.QUERY, query == null ? null : List.of(query));
        replace(edits, ProfilePart.SCOPE, scope == null ? null : List.of(scope));
        read(edits, Act.CLEAR, clear, problems);
        read(edits, Act.REMOVE, remove, problems);
        read(edits, Act.ADD, add, problems);
        if (!problems.isEmpty()) {
            throw new ProfileException(problems);
        }
        return edits;
    }

    private static void replace(List<ProfileEdit> edits, ProfilePart part, @Nullable List<String> values) {
        if (values != null) {
            edits.add(ProfileEdit.clear(part));
            values.forEach(value -> edits.add(ProfileEdit.add(part, value)));
        }
    }

    private static void read(List<ProfileEdit> edits, Act act, @Nullable List<String> written, List<String> problems) {
        for (String each : written == null ? List.<String>of() : written) {
            try {
                edits.add(ProfileEdit.read(act, each));
            } catch (ProfileException wrong) {
                problems.addAll(wrong.problems());
            }
        }
    }
}
