package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads an item's own page and adds what it says to the item as its list or feed gave it.
 *
 * <p>Without selectors ({@link FieldSelector#DETAIL}): the text is that of {@code main} or {@code article}, without navigation and
 * forms; the deadline is looked for in it; attachments are its links to documents; the title stays the listed one, unless that
 * was cut short ("…") and the page's heading goes on. The first attachment becomes the notice's documents, the others are
 * lines of its text.
 *
 * <p>Two deadlines that differ are never reconciled silently: one is kept, doubtful, and a warning names both. A date that a
 * selector names beats one from running text, the page's own one beats the list's; of two from running text the earlier one
 * counts, for being early loses nothing.
 *
 * <p>A page that names others as its translations gives the key that makes one call of all that do so ({@link Translations}).
 */
public final class DetailParser {

    private static final int MOST_ATTACHMENTS = 20;
    private static final List<String> MAIN =
            List.of("main article", "main", "[role=main]", "article", "#content, #main", ".content", "body");
    private static final String AROUND =
            "nav, aside, footer, form, script, style, [role=navigation], [role=search], [role=contentinfo], .breadcrumb, .pager";
    private static final String DOCUMENTS = "a[href~=(?i)\\.(?:pdf|docx?|odt|xlsx?|ods|rtf)(?:$|[?#])]";

    private final HtmlPage page;
    private final String position;
    private final ParsedNotice listed;
    private final ParseContext context;
    private final boolean untitled;
    private final Map<String, FieldSelector> select = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();

    private DetailParser(HtmlPage page, String position, ParsedNotice listed, ParseContext context, boolean untitled) {
        this.page = page;
        this.position = position;
        this.listed = listed;
        this.context = context;
        this.untitled = untitled;
    }

    /**
     * What an item and its page say together.
     *
     * @param notice the listed one, enriched; its id and raw bytes are those of the list
     * @param failure null if the page could be read; else one sentence that says what it is instead, and the notice is
     *     the listed one, unchanged: the page should be asked for again
     */
    public record Read(
            ParsedNotice notice,
            List<Warning> warnings,
            @Nullable String failure) {

        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Never throws on bad input.
     *
     * @param page the answer for the item's address
     * @param listed the item as its list or feed gave it, without what an earlier visit added
     * @param context its {@code options().detail()} names the selectors, all of which may be missing
     */
    public static Read read(Payload page, ParsedNotice listed, ParseContext context) {
        return read(page, listed, context, false);
    }

    /** @param untitled true if the listed title is made of the address, so that any of the page's own is better */
    public static Read read(Payload page, ParsedNotice listed, ParseContext context, boolean untitled) {
        HtmlPage read = HtmlPage.of(page);
        String failure = read.failure() == null ? read.obstacle() : read.failure();
        if (failure != null) {
            return new Read(listed, List.of(), failure);
        }
        var parser = new DetailParser(read, page.position(), listed, context, untitled);
        try {
            context.options().detail().forEach((field, css) -> parser.select.put(field, FieldSelector.of(css)));
        } catch (IllegalArgumentException wrong) {
            return new Read(listed, List.of(), "selector " + wrong.getMessage());
        }
        return parser.read();
    }

    private Read read() {
        Notice before = listed.notice();
        Element main = main();
        // Chosen before the trimming, for attachments often stand in a column beside the text.
        List<Attachment> attachments = attachments(main);
        Element deadlineElement = select("deadline");
        FieldDates.Written written = deadlineElement == null
                ? null
                : FieldDates.Written.of(Objects.requireNonNull(select.get("deadline")), deadlineElement);
        String selectedText = selectedText();
        String text = selectedText.isEmpty() ? trimmed(main) : selectedText;
        String language = language(text);
        String title = title(before);
        Deadline stated = deadline(written, text, language);
        String documents = before.documents();
        if (documents == null && !attachments.isEmpty()) {
            documents = attachments.getFirst().address();
        }
        Notice notice = new Notice(
                before.id(),
                before.kind(),
                before.level(),
                before.stage(),
                LocalText.of(language, title),
                LocalText.of(language, together(before.text().in(List.of()), text, attachments)),
                before.buyer(),
                before.published(),
                stated,
                before.deadlines(),
                before.zone(),
                before.places(),
                before.cpv(),
                before.value(),
                before.submissionLanguages(),
                before.url(),
                documents,
                before.procedure() == null ? Translations.of(page) : before.procedure(),
                before.references(),
                before.identifiers());
        return new Read(new ParsedNotice(notice, listed.raw(), listed.rawType()), warnings, null);
    }

    private Element main() {
        return MAIN.stream()
                .map(css -> page.document().selectFirst(css))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(page.document());
    }

    private @Nullable Element select(String field) {
        FieldSelector selector = select.get(field);
        Element element = selector == null ? null : selector.first(page.document());
        if (selector != null && element == null) {
            warn(field, selector.toString(), "matches nothing on " + page.described());
        }
        return element;
    }

    /** All elements that match, since texts are often cut into several. */
    private String selectedText() {
        FieldSelector selector = select.get("text");
        if (selector == null || select("text") == null) {
            return "";
        }
        Set<Element> all = new LinkedHashSet<>(selector.all(page.document()));
        return all.stream()
                .filter(each -> each.parents().stream().noneMatch(all::contains))
                .map(selector::value)
                .reduce((one, other) -> one + "\n" + other)
                .orElse("")
                .strip();
    }

    private static String trimmed(Element main) {
        Element copy = main.clone();
        copy.select(AROUND).remove();
        return FieldSelector.text(copy);
    }

    private String language(String text) {
        FieldSelector selector = select.get("language");
        Element element = select("language");
        String stated = selector == null || element == null ? null : ItemLanguage.code(selector.value(element));
        String words = listed.notice().title().in(List.of()) + "\n" + text;
        return ItemLanguage.of(stated, page.language(), context.languages(), words);
    }

    private String title(Notice before) {
        String old = before.title().in(List.of());
        FieldSelector selector = select.get("title");
        Element element = select("title");
        String own = selector == null || element == null ? "" : CleanHtml.line(selector.value(element));
        if (!own.isEmpty()) {
            return own;
        }
        Element heading = page.document().selectFirst("main h1, article h1");
        heading = heading == null ? page.document().selectFirst("h1") : heading;
        String whole = heading == null ? "" : CleanHtml.line(FieldSelector.text(heading));
        if (untitled) {
            String headed = whole.isEmpty() ? titleInHead() : whole;
            if (headed.isEmpty()) {
                warn("title", "", "the page has none; made up from its address");
            }
            return headed.isEmpty() ? old : headed;
        }
        String begun = uncut(old);
        return !begun.equals(old) && !begun.isEmpty() && whole.startsWith(begun) ? whole : old;
    }

    private String titleInHead() {
        Element shared = page.document().selectFirst("meta[property=og:title][content]");
        String title = shared == null ? "" : CleanHtml.line(shared.attr("content"));
        return title.isEmpty() ? page.title() : title;
    }

    private static String uncut(String words) {
        return words.replaceFirst("\\s{0,3}[\\[(]?(?:…|\\.\\.\\.)[\\])]?$", "");
    }

    /** The listed text first, unless it is only the beginning of what the page says. */
    private static String together(String listed, String text, List<Attachment> attachments) {
        var all = new ArrayList<String>();
        if (!listed.isBlank() && !flat(text).contains(flat(uncut(listed)))) {
            all.add(listed);
        }
        all.add(text);
        attachments.stream().skip(1).forEach(each -> all.add(each.name() + ": " + each.address()));
        return String.join("\n", all);
    }

    private static String flat(String text) {
        return text.replace('\n', ' ').strip();
    }

    // --- deadline

    private Deadline deadline(FieldDates.@Nullable Written written, String text, String language) {
        Instant published = listed.notice().published();
        Deadline named =
                written == null ? Deadline.UNKNOWN : FieldDates.deadline(written, published, context, language);
        Deadline own = FieldDates.orTold(
                named, text, published, context, language, (unread, done) -> warn("deadline", unread, done));
        return joined(listed.notice().stated(), own);
    }

    private static Deadline stronger(Deadline one, Deadline other) {
        return one.quote() == null ? other : one;
    }

    private Deadline joined(Deadline list, Deadline own) {
        if (own instanceof Deadline.Unknown) {
            return list instanceof Deadline.Unknown ? stronger(list, own) : list;
        }
        if (list instanceof Deadline.Unknown || list instanceof Deadline.Forecast) {
            return own;
        }
        if (list instanceof Deadline.Dated listedDate && own instanceof Deadline.Dated ownDate) {
            return joined(listedDate, ownDate);
        }
        if (!(list instanceof Deadline.Dated) && !(own instanceof Deadline.Dated)) {
            return list;
        }
        // One says "at any time", the other a day: the day is kept, for being early loses nothing.
        Deadline dated = list instanceof Deadline.Dated ? list : own;
        contradiction(list, own);
        return dated instanceof Deadline.Dated each ? TextDeadline.doubted(each) : dated;
    }

    private Deadline joined(Deadline.Dated list, Deadline.Dated own) {
        boolean sameTime =
                list.time() == null || own.time() == null || list.instant().equals(own.instant());
        if (list.date().equals(own.date()) && sameTime) {
            Deadline.Dated precise = own.time() == null ? list : own;
            Deadline.Dated sure = list.doubtful() ? own : list;
            // Both say the same day: who is sure of it lends that to the more precise one.
            return new Deadline.Dated(
                    precise.date(),
                    precise.time(),
                    precise.zone(),
                    sure.origin(),
                    precise.quote() == null ? sure.quote() : precise.quote(),
                    list.doubtful() && own.doubtful());
        }
        contradiction(list, own);
        return TextDeadline.doubted(preferred(list, own));
    }

    private Deadline.Dated preferred(Deadline.Dated list, Deadline.Dated own) {
        if (own.origin() == Deadline.Origin.FIELD) {
            return own;
        }
        if (list.origin() == Deadline.Origin.FIELD) {
            return list;
        }
        Deadline.Dated earlier = list.instant().isBefore(own.instant()) ? list : own;
        Instant published = listed.notice().published();
        // A day before the call was published is none to be early for.
        boolean past = published != null && earlier.instant().isBefore(published);
        return past ? (earlier.equals(list) ? own : list) : earlier;
    }

    private void contradiction(Deadline list, Deadline own) {
        warn("deadline", described(own), "the list says " + described(list) + "; the deadline is marked doubtful");
    }

    private static String described(Deadline deadline) {
        return switch (deadline) {
            case Deadline.Dated dated -> dated.date() + (dated.time() == null ? "" : " " + dated.time());
            case Deadline.Rolling rolling -> "at any time";
            case Deadline.Forecast forecast -> "later";
            case Deadline.Unknown unknown -> "nothing";
        };
    }

    // --- attachments

    private record Attachment(String name, String address) {}

    private List<Attachment> attachments(Element main) {
        FieldSelector selector = select.get("attachments");
        List<Element> elements = selector == null
                ? main.select(DOCUMENTS)
                : select("attachments") == null ? List.of() : selector.all(page.document());
        var attachments = new LinkedHashMap<String, Attachment>();
        for (Element element : elements) {
            String written =
                    selector == null || selector.attribute() == null ? element.attr("href") : selector.value(element);
            String address = page.absolute(written);
            if (address != null && attachments.size() < MOST_ATTACHMENTS) {
                String clean = Links.withoutTracking(address);
                String name = CleanHtml.line(FieldSelector.text(element));
                attachments.putIfAbsent(clean, new Attachment(name.isEmpty() ? "Document" : name, clean));
            }
        }
        return List.copyOf(attachments.values());
    }

    private void warn(String field, String found, String done) {
        warnings.add(new Warning(context.source(), position, field, found, done));
    }
}
