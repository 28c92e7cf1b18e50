package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.call.CallStore;
import coop.vigie.curate.CurationStore;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.StoredNotice;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class ShowCommand implements Callable<Integer> {

    /** How a call is printed. */
    enum Form {
        TEXT,
        JSON
    }

    private final Session session;

    @Parameters(paramLabel = "ID")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String id;

    @Option(names = "--raw")
    private boolean raw;

    @Option(names = "--history")
    private boolean history;

    @Option(names = "--format", paramLabel = "text|json")
    private Form format = Form.TEXT;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Vigie vigie = session.open()) {
            Call call = CurateCommand.call(session, vigie, id);
            if (!vigie.hasStore() && (raw || history)) {
                throw new UsageException(session.words().text("show.pulled"));
            }
            if (raw) {
                return raw(
                        vigie.notices(),
                        NoticeId.parse(id).filter(call.notices()::contains).orElse(call.id()));
            }
            List<Notice> notices = !vigie.hasStore()
                    ? List.of()
                    : call.notices().stream()
                            .flatMap(each ->
                                    vigie.notices().history(each).stream().reduce((earlier, later) -> later).stream())
                            .map(StoredNotice::notice)
                            .toList();
            switch (format) {
                case TEXT -> text(vigie, call, notices);
                case JSON -> session.listing().json(view(vigie, call));
            }
            return ExitCode.DONE;
        }
    }

    private int raw(NoticeStore notices, NoticeId notice) {
        NoticeStore.Raw bytes = notices.raw(notice).orElse(null);
        if (bytes == null) {
            session.say("show.no-raw", notice);
            return ExitCode.IN_PART;
        }
        session.terminal().out().writeBytes(bytes.bytes());
        return ExitCode.DONE;
    }

    private Map<String, @Nullable Object> view(Vigie vigie, Call call) {
        Instant now = session.now();
        Map<String, @Nullable Object> view = Views.call(call, now, null, List.of());
        view.put("text", call.facts().text().in(List.of()));
        view.put("texts", call.facts().text().byLanguage());
        view.put("provenance", Views.provenance(call));
        view.put("history", historyView(vigie, call, now));
        view.put("curation", acts(vigie, call).stream().map(Views::act).toList());
        return view;
    }

    private static List<CurationStore.Entry> acts(Vigie vigie, Call call) {
        return vigie.hasMembers() ? vigie.curations().history(call.ids()) : List.of();
    }

    /** What a person corrected, who that was, and whether the source has come to say something else. */
    private void corrections(Vigie vigie, Call call) {
        call.corrected().forEach((value, doubtful) -> {
            String by = acts(vigie, call).stream()
                    .filter(act -> act.act() == CurationStore.Act.CORRECT
                            && act.detail().startsWith(value + " "))
                    .reduce((earlier, later) -> later)
                    .map(act -> act.who() + ", " + Say.moment(act.at()))
                    .orElse("?");
            line("show.corrected", value + "  " + by);
            if (doubtful) {
                line("", session.words().text("show.source-differs"));
            }
        });
    }

    private List<Map<String, @Nullable Object>> historyView(Vigie vigie, Call call, Instant now) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (!vigie.hasStore()) {
            return rows;
        }
        for (CallStore.Revision revision : vigie.calls().revisions(call.id())) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("revision", revision.revision());
            row.put("at", revision.at().toString());
            row.put("stage", revision.stage().code());
            row.put("deadline", Views.deadline(revision.deadline(), now));
            rows.add(row);
        }
        return rows;
    }

    private void text(Vigie vigie, Call call, List<Notice> notices) {
        Words words = session.words();
        PrintStream out = session.terminal().out();
        Instant now = session.now();
        Notice facts = call.facts();
        List<String> languages = List.of(words.language());
        out.println(Listing.oneLine(facts.title().in(languages)));
        line("column.deadline", deadline(words, call, now));
        line(
                "column.kind",
                words.text("kind." + facts.kind().code()) + ", "
                        + words.text("stage." + call.stage().code()));
        line("column.buyer", facts.buyer());
        line("show.value", Views.text(facts.value()));
        line("column.place", String.join(" ", facts.places()));
        line("show.cpv", String.join(" ", facts.cpv()));
        line("show.languages", String.join(" ", facts.submissionLanguages()));
        line("show.published", Say.published(facts.published()));
        line("show.url", facts.url());
        line("show.documents", facts.documents());
        line("column.id", call.id().toString());
        for (LotDeadline lot : facts.deadlines()) {
            line(
                    "show.lot",
                    words.text("role." + lot.role().code()) + " " + Say.orEmpty(lot.lot()) + " " + lot.date() + " "
                            + Say.orEmpty(Views.time(lot.time())));
        }
        corrections(vigie, call);
        for (Call.LookAlike other : call.alsoAt()) {
            line("show.also-at", other.id() + " " + Say.orEmpty(other.url()));
        }
        for (Notice notice : notices) {
            line(
                    "show.notice",
                    notice.id() + " " + words.text("stage." + notice.stage().code()) + " "
                            + Say.orEmpty(Say.published(notice.published())));
        }
        if (history) {
            history(vigie, call, now);
        }
        String text = facts.text().in(languages);
        if (!text.isEmpty()) {
            out.println();
            // Line breaks stay; anything else that could steer a terminal does not.
            text.lines().map(Listing::oneLine).forEach(out::println);
        }
    }

    private void history(Vigie vigie, Call call, Instant now) {
        Words words = session.words();
        for (CallStore.Revision revision : vigie.calls().revisions(call.id())) {
            line(
                    "show.revision",
                    "%d  %s  %s  %s"
                            .formatted(
                                    revision.revision(),
                                    Say.moment(revision.at()),
                                    words.text("stage." + revision.stage().code()),
                                    Say.deadline(words, revision.deadline(), now)));
        }
        acts(vigie, call)
                .forEach(act -> line(
                        "show.act",
                        String.join(
                                "  ", Say.moment(act.at()), act.act().code(), act.who(), act.group(), act.detail())));
        call.borrowed().forEach((value, notice) -> line("show.from", value + "  " + notice));
        for (NoticeId notice : call.notices()) {
            for (StoredNotice version : vigie.notices().history(notice)) {
                line("show.version", notice + "  " + version.version() + "  " + Say.moment(version.stored()));
            }
            if (notice.source().equals(SourceId.HAND) && vigie.hasMembers()) {
                vigie.handLog()
                        .of(notice)
                        .forEach(act -> line("show.entered", Say.moment(act.at()) + "  " + act.who()));
            }
        }
    }

    private static String deadline(Words words, Call call, Instant now) {
        Deadline deadline = call.deadline(now);
        String text = Say.deadline(words, deadline, now);
        if (deadline instanceof Deadline.Dated dated) {
            text += " " + dated.zone() + " (" + days(words, dated.daysLeft(now)) + ")";
        }
        String quote = deadline.quote();
        return quote == null ? text : text + " « " + Listing.oneLine(quote) + " »";
    }

    private void line(String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            session.terminal()
                    .out()
                    .println("%-14s %s"
                            .formatted(key.isEmpty() ? "" : session.words().text(key), Listing.oneLine(value)));
        }
    }

    private static String days(Words words, long left) {
        return left < 0 ? words.text("show.days-ago", -left) : words.text("show.days", left);
    }
}
