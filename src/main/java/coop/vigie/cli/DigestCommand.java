package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.config.Settings;
import coop.vigie.deliver.MailServerDown;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.OutboxUnwritable;
import coop.vigie.deliver.TransportDown;
import coop.vigie.digest.Edition;
import coop.vigie.digest.EditionView;
import coop.vigie.group.Channel;
import coop.vigie.group.Group;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.DigestRun;
import coop.vigie.pipeline.Rhythm;
import coop.vigie.pipeline.Sending;
import coop.vigie.pipeline.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class DigestCommand {

    /** How a preview is printed. */
    enum PreviewForm {
        TEXT,
        HTML,
        JSON
    }

    /** How a stored edition is printed. */
    enum EditionForm {
        JSON,
        EML
    }

    private final Session session;

    DigestCommand(Session session) {
        this.session = session;
    }

    private Predicate<Group> which(Vigie vigie, @Nullable String group) {
        if (group == null) {
            return any -> true;
        }
        Group chosen = GroupCommand.find(session, vigie, group);
        return each -> each.id().equals(chosen.id());
    }

    /** What would go out now, as text, HTML or JSON; nothing is stored. */
    @Command(name = "preview")
    int preview(
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--as", paramLabel = "MAIL") @Nullable String as,
            @Option(names = "--open") boolean open,
            @Option(names = "--format", paramLabel = "text|html|json", defaultValue = "text") PreviewForm format) {
        Optional<EmailAddress> reader = as == null
                ? Optional.empty()
                : Optional.of(EmailAddress.parse(as)
                        .orElseThrow(() -> new UsageException(session.words().text("error.mail", as))));
        try (Vigie vigie = session.open()) {
            List<DigestRun.Preview> all = vigie.digestRun().preview(which(vigie, group), reader);
            if (reader.isPresent() && all.isEmpty()) {
                throw new UsageException(session.words().text("digest.no-reader", reader.get()));
            }
            List<DigestRun.Preview> previews =
                    all.stream().filter(preview -> preview.edition().tells()).toList();
            if (previews.isEmpty()) {
                sayNothing(vigie, which(vigie, group));
            }
            switch (format) {
                case JSON ->
                    session.listing()
                            .json(previews.stream()
                                    .map(preview -> view(preview.edition(), "draft", true))
                                    .toList());
                case HTML ->
                    previews.stream()
                            .limit(1)
                            .forEach(preview -> session.terminal()
                                    .out()
                                    .println(preview.rendered().html()));
                case TEXT -> previews.forEach(this::text);
            }
            if (open && !previews.isEmpty()) {
                open(session, previews.getFirst().rendered().html());
            }
            return ExitCode.DONE;
        }
    }

    /** Nothing new, or nobody to tell it to. */
    private void sayNothing(Vigie vigie, Predicate<Group> which) {
        boolean anybody = GroupCommand.groups(vigie).stream()
                .filter(which)
                .anyMatch(each -> GroupCommand.active(each) > 0
                        || each.ways().stream().anyMatch(way -> !(way instanceof Channel.Mail)));
        session.say(anybody ? "digest.nothing" : "digest.nobody");
    }

    private void text(DigestRun.Preview preview) {
        var out = session.terminal().out();
        out.println("To: " + preview.edition().recipient());
        out.println("Subject: " + preview.rendered().subject());
        out.println();
        out.println(preview.rendered().text());
    }

    static void open(Session session, String html) {
        try {
            Path file = Files.createTempFile("vigie-", ".html");
            Files.writeString(file, html);
            session.say("digest.opened", file);
            String opener = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
            new ProcessBuilder(opener, file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noBrowser) {
            session.say("digest.no-browser");
        }
    }

    /** Makes a draft for everybody who has something new. */
    @Command(name = "build")
    int build(
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Edition> drafts = vigie.digestRun().build(which(vigie, group));
            if (drafts.isEmpty()) {
                sayNothing(vigie, which(vigie, group));
            }
            print(drafts.stream().map(draft -> view(draft, "draft", true)).toList(), format);
            return ExitCode.DONE;
        }
    }

    /** Sends what is new. */
    @Command(name = "send")
    int send(
            @Option(names = "--due") boolean due,
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            Predicate<Group> which = which(vigie, group);
            if (dryRun) {
                return preview(group, null, false, format == Format.TABLE ? PreviewForm.TEXT : PreviewForm.JSON);
            }
            var rhythm = new Rhythm(session.now());
            int members = (int) GroupCommand.groups(vigie).stream()
                    .filter(which)
                    .flatMap(each -> each.members().stream().map(member -> member.mail()))
                    .distinct()
                    .count();
            try (var progress = new Progress(session.terminal(), "send", members)) {
                if (vigie.hasMembers()) {
                    MemberCommand.invited(session, vigie.invite(Optional.empty()), false);
                }
                DigestRun run = vigie.digestRun();
                Consumer<Sent> step = each -> progress.step(each.recipient());
                return report(vigie, which, due ? run.sendDue(which, rhythm, step) : run.send(which, step), format);
            }
        }
    }

    private int report(Vigie vigie, Predicate<Group> which, Sending sending, Format format) {
        List<Sent> sent = sending.messages();
        long good =
                sent.stream().filter(each -> each.state() == Outbox.State.SENT).count();
        long pending = sent.stream()
                .filter(each -> each.state() == Outbox.State.PENDING)
                .count();
        long failed = sent.size() - good - pending;
        List<Map<String, @Nullable Object>> messages =
                sent.stream().map(each -> message(vigie, each)).toList();
        switch (format) {
            case JSON -> {
                var view = new LinkedHashMap<String, @Nullable Object>();
                view.put("editions", sent.size());
                view.put("sent", good);
                view.put("failed", failed);
                view.put("pending", pending);
                view.put("messages", messages);
                session.listing().json(view);
            }
            case JSONL, CSV -> session.listing().rows(format, messages);
            case TABLE -> {
                Words words = session.words();
                session.listing()
                        .table(
                                List.of(
                                        Listing.Column.fixed(words.text("column.recipient")),
                                        Listing.Column.fixed(words.text("column.edition")),
                                        Listing.Column.fixed(words.text("column.state")),
                                        Listing.Column.flexible(words.text("column.file"))),
                                messages.stream()
                                        .map(row -> List.of(
                                                String.valueOf(row.get("recipient")),
                                                String.valueOf(row.get("edition")),
                                                state(row),
                                                row.get("file") == null ? "" : String.valueOf(row.get("file"))))
                                        .toList());
            }
        }
        sent.stream()
                .filter(each -> !each.error().isEmpty())
                .forEach(each -> session.terminal().err().println(each.recipient() + ": " + each.error()));
        sending.down().ifPresent(down -> say(down, mails(sent, Outbox.State.PENDING)));
        Settings.Mail mail = vigie.settings().mail();
        if (sent.isEmpty()) {
            sayNothing(vigie, which);
        } else if (sent.stream().noneMatch(Sent::isMail)) {
            // What went other ways stands in the list.
        } else if (mail == null) {
            session.say("digest.sent", mails(sent, Outbox.State.SENT), vigie.outboxFolder());
        } else {
            session.say("digest.mailed", mails(sent, Outbox.State.SENT), mail.host());
        }
        if (good == sent.size()) {
            return ExitCode.DONE;
        }
        return good == 0 && failed == 0 ? ExitCode.IMPOSSIBLE : ExitCode.IN_PART;
    }

    /** How many mails are in that state; what goes another way is none. */
    private static long mails(List<Sent> sent, Outbox.State state) {
        return sent.stream()
                .filter(each -> each.state() == state && each.isMail())
                .count();
    }

    private void say(TransportDown down, long pending) {
        switch (down) {
            case MailServerDown server -> session.say("digest.server-down", server.server(), server.reason(), pending);
            case OutboxUnwritable folder -> session.terminal().err().println(folder.getMessage());
        }
    }

    private static Map<String, @Nullable Object> message(Vigie vigie, Sent sent) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("recipient", sent.recipient());
        view.put("edition", sent.edition());
        view.put("messageId", sent.messageId());
        view.put("state", sent.state().code());
        view.put(
                "file",
                sent.file()
                        .map(file -> vigie.home().relativize(file).toString())
                        .orElse(null));
        return view;
    }

    @Command(name = "list")
    int list(@Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Outbox.Entry> editions = vigie.hasMembers() ? vigie.outbox().list() : List.of();
            print(
                    editions.stream()
                            .map(entry -> view(entry.edition(), entry.state().code(), false))
                            .toList(),
                    format);
            return ExitCode.DONE;
        }
    }

    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--format", paramLabel = "json|eml", defaultValue = "json") EditionForm format) {
        try (Vigie vigie = session.open()) {
            Outbox.Entry entry = vigie.hasMembers() ? vigie.outbox().find(id).orElse(null) : null;
            if (entry == null) {
                throw new UsageException(session.words().text("digest.unknown", id));
            }
            switch (format) {
                case JSON ->
                    session.listing().json(view(entry.edition(), entry.state().code(), true));
                case EML -> {
                    if (entry.messageId() == null) {
                        throw new UsageException(session.words().text("digest.draft", id));
                    }
                    session.terminal().out().writeBytes(vigie.outbox().message(id));
                }
            }
            return ExitCode.DONE;
        }
    }

    private String state(Map<String, @Nullable Object> row) {
        return session.words().text("state." + row.get("state"));
    }

    private void print(List<Map<String, @Nullable Object>> editions, Format format) {
        if (format != Format.TABLE) {
            session.listing().rows(format, editions);
            return;
        }
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.edition")),
                                Listing.Column.fixed(words.text("column.recipient")),
                                Listing.Column.fixed(words.text("column.state")),
                                Listing.Column.fixed(words.text("column.language")),
                                Listing.Column.fixed(words.text("column.built"))),
                        editions.stream()
                                .map(row -> List.of(
                                        String.valueOf(row.get("id")),
                                        String.valueOf(row.get("recipient")),
                                        state(row),
                                        String.valueOf(row.get("language")),
                                        Say.moment(Instant.parse(String.valueOf(row.get("built"))))))
                                .toList());
    }

    private Map<String, @Nullable Object> view(Edition edition, String state, boolean blocks) {
        return blocks
                ? EditionView.whole(edition, state, reason -> Say.reason(session.words(), reason))
                : EditionView.head(edition, state);
    }
}
