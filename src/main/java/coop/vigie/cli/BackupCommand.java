package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.backup.Manifest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves the home while it works. */
@Command
final class BackupCommand implements Callable<Integer> {

    /** How it says what was saved. */
    enum Form {
        TABLE,
        JSON
    }

    private final Session session;

    @Parameters(paramLabel = "TARGET")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path target;

    @Option(names = "--format", paramLabel = "table|json")
    private Form format = Form.TABLE;

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Vigie vigie = session.open()) {
            Manifest saved = vigie.backup(target);
            if (format == Form.JSON) {
                session.listing().json(view(target, saved));
            } else {
                session.terminal().out().println(target);
            }
            session.say(
                    "backup.done",
                    target,
                    saved.rows("notice"),
                    saved.rows("call"),
                    saved.rows("working_group"),
                    saved.rows("membership"),
                    String.format(Locale.ROOT, "%.1f", saved.bytes() / 1e6));
            if (saved.rows("working_group") > 0) {
                session.say("backup.private");
            }
            return ExitCode.DONE;
        }
    }

    static Map<String, @Nullable Object> view(Path place, Manifest manifest) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("place", place.toString());
        view.put("made", manifest.made().toString());
        view.put("bytes", manifest.bytes());
        view.put("notices", manifest.rows("notice"));
        view.put("calls", manifest.rows("call"));
        view.put("groups", manifest.rows("working_group"));
        view.put("members", manifest.rows("membership"));
        view.put(
                "files",
                manifest.parts().stream()
                        .map(part -> Map.of("name", part.name(), "bytes", part.bytes(), "sha256", part.sha256()))
                        .toList());
        return view;
    }
}
