package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.group.Group;
import coop.vigie.group.Profile;
import coop.vigie.match.ProfileKey;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class ProfileCommand extends EditingCommand {

    ProfileCommand(Session session) {
        super(session);
    }

    /** A call leaves the mails of one member, or of a whole group. */
    @Command(name = "not-for-us")
    int notForUs(
            @Parameters(paramLabel = "CALL") String id,
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--as", paramLabel = "MAIL") @Nullable String as,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        if ((group == null) == (as == null)) {
            throw new UsageException(session.words().text("curate.whom"));
        }
        if (group != null) {
            return new CurateCommand(session).hide(id, group, undo, by);
        }
        try (Vigie vigie = session.open()) {
            Call call = CurateCommand.call(session, vigie, id);
            EmailAddress mail = MemberCommand.known(session, vigie, String.valueOf(as));
            boolean changed = vigie.marks().hide(mail, call.ids(), !undo, session.now());
            session.say(changed ? (undo ? "curate.for-me" : "curate.not-for-me") : "curate.unchanged", call.id(), mail);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list")
    int list(
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Group> groups =
                    group == null ? GroupCommand.groups(vigie) : List.of(GroupCommand.find(session, vigie, group));
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (Group each : groups) {
                for (Profile profile : each.profiles()) {
                    rows.add(view(vigie, each, profile));
                }
            }
            if (format != Format.TABLE) {
                session.listing().rows(format, rows);
                return ExitCode.DONE;
            }
            Words words = session.words();
            session.listing()
                    .table(
                            List.of(
                                    Listing.Column.fixed(words.text("column.group")),
                                    Listing.Column.fixed(words.text("column.profile")),
                                    Listing.Column.fixed(words.text("column.scope")),
                                    Listing.Column.fixed(words.text("column.matches")),
                                    Listing.Column.flexible(words.text("column.words")),
                                    Listing.Column.flexible(words.text("column.cpv")),
                                    Listing.Column.flexible(words.text("column.place"))),
                            rows.stream()
                                    .map(row -> List.of(
                                            String.valueOf(row.get("group")),
                                            String.valueOf(row.get("profile")),
                                            String.valueOf(row.get("scope")),
                                            String.valueOf(row.get("matches")),
                                            joined(row.get("any")),
                                            joined(row.get("cpv")),
                                            joined(row.get("places"))))
                                    .toList());
            return ExitCode.DONE;
        }
    }

    private static String joined(@Nullable Object list) {
        return list instanceof List<?> values
                ? String.join(", ", values.stream().map(String::valueOf).toList())
                : "";
    }

    private static Map<String, @Nullable Object> view(Vigie vigie, Group group, Profile profile) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("group", group.id().value());
        view.put("profile", profile.id());
        view.put("scope", profile.scope().code());
        view.put("any", profile.any());
        view.put("all", profile.all());
        view.put("none", profile.none());
        view.put("cpv", profile.cpv());
        view.put("places", profile.places());
        view.put("levels", profile.levels().stream().map(Level::code).toList());
        view.put("kinds", profile.kinds().stream().map(Kind::code).toList());
        view.put("query", profile.query());
        view.put(
                "matches",
                vigie.matches().of(new ProfileKey(group.id(), profile.id())).size());
        return view;
    }

    /** One profile with the calls that it matches now. */
    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "GROUP", index = "0") String groupId,
            @Parameters(paramLabel = "PROFILE", index = "1") String profileId,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            Instant now = session.now();
            Group group = GroupCommand.find(session, vigie, groupId);
            Profile profile = profile(group, profileId);
            Map<String, List<Reason>> matches = vigie.matches().of(new ProfileKey(group.id(), profile.id()));
            List<Call> open = vigie.hasStore()
                    ? vigie.calls().findAll(matches.keySet()).values().stream()
                            .filter(call -> call.isOpen(now))
                            .sorted(Comparator.<Call>comparingLong(
                                            call -> call.deadline(now).sortKey())
                                    .thenComparing(Call::id))
                            .toList()
                    : List.of();
            if (format == Format.TABLE) {
                view(vigie, group, profile).forEach(this::line);
                session.terminal().out().println();
                Calls.table(session, open, now);
                return ExitCode.DONE;
            }
            Map<String, @Nullable Object> view = view(vigie, group, profile);
            view.put(
                    "calls",
                    open.stream()
                            .map(call -> Views.call(
                                    call,
                                    now,
                                    null,
                                    matches.getOrDefault(call.id().toString(), List.of()).stream()
                                            .map(reason -> Say.reason(session.words(), reason))
                                            .toList()))
                            .toList());
            session.listing().json(view);
            return ExitCode.DONE;
        }
    }

    /** One part of a profile, if it says anything. */
    private void line(String part, @Nullable Object value) {
        String said = value instanceof List<?> ? joined(value) : String.valueOf(value);
        if (!said.isEmpty()) {
            String name = session.words().text("profile." + part);
            session.terminal().out().println("%-14s %s".formatted(name, Listing.oneLine(said)));
        }
    }
}
