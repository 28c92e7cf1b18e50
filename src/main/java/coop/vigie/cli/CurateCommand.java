package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.call.Correction;
import coop.vigie.curate.Choice;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.CurationStore.Act;
import coop.vigie.group.Group;
import coop.vigie.group.Role;
import coop.vigie.hand.EntryFields;
import coop.vigie.notice.Call;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.text.LanguageGuess;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What persons make of calls that are there: subcommands of {@code notice}. */
@Command
class CurateCommand {

    private static final int NOTE_AT_MOST = 300;

    final Session session;

    CurateCommand(Session session) {
        this.session = session;
    }

    @Command(name = "pick")
    int pick(
            @Parameters(paramLabel = "CALL") String id,
            @Option(names = "--group", paramLabel = "GROUP", required = true) String group,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        return choose(id, group, undo ? Act.UNPICK : Act.PICK, choice -> choice.picking(!undo), "", by);
    }

    @Command(name = "hide")
    int hide(
            @Parameters(paramLabel = "CALL") String id,
            @Option(names = "--group", paramLabel = "GROUP", required = true) String group,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        return choose(id, group, undo ? Act.UNHIDE : Act.HIDE, choice -> choice.hiding(!undo), "", by);
    }

    /** One line; in a given language beside those in others, without one in place of them all. */
    @Command(name = "note")
    int note(
            @Parameters(paramLabel = "CALL", index = "0") String id,
            @Parameters(paramLabel = "TEXT", index = "1", arity = "0..1") @Nullable String text,
            @Option(names = "--group", paramLabel = "GROUP", required = true) String group,
            @Option(names = "--lang", paramLabel = "fr|nl|en|…") @Nullable String language,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        String note = text == null ? "" : Listing.oneLine(text).strip();
        if (note.isEmpty() != undo) {
            throw new UsageException(session.words().text("curate.what-note"));
        }
        if (note.codePointCount(0, note.length()) > NOTE_AT_MOST) {
            throw new UsageException(session.words().text("curate.long-note", NOTE_AT_MOST));
        }
        if (undo) {
            return choose(id, group, Act.UNNOTE, choice -> choice.noting(LocalText.EMPTY), "", by);
        }
        return choose(id, group, Act.NOTE, choice -> choice.noting(noted(choice.note(), note, language)), note, by);
    }

    private static LocalText noted(LocalText before, String note, @Nullable String language) {
        if (language == null) {
            return LocalText.of(LanguageGuess.of(note), note);
        }
        Map<String, String> byLanguage = new LinkedHashMap<>(before.byLanguage());
        byLanguage.put(language, note);
        return new LocalText(byLanguage, before.original());
    }

    private int choose(
            String id, String groupId, Act act, UnaryOperator<Choice> change, String detail, @Nullable String by) {
        try (Vigie vigie = session.open()) {
            Group group = GroupCommand.find(session, vigie, groupId);
            String who = who(session, group, by);
            Call call = call(session, vigie, id);
            boolean changed = vigie.curations()
                    .change(
                            group.id(),
                            call.ids(),
                            act,
                            change,
                            detail,
                            new CurationStore.By(who, session.now(), null));
            session.say(changed ? "curate." + act.code() : "curate.unchanged", call.id(), groupId);
            return ExitCode.DONE;
        }
    }

    /** Who decides for a group. @throws UsageException if somebody is named who is not a coordinator of it */
    static String who(Session session, Group group, @Nullable String by) {
        String who = session.who(by);
        boolean allowed = by == null
                || group.members().stream()
                        .anyMatch(member -> member.role() == Role.COORDINATOR
                                && member.mail().value().equals(who));
        if (!allowed) {
            throw new UsageException(session.words().text("curate.coordinator", who, group.id()));
        }
        return who;
    }

    /** Says of a call what its sources say wrongly. */
    @Command(name = "correct")
    int correct(
            @Parameters(paramLabel = "CALL") String id,
            @Mixin CallFields about,
            @Option(names = "--undo") boolean undo,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        Map<String, String> fields = about.given();
        if (fields.isEmpty() != undo) {
            throw new UsageException(session.words().text("curate.what-correct"));
        }
        String who = session.who(by);
        try (Vigie vigie = session.open()) {
            Call call = call(session, vigie, id);
            if (undo) {
                log(vigie, call, who, Act.UNCORRECT, "");
                vigie.calls().uncorrect(call.id(), session.now());
                return done(vigie, call.id(), "curate.uncorrect");
            }
            Set<Correction> which = EnumSet.noneOf(Correction.class);
            fields.keySet().forEach(name -> corrected(name).ifPresent(which::add));
            LocalText title = call.facts().title();
            fields.putIfAbsent("title", title.in(List.of()));
            EntryFields.Read read = EntryFields.read(fields, session.now());
            read.faults().forEach(fault -> session.terminal().err().println("vigie: --" + fault));
            if (read.entry() == null) {
                return ExitCode.WRONG;
            }
            Notice said = read.entry().notice(call.id(), session.now());
            // The log first: a crash in between leaves a line too many, never one too few.
            about.given()
                    .forEach((name, value) -> corrected(name)
                            .ifPresent(each -> log(vigie, call, who, Act.CORRECT, each.code() + " " + value)));
            vigie.calls().correct(call.id(), said, which, session.now());
            return done(vigie, call.id(), "curate.correct");
        }
    }

    private static Optional<Correction> corrected(String field) {
        return Correction.ofCode(
                switch (field) {
                    case "title-lang" -> "title";
                    case "languages" -> "submissionLanguages";
                    default -> field;
                });
    }

    private void log(Vigie vigie, Call call, String who, Act act, String detail) {
        vigie.curations()
                .log(new CurationStore.Entry(
                        session.now(), who, "", call.id().toString(), act, Listing.oneLine(detail)));
    }

    private int done(Vigie vigie, NoticeId id, String message) {
        session.say(message, id);
        var matched = vigie.catchUp();
        matched.remarks().forEach(session.terminal().err()::println);
        return matched.remarks().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    /** @throws UsageException if there is none */
    static Call call(Session session, Vigie vigie, String id) {
        NoticeId wanted = NoticeId.parse(id)
                .orElseThrow(() -> new UsageException(session.words().text("show.form", id)));
        return vigie.call(wanted)
                .orElseThrow(() -> new UsageException(session.words().text("show.unknown", id)));
    }
}
