package coop.vigie.newsletter;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import coop.vigie.digest.CallWords;
import coop.vigie.newsletter.Newsletter.Chapter;
import coop.vigie.newsletter.Newsletter.Entry;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.newsletter.Newsletter.Own;
import coop.vigie.newsletter.Newsletter.Part;
import coop.vigie.newsletter.Newsletter.Theme;
import coop.vigie.notice.Call;
import coop.vigie.notice.LocalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A newsletter with the calls as they are at one moment: what its file says of a date never counts.
 *
 * @param moment against which days are counted
 * @param sections in the order of the file
 * @param themes names of the groups, by id
 * @param remarks what a person should know of it, in the order of the file
 */
public record Issue(
        Newsletter newsletter,
        Instant moment,
        List<Section> sections,
        Map<String, LocalText> themes,
        List<Remark> remarks) {

    /** A headed part: of the team's own, or of calls. */
    public sealed interface Section {}

    public record Words(Own own) implements Section {}

    /** @param calls in the order of the file */
    public record Calls(Chapter chapter, List<Placed> calls) implements Section {}

    /** @param theme id of a group; null for a call above the first one */
    public record Placed(Entry entry, Call call, @Nullable String theme) {}

    /**
     * Puts file and calls together.
     *
     * @param present the calls that the file names, by the ids that it uses; what is missing is unknown
     * @param themes names of all groups, by id
     * @param moment of the sending
     * @throws ConfigException if the file names calls or groups that do not exist
     */
    public static Issue of(
            NewsletterFile read, Map<String, Call> present, Map<String, LocalText> themes, Instant moment) {
        List<Problem> problems = new ArrayList<>();
        for (String to : read.newsletter().to()) {
            if (!to.equals(Newsletter.ALL) && !to.contains("@") && !themes.containsKey(to)) {
                problems.add(read.problem(read.toLine(), "there is no group '" + to + "'"));
            }
        }
        List<Section> sections = new ArrayList<>();
        List<Remark> remarks = new ArrayList<>();
        List<Placed> calls = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String theme = null;
        String name = String.valueOf(read.file().getFileName());
        for (int i = 0; i < read.newsletter().parts().size(); i++) {
            int line = read.lines().get(i);
            switch (read.newsletter().parts().get(i)) {
                case Intro intro -> {}
                case Own own -> sections.add(new Words(own));
                case Chapter chapter -> {
                    calls = new ArrayList<>();
                    sections.add(new Calls(chapter, calls));
                    theme = null;
                }
                case Theme group -> {
                    theme = group.group();
                    if (!themes.containsKey(theme)) {
                        problems.add(read.problem(line, "there is no group '" + theme + "'"));
                    }
                }
                case Entry entry -> {
                    Call call = present.get(entry.call());
                    if (call == null) {
                        problems.add(read.problem(line, "there is no call '" + entry.call() + "'"));
                    } else if (place(entry, call, name, line, moment, seen, remarks)) {
                        calls.add(new Placed(entry, call, theme));
                    }
                    missing(
                                    entry.comments().keySet(),
                                    read.newsletter(),
                                    !entry.comments().isEmpty())
                            .forEach(language -> remarks.add(
                                    new Remark(name, line, Remark.Kind.NO_COMMENT, entry.title(), language)));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .toList());
        }
        remarks.addAll(missingWords(read, name));
        remarks.sort(Comparator.comparingInt(Remark::line));
        return new Issue(read.newsletter(), moment, List.copyOf(sections), themes, List.copyOf(remarks));
    }

    private static boolean place(
            Entry entry, Call call, String file, int line, Instant moment, Set<String> seen, List<Remark> remarks) {
        String title = CallWords.line(call.facts().title().in(List.of()), 80);
        if (!seen.add(call.id().toString())) {
            remarks.add(new Remark(file, line, Remark.Kind.TWICE, title, entry.call()));
            return false;
        }
        String now = Draft.noted(call, moment);
        if (!call.isOpen(moment)) {
            remarks.add(new Remark(file, line, Remark.Kind.CLOSED, title, now));
            return false;
        }
        if (!entry.noted().isEmpty() && !entry.noted().equals(now)) {
            remarks.add(new Remark(file, line, Remark.Kind.MOVED, title, entry.noted() + " → " + now));
        }
        return true;
    }

    /** Intros and own blocks that some language lacks. Blocks that stand side by side are each other's translations. */
    private static List<Remark> missingWords(NewsletterFile read, String file) {
        List<Remark> remarks = new ArrayList<>();
        Newsletter newsletter = read.newsletter();
        Set<String> introduced = new HashSet<>();
        Set<String> run = new LinkedHashSet<>();
        int first = 0;
        Own before = null;
        for (int i = 0; i <= newsletter.parts().size(); i++) {
            Part part = i < newsletter.parts().size() ? newsletter.parts().get(i) : null;
            if (part instanceof Intro intro && !intro.text().isEmpty()) {
                introduced.add(intro.language());
            }
            if (part instanceof Own own && run.add(own.language())) {
                before = before == null ? own : before;
                first = first == 0 ? read.lines().get(i) : first;
                continue;
            }
            if (before != null) {
                for (String language : missing(run, newsletter, true)) {
                    remarks.add(new Remark(file, first, Remark.Kind.NO_BLOCK, before.title(), language));
                }
            }
            run.clear();
            before = null;
            first = 0;
            if (part instanceof Own own) {
                run.add(own.language());
                before = own;
                first = read.lines().get(i);
            }
        }
        for (String language : missing(introduced, newsletter, true)) {
            remarks.add(new Remark(file, introLine(read, language), Remark.Kind.NO_INTRO, "intro", language));
        }
        return remarks;
    }

    private static int introLine(NewsletterFile read, String language) {
        for (int i = 0; i < read.lines().size(); i++) {
            if (read.newsletter().parts().get(i) instanceof Intro intro
                    && intro.language().equals(language)) {
                return read.lines().get(i);
            }
        }
        return 1;
    }

    private static List<String> missing(Set<String> there, Newsletter newsletter, boolean wanted) {
        return wanted
                ? newsletter.languages().stream()
                        .filter(language -> !there.contains(language))
                        .toList()
                : List.of();
    }

    /** True if nothing is left to tell. */
    public boolean isEmpty() {
        return sections.stream()
                        .allMatch(section ->
                                section instanceof Calls calls && calls.calls().isEmpty())
                && newsletter.parts().stream()
                        .noneMatch(part ->
                                part instanceof Intro intro && !intro.text().isEmpty());
    }

    /** How many calls it tells of. */
    public int size() {
        return calls().size();
    }

    /** The calls that it tells of. */
    public List<Call> calls() {
        return sections.stream()
                .flatMap(section -> section instanceof Calls part ? part.calls().stream() : Stream.of())
                .map(Placed::call)
                .toList();
    }

    /** The language, among those of the newsletter, for somebody who reads these, the first preferred. */
    public String languageFor(List<String> reads) {
        return reads.stream()
                .filter(newsletter.languages()::contains)
                .findFirst()
                .orElse(newsletter.languages().getFirst());
    }

    /** The newsletter in one of its languages. */
    public IssuePage in(String language) {
        return new IssuePage(this, language);
    }
}
