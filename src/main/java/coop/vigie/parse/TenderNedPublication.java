package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a notice of one publication of TenderNed, as its list, its own page, or both together give it. */
final class TenderNedPublication {

    /** Until when to hand in, and until when to answer a market consultation. */
    static final Set<String> DEADLINES = Set.of("sluitingsDatum", "sluitingsDatumMarktconsultatie");

    /** Times carry no zone, and are those of the clock on the wall. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final String PAGES = "https://www.tenderned.nl/aankondigingen/overzicht/";

    /** {@code EF16} is the eForms notice subtype 16, {@code EFE1} the subtype E1. */
    private static final Pattern EFORMS_CODE = Pattern.compile("EF([0-9]{1,2}|[A-Z0-9]{2,3})");

    private final JsonNode json;
    private final ParseContext context;
    private final IsoDeadlines dates;

    TenderNedPublication(JsonNode json, ParseContext context, String position, List<Warning> warnings) {
        this.json = json;
        this.context = context;
        this.dates = new IsoDeadlines(ZONE, context, position, warnings);
    }

    /** Null, with a warning, for what does not say which publication it is. */
    @Nullable
    Notice notice() {
        String id = Json.text(json, "publicatieId");
        if (id.isEmpty()) {
            dates.warn("publicatieId", "", "left out, as it has none");
            return null;
        }
        String number = Json.text(json, "kenmerk");
        String buyer = CleanHtml.line(Json.text(json, "opdrachtgeverNaam"));
        return new Notice.Builder(new NoticeId(context.source(), Hash.shortened(id)), ZONE)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .stage(stage())
                .title(LocalText.of("nl", title()))
                .text(LocalText.of("nl", text()))
                .buyer(buyer.isEmpty() ? null : buyer)
                .published(FieldDates.published(
                        new FieldDates.Written(Json.text(json, "publicatieDatum"), ""), ZONE, "nl"))
                .stated(stated())
                .deadlines(deadlines())
                .places(places())
                .cpv(cpv())
                .url(page(id))
                .procedure(number.isEmpty() ? null : "tenderned-" + number)
                .build();
    }

    // Where it stands

    private Stage stage() {
        String code = code("typePublicatie", "aankondigingCode").toUpperCase(Locale.ROOT);
        String words = words("typePublicatie", "aankondigingCode").toLowerCase(Locale.ROOT);
        if (code.equals("VBE") || words.contains("beëindiging")) {
            return Stage.CANCELLED;
        }
        if (words.contains("rectificatie")) {
            return Stage.CHANGE;
        }
        return ofCode(code)
                .or(() -> ofEforms(code("publicatiecode", "publicatieCode")))
                .or(() -> EformsStage.ofForm(Json.text(json, "formType")))
                .or(() -> ofWords(words))
                .orElseGet(() -> {
                    dates.warn("typePublicatie", code + " " + words, "read as a call, lest one be missed");
                    return Stage.COMPETITION;
                });
    }

    private static Optional<Stage> ofCode(String code) {
        return Optional.ofNullable(
                switch (code) {
                    case "AAO" -> Stage.COMPETITION;
                    case "AGO" -> Stage.AWARD;
                    case "MAC" -> Stage.FORECAST;
                    default -> null;
                });
    }

    private static Optional<Stage> ofEforms(String code) {
        Matcher matcher = EFORMS_CODE.matcher(code.toUpperCase(Locale.ROOT));
        return matcher.matches() ? EformsStage.ofSubtype(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Stage> ofWords(String words) {
        if (words.startsWith("vooraankondiging") || words.startsWith("marktconsultatie")) {
            return Optional.of(Stage.FORECAST);
        }
        if (words.contains("gegunde") || words.contains("wijziging") || words.contains("vrijwillige")) {
            return Optional.of(Stage.AWARD);
        }
        return words.contains("aankondiging") ? Optional.of(Stage.COMPETITION) : Optional.empty();
    }

    /** Of the first of these members that has one; a text alone may be one, or words. */
    private String code(String... members) {
        return first(members, "code");
    }

    private String words(String... members) {
        return first(members, "omschrijving");
    }

    private String first(String[] members, String part) {
        for (String member : members) {
            JsonNode value = json.path(member);
            String text = value.isObject() ? Json.text(value, part) : Json.text(json, member);
            boolean wanted = value.isObject() || part.equals("code") == text.matches("[A-Z0-9]{2,5}");
            if (wanted && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    // Until when

    private List<LotDeadline> deadlines() {
        var deadlines = new ArrayList<>(dates.read(Role.TENDER, null, written("sluitingsDatum")));
        deadlines.addAll(dates.read(Role.INTEREST, null, written("sluitingsDatumMarktconsultatie")));
        return deadlines;
    }

    private Deadline stated() {
        String written = written("sluitingsDatum");
        return IsoDeadlines.stated(written.isEmpty() ? written("sluitingsDatumMarktconsultatie") : written);
    }

    private String written(String member) {
        return Json.written(json.path(member));
    }

    // What it says

    private String title() {
        String title = CleanHtml.line(Json.text(json, "aanbestedingNaam"));
        if (title.isEmpty()) {
            dates.warn("title", "", "made up, as it has none");
            return "(zonder titel)";
        }
        return title;
    }

    private String text() {
        Set<String> keywords = new LinkedHashSet<>();
        for (int i = 1; i <= 4; i++) {
            keywords.add(CleanHtml.line(Json.text(json, "trefwoord" + i)));
        }
        keywords.remove("");
        String text = CleanHtml.text(Json.text(json, "opdrachtBeschrijving"));
        String more = keywords.isEmpty() ? "" : "Trefwoorden: " + String.join(", ", keywords);
        return (text + "\n\n" + more).strip();
    }

    private List<String> cpv() {
        var codes = new ArrayList<String>();
        for (String written : codes("cpvCodes")) {
            CpvCode.normalize(written)
                    .ifPresentOrElse(
                            codes::add, () -> dates.warn("CPV code", written, "left out, as it has not eight digits"));
        }
        return codes;
    }

    private List<String> places() {
        List<String> places = codes("nutsCodes").stream().filter(Nuts::isCode).toList();
        return places.isEmpty() ? context.places() : places;
    }

    private List<String> codes(String member) {
        return Json.all(json.path(member)).stream()
                .map(each -> each.isObject()
                        ? Json.text(each, "code")
                        : each.asText().strip())
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private String page(String id) {
        String given = Links.absolute(Json.text(json.path("link"), "href"), null);
        return given != null && given.startsWith(PAGES) ? given : PAGES + id.replaceAll("[^A-Za-z0-9-]", "");
    }
}
