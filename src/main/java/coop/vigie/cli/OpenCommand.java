package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.Call;
import coop.vigie.notice.NoticeId;
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
        NoticeId wanted = NoticeId.parse(id)
                .orElseThrow(() -> new UsageException(session.words().text("show.form", id)));
        try (Vigie vigie = session.open()) {
            Call call = vigie.call(wanted)
                    .orElseThrow(() -> new UsageException(session.words().text("show.unknown", id)));
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
