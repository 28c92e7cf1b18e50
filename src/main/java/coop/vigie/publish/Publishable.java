package coop.vigie.publish;

import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.source.Reuse;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What of a call may be published: facts, title and link always; its text, and the words that a date was read from, as the source
 * allows from which they came. A source that nobody knows any more allows least.
 */
public final class Publishable {

    /** "A few lines", in UTF-16 units. */
    static final int EXCERPT = 300;

    /** Of a text in one language; what is longer was no call's own page. */
    private static final int FULL = 200_000;

    /** What is entered by hand was read somewhere: its text counts as one of a source that says nothing. */
    private static final Reuse BY_HAND = Reuse.EXCERPT;

    private final Map<SourceId, Reuse> rules;
    private final Function<NoticeId, Optional<Notice>> notices;

    /**
     * @param rules of each source in the catalogue, the disabled ones too
     * @param notices what a notice says by itself; asked only about pages that are translations of each other, whose texts may come
     *     from several sources
     */
    public Publishable(Map<SourceId, Reuse> rules, Function<NoticeId, Optional<Notice>> notices) {
        this.rules = Map.copyOf(rules);
        this.notices = notices;
    }

    /** The rule for texts of that source. */
    public Reuse rule(SourceId source) {
        return source.equals(SourceId.HAND) ? BY_HAND : rules.getOrDefault(source, Reuse.LINK);
    }

    /** The same call with only as much of its words as may be published. */
    public Call of(Call call) {
        Notice facts = call.facts();
        Notice shown = facts.toBuilder()
                .text(text(call))
                .stated(rule(call, "deadline") == Reuse.LINK ? withoutQuote(facts.stated()) : facts.stated())
                .build();
        return call.saying(shown);
    }

    private LocalText text(Call call) {
        LocalText text = call.facts().text();
        boolean mixed = call.facts().hasTranslations()
                && !call.borrowed().containsKey("text")
                && !call.corrected().containsKey("text");
        List<Notice> pages = mixed && !isOneRule(call)
                ? call.notices().stream()
                        .flatMap(id -> notices.apply(id).stream())
                        .toList()
                : List.of();
        var shown = new LinkedHashMap<String, String>();
        text.byLanguage().forEach((language, words) -> {
            Reuse rule = pages.isEmpty()
                    ? rule(call, "text")
                    : strictest(pages.stream()
                                    .filter(page -> words.equals(
                                            page.text().byLanguage().get(language)))
                                    .map(Notice::id)
                                    .toList())
                            .orElseGet(() -> ofAll(call));
            switch (rule) {
                case FULL -> shown.put(language, cut(words, FULL));
                case EXCERPT -> shown.put(language, cut(words, EXCERPT));
                case LINK -> {}
            }
        });
        return new LocalText(shown, text.original());
    }

    /** The rule for a value of the facts, by its name in JSON. */
    private Reuse rule(Call call, String value) {
        // Which of the pages a date came from is not kept.
        Reuse stated = call.facts().hasTranslations() && !call.borrowed().containsKey(value)
                ? ofAll(call)
                : rule(call.origin(value).source());
        return call.corrected().containsKey(value) ? stricter(stated, BY_HAND) : stated;
    }

    private boolean isOneRule(Call call) {
        return call.notices().stream().map(id -> rule(id.source())).distinct().count() == 1;
    }

    private Reuse ofAll(Call call) {
        return strictest(call.ids()).orElse(Reuse.LINK);
    }

    private Optional<Reuse> strictest(Collection<NoticeId> said) {
        return said.stream().map(id -> rule(id.source())).max(Comparator.naturalOrder());
    }

    private static Reuse stricter(Reuse one, Reuse other) {
        return Stream.of(one, other).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static Deadline withoutQuote(Deadline stated) {
        return switch (stated) {
            case Deadline.Dated dated ->
                new Deadline.Dated(dated.date(), dated.time(), dated.zone(), dated.origin(), null, dated.doubtful());
            case Deadline.Rolling rolling -> new Deadline.Rolling(rolling.origin(), null);
            case Deadline.Forecast forecast -> forecast;
            case Deadline.Unknown unknown -> Deadline.UNKNOWN;
        };
    }

    /** Its beginning, cut between two words. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest;
        while (end > longest / 2 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        if (!Character.isWhitespace(text.charAt(end))) {
            // No space in so long a stretch; but no character is ever cut in two.
            end = Character.isLowSurrogate(text.charAt(longest)) ? longest - 1 : longest;
        }
        return text.substring(0, end).strip() + " …";
    }
}
