package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.group.Consent;
import coop.vigie.group.Group;
import coop.vigie.group.GroupChanges;
import coop.vigie.group.GroupsFile;
import coop.vigie.group.Member;
import coop.vigie.group.Status;
import coop.vigie.index.Searcher;
import coop.vigie.notice.EmailAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class GroupCommand {

    /** How a group is printed. */
    enum Form {
        YAML,
        JSON
    }

    private final Session session;

    GroupCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list")
    int list(@Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Group> groups = groups(vigie);
            if (format != Format.TABLE) {
                session.listing()
                        .rows(format, groups.stream().map(GroupCommand::view).toList());
                return ExitCode.DONE;
            }
            Words words = session.words();
            session.listing()
                    .table(
                            List.of(
                                    Listing.Column.fixed(words.text("column.group")),
                                    Listing.Column.flexible(words.text("column.name")),
                                    Listing.Column.fixed(words.text("column.profiles")),
                                    Listing.Column.fixed(words.text("column.members")),
                                    Listing.Column.fixed(words.text("column.active"))),
                            groups.stream()
                                    .map(group -> List.of(
                                            group.id().value(),
                                            group.name().in(List.of(words.language())),
                                            String.valueOf(group.profiles().size()),
                                            String.valueOf(group.members().size()),
                                            String.valueOf(active(group))))
                                    .toList());
            return ExitCode.DONE;
        }
    }

    static List<Group> groups(Vigie vigie) {
        return vigie.hasMembers() ? vigie.groups().all() : List.of();
    }

    /** @throws UsageException if there is no such group */
    static Group find(Session session, Vigie vigie, String id) {
        return groups(vigie).stream()
                .filter(group -> group.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException(session.words().text("group.unknown", id)));
    }

    static long active(Group group) {
        return group.members().stream()
                .filter(member -> member.status() == Status.ACTIVE)
                .count();
    }

    private static Map<String, @Nullable Object> view(Group group) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", group.id().value());
        view.put("name", group.name().byLanguage());
        view.put("axis", group.axis().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        view.put("languages", group.languages());
        view.put(
                "profiles",
                group.profiles().stream().map(profile -> profile.id()).toList());
        view.put("members", group.members().size());
        view.put("active", active(group));
        return view;
    }

    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "GROUP") String id,
            @Option(names = "--format", paramLabel = "yaml|json", defaultValue = "yaml") Form format) {
        try (Vigie vigie = session.open()) {
            Group group = find(session, vigie, id);
            switch (format) {
                case JSON -> session.listing().json(view(group));
                case YAML -> session.terminal().out().print(GroupsFile.write(List.of(group)));
            }
            return ExitCode.DONE;
        }
    }

    /** Shows what the file would change, asks, and applies it; new and reworded profiles are matched at once. */
    @Command(name = "import")
    int importFile(@Parameters(paramLabel = "FILE") Path file, @Option(names = "--yes") boolean yes) {
        List<Group> wanted = GroupsFile.read(file);
        try (Vigie vigie = session.open()) {
            GroupChanges changes =
                    vigie.hasMembers() ? vigie.groups().compare(wanted) : GroupChanges.between(List.of(), wanted);
            changes.changes().forEach(change -> session.terminal().out().println(change));
            changes.refused().forEach(change -> session.terminal().err().println(change));
            if (changes.isEmpty()) {
                session.say("group.nothing");
                return ExitCode.DONE;
            }
            warn(vigie, wanted);
            if (!yes && !session.confirmed("group.ask", "group.needs-yes")) {
                return ExitCode.WRONG;
            }
            vigie.groups().apply(wanted, session.who(null), session.now());
            session.say("group.imported", wanted.size());
            long pending = wanted.stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> member.status() == Status.PENDING)
                    .count();
            if (pending > 0) {
                session.say("group.pending", pending);
            }
            var matched = vigie.catchUp();
            session.say("group.matched", matched.added());
            matched.remarks().forEach(session.terminal().err()::println);
            return matched.remarks().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
        }
    }

    /** Of codes in profiles that do not exist, before anybody agrees to them. */
    private void warn(Vigie vigie, List<Group> wanted) {
        Optional<Searcher> index = vigie.searcher(() -> session.say("search.rebuild"));
        try (Searcher searcher = index.orElse(null)) {
            var unlisted = new Unlisted(session, vigie, searcher);
            wanted.forEach(group -> group.profiles().forEach(unlisted::in));
        }
    }

    /** Somebody joins: with consent at once, without it once they have answered the opt-in mail. */
    @Command(name = "join")
    int join(
            @Parameters(paramLabel = "GROUP") String id,
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--consent", paramLabel = "TEXT") @Nullable String consent,
            @Mixin Wishes wishes,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        try (Vigie vigie = session.open()) {
            Group group = find(session, vigie, id);
            EmailAddress address = EmailAddress.parse(mail)
                    .orElseThrow(() -> new UsageException(session.words().text("error.mail", mail)));
            Consent given =
                    consent == null ? null : new Consent(consent, LocalDate.ofInstant(session.now(), ZoneOffset.UTC));
            Member member =
                    wishes.applyTo(Member.of(address, null, null, List.of(), Status.ACTIVE, given), session.words());
            switch (vigie.memberships().join(group.id(), member, session.who(by))) {
                case ACTIVE -> session.say("group.joined", address, id);
                case SUPPRESSED -> throw new UsageException(session.words().text("group.suppressed", address));
                case ALREADY -> session.say("group.already", address, id);
                case PENDING -> {
                    session.say("group.joined-pending", address, id);
                    return MemberCommand.invited(session, vigie.invite(Optional.of(address)), true);
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "leave")
    int leave(
            @Parameters(paramLabel = "GROUP") String id,
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        return new MemberCommand(session).leave(mail, id, by);
    }

    /** The groups in the form of groups.yaml. */
    @Command(name = "export")
    int export(@Parameters(paramLabel = "GROUP", arity = "0..*") @Nullable List<String> ids) {
        try (Vigie vigie = session.open()) {
            List<Group> groups = ids == null || ids.isEmpty()
                    ? groups(vigie)
                    : ids.stream().map(id -> find(session, vigie, id)).toList();
            session.terminal().out().print(GroupsFile.write(groups));
            return ExitCode.DONE;
        }
    }
}
