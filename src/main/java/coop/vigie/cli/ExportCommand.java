package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.config.Type;
import coop.vigie.deliver.SiteFolder;
import java.net.URI;
import java.nio.file.Path;
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

    private URI address(String written) {
        try {
            URI address = Type.WEB_ADDRESS.read(written);
            return address.toString().endsWith("/") ? address : URI.create(address + "/");
        } catch (Type.Bad bad) {
            throw new UsageException("--base-url: " + bad.getMessage());
        }
    }
}
