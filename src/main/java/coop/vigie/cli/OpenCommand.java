package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.Call;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the page of a call. */
@Command
final class OpenCommand implements Callable<Integer> {

    private static final Pattern WEB = Pattern.compile("(?i)https?://\\S+");

    private final Session session;

    @Parameters(paramLabel = "ID")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String id;

    OpenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Vigie vigie = session.open()) {
            Call call = CurateCommand.call(session, vigie, id);
            String page = call.facts().url();
            if (page == null || !WEB.matcher(page).matches()) {
                session.say("open.no-page", call.id());
                return ExitCode.IN_PART;
            }
            if (!Browser.show(page, session.environment())) {
                session.terminal().out().println(page);
                session.say("open.no-browser");
            }
            return ExitCode.DONE;
        }
    }
}
