package coop.vigie.newsletter;

import coop.vigie.digest.CallWords;
import coop.vigie.newsletter.Newsletter.Chapter;
import coop.vigie.newsletter.Newsletter.Entry;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.newsletter.Newsletter.Part;
import coop.vigie.newsletter.Newsletter.Theme;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a first version of a newsletter, for people to go on from. */
public final class Draft {

    /** What closes within so many calendar days of the sending, that day included as 0, comes first. */
    static final int SOON_DAYS = 7;

    private static final int IN_FULL = 15;

    private static final int TITLE_AT_MOST = 120;

    private Draft() {}

    /**
     * An open call that may stand in it.
     *
     * @param theme id of the group that picked it, or whose profile it matched
     * @param picked true if a group chose it
     * @param note what the group's coordinator says of it, in the newsletter's first language
     */
    public record Candidate(Call call, String theme, boolean picked, Optional<String> note) {}

    /**
     * The draft: fifteen calls in full, what was picked and closes first before all others; the rest as one line each.
     *
     * @param head all but the parts
     * @param candidates themes in their order; a call that comes twice is taken once
     * @param sending the moment of sending; what has closed by then is left out
     */
    public static Newsletter of(Newsletter head, List<Candidate> candidates, Instant sending) {
        Map<String, Candidate> once = new LinkedHashMap<>();
        candidates.stream()
                .filter(each -> each.call().isOpen(sending))
                .forEach(each -> once.putIfAbsent(each.call().id().toString(), each));
        Comparator<Candidate> byDeadline = Comparator.<Candidate>comparingLong(
                        each -> each.call().deadline(sending).sortKey())
                .thenComparing(each -> each.call().id());
        Set<Candidate> full = new HashSet<>(once.values().stream()
                .sorted(Comparator.<Candidate, Boolean>comparing(each -> !each.picked())
                        .thenComparing(each -> !isSoon(each.call(), sending))
                        .thenComparing(byDeadline))
                .limit(IN_FULL)
                .toList());
        List<Part> parts = new ArrayList<>();
        head.languages().forEach(language -> parts.add(new Intro(language, "")));
        for (Chapter chapter : Chapter.values()) {
            parts.add(chapter);
            Map<String, List<Candidate>> themes = new LinkedHashMap<>();
            once.values().stream()
                    .filter(each -> chapter(each.call()) == chapter)
                    .forEach(each -> themes.computeIfAbsent(each.theme(), any -> new ArrayList<>())
                            .add(each));
            themes.forEach((theme, calls) -> {
                parts.add(new Theme(theme));
                calls.stream()
                        .sorted(Comparator.<Candidate, Boolean>comparing(each -> !full.contains(each))
                                .thenComparing(byDeadline))
                        .map(each -> entry(each, full.contains(each), head.languages(), sending))
                        .forEach(parts::add);
            });
        }
        return new Newsletter(
                head.id(),
                head.title(),
                head.languages(),
                head.from(),
                head.until(),
                head.send(),
                head.approved(),
                head.to(),
                parts);
    }

    /**
     * The title in one language.
     *
     * @param weekly true for a week, false for a month
     * @param theme what it is restricted to; empty for nothing
     */
    public static String title(String language, boolean weekly, String theme, String day) {
        var words = new Words(language);
        String title = words.text(weekly ? "title.week" : "title.month", day);
        return theme.isEmpty() ? title : words.text("title.theme", CallWords.line(theme, TITLE_AT_MOST), title);
    }

    private static Chapter chapter(Call call) {
        return call.facts().kind() == Kind.TENDER ? Chapter.TENDERS : Chapter.CALLS;
    }

    private static Entry entry(Candidate candidate, boolean full, List<String> languages, Instant sending) {
        Call call = candidate.call();
        Map<String, String> comments = new LinkedHashMap<>();
        // A coordinator wrote plain words: nothing in them is markup.
        candidate
                .note()
                .map(CallWords::line)
                .filter(note -> !note.isEmpty())
                .ifPresent(note -> comments.put(languages.getFirst(), Prose.plain(note)));
        return new Entry(
                call.id().toString(),
                full,
                noted(call, sending),
                CallWords.line(call.facts().title().in(languages), TITLE_AT_MOST),
                comments);
    }

    /** A call's date as the file notes it. */
    static String noted(Call call, Instant at) {
        Deadline deadline = call.deadline(at);
        return deadline instanceof Deadline.Dated dated
                ? dated.date().toString()
                : deadline.state(at).code();
    }

    static boolean isSoon(Call call, Instant sending) {
        return call.deadline(sending) instanceof Deadline.Dated dated && dated.daysLeft(sending) <= SOON_DAYS;
    }
}
