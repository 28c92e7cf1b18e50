package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.inbox.Deed.Act;
import coop.vigie.inbox.Handled;
import coop.vigie.pipeline.InboxRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what came back and what members ask for by mail. */
@Command
final class InboxCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "FOLDER", arity = "0..1")
    private @Nullable Path folder;

    @Option(names = "--file", paramLabel = "FILE", arity = "1..*")
    private List<Path> files = List.of();

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "table|json|jsonl|csv")
    private Format format = Format.TABLE;

    InboxCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        InboxRun.Outcome outcome;
        var lines = new InboxLines(session.words());
        List<Path> named = named();
        try (Vigie vigie = session.open()) {
            if (folder != null || !files.isEmpty()) {
                outcome = vigie.inboxRun().files(named, dryRun);
            } else {
                outcome = vigie.readInbox(dryRun)
                        .orElseThrow(() -> new UsageException(session.words().text("inbox.none")));
            }
        }
        if (format == Format.TABLE) {
            outcome.handled().forEach(each -> session.terminal().out().println(lines.line(each)));
        } else {
            session.listing()
                    .rows(
                            format,
                            outcome.handled().stream()
                                    .map(each -> view(each, lines))
                                    .toList());
        }
        outcome.remarks().forEach(remark -> session.terminal().err().println(remark));
        long left = outcome.handled().stream()
                .filter(each -> each.deed().act() == Act.LEFT)
                .count();
        session.say(dryRun ? "inbox.tried" : "inbox.done", outcome.handled().size(), outcome.known(), left);
        return outcome.remarks().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    private List<Path> named() {
        var named = new ArrayList<Path>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException(session.words().text("error.file", file));
            }
            named.add(file);
        }
        if (folder != null && Files.isRegularFile(folder)) {
            named.add(folder);
        } else if (folder != null) {
            if (!Files.isDirectory(folder)) {
                throw new UsageException(session.words().text("error.file", folder));
            }
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(InboxCommand::isMail).sorted().forEach(named::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return named;
    }

    private static boolean isMail(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".eml") && Files.isRegularFile(file);
    }

    private static Map<String, @Nullable Object> view(Handled each, InboxLines lines) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("date", Views.text(each.mail().date()));
        view.put("from", InboxLines.from(each));
        view.put("subject", each.mail().subject());
        view.put("class", each.mail().reading().kind().code());
        view.put("deed", each.deed().act().code());
        view.put("address", each.deed().address());
        view.put("detail", each.deed().detail());
        view.put("message", lines.deed(each));
        return view;
    }
}
