package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.Languages;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import coop.vigie.parse.SediaStanding.Status;
import coop.vigie.text.CleanHtml;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a notice of all hits on one call. Every value of a hit is a list, and some of the values are JSON written as text.
 */
final class SediaCall {

    /** A call that a funded project publishes; it carries the identifier of the topic that funds the project. */
    private static final String CASCADE = "8";

    /** External actions, which have no topic page. */
    private static final String PROSPECT = "2";

    private static final String TENDER = "0";

    private static final String PORTAL =
            "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/";
    private static final Pattern TOPIC_ADDRESS =
            Pattern.compile(".*/(?:topicDetails|topic-details)/([\\w.-]{3,100}?)(?:\\.json)?");
    private static final Pattern LANGUAGE_AT_END = Pattern.compile("(.*[^a-z])([a-z]{2})");

    private final String id;
    private final List<JsonNode> hits;
    private final ParseContext context;
    private final String position;
    private final List<Warning> warnings;
    private final JsonNode main;
    private final LocalDate today;

    /** @param hits at least one */
    SediaCall(String id, List<JsonNode> hits, ParseContext context, String position, List<Warning> warnings) {
        this.id = id;
        this.hits = hits;
        this.context = context;
        this.position = position;
        this.warnings = warnings;
        this.main = hits.stream()
                .filter(hit -> language(hit).equals("en"))
                .findFirst()
                .orElse(hits.getFirst());
        this.today = LocalDate.ofInstant(context.now(), SediaDate.BRUSSELS);
    }

    /** What names the call in all languages; "" if nothing does. */
    static String id(JsonNode hit) {
        String own = first(hit, "type").equals(CASCADE) ? first(hit, "callccm2Id") : topic(hit);
        return own.isEmpty() ? withoutLanguage(hit) : own;
    }

    /** As its address names it, in hits that do not say it themselves. */
    private static String topic(JsonNode hit) {
        String identifier = first(hit, "identifier");
        Matcher address = TOPIC_ADDRESS.matcher(Json.text(hit, "url"));
        return identifier.isEmpty() && address.matches() ? address.group(1) : identifier;
    }

    /** The reference ends in the language of the hit: {@code 50140738TOPICSes}. */
    private static String withoutLanguage(JsonNode hit) {
        String reference = Json.text(hit, "reference");
        Matcher matcher = LANGUAGE_AT_END.matcher(reference);
        return matcher.matches() && Languages.iso1(matcher.group(2)).isPresent() ? matcher.group(1) : reference;
    }

    Notice notice() {
        var standing = new SediaStanding(status(), dates(), opens(), twoStages(), today);
        return new Notice.Builder(new NoticeId(context.source(), Hash.shortened(id)), SediaDate.BRUSSELS)
                .kind(kind())
                .level(context.level())
                .stage(standing.stage())
                .title(title())
                .text(text())
                .published(published())
                .stated(standing.stated(values("deadlineDate")))
                .deadlines(standing.deadlines())
                .places(context.places())
                .value(value())
                .url(url())
                .identifiers(List.of(Hash.shortened(id)))
                .build();
    }

    /** The day of opening; a call that opens later says nowhere when it was announced. */
    private @Nullable Instant published() {
        LocalDate opens = opens();
        return opens == null || opens.isAfter(today)
                ? null
                : opens.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private Kind kind() {
        if (context.kind() != null) {
            return context.kind();
        }
        return first(main, "type").equals(TENDER) ? Kind.TENDER : Kind.CALL;
    }

    // What it says

    private LocalText title() {
        boolean cascade = first(main, "type").equals(CASCADE);
        var byLanguage = new LinkedHashMap<String, String>();
        for (JsonNode hit : hits) {
            // The title of a cascade call is that of the topic behind it.
            Stream<String> candidates = cascade
                    ? Stream.of(first(hit, "callTitle"), first(hit, "title"))
                    : Stream.of(first(hit, "title"), first(hit, "callTitle"));
            String title = Stream.concat(candidates, Stream.of(Json.text(hit, "summary")))
                    .map(CleanHtml::line)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            byLanguage.merge(language(hit), title, (one, other) -> one.isEmpty() ? other : one);
        }
        var title = new LocalText(byLanguage, "en");
        if (title.isEmpty()) {
            warn("title", "", "made up, as it has none");
            return LocalText.of(LocalText.UNDETERMINED, id);
        }
        return title;
    }

    private LocalText text() {
        var byLanguage = new LinkedHashMap<String, Set<String>>();
        for (JsonNode hit : hits) {
            Set<String> paragraphs = byLanguage.computeIfAbsent(language(hit), language -> new LinkedHashSet<>());
            paragraphs.add(CleanHtml.line(first(hit, "callTitle")));
            for (String field :
                    List.of("descriptionByte", "description", "destinationDescription", "furtherInformation")) {
                paragraphs.add(CleanHtml.text(first(hit, field)));
            }
            Set<String> words = new LinkedHashSet<>(all(hit, "typesOfAction"));
            words.addAll(all(hit, "keywords"));
            words.addAll(all(hit, "tags"));
            paragraphs.add(CleanHtml.line(String.join(", ", words)));
            paragraphs.remove("");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        byLanguage.forEach((language, paragraphs) -> texts.put(language, String.join("\n\n", paragraphs)));
        return new LocalText(texts, "en");
    }

    private String language(JsonNode hit) {
        String reference = Json.text(hit, "reference");
        String atEnd = reference.equals(withoutLanguage(hit)) ? "" : reference.substring(reference.length() - 2);
        return Stream.of(first(hit, "language"), Json.text(hit, "language"), atEnd)
                .map(ItemLanguage::code)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(
                        context.languages().isEmpty()
                                ? "en"
                                : context.languages().getFirst());
    }

    /** What one project may get at most, as the budget of the call says for this topic. */
    private @Nullable Money value() {
        BigDecimal most = BigDecimal.ONE;
        for (JsonNode line : budgetLines()) {
            for (String field : List.of("minContribution", "maxContribution")) {
                JsonNode amount = line.path(field);
                BigDecimal read = amount.isNumber()
                        ? amount.decimalValue()
                        : amount.asText().matches("\\d{1,15}") ? new BigDecimal(amount.asText()) : BigDecimal.ZERO;
                most = read.precision() - read.scale() <= 15 && read.scale() <= 9 ? most.max(read) : most;
            }
        }
        return most.compareTo(BigDecimal.ONE) == 0 ? null : new Money(most, "EUR");
    }

    /** The table lists all topics of the call; a line begins with the identifier of its topic. */
    private List<JsonNode> budgetLines() {
        String topic = topic(main).toLowerCase(Locale.ROOT);
        var lines = new ArrayList<JsonNode>();
        for (JsonNode overview : written("budgetOverview")) {
            for (JsonNode action : overview.path("budgetTopicActionMap")) {
                for (JsonNode line : Json.all(action)) {
                    String[] name =
                            Json.text(line, "action").toLowerCase(Locale.ROOT).split("\\s", 2);
                    if (!topic.isEmpty() && name[0].equals(topic)) {
                        lines.add(line);
                    }
                }
            }
        }
        return lines;
    }

    private @Nullable String url() {
        String type = first(main, "type");
        String page = Stream.of(first(main, "url"), Json.text(main, "url"))
                // Some hits lead to the data behind a page.
                .filter(address -> address.startsWith("http") && !address.endsWith(".json"))
                .findFirst()
                .orElse(null);
        return switch (type) {
            case CASCADE -> first(main, "callccm2Id").isEmpty() ? page : PORTAL + "competitive-calls-cs/" + encoded(id);
            case PROSPECT -> page == null ? PORTAL + "prospect-details/" + encoded(Json.text(main, "reference")) : page;
            case TENDER -> page;
            default -> page != null || topic(main).isEmpty() ? page : PORTAL + "topic-details/" + encoded(id);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // Where it stands, and until when

    /** Of several hits the one that is open; people can still answer it. */
    private Status status() {
        var all = new TreeSet<Status>();
        for (JsonNode hit : hits) {
            all.add(Status.of(first(hit, "status")));
        }
        if (all.equals(Set.of(Status.UNKNOWN))) {
            for (JsonNode action : written("actions")) {
                JsonNode status = action.path("status");
                all.add(Status.of(Json.text(status, "id")));
                all.add(Status.of(Json.text(status, "abbreviation", "description")));
            }
        }
        all.remove(Status.UNKNOWN);
        return all.contains(Status.OPEN) ? Status.OPEN : all.isEmpty() ? Status.UNKNOWN : all.getFirst();
    }

    private @Nullable LocalDate opens() {
        SediaDate date = SediaDate.read(first(main, "startDate"));
        return date == null ? null : date.date();
    }

    private boolean twoStages() {
        return Stream.concat(
                        Stream.of(first(main, "deadlineModel")),
                        written("actions").stream()
                                .map(action -> Json.text(action.path("submissionProcedure"), "abbreviation")))
                .anyMatch(model -> model.toLowerCase(Locale.ROOT).contains("two-stage"));
    }

    /** From the field made for it and the actions of the call; only without any from where they are repeated. */
    private SortedSet<SediaDate> dates() {
        var dates = new TreeSet<SediaDate>(SediaDate.ORDER);
        read(values("deadlineDate"), dates);
        written("actions").forEach(action -> read(strings(action.path("deadlineDates")), dates));
        if (dates.isEmpty()) {
            budgetLines().forEach(line -> read(strings(line.path("deadlineDates")), dates));
        }
        if (dates.isEmpty()) {
            for (JsonNode link : written("links")) {
                SediaDate end = SediaDate.ofMillis(Json.text(link, "endDate"));
                if (end != null) {
                    dates.add(end);
                }
            }
        }
        // A day with a time says more than the same day without.
        dates.removeIf(bare -> bare.time() == null
                && dates.stream()
                        .anyMatch(other -> other.time() != null && other.date().equals(bare.date())));
        return dates;
    }

    private void read(List<String> written, Set<SediaDate> dates) {
        for (String each : written) {
            SediaDate date = SediaDate.read(each);
            if (date == null) {
                warn("deadline", each, "left out, as it is no possible date");
                continue;
            }
            if (date.offset() != null && date.time() != null) {
                var expected =
                        SediaDate.BRUSSELS.getRules().getOffset(date.date().atTime(date.time()));
                if (!date.offset().equals(expected)) {
                    warn("deadline", each, "kept as local time in Brussels, which the offset does not fit");
                }
            }
            dates.add(date);
        }
    }

    // Values

    private static String first(JsonNode hit, String field) {
        List<String> all = all(hit, field);
        return all.isEmpty() ? "" : all.getFirst();
    }

    private static List<String> all(JsonNode hit, String field) {
        return strings(hit.path("metadata").path(field));
    }

    /** Of all hits. */
    private List<String> values(String field) {
        return hits.stream().flatMap(hit -> all(hit, field).stream()).distinct().toList();
    }

    private static List<String> strings(JsonNode list) {
        return Json.all(list).stream()
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(value -> value.asText().strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The elements of JSON that stands as text in a field. */
    private List<JsonNode> written(String field) {
        var all = new ArrayList<JsonNode>();
        for (String text : values(field)) {
            try {
                all.addAll(Json.all(Json.MAPPER.readTree(text)));
            } catch (JsonProcessingException broken) {
                warn(field, text, "left out, as it is no readable JSON");
            }
        }
        return all;
    }

    private void warn(String field, String found, String done) {
        var warning = new Warning(context.source(), position, field, shortened(found), done);
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
