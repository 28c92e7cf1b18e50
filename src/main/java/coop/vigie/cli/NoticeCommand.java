package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.CurationStore.Act;
import coop.vigie.curate.SuggestionStore.State;
import coop.vigie.curate.SuggestionStore.Suggestion;
import coop.vigie.hand.CallsFile;
import coop.vigie.hand.Entry;
import coop.vigie.hand.EntryFields;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.pipeline.ByHand.Entered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls that no source brings. */
@Command
final class NoticeCommand extends CurateCommand {

    NoticeCommand(Session session) {
        super(session);
    }

    /** Calls that somebody signals. */
    @Command(name = "suggest")
    int suggest(
            @Parameters(paramLabel = "URL") String url,
            @Option(names = "--title", paramLabel = "TEXT") @Nullable String title,
            @Option(names = "--note", paramLabel = "TEXT", defaultValue = "") String note,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        // Checked as the call that it may become.
        if (entry(new HashMap<>(Map.of("url", url, "title", title == null ? url : title))) == null) {
            return ExitCode.WRONG;
        }
        try (Vigie vigie = session.open()) {
            vigie.catalogue();
            long id = vigie.suggestions().add(session.who(by), url.strip(), title, note.strip(), session.now());
            session.terminal().out().println(id);
            session.say("suggestion.waits", id);
            return ExitCode.DONE;
        }
    }

    @Command(name = "suggestions")
    int suggestions(
            @Option(names = "--all") boolean all,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Suggestion> shown = vigie.hasMembers()
                    ? vigie.suggestions().all().stream()
                            .filter(each -> all || each.state() == State.PENDING)
                            .toList()
                    : List.of();
            if (format != Format.TABLE) {
                session.listing()
                        .rows(format, shown.stream().map(Views::suggestion).toList());
                return ExitCode.DONE;
            }
            Words words = session.words();
            session.listing()
                    .table(
                            List.of(
                                    Listing.Column.fixed(words.text("column.id")),
                                    Listing.Column.fixed(words.text("column.when")),
                                    Listing.Column.fixed(words.text("column.who")),
                                    Listing.Column.fixed(words.text("column.state")),
                                    Listing.Column.flexible(words.text("column.title")),
                                    Listing.Column.flexible(words.text("column.url")),
                                    Listing.Column.flexible(words.text("column.note"))),
                            shown.stream()
                                    .map(each -> List.of(
                                            String.valueOf(each.id()),
                                            Say.moment(each.at()),
                                            each.who(),
                                            words.text(
                                                    "suggestion." + each.state().code()),
                                            Say.orEmpty(each.title()),
                                            Say.orEmpty(each.url()),
                                            each.note()))
                                    .toList());
            return ExitCode.DONE;
        }
    }

    /** A suggestion becomes a call like those of {@code add}. */
    @Command(name = "approve")
    int approve(
            @Parameters(paramLabel = "NUMBER") long number,
            @Mixin CallFields about,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        Map<String, String> fields = about.given();
        try (Vigie vigie = session.open()) {
            Suggestion suggestion = pending(vigie, number);
            if (suggestion.title() != null) {
                fields.putIfAbsent("title", suggestion.title());
            }
            if (suggestion.url() != null) {
                fields.putIfAbsent("url", suggestion.url());
            }
        }
        String who = session.who(by);
        Entry entry = entry(fields);
        if (entry == null) {
            return ExitCode.WRONG;
        }
        int code = enter(List.of(entry), who, false, format);
        decide(number, State.APPROVED, who);
        return code;
    }

    @Command(name = "refuse")
    int refuse(
            @Parameters(paramLabel = "NUMBER") long number,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        decide(number, State.REFUSED, session.who(by));
        return ExitCode.DONE;
    }

    private void decide(long number, State state, String who) {
        try (Vigie vigie = session.open()) {
            pending(vigie, number);
            Act act = state == State.APPROVED ? Act.APPROVE : Act.REFUSE;
            vigie.curations().log(new CurationStore.Entry(session.now(), who, "", "suggestion " + number, act, ""));
            vigie.suggestions().decide(number, state);
            session.say("suggestion.is", number, session.words().text("suggestion." + state.code()));
        }
    }

    private Suggestion pending(Vigie vigie, long number) {
        Suggestion suggestion = (vigie.hasMembers() ? vigie.suggestions().find(number) : Optional.<Suggestion>empty())
                .orElseThrow(() -> new UsageException(session.words().text("suggestion.unknown", number)));
        if (suggestion.state() != State.PENDING) {
            throw new UsageException(session.words()
                    .text(
                            "suggestion.decided",
                            number,
                            session.words()
                                    .text("suggestion." + suggestion.state().code())));
        }
        return suggestion;
    }

    @Command(name = "add")
    int add(
            @Mixin CallFields about,
            @Option(names = "--every", paramLabel = "year") @Nullable String every,
            @Option(names = "--id", paramLabel = "ID") @Nullable String id,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        Map<String, String> fields = about.given();
        CallFields.put(fields, "every", every);
        CallFields.put(fields, "id", id);
        Entry entry = entry(fields);
        return entry == null ? ExitCode.WRONG : enter(List.of(entry), session.who(by), dryRun, format);
    }

    /** The call that these fields describe; null if they describe none, after saying why. */
    private @Nullable Entry entry(Map<String, String> fields) {
        EntryFields.Read read = EntryFields.read(fields, session.now());
        read.faults().forEach(fault -> session.terminal().err().println("vigie: --" + fault));
        return read.entry();
    }

    private int enter(List<Entry> entries, String who, boolean dryRun, Format format) {
        return enterAll(entries, who, dryRun, format).complete() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    /** Stores the good lines of a file, and names what is wrong with the others. */
    @Command(name = "import")
    int importFile(
            @Parameters(paramLabel = "FILE.csv") Path file,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(session.words().text("error.file", file));
        }
        String who = session.who(by);
        CallsFile.Read read = CallsFile.read(file, session.now());
        read.problems().forEach(session.terminal().err()::println);
        if (!read.usable()) {
            return ExitCode.WRONG;
        }
        Outcome outcome =
                enterAll(read.lines().stream().map(CallsFile.Line::entry).toList(), who, dryRun, format);
        outcome.refused()
                .forEach((index, reason) -> session.terminal()
                        .err()
                        .println(file.getFileName() + ":"
                                + read.lines().get(index).number() + ": " + reason));
        boolean all = read.problems().isEmpty() && outcome.refused().isEmpty();
        if (!all) {
            session.say("notice.left-out", read.leftOut() + outcome.refused().size());
        }
        return all && outcome.complete() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    /**
     * How entering went.
     *
     * @param refused what was not taken, by its place among the entries
     * @param complete false if index or matches could not follow
     */
    private record Outcome(Map<Integer, String> refused, boolean complete) {}

    private Outcome enterAll(List<Entry> entries, String who, boolean dryRun, Format format) {
        Instant now = session.now();
        try (Vigie vigie = session.open()) {
            // A folder without feeds.yaml is no home, and gets no store.
            vigie.catalogue();
            List<Entered> entered = vigie.enter(entries, who, dryRun);
            var refused = new HashMap<Integer, String>();
            List<Notice> taken = new ArrayList<>();
            int added = 0;
            int changed = 0;
            for (int i = 0; i < entered.size(); i++) {
                Entered each = entered.get(i);
                if (each.refused() != null) {
                    refused.put(i, each.refused());
                    continue;
                }
                taken.add(each.notice());
                added += each.stored().added();
                changed += each.stored().changed();
                if (each.notice().deadline(now).state(now) == Deadline.State.CLOSED) {
                    session.say("notice.closed", each.notice().id());
                }
            }
            print(taken, format, now);
            session.say(
                    dryRun ? "notice.would-enter" : "notice.entered", added, changed, taken.size() - added - changed);
            if (dryRun) {
                return new Outcome(refused, true);
            }
            var matched = vigie.catchUp();
            session.say("group.matched", matched.added());
            matched.remarks().forEach(session.terminal().err()::println);
            return new Outcome(refused, matched.remarks().isEmpty());
        }
    }

    private void print(List<Notice> notices, Format format, Instant now) {
        if (format != Format.TABLE) {
            session.listing()
                    .rows(
                            format,
                            notices.stream()
                                    .map(notice -> Views.notice(notice, now))
                                    .toList());
        } else if (!notices.isEmpty()) {
            Calls.table(
                    session,
                    notices.stream().map(notice -> Views.alone(notice, now)).toList(),
                    now);
        }
    }
}
