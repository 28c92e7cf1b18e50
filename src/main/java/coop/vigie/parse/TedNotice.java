package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.Countries;
import coop.vigie.codes.Languages;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.parse.EformsDraft.Amount;
import coop.vigie.parse.EformsDraft.Organization;
import coop.vigie.parse.EformsDraft.Part;
import coop.vigie.parse.EformsDraft.Text;
import coop.vigie.parse.EformsDraft.Written;
import coop.vigie.parse.EformsDraft.WrittenDeadline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One notice of TED's search interface, brought into the shape of the eForms document that it comes from. */
final class TedNotice {

    /** A title is "country – kind of purchase – title as submitted", the first two in the language of the key. */
    private static final String TITLE_SEPARATOR = " – ";

    private final JsonNode json;
    private final ParseContext context;
    private final EformsDraft draft = new EformsDraft("");

    private TedNotice(JsonNode json, ParseContext context) {
        this.json = json;
        this.context = context;
    }

    /** Empty, with a warning, if it does not say which notice it is. */
    static Optional<Notice> read(JsonNode json, ParseContext context, EformsWarnings warnings) {
        var reader = new TedNotice(json, context);
        reader.fill();
        Optional<Notice> notice = new EformsAssembly(reader.draft, context, warnings).notice();
        if (notice.isEmpty()) {
            warnings.add(new Written("", 0), "publication number", "the notice left out, as it has none");
        }
        return notice.map(read -> reader.page()
                .map(address -> read.toBuilder().url(address).build())
                .orElse(read));
    }

    private void fill() {
        draft.offsetsTrusted = false;
        draft.publicationNumber = new Written(one("publication-number"), 0);
        draft.publicationDate = new Written(one("publication-date"), 0);
        draft.noticeId = one("notice-identifier");
        draft.version = one("notice-version");
        draft.procedureId = one("procedure-identifier");
        draft.type = one("notice-type");
        draft.form = one("form-type");
        draft.subtype = one("notice-subtype");
        draft.changedNotices.addAll(words("change-notice-version-identifier"));
        draft.changes = !draft.changedNotices.isEmpty();
        draft.changeReasons.addAll(words("change-reason-code"));
        draft.languages.addAll(languages());
        texts();
        buyers();
        lots();
        words("classification-cpv").forEach(code -> draft.procedure.cpv.add(new Written(code, 0)));
        for (String place : words("place-of-performance")) {
            // Regions and countries stand side by side; three letters are a country's, BEL, before a region's, FRA.
            boolean country = place.length() == 3
                    && Countries.iso3(place).filter(place::equals).isPresent();
            if (country) {
                draft.procedure.countries.add(place);
            } else {
                draft.procedure.places.add(new Written(place, 0));
            }
        }
        words("submission-language").forEach(code -> draft.submissionLanguages.add(new Written(code, 0)));
        words("document-url-lot").forEach(address -> draft.freeDocuments.add(new Written(address, 0)));
    }

    // Words

    /** As submitted; titles of the interface are there in 24 languages, whoever wrote them. */
    private List<String> languages() {
        List<String> official = words("official-language");
        return Stream.concat(
                        Stream.of(official),
                        Stream.of("title-proc", "title-lot", "description-proc", "buyer-name")
                                .map(this::keys))
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<String> keys(String field) {
        var keys = new ArrayList<String>();
        json.path(field).fieldNames().forEachRemaining(key -> {
            if (!key.toLowerCase(Locale.ROOT).equals("mul")) {
                keys.add(key);
            }
        });
        return keys;
    }

    private void texts() {
        List<Text> titles = texts("title-proc");
        draft.procedure.titles.addAll(titles.isEmpty() ? texts("title-lot") : titles);
        if (draft.procedure.titles.isEmpty()) {
            draft.procedure.titles.addAll(translatedTitles());
        }
        for (String field : List.of("description-proc", "title-lot", "description-lot")) {
            draft.procedure.texts.addAll(texts(field));
        }
    }

    /** Only in the languages really submitted; in any of them the last part is as its author wrote it. */
    private List<Text> translatedTitles() {
        List<Text> all = texts("notice-title").stream()
                .map(title -> new Text(title.language(), submitted(title.words())))
                .toList();
        List<Text> kept = all.stream()
                .filter(title -> draft.languages.stream().anyMatch(title.language()::equalsIgnoreCase))
                .toList();
        return kept.isEmpty() ? all.stream().limit(1).toList() : kept;
    }

    private static String submitted(String title) {
        String[] parts = title.split(TITLE_SEPARATOR, 3);
        return parts[parts.length - 1];
    }

    private List<Text> texts(String field) {
        JsonNode node = json.path(field);
        var texts = new ArrayList<Text>();
        if (node.isObject()) {
            for (var entry : node.properties()) {
                words(entry.getValue()).forEach(words -> texts.add(new Text(entry.getKey(), TedText.plain(words))));
            }
        } else {
            words(node).forEach(words -> texts.add(new Text("", TedText.plain(words))));
        }
        return texts;
    }

    private void buyers() {
        List<String> countries = words("buyer-country");
        for (String language : keysOrNone("buyer-name")) {
            List<String> names = words(
                    language.isEmpty()
                            ? json.path("buyer-name")
                            : json.path("buyer-name").path(language));
            for (int i = 0; i < names.size(); i++) {
                String id = "ORG-" + i;
                Organization buyer = draft.organizations.computeIfAbsent(id, key -> organization(key, countries));
                buyer.names.add(new Text(language, TedText.plain(names.get(i))));
            }
        }
        if (draft.organizations.isEmpty()) {
            draft.organizations.put("ORG-0", organization("ORG-0", countries));
        }
        draft.buyers.addAll(draft.organizations.keySet());
    }

    private List<String> keysOrNone(String field) {
        if (!json.path(field).isObject()) {
            return List.of("");
        }
        var keys = new ArrayList<String>();
        json.path(field).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Organization organization(String id, List<String> countries) {
        var organization = new Organization();
        organization.id = id;
        // The interface does not say which country belongs to which buyer; the first is the one that leads.
        organization.country = countries.isEmpty() ? "" : countries.getFirst();
        return organization;
    }

    // Lots

    private void lots() {
        draft.procedure.deadlines.addAll(deadlines());
        List<String> values = words("estimated-value-lot");
        int lots = Math.max(
                words("identifier-lot").size(),
                Math.max(
                        values.size(), words("deadline-receipt-tender-date-lot").size()));
        for (int i = 0; i < lots; i++) {
            draft.lots.add(new Part());
        }
        draft.procedure.value = amount(words("estimated-value-proc"), "estimated-value-cur-proc");
        if (lots == 1) {
            draft.lots.getFirst().value = amount(values, "estimated-value-cur-lot");
        }
    }

    private @Nullable Amount amount(List<String> values, String currencyField) {
        return values.isEmpty() ? null : new Amount(values.getFirst(), one(currencyField), 0);
    }

    private List<WrittenDeadline> deadlines() {
        // Lots are not told apart where fewer dates than lots are given; what then is the same stands once.
        Set<WrittenDeadline> read = new LinkedHashSet<>();
        List<Moment> whole = moments("deadline-receipt-request");
        read.addAll(ofLots(Role.TENDER, "deadline-receipt-tender", whole));
        read.addAll(ofLots(Role.REQUEST, "deadline-receipt-request", whole));
        read.addAll(ofLots(Role.INTEREST, "deadline-receipt-expressions", whole));
        // Repeats the dates of the lots, with their times; alone only in older notices.
        for (Moment moment : whole) {
            if (read.stream().noneMatch(each -> day(each.date()).equals(day(moment.date())))) {
                read.add(new WrittenDeadline(Role.REQUEST, null, moment.date(), moment.time(), 0));
            }
        }
        if (read.isEmpty()) {
            moments("deadline")
                    .forEach(
                            moment -> read.add(new WrittenDeadline(Role.OTHER, null, moment.date(), moment.time(), 0)));
        }
        return List.copyOf(read);
    }

    private List<WrittenDeadline> ofLots(Role role, String field, List<Moment> whole) {
        List<String> dates = words(field + "-date-lot");
        List<String> times = words(field + "-time-lot");
        List<String> lots = words("identifier-lot");
        var deadlines = new ArrayList<WrittenDeadline>();
        for (int i = 0; i < dates.size(); i++) {
            String lot = lots.size() == dates.size() ? lots.get(i) : null;
            String time = times.size() == dates.size() ? times.get(i) : onlyTime(times, dates.get(i), whole);
            deadlines.add(new WrittenDeadline(role, lot, dates.get(i), time, 0));
        }
        return deadlines;
    }

    /** The time of a date that has none of its own: what all lots share, or what another field says of that day alone. */
    private static String onlyTime(List<String> times, String date, List<Moment> whole) {
        Set<String> candidates = new LinkedHashSet<>(times);
        if (candidates.isEmpty()) {
            whole.stream()
                    .filter(moment -> day(moment.date()).equals(day(date)))
                    .forEach(moment -> candidates.add(moment.time()));
        }
        return candidates.size() == 1 ? candidates.iterator().next() : "";
    }

    /** @param time "" if there is none; midnight stands for none */
    private record Moment(String date, String time) {

        static Moment of(String written) {
            int split = written.indexOf('T');
            if (split < 0) {
                return new Moment(written, "");
            }
            String time = written.substring(split + 1);
            String offset = time.replaceFirst("^[0-9:.]*", "");
            boolean none = time.startsWith("00:00:00");
            return new Moment(written.substring(0, split) + offset, none ? "" : time);
        }
    }

    private List<Moment> moments(String field) {
        return words(field).stream().map(Moment::of).toList();
    }

    private static String day(String date) {
        return date.length() < 10 ? date : date.substring(0, 10);
    }

    // Shapes

    /** The page for people, in the first language of the source that there is. */
    private Optional<String> page() {
        JsonNode pages = json.path("links").path("html");
        return Stream.concat(context.languages().stream(), Stream.of("en"))
                .map(language -> page(pages, language))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static @Nullable String page(JsonNode pages, String language) {
        for (var entry : pages.properties()) {
            boolean matches =
                    Languages.iso1(entry.getKey()).filter(language::equals).isPresent();
            if (matches && entry.getValue().asText("").startsWith("https://")) {
                return entry.getValue().asText();
            }
        }
        return null;
    }

    private String one(String field) {
        List<String> words = words(field);
        return words.isEmpty() ? "" : words.getFirst();
    }

    private List<String> words(String field) {
        return words(json.path(field));
    }

    /** One value or a list of them, numbers as text; values by language one after the other. */
    private static List<String> words(JsonNode node) {
        var words = new ArrayList<String>();
        if (node.isContainerNode()) {
            node.forEach(each -> words.addAll(words(each)));
        } else if (node.isNumber()) {
            words.add(node.decimalValue().toPlainString());
        } else if (!node.isNull() && !node.isMissingNode() && !node.asText().isBlank()) {
            words.add(node.asText().strip());
        }
        return words;
    }
}
