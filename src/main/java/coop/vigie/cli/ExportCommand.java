package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.config.Type;
import coop.vigie.deliver.SiteFolder;
import coop.vigie.publish.Manifest;
import coop.vigie.publish.PublishedFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class ExportCommand {

    private final Session session;

    ExportCommand(Session session) {
        this.session = session;
    }

    /** The public archive as static files. */
    @Command(name = "site")
    int site(
            @Option(names = "--out", paramLabel = "DIR") @Nullable Path out,
            @Option(names = "--base-url", paramLabel = "URL") @Nullable String baseUrl) {
        URI address = baseUrl == null ? null : address(baseUrl);
        try (Vigie vigie = session.open()) {
            Path folder =
                    out == null ? vigie.siteFolder() : out.toAbsolutePath().normalize();
            if (vigie.isPrivate(folder)) {
                throw new UsageException(session.words().text("export.private", folder));
            }
            SiteFolder.Outcome outcome = vigie.exportSite(folder, address);
            session.terminal().out().println(folder.resolve("index.html"));
            session.say("export.site", outcome.written(), outcome.unchanged(), outcome.removed());
            if (GroupCommand.groups(vigie).stream().noneMatch(group -> group.published())) {
                session.say("export.no-group");
            }
            return ExitCode.DONE;
        }
    }

    /** The open calls, for members' laptops to pull. */
    @Command(name = "index")
    int index(
            @Option(names = "--out", paramLabel = "DIR") @Nullable Path out,
            @Option(names = "--format", paramLabel = "text|json") @Nullable Form format) {
        try (Vigie vigie = session.open()) {
            Path folder =
                    out == null ? vigie.publishedFolder() : out.toAbsolutePath().normalize();
            if (vigie.isPrivate(folder)) {
                throw new UsageException(session.words().text("export.private", folder));
            }
            if (!vigie.hasStore()) {
                throw new UsageException(session.words().text("search.nothing-yet", vigie.home()));
            }
            PublishedFolder.Outcome outcome = vigie.publishIndex(folder);
            if (format == Form.JSON) {
                var view = new LinkedHashMap<String, Object>();
                view.put("folder", folder.toString());
                view.put("calls", outcome.calls());
                view.put("changed", outcome.changed());
                view.put("files", outcome.files());
                view.put("bytes", outcome.bytes());
                view.put("removed", outcome.removed());
                session.listing().json(view);
            } else {
                session.terminal().out().println(folder.resolve(Manifest.NAME));
                session.say(
                        "export.index",
                        outcome.calls(),
                        outcome.changed(),
                        outcome.files(),
                        Say.bytes(outcome.bytes()));
            }
            return ExitCode.DONE;
        }
    }

    /** How an outcome is printed. */
    enum Form {
        TEXT,
        JSON
    }

    private URI address(String written) {
        try {
            URI address = Type.WEB_ADDRESS.read(written);
            return address.toString().endsWith("/") ? address : URI.create(address + "/");
        } catch (Type.Bad bad) {
            throw new UsageException("--base-url: " + bad.getMessage());
        }
    }
}
