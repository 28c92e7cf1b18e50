package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.deliver.Outbox;
import coop.vigie.group.Cadence;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.group.Member;
import coop.vigie.group.MemberStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.Sending;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Persons over all their groups: what they want, and what is kept of them. */
@Command
final class MemberCommand {

    private final Session session;

    MemberCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list")
    int list(
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Group> groups =
                    group == null ? GroupCommand.groups(vigie) : List.of(GroupCommand.find(session, vigie, group));
            print(
                    groups.stream()
                            .flatMap(each -> each.members().stream().map(member -> view(each.id(), member)))
                            .toList(),
                    format);
            return ExitCode.DONE;
        }
    }

    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            EmailAddress person = known(session, vigie, mail);
            print(
                    vigie.persons().of(person).stream()
                            .map(each -> view(each.group(), each.member()))
                            .toList(),
                    format);
            if (format == Format.TABLE) {
                history(vigie.persons().history(person));
            }
            return ExitCode.DONE;
        }
    }

    private void history(List<MemberStore.Act> acts) {
        if (acts.isEmpty()) {
            return;
        }
        session.terminal().out().println();
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.when")),
                                Listing.Column.fixed(words.text("column.group")),
                                Listing.Column.fixed(words.text("column.event")),
                                Listing.Column.fixed(words.text("column.who")),
                                Listing.Column.flexible(words.text("column.detail"))),
                        acts.stream()
                                .map(act -> List.of(
                                        Say.moment(act.at()),
                                        act.group().value(),
                                        words.text("event." + act.event().code()),
                                        act.who(),
                                        act.detail()))
                                .toList());
    }

    /** Changes what somebody wants, in one group or in all of theirs. */
    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Mixin Wishes wishes,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        if (wishes.given().isEmpty()) {
            throw new UsageException(session.words().text("member.nothing-given"));
        }
        try (Vigie vigie = session.open()) {
            EmailAddress person = known(session, vigie, mail);
            List<GroupId> changed = vigie.memberships()
                    .set(
                            person,
                            group(vigie, group),
                            member -> wishes.applyTo(member, session.words()),
                            wishes.given(),
                            session.who(by));
            return said("member.set", changed);
        }
    }

    /** Ends mails as the person asked in another way than by mail. */
    @Command(name = "leave")
    int leave(
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        try (Vigie vigie = session.open()) {
            EmailAddress person = known(session, vigie, mail);
            return said(
                    "member.left", vigie.memberships().leave(person, group(vigie, group), "by hand", session.who(by)));
        }
    }

    /** Never again to this address. */
    @Command(name = "suppress")
    int suppress(
            @Parameters(paramLabel = "MAIL") String mail,
            @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        try (Vigie vigie = session.open()) {
            EmailAddress person = known(session, vigie, mail);
            if (undo) {
                List<GroupId> asked = vigie.memberships().unsuppress(person, session.who(by));
                return asked.isEmpty() ? said("", asked) : invited(session, vigie.invite(Optional.of(person)), true);
            }
            if (reason == null) {
                throw new UsageException(session.words().text("member.needs-reason"));
            }
            return said("member.suppressed", vigie.memberships().suppress(person, reason, session.who(by)));
        }
    }

    private int said(String key, List<GroupId> groups) {
        if (groups.isEmpty()) {
            session.say("group.nothing");
        } else {
            session.say(
                    key, String.join(", ", groups.stream().map(GroupId::value).toList()));
        }
        return ExitCode.DONE;
    }

    /** Sends the opt-in mail: to everybody who has not had it, or to one person again. */
    @Command(name = "invite")
    int invite(@Parameters(paramLabel = "MAIL", arity = "0..1") @Nullable String mail) {
        try (Vigie vigie = session.open()) {
            Optional<EmailAddress> again = mail == null ? Optional.empty() : Optional.of(known(session, vigie, mail));
            if (!vigie.hasMembers()) {
                session.say("member.nobody-to-ask");
                return ExitCode.DONE;
            }
            return invited(session, vigie.invite(again), true);
        }
    }

    /** Says how many were asked; the exit code. */
    static int invited(Session session, Sending sending, boolean alsoNobody) {
        long sent = sending.messages().stream()
                .filter(each -> each.state() == Outbox.State.SENT)
                .count();
        sending.messages().stream()
                .filter(each -> !each.error().isEmpty())
                .forEach(each -> session.terminal().err().println(each.recipient() + ": " + each.error()));
        sending.down().ifPresent(down -> session.terminal().err().println(down.getMessage()));
        if (sending.messages().isEmpty()) {
            if (alsoNobody) {
                session.say("member.nobody-to-ask");
            }
            return ExitCode.DONE;
        }
        session.say("member.asked", sent);
        return sent == sending.messages().size() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    /** Everything that is kept about a person, as JSON. */
    @Command(name = "export")
    int export(@Parameters(paramLabel = "MAIL") String mail) {
        try (Vigie vigie = session.open()) {
            session.terminal().out().println(coop.vigie.store.Json.write(vigie.export(known(session, vigie, mail))));
            return ExitCode.DONE;
        }
    }

    /** Forgets a person. */
    @Command(name = "erase")
    int erase(@Parameters(paramLabel = "MAIL") String mail, @Option(names = "--yes") boolean yes) {
        try (Vigie vigie = session.open()) {
            EmailAddress person = address(session, mail);
            if (!vigie.hasMembers()) {
                throw new UsageException(session.words().text("member.unknown", mail));
            }
            if (!yes && !session.confirmed("member.ask-erase", "member.needs-yes", person)) {
                return ExitCode.WRONG;
            }
            boolean clean = vigie.erase(person);
            session.say("member.erased", person);
            if (!clean) {
                session.say("member.erased-later");
            }
            return clean ? ExitCode.DONE : ExitCode.IN_PART;
        }
    }

    private static EmailAddress address(Session session, String written) {
        return EmailAddress.parse(written)
                .orElseThrow(() -> new UsageException(session.words().text("error.mail", written)));
    }

    /** @throws UsageException if nobody of that address is in a group */
    static EmailAddress known(Session session, Vigie vigie, String written) {
        EmailAddress address = address(session, written);
        if (!vigie.hasMembers() || vigie.persons().of(address).isEmpty()) {
            throw new UsageException(session.words().text("member.unknown", written));
        }
        return address;
    }

    private Optional<GroupId> group(Vigie vigie, @Nullable String id) {
        return id == null
                ? Optional.empty()
                : Optional.of(GroupCommand.find(session, vigie, id).id());
    }

    private static Map<String, @Nullable Object> view(GroupId group, Member member) {
        Cadence cadence = member.cadence();
        List<Period> reminders = member.reminders();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("mail", member.mail().value());
        view.put("group", group.value());
        view.put("status", member.status().code());
        view.put("role", member.role().code());
        view.put("name", member.name());
        view.put("language", member.language());
        view.put("reads", member.reads());
        view.put("cadence", cadence == null ? null : cadence.code());
        view.put(
                "reminders",
                reminders == null
                        ? null
                        : reminders.stream()
                                .map(each -> each.get(ChronoUnit.DAYS) + "d")
                                .toList());
        return view;
    }

    private void print(List<Map<String, @Nullable Object>> rows, Format format) {
        if (format != Format.TABLE) {
            session.listing().rows(format, rows);
            return;
        }
        Words words = session.words();
        List<List<String>> cells = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            cells.add(List.of(
                    String.valueOf(row.get("mail")),
                    String.valueOf(row.get("group")),
                    words.text("status." + row.get("status")),
                    words.text("role." + row.get("role")),
                    row.get("language") == null ? "" : String.valueOf(row.get("language")),
                    row.get("cadence") == null ? "" : String.valueOf(row.get("cadence"))));
        }
        session.listing()
                .table(
                        List.of(
                                Listing.Column.flexible(words.text("column.mail")),
                                Listing.Column.fixed(words.text("column.group")),
                                Listing.Column.fixed(words.text("column.status")),
                                Listing.Column.fixed(words.text("column.role")),
                                Listing.Column.fixed(words.text("column.language")),
                                Listing.Column.fixed(words.text("column.cadence"))),
                        cells);
    }
}
