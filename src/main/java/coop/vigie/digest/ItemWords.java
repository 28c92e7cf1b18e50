package coop.vigie.digest;

import coop.vigie.curate.Interest;
import coop.vigie.digest.Item.Change;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Stage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One item as the templates show it: a map of ready strings, an empty one for what is not known. */
final class ItemWords {

    private static final int TITLE_AT_MOST = 300;
    private static final int ONE_LINER_TITLE_AT_MOST = 120;
    private static final int BUYER_AT_MOST = 120;
    private static final int PLACES_AT_MOST = 2;
    private static final int LANGUAGES_AT_MOST = 3;
    private static final Pattern LANGUAGE_CODE = Pattern.compile("[a-z]{2,3}");

    private final Edition edition;
    private final KnownWords known;
    private final ZoneId zone;
    private final Answers answers;
    private final Labels labels;
    private final Frame.Colours colours;
    private final Messages messages;
    private final DateWords dates;
    private final ReasonWords reasons;

    ItemWords(Edition edition, Frame frame, Messages messages) {
        this(edition, frame, messages, new KnownWords());
    }

    /** @param known words that were found for other editions */
    ItemWords(Edition edition, Frame frame, Messages messages, KnownWords known) {
        this.edition = edition;
        this.known = known;
        this.zone = frame.readerZone();
        this.answers = frame.answers();
        this.labels = frame.labels();
        this.colours = frame.colours();
        this.messages = messages;
        this.dates = new DateWords(messages, frame.readerZone(), edition.built());
        this.reasons = new ReasonWords(messages, labels);
    }

    /**
     * Everything the reader needs to decide.
     *
     * @param number of the item in its edition, by which an answer names it
     */
    Map<String, Object> full(Item item, Block.Name block, int number) {
        boolean soon = block == Block.Name.CLOSING_SOON;
        var key = new KnownWords.Key(
                item, soon, messages.language(), edition.reads(), edition.built(), zone, labels, colours);
        var words = new HashMap<>(known.of(key, () -> everything(item, soon)));
        words.put("number", shown(number));
        words.put("answers", answers(number));
        words.computeIfPresent("same", (name, same) -> ((Same) same).guarding(answers));
        return words;
    }

    private Map<String, Object> everything(Item item, boolean soon) {
        Map<String, Object> words = brief(item);
        Deadline deadline = item.call().deadline(edition.built());
        Notice facts = item.call().facts();
        words.put("full", true);
        words.put("same", new Same());
        words.put("left", soon ? dates.left(deadline) : "");
        words.put("title", Foreign.line(facts.title().in(edition.reads()), TITLE_AT_MOST));
        words.put("kind", kind(facts));
        words.put("object", object(facts));
        words.put("facts", facts(facts));
        words.put("change", change(item));
        words.put("doubt", item.change() == Change.CANCELLED ? "" : dates.doubt(deadline));
        words.put("also", also(item));
        words.put("why", reasons.of(item.why()));
        words.put("picked", item.regard().picked() ? messages.text("picked") : "");
        words.put("note", note(item.regard()));
        words.put("regard", regard(item.regard()));
        return words;
    }

    /** Date, title and address, with a word of warning where the date needs one. */
    Map<String, Object> oneLiner(Item item, int number) {
        Map<String, Object> words = brief(item);
        words.put("number", shown(number));
        return words;
    }

    private String shown(int number) {
        return answers.address() == null ? "" : String.valueOf(number);
    }

    private Map<String, Object> brief(Item item) {
        Call call = item.call();
        Deadline deadline = call.deadline(edition.built());
        String title = Foreign.line(call.facts().title().in(edition.reads()), ONE_LINER_TITLE_AT_MOST);
        var words = new HashMap<String, Object>();
        words.put("full", false);
        words.put("date", item.change() == Change.CANCELLED ? messages.text("cancelled") : dates.deadline(deadline));
        words.put("mark", mark(item, deadline));
        words.put("title", title.isEmpty() ? call.id().toString() : title);
        words.put("titleLanguage", titleLanguage(call.facts()));
        words.put("link", link(call.facts()));
        return words;
    }

    private static String link(Notice facts) {
        return Stream.of(Optional.ofNullable(facts.url()), Optional.ofNullable(facts.documents()))
                .flatMap(Optional::stream)
                .map(Foreign::link)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private String kind(Notice facts) {
        return messages.text("kind."
                + (facts.stage() == Stage.FORECAST ? "forecast" : facts.kind().code()));
    }

    private String titleLanguage(Notice facts) {
        return facts.title()
                .languageFor(edition.reads())
                .filter(language -> LANGUAGE_CODE.matcher(language).matches() && !language.equals("und"))
                .orElse("");
    }

    /** For a title that the reader cannot read: what it is about, by its first CPV code. */
    private String object(Notice facts) {
        String language = titleLanguage(facts);
        if (language.isEmpty()
                || edition.reads().contains(language)
                || facts.cpv().isEmpty()) {
            return "";
        }
        String code = facts.cpv().getFirst();
        return messages.text("object", orElse(labels.cpv(code, messages.language()), "CPV " + code));
    }

    private String facts(Notice facts) {
        var known = new ArrayList<String>();
        Money value = facts.value();
        if (value != null) {
            known.add(MoneyWords.of(value, messages));
        }
        known.add(Foreign.line(orElse(facts.buyer(), ""), BUYER_AT_MOST));
        known.add(some(facts.places(), PLACES_AT_MOST, code -> labels.place(code, messages.language())));
        List<String> answerIn = facts.submissionLanguages().stream()
                .sorted(Comparator.comparing(code -> !edition.reads().contains(code)))
                .toList();
        if (!answerIn.isEmpty()) {
            known.add(messages.text(
                    "submission",
                    some(answerIn, LANGUAGES_AT_MOST, code -> labels.language(code, messages.language()))));
        }
        return known.stream().filter(each -> !each.isEmpty()).collect(Collectors.joining(" · "));
    }

    private interface Name {
        @Nullable
        String of(String code);
    }

    /** Where else it seems to be, by the name of the site. */
    private String also(Item item) {
        List<String> places =
                item.call().alsoAt().stream().map(ItemWords::site).distinct().toList();
        if (places.isEmpty()) {
            return "";
        }
        return messages.text(item.likeTold() ? "also.told" : "also", some(places, PLACES_AT_MOST, place -> place));
    }

    private static String site(Call.LookAlike other) {
        try {
            String host = other.url() == null ? null : new URI(other.url()).getHost();
            return host == null ? other.id().source().value() : host.replaceFirst("^www\\.", "");
        } catch (URISyntaxException noAddress) {
            return other.id().source().value();
        }
    }

    private static String some(List<String> codes, int atMost, Name name) {
        String shown = codes.stream()
                .limit(atMost)
                .map(code -> Foreign.line(orElse(name.of(code), code), BUYER_AT_MOST))
                .collect(Collectors.joining(", "));
        int more = codes.size() - atMost;
        return more > 0 ? shown + " +" + more : shown;
    }

    private String change(Item item) {
        Deadline before = item.before();
        Deadline current = item.call().deadline(edition.built());
        String old = before == null ? "" : dates.deadline(before);
        return switch (item.change()) {
            case NONE -> "";
            case BROUGHT_FORWARD -> messages.text("change.brought-forward", old, dates.deadline(current));
            case EXTENDED -> messages.text(extended(before, current), old, dates.deadline(current));
            case REOPENED -> messages.text("change.reopened");
            case CANCELLED ->
                before instanceof Deadline.Dated
                        ? messages.text("change.cancelled.dated", old)
                        : messages.text("change.cancelled");
        };
    }

    private static String extended(@Nullable Deadline before, Deadline current) {
        boolean wasDated = before instanceof Deadline.Dated;
        boolean isDated = current instanceof Deadline.Dated;
        if (before != null && before.sortKey() == current.sortKey()) {
            // The revision grew by a date that this reader was not shown: another lot's, say.
            return "change.other-date";
        }
        if (wasDated && isDated) {
            return "change.extended";
        }
        return isDated ? "change.known" : "change.other";
    }

    /** The coordinators' own words, on one line. */
    private String note(Item.Regard regard) {
        String notes = regard.notes().stream()
                .map(note -> Foreign.line(note.in(edition.reads()), TITLE_AT_MOST))
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(" · "));
        return notes.isEmpty() ? "" : messages.text("note", notes);
    }

    /** How many others are interested, by number only, and what the reader said themselves. */
    private String regard(Item.Regard regard) {
        var others = new ArrayList<String>();
        if (regard.looking() > 0) {
            others.add(messages.count("looking", regard.looking()));
        }
        if (regard.seeking() > 0) {
            others.add(messages.count(others.isEmpty() ? "seeking.alone" : "seeking", regard.seeking()));
        }
        return Stream.of(String.join(", ", others), mine(regard))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private String mine(Item.Regard regard) {
        Interest mine = regard.mine();
        return mine == null ? "" : messages.text("mine." + mine.code());
    }

    /** The links that answer, each with its words. */
    private List<Map<String, String>> answers(int number) {
        return Stream.of(
                        answer("looking", answers.link("looking " + number)),
                        answer("partner", answers.link("partner " + number)),
                        answer("not", answers.link("not " + number)),
                        answer("pick", answers.curatorLink("pick " + number)),
                        answer("hide", answers.curatorLink("hide " + number)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Map<String, String>> answer(String word, String address) {
        return Foreign.link(address).map(link -> Map.of("words", messages.text("answer." + word), "link", link));
    }

    private String mark(Item item, Deadline deadline) {
        Change change = item.change();
        String picked = item.regard().picked() ? messages.text("picked") : "";
        String doubtful = deadline.doubtful() ? messages.text("mark.doubtful") : "";
        String changed =
                switch (change) {
                    case BROUGHT_FORWARD -> messages.text("mark.brought-forward");
                    case EXTENDED -> messages.text("mark.extended");
                    case REOPENED -> messages.text("mark.reopened");
                    case CANCELLED, NONE -> "";
                };
        return Stream.of(picked, mine(item.regard()), changed, change == Change.CANCELLED ? "" : doubtful)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
