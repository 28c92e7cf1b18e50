package coop.vigie.cli;

import coop.vigie.Vigie;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls that no source brings. */
@Command
final class NoticeCommand {

    private final Session session;

    NoticeCommand(Session session) {
        this.session = session;
    }

    @Command(name = "add")
    int add(
            @Option(names = "--title", paramLabel = "TEXT", required = true) String title,
            @Option(names = "--title-lang", paramLabel = "fr|nl|en|…") @Nullable String titleLanguage,
            @Option(names = "--text", paramLabel = "TEXT") @Nullable String text,
            @Option(names = "--buyer", paramLabel = "NAME") @Nullable String buyer,
            @Option(names = "--url", paramLabel = "URL") @Nullable String url,
            @Option(names = "--deadline", paramLabel = "DATE|\"DATE TIME\"|rolling") @Nullable String deadline,
            @Option(names = "--kind", paramLabel = "call|tender|scheme|training") @Nullable String kind,
            @Option(names = "--level", paramLabel = "LEVEL") @Nullable String level,
            @Option(names = "--places", paramLabel = "NUTS,…") @Nullable List<String> places,
            @Option(names = "--cpv", paramLabel = "CODE,…") @Nullable List<String> cpv,
            @Option(names = "--languages", paramLabel = "LANG,…") @Nullable List<String> languages,
            @Option(names = "--every", paramLabel = "year") @Nullable String every,
            @Option(names = "--id", paramLabel = "ID") @Nullable String id,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        Map<String, String> fields = new HashMap<>();
        put(fields, "title", title);
        put(fields, "title-lang", titleLanguage);
        put(fields, "text", text);
        put(fields, "buyer", buyer);
        put(fields, "url", url);
        put(fields, "deadline", deadline);
        put(fields, "kind", kind);
        put(fields, "level", level);
        put(fields, "places", joined(places));
        put(fields, "cpv", joined(cpv));
        put(fields, "languages", joined(languages));
        put(fields, "every", every);
        put(fields, "id", id);
        EntryFields.Read read = EntryFields.read(fields, session.now());
        if (read.entry() == null) {
            read.faults().forEach(fault -> session.terminal().err().println("vigie: --" + fault));
            return ExitCode.WRONG;
        }
        Outcome outcome = enter(List.of(read.entry()), session.who(by), dryRun, format);
        return outcome.complete() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static @Nullable String joined(@Nullable List<String> values) {
        return values == null ? null : String.join(",", values);
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
        Outcome outcome = enter(read.lines().stream().map(CallsFile.Line::entry).toList(), who, dryRun, format);
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

    private Outcome enter(List<Entry> entries, String who, boolean dryRun, Format format) {
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
