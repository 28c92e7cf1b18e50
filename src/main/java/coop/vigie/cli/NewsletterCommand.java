package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.deliver.Outbox;
import coop.vigie.digest.EditionView;
import coop.vigie.digest.Rendered;
import coop.vigie.newsletter.Issue;
import coop.vigie.newsletter.IssuePage;
import coop.vigie.newsletter.NewsletterFile;
import coop.vigie.newsletter.NewsletterStore;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.Newsletters;
import coop.vigie.pipeline.Sending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The comms team's edition: drafted, edited as a file, looked at, tried, sent, pasted elsewhere, put away. */
@Command
final class NewsletterCommand {

    /** How a fragment is printed. */
    enum FragmentForm {
        HTML,
        MD
    }

    private final Session session;

    NewsletterCommand(Session session) {
        this.session = session;
    }

    /** Writes a draft into the folder, never over a file that is there. */
    @Command(name = "draft")
    int draft(
            @Option(names = "--month") boolean month,
            @Option(names = "--week") boolean week,
            @Option(names = "--theme", paramLabel = "GROUP|WORD") @Nullable String theme) {
        if (month && week) {
            throw new UsageException(session.words().text("newsletter.month-or-week"));
        }
        try (Vigie vigie = session.open()) {
            if (!vigie.hasMembers()) {
                throw new UsageException(session.words().text("newsletter.no-groups"));
            }
            Newsletters.Drafted drafted =
                    vigie.newsletters().draft((month || week) ? week : null, Optional.ofNullable(theme));
            if (!drafted.made()) {
                throw new UsageException(session.words().text("newsletter.there", drafted.file()));
            }
            session.terminal().out().println(drafted.file());
            session.say("newsletter.drafted", drafted.calls());
            return ExitCode.DONE;
        }
    }

    /** Opens the file in the person's editor, and reads it again. */
    @Command(name = "edit")
    int edit(@Parameters(paramLabel = "ID", arity = "0..1") @Nullable String id) throws InterruptedException {
        try (Vigie vigie = session.open()) {
            Path file = file(vigie, id);
            session.terminal().out().println(file);
            String editor = Stream.of("VISUAL", "EDITOR")
                    .map(name -> session.environment().getOrDefault(name, ""))
                    .filter(command -> !command.isBlank())
                    .findFirst()
                    .orElse("");
            if (editor.isEmpty()) {
                session.say("newsletter.no-editor");
            } else {
                open(editor, file);
            }
            Issue issue = vigie.newsletters().preview(NewsletterFile.read(file));
            remarks(issue);
            session.say("newsletter.good", issue.size());
            return ExitCode.DONE;
        }
    }

    private void open(String editor, Path file) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
        command.add(file.toString());
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException noEditor) {
            throw new UsageException(session.words().text("newsletter.bad-editor", editor));
        }
    }

    /** What readers would see. */
    @Command(name = "preview")
    int preview(
            @Parameters(paramLabel = "ID", arity = "0..1") @Nullable String id,
            @Option(names = "--as", paramLabel = "MAIL") @Nullable String as,
            @Option(names = "--language", paramLabel = "fr|nl|en") @Nullable String language,
            @Option(names = "--open") boolean open,
            @Option(names = "--format", paramLabel = "text|html|json", defaultValue = "text")
                    DigestCommand.PreviewForm format) {
        try (Vigie vigie = session.open()) {
            Newsletters newsletters = vigie.newsletters();
            Issue issue = newsletters.preview(NewsletterFile.read(file(vigie, id)));
            remarks(issue);
            String chosen = as == null
                    ? language(issue, language)
                    : newsletters
                            .languageOf(issue, mail(as))
                            .orElseThrow(
                                    () -> new UsageException(session.words().text("newsletter.no-reader", as)));
            Rendered rendered = newsletters.mail(issue.in(chosen));
            var out = session.terminal().out();
            switch (format) {
                case JSON -> session.listing().json(view(issue, issue.in(chosen)));
                case HTML -> out.println(rendered.html());
                case TEXT -> {
                    out.println("Subject: " + rendered.subject());
                    out.println();
                    out.println(rendered.text());
                }
            }
            if (open) {
                DigestCommand.open(session, rendered.html());
            }
            return ExitCode.DONE;
        }
    }

    private Map<String, @Nullable Object> view(Issue issue, IssuePage page) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", issue.newsletter().id());
        view.put("title", page.subject());
        view.put("language", page.language());
        view.put("send", issue.newsletter().send().toString());
        view.put("approved", issue.newsletter().approved());
        view.put("to", issue.newsletter().to());
        view.put(
                "calls",
                issue.sections().stream()
                        .flatMap(section -> section instanceof Issue.Calls calls ? calls.calls().stream() : Stream.of())
                        .map(placed -> call(placed, issue.moment(), page.language()))
                        .toList());
        view.put(
                "remarks",
                issue.remarks().stream()
                        .map(remark -> remark.words(session.words().language()))
                        .toList());
        return view;
    }

    private static Map<String, @Nullable Object> call(Issue.Placed placed, Instant at, String language) {
        Call call = placed.call();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", call.id().toString());
        view.put("title", call.facts().title().in(List.of(language)));
        view.put("kind", call.facts().kind().code());
        view.put("group", placed.theme());
        view.put("full", placed.entry().full());
        view.put("deadline", EditionView.deadline(call.deadline(at), at));
        view.put("comment", placed.entry().comments().get(language));
        return view;
    }

    /** One real mail, of which nothing is noted. */
    @Command(name = "test")
    int test(
            @Parameters(index = "0", paramLabel = "MAIL") String mail,
            @Parameters(index = "1", paramLabel = "ID", arity = "0..1") @Nullable String id,
            @Option(names = "--language", paramLabel = "fr|nl|en") @Nullable String language) {
        EmailAddress to = mail(mail);
        try (Vigie vigie = session.open()) {
            Newsletters newsletters = vigie.newsletters();
            Issue issue = newsletters.preview(NewsletterFile.read(file(vigie, id)));
            remarks(issue);
            String chosen = language == null
                    ? newsletters.languageOf(issue, to).orElseGet(() -> language(issue, null))
                    : language(issue, language);
            return report(vigie, newsletters.test(vigie.digestRun(), issue, to, chosen), issue, Format.TABLE);
        }
    }

    /** Sends it to everybody who has not had it. */
    @Command(name = "send")
    int send(
            @Parameters(paramLabel = "ID", arity = "0..1") @Nullable String id,
            @Option(names = "--dry-run") boolean dryRun,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            Newsletters newsletters = vigie.newsletters();
            NewsletterFile read = NewsletterFile.read(file(vigie, id));
            if (dryRun) {
                Issue issue = newsletters.preview(read);
                remarks(issue);
                session.terminal()
                        .out()
                        .println(newsletters
                                .mail(issue.in(language(issue, null)))
                                .text());
                session.say("newsletter.would", newsletters.readersOf(issue), issue.size());
            }
            if (!read.newsletter().approved()) {
                session.say("newsletter.unapproved", read.file());
                return dryRun ? ExitCode.DONE : ExitCode.WRONG;
            }
            if (dryRun) {
                return ExitCode.DONE;
            }
            Newsletters.Left left;
            try (var progress =
                    new Progress(session.terminal(), "send", newsletters.readersOf(newsletters.preview(read)))) {
                left = newsletters.send(vigie.digestRun(), read, each -> progress.step(each.recipient()));
            }
            remarks(left.issue());
            return report(vigie, left.sending(), left.issue(), format);
        }
    }

    private int report(Vigie vigie, Sending sending, Issue issue, Format format) {
        long good = sending.messages().stream()
                .filter(each -> each.state() == Outbox.State.SENT)
                .count();
        long pending = sending.messages().stream()
                .filter(each -> each.state() == Outbox.State.PENDING)
                .count();
        long failed = sending.messages().size() - good - pending;
        if (format != Format.TABLE) {
            var view = new LinkedHashMap<String, @Nullable Object>();
            view.put("newsletter", issue.newsletter().id());
            view.put("calls", issue.size());
            view.put("sent", good);
            view.put("failed", failed);
            view.put("pending", pending);
            if (format == Format.JSON) {
                session.listing().json(view);
            } else {
                session.listing().rows(format, List.of(view));
            }
        }
        sending.messages().stream()
                .filter(each -> !each.error().isEmpty())
                .forEach(each -> session.terminal().err().println(each.recipient() + ": " + each.error()));
        sending.down().ifPresent(down -> session.terminal().err().println(down.getMessage()));
        if (vigie.settings().mail() == null) {
            session.say("digest.sent", good, vigie.outboxFolder());
        } else {
            session.say("digest.mailed", good, vigie.settings().mail().host());
        }
        if (good == sending.messages().size()) {
            return ExitCode.DONE;
        }
        return good == 0 && failed == 0 ? ExitCode.IMPOSSIBLE : ExitCode.IN_PART;
    }

    /** Something to paste into another letter. */
    @Command(name = "fragment")
    int fragment(
            @Parameters(paramLabel = "ID", arity = "0..1") @Nullable String id,
            @Option(names = "--language", paramLabel = "fr|nl|en") @Nullable String language,
            @Option(names = "--format", paramLabel = "html|md", defaultValue = "html") FragmentForm format) {
        try (Vigie vigie = session.open()) {
            Newsletters newsletters = vigie.newsletters();
            Issue issue = newsletters.preview(NewsletterFile.read(file(vigie, id)));
            remarks(issue);
            IssuePage page = issue.in(language(issue, language));
            session.terminal()
                    .out()
                    .print(
                            switch (format) {
                                case HTML -> newsletters.html(page);
                                case MD -> newsletters.markdown(page);
                            });
            return ExitCode.DONE;
        }
    }

    /** Moves a newsletter that was sent, with its pages. */
    @Command(name = "archive")
    int archive(@Parameters(paramLabel = "ID") String id) {
        try (Vigie vigie = session.open()) {
            Path pages = vigie.newsletters()
                    .archive(NewsletterFile.read(file(vigie, id)))
                    .orElseThrow(() -> new UsageException(session.words().text("newsletter.not-sent", id)));
            session.terminal().out().println(pages);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list")
    int list(@Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<NewsletterStore.State> all =
                    vigie.hasMembers() ? vigie.newsletters().list() : List.of();
            if (format != Format.TABLE) {
                session.listing().rows(format, all.stream().map(this::view).toList());
                return ExitCode.DONE;
            }
            Words words = session.words();
            session.listing()
                    .table(
                            List.of(
                                    Listing.Column.fixed(words.text("column.newsletter")),
                                    Listing.Column.fixed(words.text("column.due")),
                                    Listing.Column.fixed(words.text("column.state")),
                                    Listing.Column.flexible(words.text("column.file"))),
                            all.stream()
                                    .map(state -> List.of(
                                            state.id(),
                                            state.due() == null ? "" : Say.moment(state.due()),
                                            words.text("newsletter.state." + code(state)),
                                            state.file()))
                                    .toList());
            return ExitCode.DONE;
        }
    }

    private Map<String, @Nullable Object> view(NewsletterStore.State state) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", state.id());
        view.put("state", code(state));
        view.put("due", state.due() == null ? null : state.due().toString());
        view.put("sent", state.sent() == null ? null : state.sent().toString());
        view.put("file", state.file());
        return view;
    }

    private static String code(NewsletterStore.State state) {
        if (state.sent() != null) {
            return state.file().endsWith(".md") ? "sent" : "archived";
        }
        return state.reminded() == null ? "draft" : "reminded";
    }

    /** The file of that id, or the newest. @throws UsageException if there is none */
    private Path file(Vigie vigie, @Nullable String id) {
        if (!vigie.hasMembers()) {
            throw new UsageException(session.words().text("newsletter.no-groups"));
        }
        return vigie.newsletters()
                .find(Optional.ofNullable(id))
                .orElseThrow(() -> new UsageException(
                        id == null
                                ? session.words().text("newsletter.none")
                                : session.words().text("newsletter.unknown", id)));
    }

    private String language(Issue issue, @Nullable String asked) {
        List<String> languages = issue.newsletter().languages();
        if (asked != null && !languages.contains(asked)) {
            throw new UsageException(
                    session.words().text("newsletter.no-language", asked, String.join(", ", languages)));
        }
        return asked == null ? languages.getFirst() : asked;
    }

    private EmailAddress mail(String mail) {
        return EmailAddress.parse(mail)
                .orElseThrow(() -> new UsageException(session.words().text("error.mail", mail)));
    }

    private void remarks(Issue issue) {
        issue.remarks()
                .forEach(remark -> session.terminal()
                        .err()
                        .println(remark.words(session.words().language())));
    }
}
