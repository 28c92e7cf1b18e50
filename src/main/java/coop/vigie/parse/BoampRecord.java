package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Deadline.Origin;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a notice of one record of BOAMP. What everybody needs stands in fields of the record; the notice itself is JSON written as text
 * in {@code donnees}, in the shape of the form it was made with: eForms, FNSimple, MAPA, or the form before them.
 */
final class BoampRecord {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final Pattern ID = Pattern.compile("(\\d{2})[-_](\\d{1,9})");
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.\\d{1,9})?\\s?(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final JsonNode record;
    private final BoampContent content;
    private final ParseContext context;
    private final String position;
    private final List<Warning> warnings;
    private final String id;

    BoampRecord(JsonNode record, ParseContext context, String position, List<Warning> warnings) {
        this.record = record;
        this.context = context;
        this.position = position;
        this.warnings = warnings;
        this.id = id(record);
        this.content = content();
    }

    /** The number under which it appeared; "" if it has none. */
    static String id(JsonNode record) {
        return dashed(Json.text(record, "idweb", "id"));
    }

    /** Both 26-91551 and 26_91551 are in use. */
    private static String dashed(String written) {
        Matcher matcher = ID.matcher(written);
        return matcher.matches() ? matcher.group(1) + "-" + matcher.group(2) : written;
    }

    private BoampContent content() {
        JsonNode written = record.path("donnees");
        if (!written.isTextual() || written.asText().isBlank()) {
            return new BoampContent(written);
        }
        try {
            return new BoampContent(Json.MAPPER.readTree(written.asText()));
        } catch (JsonProcessingException broken) {
            warn("donnees", "", "left out, as it is no readable JSON");
            return new BoampContent(Json.MAPPER.missingNode());
        }
    }

    /** Null for what has no number, with a warning. */
    @Nullable
    Notice notice() {
        if (id.isEmpty()) {
            warn("idweb", "", "left out, as it has no number");
            return null;
        }
        Notice eforms = eforms();
        Notice.Builder notice = eforms == null ? plain() : eforms.toBuilder(noticeId());
        if (eforms != null) {
            extraDeadline(eforms).ifPresent(deadline -> notice.deadlines(List.of(deadline)));
        }
        String title = CleanHtml.line(TedText.plain(Json.text(record, "objet")));
        if (!title.isEmpty()) {
            notice.title(LocalText.of("fr", title));
        } else if (eforms == null) {
            warn("objet", "", "made up, as it has none");
            notice.title(LocalText.of("fr", id));
        }
        String buyer = CleanHtml.line(TedText.plain(Json.text(record, "nomacheteur")));
        if (!buyer.isEmpty()) {
            notice.buyer(buyer);
        }
        LocalDate appeared = date(Json.text(record, "dateparution"));
        if (appeared != null) {
            notice.published(appeared.atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        return notice.zone(PARIS)
                .stage(stage(eforms))
                .url(url())
                .procedure(procedure(eforms))
                .references(linked())
                .identifiers(List.of(noticeId().nativeId()))
                .build();
    }

    private NoticeId noticeId() {
        return new NoticeId(context.source(), Hash.shortened(id));
    }

    private @Nullable Notice eforms() {
        JsonNode document = content.eforms();
        if (!document.isObject()) {
            return null;
        }
        URI here = URI.create("boamp:" + (ID.matcher(id).matches() ? id : "record"));
        Parsed parsed = EformsJson.read(document, id, here, position, context);
        warnings.addAll(parsed.warnings());
        return parsed.notices().isEmpty()
                ? null
                : withTitleInText(parsed.notices().getFirst().notice());
    }

    /** The bulletin's own title stands above the notice; the buyer's is not lost. */
    private static Notice withTitleInText(Notice notice) {
        String title = notice.title().original("");
        String text = notice.text().original("");
        boolean one = notice.title().byLanguage().size() == 1
                && notice.text().byLanguage().size() <= 1;
        return one && !text.startsWith(title)
                ? notice.toBuilder()
                        .text(LocalText.of("fr", title + "\n\n" + text))
                        .build()
                : notice;
    }

    private Notice.Builder plain() {
        return new Notice.Builder(noticeId(), PARIS)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .text(LocalText.of("fr", String.join("\n\n", texts())))
                .stated(stated())
                .deadlines(deadline() == null ? List.of() : List.of(deadline()))
                .places(places())
                .cpv(content.cpv())
                .value(content.value())
                .documents(content.documents());
    }

    // Where it stands

    /** The bulletin's own words come first: an eForms notice does not know that it was withdrawn. */
    private Stage stage(@Nullable Notice eforms) {
        String state = folded(Json.text(record, "etat"));
        String nature =
                folded(Json.text(record, "nature", "nature_categorise", "nature_categorise_libelle", "nature_libelle"));
        if (state.contains("annul") || nature.contains("annul")) {
            return Stage.CANCELLED;
        }
        if (eforms != null) {
            boolean corrected = nature.contains("rectif") && eforms.stage() == Stage.COMPETITION;
            return corrected ? Stage.CHANGE : eforms.stage();
        }
        if (nature.contains("rectif") || nature.contains("erratum")) {
            return Stage.CHANGE;
        }
        boolean awarded = Stream.of("attribution", "resultat", "ex_ante", "ex ante", "modification")
                .anyMatch(nature::contains);
        if (awarded || !strings(record.path("titulaire")).isEmpty()) {
            return Stage.AWARD;
        }
        return nature.contains("pre-information")
                        || nature.contains("preinformation")
                        || nature.contains("pre_information")
                        || nature.contains("periodique")
                ? Stage.FORECAST
                : Stage.COMPETITION;
    }

    private static String folded(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** The eForms key joins it to its twin in the Official Journal; without one, corrections are joined to what they correct. */
    private String procedure(@Nullable Notice eforms) {
        String key = Json.text(record, "contractfolderid");
        if (!key.isEmpty()) {
            return key.toLowerCase(Locale.ROOT);
        }
        String ofNotice = eforms == null ? null : eforms.procedure();
        return ofNotice == null
                ? "boamp:"
                        + Stream.concat(
                                        Stream.of(id),
                                        strings(record.path("annonce_lie")).stream()
                                                .map(BoampRecord::dashed))
                                .filter(number -> ID.matcher(number).matches())
                                .min(Comparator.comparingInt(BoampRecord::year).thenComparingInt(BoampRecord::number))
                                .orElse(id)
                : ofNotice;
    }

    /** Of a number such as 09-1234 or 98-1234; the bulletin is on the web since 1995. */
    private static int year(String number) {
        int year = Integer.parseInt(number.substring(0, 2));
        return year < 90 ? 2000 + year : 1900 + year;
    }

    private static int number(String number) {
        return Integer.parseInt(number.substring(3));
    }

    private List<String> linked() {
        return Stream.of("annonce_lie", "annonces_anterieures")
                .flatMap(field -> strings(record.path(field)).stream())
                .map(BoampRecord::dashed)
                .filter(number -> ID.matcher(number).matches() && !number.equals(id))
                .toList();
    }

    // What it says

    private Set<String> texts() {
        Set<String> texts = content.texts();
        texts.addAll(strings(record.path("descripteur_libelle")));
        texts.remove(CleanHtml.text(TedText.plain(Json.text(record, "objet"))));
        return texts;
    }

    private List<String> places() {
        List<String> places = Stream.of("code_departement_prestation", "code_departement")
                .map(field -> strings(record.path(field)).stream()
                        .flatMap(code -> FrenchDepartments.nuts(code).stream())
                        .toList())
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of());
        return places.isEmpty() ? context.places() : places;
    }

    private @Nullable String url() {
        String given = Links.absolute(Json.text(record, "url_avis"), null);
        return given != null || !ID.matcher(id).matches() ? given : "https://www.boamp.fr/pages/avis/?q=idweb:" + id;
    }

    // Until when

    /** In Paris; null if the record states none, or no possible one. */
    private @Nullable LotDeadline deadline() {
        String written = Json.written(record.path("datelimitereponse"));
        return read(written.isEmpty() ? content.reception() : written);
    }

    /** The record's own deadline, if the lots of the notice do not hold it: one of the two is wrong, and the earlier one is safe. */
    private Optional<LotDeadline> extraDeadline(Notice eforms) {
        LotDeadline own = deadline();
        List<Instant> known = eforms.relevantInstants();
        if (own == null) {
            return Optional.empty();
        }
        // Offsets in notices are off by an hour or two as often as not, and their local time counts.
        boolean held = known.stream()
                .anyMatch(instant -> own.time() == null
                        ? LocalDate.ofInstant(instant, PARIS).equals(own.date())
                        : Duration.between(instant, own.instant(PARIS)).abs().toHours() <= 2);
        if (!known.isEmpty() && !held) {
            warn(
                    "datelimitereponse",
                    Json.written(record.path("datelimitereponse")),
                    "kept beside those of the lots, which differ");
        }
        return held ? Optional.empty() : Optional.of(own);
    }

    private Deadline stated() {
        String written = Json.written(record.path("datelimitereponse"));
        if (deadline() == null && !written.isEmpty()) {
            warn("datelimitereponse", written, "left out, as it is no possible date");
            return new Deadline.Unknown(written.length() > 100 ? written.substring(0, 100) : written);
        }
        // A correction says "read …" of any date of the notice, most often of this one.
        List<String> corrected = content.corrected();
        LotDeadline read = corrected.size() == 1 ? read(corrected.getFirst()) : null;
        return deadline() == null && read != null
                ? new Deadline.Dated(read.date(), read.time(), PARIS, Origin.FIELD, corrected.getFirst(), true)
                : Deadline.UNKNOWN;
    }

    /** With an offset an instant, else local time; midnight stands for no time, in its own zone as in Paris. */
    private static @Nullable LotDeadline read(String written) {
        Matcher matcher = DATE_TIME.matcher(written);
        if (!matcher.matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(1));
            LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(2));
            if (date.getYear() < 1990 || date.getYear() > 2199) {
                return null;
            }
            if (time.equals(LocalTime.MIDNIGHT)) {
                return new LotDeadline(Role.TENDER, null, date, null, null);
            }
            if (matcher.group(3) == null) {
                return new LotDeadline(Role.TENDER, null, date, time, null);
            }
            var there =
                    date.atTime(time).atOffset(ZoneOffset.of(matcher.group(3))).atZoneSameInstant(PARIS);
            LocalTime clock = there.toLocalTime();
            return new LotDeadline(
                    Role.TENDER, null, there.toLocalDate(), clock.equals(LocalTime.MIDNIGHT) ? null : clock, null);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static @Nullable LocalDate date(String written) {
        LotDeadline read = read(written.length() > 10 ? written.substring(0, 10) : written);
        return read == null ? null : read.date();
    }

    /** A field with several values is a list, a single word, or a list written as JSON. */
    private static List<String> strings(JsonNode value) {
        if (value.isTextual() && value.asText().strip().startsWith("[")) {
            try {
                return strings(Json.MAPPER.readTree(value.asText()));
            } catch (JsonProcessingException aWord) {
                return List.of(value.asText().strip());
            }
        }
        var strings = new ArrayList<String>();
        for (JsonNode each : Json.all(value)) {
            String word = BoampContent.words(each);
            if (!word.isEmpty()) {
                strings.add(word);
            }
        }
        return strings;
    }

    private void warn(String field, String found, String done) {
        String shown = found.length() > 100 ? found.substring(0, 100) + "…" : found;
        warnings.add(new Warning(context.source(), position, field, shown, done));
    }
}
