package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a notice of one publication of the BDA's search. What it is about is called its workspace, which holds the versions of one
 * notice; the procedure's id is that of eForms (BT-04), by which its twin on TED joins the same call.
 */
final class BdaPublication {

    /** Times carry no zone, and are those of the clock on the wall. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private static final String PAGES = "https://www.publicprocurement.be/publication-workspaces/";

    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** {@code 123456-2026}, with or without zeros before it, or {@code 2026/S 045-123456}. */
    private static final Pattern TED_NUMBER = Pattern.compile("0*([1-9]\\d{0,7})-(\\d{4})");

    private static final Pattern TED_NUMBER_IN_JOURNAL = Pattern.compile("(\\d{4})/S \\d{1,3}-0*([1-9]\\d{0,7})");

    private final JsonNode json;
    private final ParseContext context;
    private final IsoDeadlines dates;

    BdaPublication(JsonNode json, ParseContext context, String position, List<Warning> warnings) {
        this.json = json;
        this.context = context;
        this.dates = new IsoDeadlines(ZONE, context, position, warnings);
    }

    /** Null, with a warning, for what does not say which publication it is. */
    @Nullable
    Notice notice() {
        String id = Json.text(json, "publicationWorkspaceId");
        if (id.isEmpty()) {
            dates.warn("publicationWorkspaceId", "", "left out, as it has none");
            return null;
        }
        String deadline = Json.written(json.path("vaultSubmissionDeadline"));
        Stage stage = stage();
        LocalText title = title();
        String page = PAGES + id.replaceAll("[^A-Za-z0-9-]", "");
        return new Notice.Builder(new NoticeId(context.source(), Hash.shortened(id)), ZONE)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .stage(stage)
                .title(title)
                .text(text(title))
                .buyer(buyer())
                .published(published())
                .stated(IsoDeadlines.stated(deadline))
                .deadlines(dates.read(Role.TENDER, null, deadline))
                .places(places())
                .cpv(cpv())
                .url(page + "/general")
                // An award has none.
                .documents(stage == Stage.AWARD ? null : page + "/documents")
                .procedure(procedure())
                .identifiers(identifiers())
                .build();
    }

    // What it is

    private Stage stage() {
        String type = Json.text(json, "publicationType").toUpperCase(Locale.ROOT);
        if (!Json.text(json, "cancelledAt").isEmpty() || type.startsWith("CANCEL")) {
            return Stage.CANCELLED;
        }
        String subtype = Json.text(json, "noticeSubType").toUpperCase(Locale.ROOT);
        return EformsStage.ofSubtype(subtype).orElseGet(() -> {
            if (!subtype.isEmpty()) {
                dates.warn("noticeSubType", subtype, "read as a call, lest one be missed");
            }
            return Stage.COMPETITION;
        });
    }

    private @Nullable String procedure() {
        String id = Json.text(json, "procedureId");
        return UUID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : null;
    }

    /** Ids of its notices, and their numbers on TED. */
    private List<String> identifiers() {
        var identifiers = new ArrayList<String>();
        for (JsonNode each : Json.all(json.path("noticeIds"))) {
            String id = each.asText().strip();
            if (UUID.matcher(id).matches()) {
                identifiers.add(id.toLowerCase(Locale.ROOT));
            }
        }
        for (JsonNode each : Json.all(json.path("publicationReferenceNumbersTED"))) {
            String written = each.asText().strip();
            Matcher plain = TED_NUMBER.matcher(written);
            Matcher journal = TED_NUMBER_IN_JOURNAL.matcher(written);
            if (plain.matches()) {
                identifiers.add(plain.group(1) + "-" + plain.group(2));
            } else if (journal.matches()) {
                identifiers.add(journal.group(2) + "-" + journal.group(1));
            }
        }
        return identifiers;
    }

    /** The first time; later ones are of its corrections. */
    private @Nullable Instant published() {
        return Stream.of("publishedAt", "publicationDate", "sentAt", "dispatchDate", "insertionDate")
                .map(this::first)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Instant first(String name) {
        return Json.all(json.path(name)).stream()
                .map(each -> FieldDates.published(
                        new FieldDates.Written(each.asText().strip(), ""), ZONE, ""))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    // What it says

    private LocalText title() {
        JsonNode dossier = json.path("dossier");
        Map<String, Set<String>> titles = new LinkedHashMap<>();
        add(titles, dossier.path("titles"));
        for (JsonNode lot : Json.all(json.path("lots"))) {
            if (titles.isEmpty()) {
                add(titles, lot.path("titles"));
            }
        }
        if (titles.isEmpty()) {
            String reference = Json.text(dossier, "referenceNumber", "number");
            dates.warn("title", "", "made up, as it has none");
            return LocalText.of(
                    LocalText.UNDETERMINED,
                    reference.isEmpty() ? "(sans titre / zonder titel / ohne Titel)" : reference);
        }
        return joined(titles, " / ");
    }

    private LocalText text(LocalText title) {
        Map<String, Set<String>> texts = new LinkedHashMap<>();
        add(texts, json.path("dossier").path("descriptions"));
        for (JsonNode lot : Json.all(json.path("lots"))) {
            add(texts, lot.path("titles"));
            add(texts, lot.path("descriptions"));
        }
        texts.forEach(
                (language, paragraphs) -> paragraphs.remove(title.byLanguage().getOrDefault(language, "")));
        return joined(texts, "\n\n");
    }

    private static void add(Map<String, Set<String>> texts, JsonNode written) {
        for (JsonNode each : Json.all(written)) {
            String words = CleanHtml.text(Json.text(each, "text"));
            if (!words.isEmpty()) {
                texts.computeIfAbsent(language(each), language -> new LinkedHashSet<>())
                        .add(words);
            }
        }
    }

    private static String language(JsonNode text) {
        String code = ItemLanguage.code(Json.text(text, "language"));
        return code == null ? LocalText.UNDETERMINED : code;
    }

    private LocalText joined(Map<String, Set<String>> texts, String between) {
        var byLanguage = new LinkedHashMap<String, String>();
        texts.forEach((language, words) -> {
            String all = String.join(between, words);
            byLanguage.put(language, between.contains("\n") ? all : all.replace('\n', ' '));
        });
        List<JsonNode> published = Json.all(json.path("publicationLanguages"));
        String original =
                published.size() == 1 ? ItemLanguage.code(published.getFirst().asText()) : null;
        return new LocalText(byLanguage, original);
    }

    private @Nullable String buyer() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        add(names, json.path("organisation").path("organisationNames"));
        String name = joined(names, " / ").in(context.languages());
        return name.isEmpty() ? null : name;
    }

    private List<String> cpv() {
        var codes = new ArrayList<String>();
        Stream.concat(Json.all(json.path("cpvMainCode")).stream(), Json.all(json.path("cpvAdditionalCodes")).stream())
                .map(each -> Json.text(each, "code"))
                .filter(written -> !written.isEmpty())
                .forEach(written -> CpvCode.normalize(written)
                        .ifPresentOrElse(
                                codes::add,
                                () -> dates.warn("CPV code", written, "left out, as it has not eight digits")));
        return codes;
    }

    private List<String> places() {
        List<String> places = Json.all(json.path("nutsCodes")).stream()
                .map(each -> each.asText().strip())
                .filter(Nuts::isCode)
                .toList();
        return places.isEmpty() ? context.places() : places;
    }
}
