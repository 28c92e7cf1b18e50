package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.pipeline.PulledIndex;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a published index to this machine. */
@Command
final class PullCommand implements Callable<Integer> {

    /** How the outcome is printed. */
    enum Form {
        TEXT,
        JSON
    }

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--allow-private-network")
    private boolean allowPrivateNetwork;

    @Option(names = "--format", paramLabel = "text|json")
    private Form format = Form.TEXT;

    PullCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        URI from = url == null ? null : address(url);
        if (from != null) {
            makeHome();
        }
        try (Vigie vigie = session.open()) {
            PulledIndex.Outcome outcome = pull(vigie, from);
            if (format == Form.JSON) {
                session.listing().json(view(outcome));
            } else if (outcome.pull().unchanged()) {
                session.say(
                        "pull.unchanged",
                        outcome.open(),
                        Say.moment(outcome.pull().made()));
            } else {
                session.say(
                        "pull.done",
                        outcome.open(),
                        outcome.added(),
                        Say.bytes(outcome.pull().bytes()),
                        Say.moment(outcome.pull().made()));
            }
            if (outcome.pull().unread() > 0) {
                session.say("pull.unread", outcome.pull().unread());
                return ExitCode.IN_PART;
            }
            return ExitCode.DONE;
        }
    }

    private PulledIndex.Outcome pull(Vigie vigie, @Nullable URI from) {
        try (var progress = new PullProgress(session)) {
            // Ctrl-C ends the program here; what has come so far stays.
            var interrupted = new Thread(progress::interrupted);
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                return vigie.pull(from, allowPrivateNetwork, progress);
            } finally {
                forget(interrupted);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It is at work.
        }
    }

    private static Map<String, Object> view(PulledIndex.Outcome outcome) {
        var view = new LinkedHashMap<String, Object>();
        view.put("url", outcome.pull().from().toString());
        view.put("made", outcome.pull().made().toString());
        view.put("unchanged", outcome.pull().unchanged());
        view.put("calls", outcome.open());
        view.put("new", outcome.added());
        view.put("files", outcome.pull().files());
        view.put("bytes", outcome.pull().bytes());
        view.put("unread", outcome.pull().unread());
        return view;
    }

    private URI address(String written) {
        try {
            URI address = new URI(written.strip());
            String scheme = address.getScheme();
            boolean isWeb =
                    ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) && address.getHost() != null;
            if (isWeb || "file".equalsIgnoreCase(scheme)) {
                return address;
            }
        } catch (URISyntaxException none) {
            // As below.
        }
        throw new UsageException(session.words().text("pull.address", written));
    }

    /** A member's first command: there is no home yet. */
    private void makeHome() {
        Path home = session.home();
        try {
            Files.createDirectories(home);
        } catch (IOException refused) {
            throw new UsageException(session.words().text("error.home", home));
        }
    }
}
