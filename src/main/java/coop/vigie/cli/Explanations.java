package coop.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.RobotsText;
import coop.vigie.inbox.FailedRecipient;
import coop.vigie.inbox.MailReader;
import coop.vigie.inbox.Reading;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Scope;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.DocumentFormat;
import coop.vigie.parse.Feed;
import coop.vigie.parse.FeedItem;
import coop.vigie.parse.FeedReader;
import coop.vigie.parse.FieldSelector;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.Parsed;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import coop.vigie.text.Amounts;
import coop.vigie.text.CleanHtml;
import coop.vigie.text.DeadlineFinder;
import coop.vigie.text.FoundAmount;
import coop.vigie.text.FoundDate;
import coop.vigie.text.LanguageGuess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code explain} says of each kind of thing: the readers' own answers, in the fixed JSON shape. */
final class Explanations {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final URI HERE = URI.create("file:///explain");
    private static final SourceId NOBODY = new SourceId("explain");

    private final Session session;

    Explanations(Session session) {
        this.session = session;
    }

    // --- feed

    Map<String, @Nullable Object> feed(SuiteLine line) throws IOException {
        String data = line.members().hasNonNull("file") ? null : line.text("data");
        String base = line.textOrNull("base_url");
        // Characters of a JSON text are decoded already, whatever a prolog says of the bytes they once were.
        return data == null
                ? feed(line.file(), null, base)
                : feed(data.getBytes(StandardCharsets.UTF_8), "text/xml; charset=utf-8", base);
    }

    Map<String, @Nullable Object> feed(byte[] bytes, @Nullable String contentType, @Nullable String base) {
        Feed feed = FeedReader.read(bytes, contentType, address(base));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("recovered", feed.recovered());
        view.put("title", feed.title());
        view.put("language", feed.language());
        view.put("items", feed.items().stream().map(Explanations::item).toList());
        view.put("warnings", warnings(feed));
        view.put("failure", feed.failure());
        return view;
    }

    private static List<String> warnings(Feed feed) {
        var warnings = new ArrayList<>(feed.warnings());
        int number = 0;
        for (FeedItem item : feed.items()) {
            number++;
            if (item.titleMadeUp()) {
                warnings.add("entry " + number + " has no title; one was made up from its text or link");
            }
        }
        return warnings;
    }

    private @Nullable URI address(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : URI.create(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(session.words().text("error.base-url", text));
        }
    }

    private static Map<String, @Nullable Object> item(FeedItem item) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", item.id());
        view.put("title", item.title());
        view.put("link", item.link());
        view.put("published", Views.text(item.published()));
        view.put("updated", Views.text(item.updated()));
        view.put("summary", CleanHtml.safe(item.summary()));
        view.put("author", item.author());
        view.put("categories", item.categories());
        return view;
    }

    // --- page

    /** {@code select} holds selectors by field; a single text is the selector of the items. */
    Map<String, @Nullable Object> page(SuiteLine line) throws IOException {
        JsonNode written = line.members().path("select");
        var select = new LinkedHashMap<String, String>();
        if (written.isTextual()) {
            select.put("item", written.asText());
        }
        written.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> select.put(field.getKey(), field.getValue().asText()));
        return page(selectors(select), line.file(), line.textOrNull("base_url"));
    }

    /** The same selectors, if they are of fields that there are. */
    Map<String, String> selectors(Map<String, String> select) {
        select.keySet().stream()
                .filter(field -> !FieldSelector.LIST.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    String known = String.join(", ", FieldSelector.LIST);
                    throw new UsageException(session.words().text("error.select", field, known));
                });
        return select;
    }

    Map<String, @Nullable Object> page(Map<String, String> select, byte[] bytes, @Nullable String base) {
        URI address = address(base);
        var payload = new Payload(address == null ? HERE : address, "page", bytes, null);
        Parsed parsed =
                Parsers.of("html-list").parse(payload, context(new SourceOptions("", Map.of(), select, Map.of())));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put(
                "items",
                parsed.notices().stream().map(each -> listed(each.notice())).toList());
        view.put(
                "next",
                parsed.next().isEmpty() ? null : parsed.next().getFirst().uri().toString());
        view.put("warnings", parsed.warnings().stream().map(Object::toString).toList());
        view.put("failure", parsed.failure());
        return view;
    }

    private Map<String, @Nullable Object> listed(Notice notice) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", notice.id().nativeId());
        view.put("title", notice.title().in(List.of()));
        view.put("link", notice.url());
        view.put("summary", notice.text().in(List.of()));
        view.put("language", notice.title().languageFor(List.of()).orElse(null));
        view.put("published", Views.text(notice.published()));
        view.put("deadline", Views.deadline(notice.stated(), session.now()));
        return view;
    }

    private ParseContext context(SourceOptions options) {
        return context(Level.PRIVATE, ZONE, options);
    }

    private ParseContext context(Level level, ZoneId zone, SourceOptions options) {
        return new ParseContext(
                NOBODY, level, null, List.of(), List.of(), zone, List.of(), List.of(), options, session.now());
    }

    // --- notice

    Map<String, @Nullable Object> notice(SuiteLine line) throws IOException {
        byte[] bytes = line.file();
        return notice(bytes, line.text("file"));
    }

    Map<String, @Nullable Object> notice(byte[] bytes, String name) {
        String format = DocumentFormat.of(bytes);
        var payload = new Payload(HERE, name, bytes, null);
        Parsed parsed = format == null
                ? new Parsed(List.of(), List.of(), List.of(), "a document of no format that Vigie knows")
                : Parsers.of(format).parse(payload, context(format));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("format", format);
        view.put(
                "notices",
                parsed.notices().stream()
                        .map(each -> Views.notice(each.notice(), session.now()))
                        .toList());
        view.put("warnings", parsed.warnings().stream().map(Object::toString).toList());
        view.put("failure", parsed.failure());
        return view;
    }

    /** What the catalogue says of the one publisher of such documents. */
    private ParseContext context(String format) {
        return switch (format) {
            case "eforms", "ted-search", "sedia" -> context(Level.EUROPEAN, ZONE, SourceOptions.NONE);
            case "bda" -> context(Level.FEDERAL, ZONE, SourceOptions.NONE);
            case "boamp" -> context(Level.FEDERAL, ZoneId.of("Europe/Paris"), SourceOptions.NONE);
            case "tenderned" -> context(Level.FEDERAL, ZoneId.of("Europe/Amsterdam"), SourceOptions.NONE);
            default -> context(SourceOptions.NONE);
        };
    }

    // --- mail

    Map<String, @Nullable Object> mail(SuiteLine line) throws IOException {
        return mail(line.file());
    }

    Map<String, @Nullable Object> mail(byte[] bytes) {
        Reading reading = MailReader.read(bytes).reading();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("class", reading.kind().code());
        view.put(
                "recipients",
                reading.recipients().stream().map(Explanations::recipient).toList());
        return view;
    }

    private static Map<String, @Nullable Object> recipient(FailedRecipient recipient) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("address", recipient.address());
        view.put("status", recipient.status());
        view.put("action", recipient.action());
        return view;
    }

    // --- text

    Map<String, @Nullable Object> text(SuiteLine line) {
        return text(line.text("text"), line.textOrNull("lang"), line.textOrNull("reference"));
    }

    Map<String, @Nullable Object> text(String text, @Nullable String language, @Nullable String reference) {
        String guessed = LanguageGuess.of(text);
        String used = language == null ? guessed : language;
        Instant published = reference == null ? null : moment(reference);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("language", guessed);
        view.put(
                "dates",
                DeadlineFinder.dates(text, published, ZONE, used).stream()
                        .map(Explanations::date)
                        .toList());
        view.put("deadline", Views.deadline(DeadlineFinder.find(text, published, ZONE, used), session.now()));
        view.put(
                "amounts", Amounts.find(text).stream().map(Explanations::amount).toList());
        return view;
    }

    /** A date-time with or without offset, or a date. */
    private Instant moment(String written) {
        try {
            if (written.length() <= 10) {
                return LocalDate.parse(written).atStartOfDay(ZONE).toInstant();
            }
            return written.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(written).toInstant()
                    : LocalDateTime.parse(written).atZone(ZONE).toInstant();
        } catch (DateTimeException wrong) {
            throw new UsageException(session.words().text("error.reference", written));
        }
    }

    private static Map<String, @Nullable Object> date(FoundDate date) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("start", date.start());
        view.put("end", date.end());
        view.put("quote", date.quote());
        view.put("value", Views.text(date.value()));
        view.put("time", Views.time(date.time()));
        view.put("kind", date.kind().code());
        view.put("until", Views.text(date.until()));
        view.put("doubtful", date.doubtful());
        return view;
    }

    private static Map<String, @Nullable Object> amount(FoundAmount amount) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("quote", amount.quote());
        view.put("amount", amount.amount());
        view.put("currency", amount.currency());
        return view;
    }

    // --- html, robots.txt and query

    Map<String, @Nullable Object> html(SuiteLine line) {
        return html(line.text("html"));
    }

    Map<String, @Nullable Object> html(String html) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("html", CleanHtml.safe(html));
        return view;
    }

    Map<String, @Nullable Object> robots(SuiteLine line) {
        String agent = line.textOrNull("agent");
        return robots(line.text("robots"), agent == null ? RobotsText.AGENT : agent, line.text("url"));
    }

    Map<String, @Nullable Object> robots(String robots, String agent, String url) {
        RobotsText.Answer answer = RobotsText.about(robots, agent, url);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("allowed", answer.allowed());
        view.put("rule", answer.rule());
        view.put("delay", answer.delay());
        return view;
    }

    Map<String, @Nullable Object> query(SuiteLine line) {
        String scope = line.textOrNull("scope");
        return query(line.text("query"), scope == null ? Scope.BALANCED.code() : scope);
    }

    Map<String, @Nullable Object> query(String query, String scope) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        try {
            CompiledQuery compiled =
                    new QueryCompiler().compile(query, Scope.ofCode(scope).orElse(Scope.BALANCED), session.now());
            view.put("ok", true);
            view.put("compiled", compiled.describe());
            view.put("message", null);
            view.put("position", null);
        } catch (QuerySyntaxException wrong) {
            view.put("ok", false);
            view.put("compiled", null);
            view.put("message", wrong.getMessage());
            view.put("position", wrong.position());
        }
        return view;
    }
}
