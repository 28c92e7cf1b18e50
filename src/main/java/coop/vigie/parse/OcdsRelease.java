package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.Countries;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a notice of one OCDS release (standard.open-contracting.org, 1.1, and the fields of its EU profile). */
final class OcdsRelease {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** Germany's portal names its procedures with the eForms key (BT-04) behind its own prefix. */
    private static final Pattern EFORMS_KEY =
            Pattern.compile("ocds-mnwr74-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private static final Set<String> NOTICE_PAGES =
            Set.of("tenderNotice", "contractNotice", "plannedProcurementNotice");

    private static final int ID_LENGTH = 200;

    private final JsonNode release;
    private final JsonNode tender;
    private final ParseContext context;
    private final IsoDeadlines dates;
    private final ZoneId zone;
    private final String language;

    OcdsRelease(JsonNode release, ParseContext context, String position, List<Warning> warnings) {
        this.release = release;
        this.tender = release.path("tender");
        this.context = context;
        String country = Json.text(buyer().path("address"), "country");
        this.zone = country.length() == 2 ? Countries.zone(country).orElse(context.zone()) : context.zone();
        this.dates = new IsoDeadlines(zone, context, position, warnings);
        String stated = ItemLanguage.code(Json.text(release, "language"));
        this.language = stated != null
                ? stated
                : context.languages().stream().findFirst().orElse(LocalText.UNDETERMINED);
    }

    /** Null for what has no id at all, with a warning. */
    @Nullable
    Notice notice() {
        String ocid = Json.text(release, "ocid");
        String id = Json.text(release, "id");
        if (id.isEmpty()) {
            // Two of the publishers that we read leave it out; a release is then what was said of a procedure that day.
            id = ocid.isEmpty() ? "" : (ocid + "-" + Json.text(release, "date") + "-" + String.join("-", tags()));
        }
        if (id.isEmpty()) {
            warn("id", "", "left out, as it has neither an id nor an ocid");
            return null;
        }
        Stage stage = stage();
        Notice.Builder builder = new Notice.Builder(new NoticeId(context.source(), shortened(id)), zone)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .stage(stage)
                .title(LocalText.of(language, title(ocid)))
                .text(text())
                .buyer(blankIsNull(buyerName()))
                .published(FeedDates.parse(Json.text(release, "date")))
                .stated(IsoDeadlines.stated(endOf(tender)))
                .deadlines(deadlines())
                .places(places())
                .cpv(cpv())
                .value(value())
                .submissionLanguages(submissionLanguages())
                .url(page())
                .documents(documents())
                .procedure(procedure(ocid))
                .identifiers(Stream.of(id, ocid).filter(name -> !name.isEmpty()).toList());
        return builder.build();
    }

    private static String shortened(String id) {
        return id.length() <= ID_LENGTH ? id : id.substring(0, 100) + "#" + Hash.of(id);
    }

    private static @Nullable String procedure(String ocid) {
        Matcher matcher = EFORMS_KEY.matcher(ocid);
        return matcher.matches() ? matcher.group(1) : blankIsNull(ocid);
    }

    // Where it stands

    private List<String> tags() {
        return Json.all(release.path("tag")).stream().map(JsonNode::asText).toList();
    }

    private Stage stage() {
        List<String> tags = tags();
        String status = Json.text(tender, "status");
        if (tags.contains("tenderCancellation")
                || Set.of("cancelled", "withdrawn").contains(status)) {
            return Stage.CANCELLED;
        }
        if (Stream.of("award", "awardUpdate", "contract", "contractUpdate", "implementation", "implementationUpdate")
                        .anyMatch(tags::contains)
                || Set.of("complete", "unsuccessful").contains(status)) {
            return Stage.AWARD;
        }
        if (tags.contains("tenderAmendment") || tags.contains("tenderUpdate")) {
            return Stage.CHANGE;
        }
        if (tags.contains("tender")) {
            return Stage.COMPETITION;
        }
        if (tags.contains("planning") || tags.contains("planningUpdate")) {
            return Stage.FORECAST;
        }
        // A compiled release, or one without a tag.
        boolean decided =
                !release.path("awards").isEmpty() || !release.path("contracts").isEmpty();
        if (decided && !status.equals("active")) {
            return Stage.AWARD;
        }
        boolean announced =
                tender.isMissingNode() || Set.of("planning", "planned").contains(status);
        return announced ? Stage.FORECAST : Stage.COMPETITION;
    }

    // What it says

    private String title(String ocid) {
        String title = CleanHtml.line(Json.text(tender, "title"));
        if (title.isEmpty()) {
            title = CleanHtml.line(Json.text(release, "title"));
        }
        if (title.isEmpty()) {
            title = CleanHtml.line(Json.text(release.path("planning"), "rationale"));
            title = title.length() > 120 ? title.substring(0, 120) + "…" : title;
            warn("title", "", "made up, as it has none");
        }
        return title.isEmpty() ? (ocid.isEmpty() ? "(sans titre / zonder titel / untitled)" : ocid) : title;
    }

    private LocalText text() {
        Set<String> paragraphs = new LinkedHashSet<>();
        paragraphs.add(words(tender));
        paragraphs.add(CleanHtml.text(Json.text(release.path("planning"), "rationale")));
        for (JsonNode lot : Json.all(tender.path("lots"))) {
            paragraphs.add(CleanHtml.line(Json.text(lot, "title")));
            paragraphs.add(words(lot));
        }
        Json.all(tender.path("items")).forEach(item -> paragraphs.add(words(item)));
        paragraphs.remove("");
        return LocalText.of(language, String.join("\n\n", paragraphs));
    }

    private static String words(JsonNode object) {
        return CleanHtml.text(Json.text(object, "description"));
    }

    private JsonNode buyer() {
        String id = Json.text(release.path("buyer"), "id");
        List<JsonNode> parties = Json.all(release.path("parties"));
        return parties.stream()
                .filter(party -> !id.isEmpty() && Json.text(party, "id").equals(id))
                .findFirst()
                .or(() -> withRole(parties, "buyer"))
                .or(() -> withRole(parties, "procuringEntity"))
                .orElse(release.path("buyer"));
    }

    private static java.util.Optional<JsonNode> withRole(List<JsonNode> parties, String role) {
        return parties.stream()
                .filter(party -> Json.all(party.path("roles")).stream()
                        .anyMatch(each -> each.asText().equals(role)))
                .findFirst();
    }

    private String buyerName() {
        return Stream.of(release.path("buyer"), buyer(), tender.path("procuringEntity"))
                .map(party -> CleanHtml.line(Json.text(party, "name")))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private List<String> cpv() {
        var codes = new ArrayList<String>();
        List<JsonNode> holders = new ArrayList<>(List.of(tender));
        holders.addAll(Json.all(tender.path("items")));
        for (JsonNode holder : holders) {
            List<JsonNode> classes = new ArrayList<>(Json.all(holder.path("classification")));
            classes.addAll(Json.all(holder.path("additionalClassifications")));
            for (JsonNode each : classes) {
                if (Json.text(each, "scheme").equalsIgnoreCase("CPV")) {
                    String written = Json.text(each, "id");
                    CpvCode.normalize(written)
                            .ifPresentOrElse(
                                    codes::add,
                                    () -> warn("CPV code", written, "left out, as it has not eight digits"));
                }
            }
        }
        return codes;
    }

    private List<String> places() {
        var places = new ArrayList<String>();
        for (JsonNode item : Json.all(tender.path("items"))) {
            List<JsonNode> addresses = new ArrayList<>(Json.all(item.path("deliveryAddresses")));
            addresses.addAll(Json.all(item.path("deliveryAddress")));
            addresses.forEach(address -> places.add(Json.text(address, "region")));
            JsonNode gazetteer = item.path("deliveryLocation").path("gazetteer");
            if (Json.text(gazetteer, "scheme").toUpperCase(Locale.ROOT).startsWith("NUTS")) {
                Json.all(gazetteer.path("identifiers")).forEach(code -> places.add(code.asText()));
            }
        }
        places.removeIf(place -> !Nuts.isCode(place));
        String country = Json.text(buyer().path("address"), "country");
        if (places.isEmpty() && country.length() == 2) {
            Nuts.ofCountry(country).ifPresent(places::add);
        }
        return places.isEmpty() ? context.places() : places;
    }

    /** The estimate, or the least if there is no estimate; 0 and 1 stand for "no idea". */
    private @Nullable Money value() {
        for (String name : List.of("value", "minValue")) {
            JsonNode value = tender.path(name);
            String currency = Json.text(value, "currency");
            if (value.path("amount").isNumber() && CURRENCY.matcher(currency).matches()) {
                BigDecimal amount = value.path("amount").decimalValue();
                boolean sane = amount.precision() - amount.scale() <= 15 && amount.scale() <= 9;
                if (sane && amount.compareTo(BigDecimal.ONE) > 0) {
                    return new Money(amount, currency);
                }
            }
        }
        return null;
    }

    private List<String> submissionLanguages() {
        return Json.all(tender.path("submissionTerms").path("languages")).stream()
                .map(each -> ItemLanguage.code(each.asText()))
                .filter(Objects::nonNull)
                .toList();
    }

    // Until when

    private List<LotDeadline> deadlines() {
        var deadlines = new ArrayList<>(dates.read(Role.TENDER, null, endOf(tender)));
        for (JsonNode lot : Json.all(tender.path("lots"))) {
            deadlines.addAll(dates.read(Role.TENDER, blankIsNull(Json.text(lot, "id")), endOf(lot)));
        }
        deadlines.addAll(dates.read(Role.INTEREST, null, Json.text(tender, "expressionOfInterestDeadline")));
        return deadlines;
    }

    private static String endOf(JsonNode holder) {
        return Json.written(holder.path("tenderPeriod").path("endDate"));
    }

    // Where to read on

    private @Nullable String page() {
        return Stream.of(tender.path("documents"), release.path("planning").path("documents"))
                .flatMap(documents -> Json.all(documents).stream())
                .filter(document -> NOTICE_PAGES.contains(Json.text(document, "documentType")))
                .map(document -> Links.absolute(blankIsNull(Json.text(document, "url")), null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String documents() {
        return Json.all(tender.path("documents")).stream()
                .filter(document -> !NOTICE_PAGES.contains(Json.text(document, "documentType")))
                .map(document -> Links.absolute(blankIsNull(Json.text(document, "url")), null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void warn(String field, String found, String done) {
        dates.warn(field, found, done);
    }

    private static @Nullable String blankIsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
