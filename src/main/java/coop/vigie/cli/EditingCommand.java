package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.group.Group;
import coop.vigie.group.Profile;
import coop.vigie.group.ProfileChange;
import coop.vigie.group.ProfileChange.How;
import coop.vigie.group.ProfileEdit;
import coop.vigie.group.ProfileException;
import coop.vigie.group.ProfilePart;
import coop.vigie.group.ProfileStore;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile;
import coop.vigie.match.Effect;
import coop.vigie.match.Hint;
import coop.vigie.match.Previewer;
import coop.vigie.notice.Call;
import coop.vigie.pipeline.Dealings;
import coop.vigie.pipeline.Matching;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changing profiles, and taking it back: subcommands of {@code profile}. */
@Command
class EditingCommand extends TuningCommand {

    private static final int EXAMPLES = 5;

    /** Over which days it is counted how many a week come. */
    private static final int DAYS = 365;

    EditingCommand(Session session) {
        super(session);
    }

    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "GROUP", index = "0") String groupId,
            @Parameters(paramLabel = "PROFILE", index = "1") String profileId,
            @Mixin ProfileOptions changes,
            @Option(names = "--new") boolean isNew,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        List<ProfileEdit> edits = changes.edits();
        if (edits.isEmpty()) {
            throw new UsageException(session.words().text("profile.what"));
        }
        return change(groupId, profileId, by, dryRun, format, How.SET, null, stored -> {
            if (isNew && stored.isPresent()) {
                throw new ProfileException(List.of(session.words().text("profile.there-already", profileId, groupId)));
            }
            if (!isNew && stored.isEmpty()) {
                throw new ProfileException(List.of(session.words().text("profile.unknown-new", profileId, groupId)));
            }
            return Optional.of(ProfileEdit.apply(stored.orElseGet(() -> blank(profileId)), edits));
        });
    }

    private Profile blank(String id) {
        try {
            return Profile.blank(id);
        } catch (IllegalArgumentException wrong) {
            throw new ProfileException(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    @Command(name = "remove")
    int remove(
            @Parameters(paramLabel = "GROUP", index = "0") String groupId,
            @Parameters(paramLabel = "PROFILE", index = "1") String profileId,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--yes") boolean yes,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            profile(GroupCommand.find(session, vigie, groupId), profileId);
        }
        if (!dryRun && !yes && !session.confirmed("profile.ask-remove", "group.needs-yes", groupId, profileId)) {
            return ExitCode.WRONG;
        }
        return change(groupId, profileId, by, dryRun, format, How.SET, null, stored -> Optional.empty());
    }

    /** Takes one change back, and leaves alone what came later. */
    @Command(name = "undo")
    int undo(
            @Parameters(paramLabel = "GROUP", index = "0") String groupId,
            @Parameters(paramLabel = "NUMBER", index = "1") long number,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        ProfileChange undone;
        try (Vigie vigie = session.open()) {
            Group group = GroupCommand.find(session, vigie, groupId);
            undone = vigie.profiles().of(group.id()).stream()
                    .filter(change -> change.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new UsageException(session.words().text("profile.no-change", number, groupId)));
        }
        return change(groupId, undone.profile(), by, dryRun, format, How.UNDO, number, undone::undoneOn);
    }

    /** Shows what a change does to the open calls, stores it unless it is only tried, and matches the profile at once. */
    private int change(
            String groupId,
            String profileId,
            @Nullable String by,
            boolean dryRun,
            Format format,
            How how,
            @Nullable Long undoes,
            UnaryOperator<Optional<Profile>> change) {
        try (Vigie vigie = session.open()) {
            Group group = GroupCommand.find(session, vigie, groupId);
            String who = CurateCommand.who(session, group, by);
            Optional<Profile> before = group.profile(profileId);
            Optional<Profile> after = change.apply(before);
            // A query that cannot be read must not be stored.
            after.ifPresent(each -> CompiledProfile.compile(each, new QueryCompiler(), session.now()));
            if (after.equals(before)) {
                session.say("profile.unchanged", groupId, profileId);
                return ExitCode.DONE;
            }
            List<String> suggested = List.of();
            Changed changed = null;
            try (Searcher searcher = searcher(vigie)) {
                after.ifPresent(each -> new Unlisted(session, vigie, searcher).in(each));
                if (searcher != null) {
                    Previewer previewer = vigie.previewer(searcher, DAYS);
                    // One that cannot be read finds nothing, and can be mended.
                    Optional<Profile> old = before.filter(this::isReadable);
                    suggested = suggested(vigie, previewer, group, old, after);
                    changed = new Changed(
                            Effect.of(old, after, searcher, session.now(), EXAMPLES),
                            old.map(previewer::perWeek).orElse(0.0),
                            after.map(previewer::perWeek).orElse(0.0));
                }
            }
            Optional<ProfileChange> stored = dryRun
                    ? Optional.empty()
                    : vigie.profiles()
                            .change(
                                    group.id(),
                                    profileId,
                                    change,
                                    new ProfileStore.By(who, session.now(), how, undoes, suggested));
            Matching.Outcome matched = stored.isPresent() ? vigie.catchUp() : new Matching.Outcome(0, List.of());
            var result = new Result(
                    group,
                    profileId,
                    edits(profileId, before, after),
                    Optional.ofNullable(changed),
                    stored.map(ProfileChange::number));
            if (format == Format.TABLE) {
                print(result, after.isEmpty());
            } else {
                session.listing().json(view(result, after.isEmpty()));
            }
            stored.ifPresentOrElse(
                    each -> session.say("profile.stored", each.number(), groupId),
                    () -> session.say("profile.not-stored"));
            matched.remarks().forEach(session.terminal().err()::println);
            return matched.remarks().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
        }
    }

    private boolean isReadable(Profile profile) {
        try {
            CompiledProfile.compile(profile, new QueryCompiler(), session.now());
            return true;
        } catch (QuerySyntaxException unreadable) {
            return false;
        }
    }

    private record Changed(Effect open, double perWeekBefore, double perWeekAfter) {}

    /** @param stored number of the change; empty if it was only tried */
    private record Result(
            Group group, String profile, List<ProfileEdit> edits, Optional<Changed> changed, Optional<Long> stored) {}

    private static List<ProfileEdit> edits(String id, Optional<Profile> before, Optional<Profile> after) {
        return after.map(each -> ProfileEdit.between(before.orElseGet(() -> Profile.blank(id)), each))
                .orElse(List.of());
    }

    /** Which of the words that are newly excluded had been suggested, because members hid calls that carry them. */
    private static List<String> suggested(
            Vigie vigie, Previewer previewer, Group group, Optional<Profile> before, Optional<Profile> after) {
        List<String> excluded = edits("profile", before, after).stream()
                .filter(edit -> edit.part() == ProfilePart.NONE && edit.act() == ProfileEdit.Act.ADD)
                .map(ProfileEdit::value)
                .toList();
        if (excluded.isEmpty() || before.isEmpty()) {
            return List.of();
        }
        Dealings.Evidence evidence = vigie.dealings().evidence(group);
        List<String> words = previewer
                .hints(before.get())
                .hidden(evidence.hidden().keySet(), evidence.liked())
                .stream()
                .map(hint -> hint.edit().value())
                .toList();
        return excluded.stream().filter(words::contains).toList();
    }

    private Map<String, @Nullable Object> view(Result result, boolean removed) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("group", result.group().id().value());
        view.put("profile", result.profile());
        view.put("change", result.stored().orElse(null));
        view.put("removed", removed);
        view.put("edits", editViews(result.edits()));
        var open = new LinkedHashMap<String, @Nullable Object>();
        var perWeek = new LinkedHashMap<String, @Nullable Object>();
        result.changed().ifPresent(changed -> {
            open.put("before", changed.open().before());
            open.put("after", changed.open().after());
            open.put("come", view(changed.open().come()));
            open.put("go", view(changed.open().go()));
            perWeek.put("before", changed.perWeekBefore());
            perWeek.put("after", changed.perWeekAfter());
        });
        view.put("open", open.isEmpty() ? null : open);
        view.put("perWeek", perWeek.isEmpty() ? null : perWeek);
        return view;
    }

    private Map<String, @Nullable Object> view(Effect.Some some) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("total", some.total());
        view.put(
                "examples",
                some.examples().stream()
                        .map(call -> Views.call(call, session.now(), null, List.of()))
                        .toList());
        return view;
    }

    private static List<Map<String, @Nullable Object>> editViews(List<ProfileEdit> edits) {
        return edits.stream()
                .<Map<String, @Nullable Object>>map(edit -> {
                    var view = new LinkedHashMap<String, @Nullable Object>();
                    view.put("act", edit.act().name().toLowerCase(Locale.ROOT));
                    view.put("part", edit.part().code());
                    view.put("value", edit.value());
                    return view;
                })
                .toList();
    }

    private void print(Result result, boolean removed) {
        PrintStream out = session.terminal().out();
        String key = result.group().id() + "/" + result.profile();
        out.println(
                removed
                        ? session.words().text("profile.removed", key)
                        : key + "  " + String.join("  ", options(result.edits())));
        result.changed().ifPresent(changed -> {
            Effect open = changed.open();
            out.println(session.words()
                    .text(
                            "profile.effect",
                            open.before(),
                            open.after(),
                            open.come().total(),
                            open.go().total()));
            out.println(session.words()
                    .text("profile.per-week", number(changed.perWeekBefore()), number(changed.perWeekAfter())));
            print("+ ", open.come());
            print("- ", open.go());
        });
    }

    private void print(String sign, Effect.Some some) {
        PrintStream out = session.terminal().out();
        some.examples().forEach(call -> out.println(sign + line(call)));
        if (some.total() > some.examples().size()) {
            out.println(sign
                    + session.words()
                            .text(
                                    "profile.and-more",
                                    some.total() - some.examples().size()));
        }
    }

    private static List<String> options(List<ProfileEdit> edits) {
        return edits.stream().map(TuningCommand::option).toList();
    }

    /** What members hid, what that suggests, and what was changed by whom. */
    @Command(name = "learned")
    int learned(
            @Parameters(paramLabel = "GROUP") String groupId,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            Group group = GroupCommand.find(session, vigie, groupId);
            Dealings.Evidence evidence = vigie.dealings().evidence(group);
            Map<String, List<Hint>> suggestions = new LinkedHashMap<>();
            try (Searcher searcher = searcher(vigie)) {
                if (searcher != null) {
                    Previewer previewer = vigie.previewer(searcher, DAYS);
                    for (Profile profile :
                            group.profiles().stream().filter(this::isReadable).toList()) {
                        List<Hint> hints = previewer
                                .hints(profile)
                                .hidden(evidence.hidden().keySet(), evidence.liked());
                        if (!hints.isEmpty()) {
                            suggestions.put(profile.id(), hints);
                        }
                    }
                }
            }
            Map<String, Call> calls =
                    vigie.hasStore() ? vigie.calls().findAll(evidence.hidden().keySet()) : Map.of();
            List<ProfileChange> changes = vigie.profiles().of(group.id());
            if (format == Format.TABLE) {
                print(group, evidence, calls, suggestions, changes);
                return ExitCode.DONE;
            }
            var view = new LinkedHashMap<String, @Nullable Object>();
            view.put("group", group.id().value());
            view.put(
                    "hidden",
                    evidence.hidden().entrySet().stream()
                            .map(each -> {
                                var hidden = new LinkedHashMap<String, @Nullable Object>();
                                hidden.put("id", each.getKey());
                                hidden.put("title", title(calls.get(each.getKey())));
                                hidden.put("byGroup", each.getValue().byGroup());
                                hidden.put("byMembers", each.getValue().byMembers());
                                return hidden;
                            })
                            .toList());
            List<Map<String, @Nullable Object>> hints = new ArrayList<>();
            suggestions.forEach((profile, theirs) -> theirs.forEach(hint -> {
                var suggestion = new LinkedHashMap<String, @Nullable Object>();
                suggestion.put("profile", profile);
                suggestion.putAll(hintView(hint));
                hints.add(suggestion);
            }));
            view.put("suggestions", hints);
            view.put("changes", changes.stream().map(EditingCommand::view).toList());
            session.listing().json(view);
            return ExitCode.DONE;
        }
    }

    private static Map<String, @Nullable Object> view(ProfileChange change) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("number", change.number());
        view.put("at", change.at().toString());
        view.put("who", change.who());
        view.put("profile", change.profile());
        view.put("how", change.how().name().toLowerCase(Locale.ROOT));
        view.put("undoes", change.undoes());
        view.put("new", change.before() == null);
        view.put("removed", change.after() == null);
        view.put("edits", editViews(change.edits()));
        view.put("suggested", change.suggested());
        return view;
    }

    private String title(@Nullable Call call) {
        return call == null
                ? ""
                : Listing.oneLine(
                        call.facts().title().in(List.of(session.words().language())));
    }

    private void print(
            Group group,
            Dealings.Evidence evidence,
            Map<String, Call> calls,
            Map<String, List<Hint>> suggestions,
            List<ProfileChange> changes) {
        PrintStream out = session.terminal().out();
        Words words = session.words();
        out.println(words.text("learned.hidden", evidence.hidden().size()));
        evidence.hidden()
                .forEach((id, hidden) -> out.println("  " + id + "  " + title(calls.get(id)) + "  "
                        + String.join(
                                ", ",
                                Stream.of(
                                                hidden.byGroup() ? words.text("learned.by-group") : "",
                                                hidden.byMembers() > 0
                                                        ? words.text("learned.by-members", hidden.byMembers())
                                                        : "")
                                        .filter(each -> !each.isEmpty())
                                        .toList())));
        out.println();
        out.println(words.text(suggestions.isEmpty() ? "learned.no-suggestion" : "learned.suggestions"));
        suggestions.forEach((profile, hints) -> hints.forEach(
                hint -> out.println("  vigie profile set " + group.id() + " " + profile + " " + hint(hint))));
        out.println();
        out.println(words.text("learned.changes"));
        for (ProfileChange change : changes) {
            String what =
                    change.after() == null ? words.text("learned.removed") : String.join("  ", options(change.edits()));
            String how = words.text(
                    "learned.how." + change.how().name().toLowerCase(Locale.ROOT),
                    change.undoes() == null ? "" : change.undoes());
            String suggested = change.suggested().isEmpty()
                    ? ""
                    : "  " + words.text("learned.was-suggested", String.join(", ", change.suggested()));
            out.println(Listing.oneLine("%4d".formatted(change.number())) + "  " + Say.moment(change.at()) + "  "
                    + change.who() + "  " + how + "  " + change.profile() + "  " + what + suggested);
        }
        if (!changes.isEmpty()) {
            out.println(words.text("learned.undo", group.id()));
        }
    }
}
