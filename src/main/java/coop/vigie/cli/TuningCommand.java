package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.codes.Cpv;
import coop.vigie.group.Group;
import coop.vigie.group.Profile;
import coop.vigie.group.ProfileEdit;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile.Element;
import coop.vigie.match.Explanation.Judged;
import coop.vigie.match.Explanation.Piece;
import coop.vigie.match.Hint;
import coop.vigie.match.Preview;
import coop.vigie.match.Preview.Example;
import coop.vigie.match.Preview.Reach;
import coop.vigie.match.Preview.State;
import coop.vigie.match.Previewer;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Scope;
import coop.vigie.pipeline.Dealings;
import coop.vigie.pipeline.Dealings.Why;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a profile would bring, and why a call comes or not: subcommands of {@code profile}. */
@Command
class TuningCommand {

    private static final int LONGEST = 3_660;

    final Session session;

    TuningCommand(Session session) {
        this.session = session;
    }

    /** @throws UsageException if the group has no such profile */
    Profile profile(Group group, String id) {
        return group.profile(id)
                .orElseThrow(() -> new UsageException(session.words().text("profile.unknown", id, group.id())));
    }

    /** The index; null, once it was said, if nothing was fetched yet. */
    @Nullable
    Searcher searcher(Vigie vigie) {
        Optional<Searcher> searcher = vigie.searcher(() -> session.say("search.rebuild"));
        if (searcher.isEmpty()) {
            session.say("search.nothing-yet", vigie.home());
        }
        return searcher.orElse(null);
    }

    @Command(name = "preview")
    int preview(
            @Parameters(paramLabel = "GROUP", index = "0") String groupId,
            @Parameters(paramLabel = "PROFILE", index = "1", arity = "0..1") @Nullable String profileId,
            @Option(names = "--days", paramLabel = "N", defaultValue = "365") int days,
            @Mixin ProfileOptions changes,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        if (days < 1 || days > LONGEST) {
            throw new UsageException(session.words().text("preview.days", LONGEST));
        }
        try (Vigie vigie = session.open()) {
            Group group = GroupCommand.find(session, vigie, groupId);
            List<Profile> profiles = tried(group, profileId, changes.edits());
            try (Searcher searcher = searcher(vigie)) {
                if (searcher == null) {
                    return ExitCode.IMPOSSIBLE;
                }
                var unlisted = new Unlisted(session, vigie, searcher);
                profiles.forEach(unlisted::in);
                Previewer previewer = vigie.previewer(searcher, days);
                Dealings.Evidence evidence = vigie.dealings().evidence(group);
                List<Previewed> each = profiles.stream()
                        .map(profile -> new Previewed(
                                profile, previewer.preview(List.of(profile)), hints(previewer, profile, evidence)))
                        .toList();
                boolean alone = each.size() == 1;
                Preview whole = alone ? each.getFirst().preview() : previewer.preview(profiles);
                if (format == Format.TABLE) {
                    print(group, each, whole);
                    return ExitCode.DONE;
                }
                Scope own = alone ? each.getFirst().profile().scope() : widest(profiles);
                String name = alone ? each.getFirst().profile().id() : null;
                Map<String, @Nullable Object> view = view(group, name, whole, own);
                if (alone) {
                    view.put("hints", hintViews(each.getFirst().hints()));
                } else {
                    view.put(
                            "profiles",
                            each.stream()
                                    .map(one -> {
                                        Map<String, @Nullable Object> its = view(
                                                group,
                                                one.profile().id(),
                                                one.preview(),
                                                one.profile().scope());
                                        its.put("hints", hintViews(one.hints()));
                                        return its;
                                    })
                                    .toList());
                }
                session.listing().json(view);
                return ExitCode.DONE;
            }
        }
    }

    private record Previewed(Profile profile, Preview preview, List<Hint> hints) {}

    private List<Profile> tried(Group group, @Nullable String profileId, List<ProfileEdit> edits) {
        if (profileId != null) {
            Profile stored = profile(group, profileId);
            return List.of(edits.isEmpty() ? stored : ProfileEdit.apply(stored, edits));
        }
        if (group.profiles().isEmpty()) {
            throw new UsageException(session.words().text("preview.no-profile", group.id()));
        }
        if (edits.isEmpty()) {
            return group.profiles();
        }
        if (group.profiles().size() > 1) {
            throw new UsageException(session.words()
                    .text(
                            "preview.which",
                            group.id(),
                            group.profiles().stream().map(Profile::id).collect(Collectors.joining(", "))));
        }
        return List.of(ProfileEdit.apply(group.profiles().getFirst(), edits));
    }

    private static List<Hint> hints(Previewer previewer, Profile profile, Dealings.Evidence evidence) {
        var hints = previewer.hints(profile);
        List<Hint> all = new ArrayList<>(hints.all());
        all.addAll(hints.hidden(evidence.hidden().keySet(), evidence.liked()));
        return all;
    }

    private static Scope widest(List<Profile> profiles) {
        return profiles.stream().map(Profile::scope).max(Scope::compareTo).orElse(Scope.BALANCED);
    }

    private Map<String, @Nullable Object> view(Group group, @Nullable String profile, Preview preview, Scope own) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("group", group.id().value());
        view.put("profile", profile);
        view.put("days", preview.days());
        view.put("since", preview.since().toString());
        view.put("scope", own.code());
        var scopes = new LinkedHashMap<String, @Nullable Object>();
        for (Scope scope : Scope.values()) {
            Reach reach = preview.in(scope);
            var its = new LinkedHashMap<String, @Nullable Object>();
            its.put("perWeek", reach.perWeek());
            its.put("total", reach.total());
            its.put("state", reach.state().code());
            its.put("examples", reach.examples().stream().map(this::example).toList());
            scopes.put(scope.code(), its);
        }
        view.put("scopes", scopes);
        view.put("warnings", warnings(preview, own));
        return view;
    }

    private Map<String, @Nullable Object> example(Example example) {
        Map<String, @Nullable Object> view = Views.call(example.call(), session.now(), null, reasons(example));
        view.put("more", example.more());
        return view;
    }

    private List<String> reasons(Example example) {
        return example.reasons().stream()
                .map(reason -> Say.reason(session.words(), reason))
                .toList();
    }

    /** Of the scope that is set, whether it floods or starves; of wider ones, whether they would flood. */
    private List<String> warnings(Preview preview, Scope own) {
        Words words = session.words();
        List<String> warnings = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            Reach reach = preview.in(scope);
            if (reach.state() == State.FLOOD && scope.compareTo(own) >= 0) {
                warnings.add(words.text("preview.flood", scope.code(), number(reach.perWeek())));
            } else if (reach.state() == State.STARVE && scope == own) {
                warnings.add(words.text(
                        reach.total() == 0 ? "preview.nothing" : "preview.starve", scope.code(), reach.total()));
            }
        }
        if (preview.since().isAfter(preview.from())) {
            warnings.add(words.text(
                    "preview.young",
                    Say.moment(preview.since()).substring(0, 10),
                    Math.max(1, Duration.between(preview.since(), session.now()).toDays()),
                    preview.days()));
        }
        return warnings;
    }

    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private void print(Group group, List<Previewed> each, Preview whole) {
        for (Previewed one : each) {
            print(
                    group.id() + "/" + one.profile().id(),
                    one.preview(),
                    one.profile().scope(),
                    true);
            printHints(one.hints());
        }
        if (each.size() > 1) {
            print(
                    session.words().text("preview.together", group.id()),
                    whole,
                    widest(each.stream().map(Previewed::profile).toList()),
                    false);
        }
    }

    private void print(String heading, Preview preview, Scope own, boolean withExamples) {
        Words words = session.words();
        PrintStream out = session.terminal().out();
        out.println(words.text("preview.heading", heading, preview.days()));
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.scope")),
                                Listing.Column.fixed(words.text("column.per-week")),
                                Listing.Column.fixed(words.text("column.total"))),
                        Arrays.stream(Scope.values())
                                .map(scope -> List.of(
                                        scope.code() + (scope == own ? " *" : ""),
                                        number(preview.in(scope).perWeek()),
                                        String.valueOf(preview.in(scope).total())))
                                .toList());
        warnings(preview, own).forEach(warning -> session.terminal().err().println(warning));
        for (Scope scope : Scope.values()) {
            List<Example> examples = preview.in(scope).examples();
            boolean tellsMore = scope == Scope.NARROW || examples.stream().anyMatch(Example::more);
            if (!withExamples || examples.isEmpty() || !tellsMore) {
                continue;
            }
            out.println();
            out.println(words.text(scope == Scope.NARROW ? "preview.examples" : "preview.more", scope.code()));
            for (Example example : examples) {
                if (scope == Scope.NARROW || example.more()) {
                    out.println("  " + line(example.call()));
                    out.println("      " + String.join(" · ", reasons(example)));
                }
            }
        }
        out.println();
    }

    /** One line that names a call: its day of publication, its id, its title. */
    String line(Call call) {
        Instant published = call.facts().published();
        Instant day = published == null ? call.firstSeen() : published;
        return Say.orEmpty(Say.published(day)).substring(0, 10) + "  " + call.id() + "  "
                + Listing.oneLine(
                        call.facts().title().in(List.of(session.words().language())));
    }

    private void printHints(List<Hint> hints) {
        if (hints.isEmpty()) {
            return;
        }
        PrintStream out = session.terminal().out();
        out.println(session.words().text("preview.hints"));
        hints.forEach(hint -> out.println("  " + hint(hint)));
        out.println();
    }

    /** Such as {@code --add cpv=92312000   +12   in 8 of its calls: artistic services}. */
    String hint(Hint hint) {
        return "%-40s %6s   %s"
                .formatted(
                        option(hint.edit()),
                        change(hint),
                        session.words().text("hint." + hint.cause().code(), hint.evidence()) + label(hint.edit()));
    }

    private String label(ProfileEdit edit) {
        return switch (edit.part()) {
            case CPV ->
                Cpv.label(edit.value(), session.words().language())
                        .map(label -> " (" + label + ")")
                        .orElse("");
            default -> "";
        };
    }

    private static String change(Hint hint) {
        String adds = hint.adds() == 0 ? "" : "+" + hint.adds();
        String removes = hint.removes() == 0 ? "" : "-" + hint.removes();
        return (adds + " " + removes).strip();
    }

    /** As {@link ProfileOptions} takes it. */
    static String option(ProfileEdit edit) {
        String written = edit.written();
        boolean plain = written.matches("[\\p{L}\\p{N}=.*_-]+");
        return "--" + edit.act().name().toLowerCase(Locale.ROOT) + " "
                + (plain ? written : "'" + written.replace("'", "'\\''") + "'");
    }

    private static List<Map<String, @Nullable Object>> hintViews(List<Hint> hints) {
        return hints.stream().map(TuningCommand::hintView).toList();
    }

    static Map<String, @Nullable Object> hintView(Hint hint) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("act", hint.edit().act().name().toLowerCase(Locale.ROOT));
        view.put("part", hint.edit().part().code());
        view.put("value", hint.edit().value());
        view.put("cause", hint.cause().code());
        view.put("evidence", hint.evidence());
        view.put("adds", hint.adds());
        view.put("removes", hint.removes());
        return view;
    }

    /** Why a call comes to each profile, or does not. */
    @Command(name = "why")
    int why(
            @Parameters(paramLabel = "CALL") String id,
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String groupId,
            @Option(names = "--profile", paramLabel = "PROFILE") @Nullable String profileId,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Group> groups =
                    groupId == null ? GroupCommand.groups(vigie) : List.of(GroupCommand.find(session, vigie, groupId));
            if (profileId != null
                    && groups.stream()
                            .allMatch(group -> group.profile(profileId).isEmpty())) {
                throw new UsageException(
                        session.words().text("profile.unknown", profileId, groupId == null ? "*" : groupId));
            }
            Call call = CurateCommand.call(session, vigie, id);
            if (groups.isEmpty()) {
                throw new UsageException(session.words().text("why.no-group"));
            }
            try (Searcher searcher = searcher(vigie)) {
                List<Why> whys = vigie.dealings()
                        .why(
                                call,
                                groups,
                                profile -> profileId == null || profile.id().equals(profileId),
                                Optional.ofNullable(searcher));
                boolean indexed = searcher != null
                        && searcher.payload(call.id().toString()).isPresent();
                if (format == Format.TABLE) {
                    print(call, indexed, whys, groupId != null || profileId != null);
                } else {
                    session.listing().json(view(call, indexed, whys));
                }
                return ExitCode.DONE;
            }
        }
    }

    private Map<String, @Nullable Object> view(Call call, boolean indexed, List<Why> whys) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("call", call.id().toString());
        view.put("title", call.facts().title().in(List.of()));
        view.put("open", call.isOpen(session.now()));
        view.put("stage", call.stage().code());
        view.put("indexed", indexed);
        view.put("profiles", whys.stream().map(why -> view(call, why)).toList());
        return view;
    }

    private Map<String, @Nullable Object> view(Call call, Why why) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("group", why.group().id().value());
        view.put("profile", why.profile().id());
        view.put("wanted", why.isWanted());
        List<Judged> parts = why.explanation().map(each -> each.parts()).orElse(List.of());
        view.put(
                "missing",
                parts.stream()
                        .filter(part -> !part.met())
                        .map(part -> part.element().code())
                        .toList());
        view.put("parts", parts.stream().map(part -> view(call, part)).toList());
        view.put("unreadable", why.unreadable());
        view.put("matched", why.matched());
        view.put("flood", why.flood());
        view.put("hiddenByGroup", why.hiddenByGroup());
        view.put("hiddenByMembers", why.hiddenByMembers());
        view.put("recipients", why.recipients());
        view.put("told", why.told());
        view.put("waiting", why.waiting());
        view.put("lastTold", Views.text(why.lastTold()));
        view.put("says", standing(call, why));
        return view;
    }

    private Map<String, @Nullable Object> view(Call call, Judged part) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("part", part.element().code());
        view.put("written", part.written());
        view.put("met", part.met());
        view.put("has", has(call, part.element()));
        view.put(
                "conditions",
                part.alternatives().stream()
                        .map(piece -> {
                            var its = new LinkedHashMap<String, @Nullable Object>();
                            its.put("type", piece.type().code());
                            its.put("written", piece.written());
                            its.put("met", piece.met());
                            its.put(
                                    "where",
                                    piece.where().stream()
                                            .map(at -> {
                                                var where = new LinkedHashMap<String, @Nullable Object>();
                                                where.put("field", at.field());
                                                where.put("language", at.language());
                                                return where;
                                            })
                                            .toList());
                            return its;
                        })
                        .toList());
        return view;
    }

    /** What the call has where the profile asks for codes; empty for words. */
    private static List<String> has(Call call, Element element) {
        return switch (element) {
            case SUBJECT -> call.facts().cpv();
            case PLACES -> call.facts().places();
            case LEVELS -> List.of(call.facts().level().code());
            case KINDS -> List.of(call.facts().kind().code());
            case ALL, QUERY, NONE -> List.of();
        };
    }

    private void print(Call call, boolean indexed, List<Why> whys, boolean everything) {
        PrintStream out = session.terminal().out();
        Words words = session.words();
        out.println(line(call));
        if (!call.isOpen(session.now())) {
            out.println(words.text("why.closed"));
        }
        if (!indexed) {
            out.println(words.text("why.not-indexed"));
        }
        for (Why why : whys) {
            List<Judged> unmet = why.explanation().map(each -> each.unmet()).orElse(List.of());
            String key = why.group().id() + "/" + why.profile().id();
            out.println();
            out.println(
                    why.isWanted()
                            ? words.text("why.wanted", key)
                            : unmet.isEmpty()
                                    ? key
                                    : words.text(
                                            "why.all-but",
                                            key,
                                            unmet.stream()
                                                    .map(part -> words.text("why.part."
                                                            + part.element().code()))
                                                    .distinct()
                                                    .collect(Collectors.joining(", "))));
            if (everything || unmet.size() <= 1) {
                why.explanation().ifPresent(each -> each.parts().forEach(part -> out.println("  " + said(call, part))));
            }
            standing(call, why).forEach(line -> out.println("  " + line));
        }
    }

    /** Such as {@code + sought: « théâtre » in the title (fr); not: 92310000}. */
    private String said(Call call, Judged part) {
        Words words = session.words();
        String name = words.text("why.part." + part.element().code());
        String value;
        if (part.namesNoPlace()) {
            value = words.text("reason.no-place", "");
        } else if (part.element() == Element.NONE) {
            value = part.alternatives().stream()
                    .map(piece -> piece.met() ? piece(piece) : words.text("why.absent", piece.written()))
                    .collect(Collectors.joining(words.text("why.separator")));
        } else if (part.alternatives().isEmpty()) {
            value = words.text(
                    "why.has", said(part.element(), part.written()), said(part.element(), has(call, part.element())));
        } else {
            List<String> met = part.alternatives().stream()
                    .filter(Piece::met)
                    .map(this::piece)
                    .toList();
            List<String> not = part.alternatives().stream()
                    .filter(piece -> !piece.met())
                    .map(Piece::written)
                    .toList();
            List<String> both = new ArrayList<>(met);
            if (!not.isEmpty() && (met.isEmpty() || !part.met())) {
                both.add(words.text("why.not", String.join(", ", not)));
            }
            List<String> has = has(call, part.element());
            if (!part.met() && !has.isEmpty()) {
                both.add(words.text("why.it-has", String.join(", ", has)));
            }
            value = String.join(words.text("why.separator"), both);
        }
        return Listing.oneLine((part.met() ? "+ " : "- ") + words.text("why.part", name, value));
    }

    /** Kinds by their names; levels as they are written. */
    private String said(Element element, List<String> codes) {
        return codes.stream()
                .map(code -> element == Element.KINDS ? session.words().text("kind." + code) : code)
                .collect(Collectors.joining(", "));
    }

    private String piece(Piece piece) {
        Words words = session.words();
        if (piece.type() == Reason.Type.PLACE) {
            return piece.written();
        }
        if (piece.where().isEmpty()) {
            return Say.condition(words, piece.type(), piece.written());
        }
        String where = piece.where().stream()
                .map(at -> (words.has("field." + at.field()) ? words.text("field." + at.field()) : at.field())
                        + (at.language() == null || at.language().equals(LocalText.UNDETERMINED)
                                ? ""
                                : " (" + at.language() + ")"))
                .collect(Collectors.joining(", "));
        return Say.condition(words, piece.type(), piece.written()) + " " + where;
    }

    /** What became of the call in this group, beside what the profile says. */
    private List<String> standing(Call call, Why why) {
        Words words = session.words();
        List<String> lines = new ArrayList<>();
        if (why.unreadable() != null) {
            lines.add(words.text("why.unreadable", why.unreadable()));
        }
        if (why.told() > 0) {
            Instant last = why.lastTold();
            lines.add(words.text("why.told", why.told(), why.recipients(), last == null ? "" : Say.moment(last)));
        }
        if (why.waiting() > 0) {
            lines.add(words.text("why.waiting", why.waiting()));
        }
        if (why.hiddenByGroup()) {
            lines.add(words.text("why.hidden-group"));
        }
        if (why.hiddenByMembers() > 0) {
            lines.add(words.text("why.hidden-members", why.hiddenByMembers()));
        }
        if (why.flood()) {
            lines.add(words.text("why.flood"));
        }
        if (why.isWanted() && !why.matched() && call.isOpen(session.now())) {
            lines.add(words.text("why.not-matched"));
        }
        if (why.isWanted() && why.matched() && !why.hiddenByGroup() && why.told() + why.waiting() == 0) {
            lines.add(words.text(call.isOpen(session.now()) ? "why.next" : "why.missed"));
        }
        if (why.recipients() == 0) {
            lines.add(words.text("why.silent"));
        }
        return lines;
    }
}
