package coop.vigie.parse;

import coop.vigie.codes.Countries;
import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import coop.vigie.parse.EformsDates.OffsetDate;
import coop.vigie.parse.EformsDates.OffsetTime;
import coop.vigie.parse.EformsDraft.Amount;
import coop.vigie.parse.EformsDraft.Organization;
import coop.vigie.parse.EformsDraft.Part;
import coop.vigie.parse.EformsDraft.Text;
import coop.vigie.parse.EformsDraft.Written;
import coop.vigie.parse.EformsDraft.WrittenDeadline;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a notice of what was written, and warnings of what could not be used. For one notice. */
final class EformsAssembly {

    /** As the Official Journal numbers notices; in files with leading zeros. */
    private static final Pattern PUBLICATION_NUMBER = Pattern.compile("0*([1-9]\\d*-\\d{4})");

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s<>\"]{3,2000}");
    private static final Pattern BARE_WEB_ADDRESS = Pattern.compile("(?i)www\\.[^\\s<>\"]{3,2000}");

    private final EformsDraft draft;
    private final ParseContext context;
    private final String position;
    private final List<Warning> warnings = new ArrayList<>();
    private final String mainLanguage;
    private final String publicationNumber;

    /** @param position of the document, for warnings */
    EformsAssembly(EformsDraft draft, ParseContext context, String position) {
        this.draft = draft;
        this.context = context;
        this.position = position;
        this.mainLanguage = draft.languages.isEmpty()
                ? context.languages().stream().findFirst().orElse(LocalText.UNDETERMINED)
                : language(draft.languages.getFirst());
        this.publicationNumber = publicationNumber();
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** Empty if the notice says nowhere which notice it is. */
    Optional<Notice> notice() {
        if (publicationNumber.isEmpty() && draft.noticeId.isEmpty()) {
            return Optional.empty();
        }
        Organization buyer = buyer();
        ZoneId zone = Countries.zone(buyer.country).orElse(context.zone());
        List<String> cpv = cpv();
        String nativeId = publicationNumber.isEmpty() ? versionedId() : publicationNumber;
        return Optional.of(new Notice.Builder(new NoticeId(context.source(), nativeId), zone)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .stage(stage())
                .title(title(cpv))
                .text(text())
                .buyer(buyerName(buyer))
                .published(published())
                .stated(stated())
                .deadlines(deadlines(zone))
                .places(places(buyer))
                .cpv(cpv)
                .value(value())
                .submissionLanguages(submissionLanguages())
                .url(url(buyer))
                .documents(documents())
                .procedure(draft.procedureId.isEmpty() ? null : draft.procedureId)
                .references(references())
                .identifiers(identifiers())
                .build());
    }

    // Who it is

    private String publicationNumber() {
        Written written = draft.publicationNumber;
        Matcher matcher = PUBLICATION_NUMBER.matcher(written.text());
        if (matcher.matches()) {
            return matcher.group(1);
        }
        if (!written.text().isEmpty()) {
            warn(written, "publication number", "left out, as it has not the form 123456-2024");
        }
        return "";
    }

    /** The id with the version in two digits, as change notices refer to it (BT-758). */
    private String versionedId() {
        String version =
                draft.version.isEmpty() ? "01" : draft.version.length() == 1 ? "0" + draft.version : draft.version;
        return draft.noticeId + "-" + version;
    }

    private List<String> identifiers() {
        return Stream.of(draft.noticeId, draft.noticeId.isEmpty() ? "" : versionedId(), publicationNumber)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<String> references() {
        return draft.changedNotices.stream()
                .filter(reference -> !reference.isEmpty())
                .map(reference -> {
                    Matcher number = PUBLICATION_NUMBER.matcher(reference);
                    return number.matches() ? number.group(1) : reference;
                })
                .toList();
    }

    private Stage stage() {
        return EformsStage.of(draft).orElseGet(() -> {
            String type = draft.form + "/" + draft.type;
            warn(new Written(type, 1), "notice type", "read as a call, lest one be missed");
            return Stage.COMPETITION;
        });
    }

    // What it says

    private LocalText title(List<String> cpv) {
        LocalText title = titles(draft.procedure);
        for (Part lot : draft.lots) {
            title = title.isEmpty() ? titles(lot) : title;
        }
        return title.isEmpty() ? madeUpTitle(cpv) : title;
    }

    private LocalText madeUpTitle(List<String> cpv) {
        warn(new Written("", 1), "title", "made up, as the notice has none");
        String language = List.of("fr", "nl", "de").contains(mainLanguage) ? mainLanguage : "en";
        return cpv.stream()
                .flatMap(code -> Cpv.label(code, language).stream())
                .findFirst()
                .map(label -> LocalText.of(language, label))
                .orElseGet(() -> LocalText.of(
                        LocalText.UNDETERMINED, publicationNumber.isEmpty() ? versionedId() : publicationNumber));
    }

    private LocalText titles(Part part) {
        var byLanguage = new LinkedHashMap<String, String>();
        for (Text title : part.titles) {
            if (!title.words().isEmpty()) {
                byLanguage.putIfAbsent(language(title.language()), oneLine(title.words()));
            }
        }
        return new LocalText(byLanguage, mainLanguage);
    }

    /** The procedure's description, then what the lots add to it, as a search should find the words of a lot. */
    private LocalText text() {
        Map<String, Set<String>> paragraphs = new LinkedHashMap<>();
        Set<Text> titles = Set.copyOf(draft.procedure.titles);
        collect(draft.procedure.texts, titles, paragraphs);
        for (Part lot : draft.lots) {
            collect(lot.titles, titles, paragraphs);
            collect(lot.texts, titles, paragraphs);
        }
        var byLanguage = new LinkedHashMap<String, String>();
        paragraphs.forEach((language, words) -> byLanguage.put(language, String.join("\n\n", words)));
        return new LocalText(byLanguage, mainLanguage);
    }

    private void collect(List<Text> texts, Set<Text> known, Map<String, Set<String>> paragraphs) {
        for (Text text : texts) {
            if (!text.words().isEmpty() && !known.contains(text)) {
                paragraphs
                        .computeIfAbsent(language(text.language()), language -> new LinkedHashSet<>())
                        .add(text.words());
            }
        }
    }

    private List<String> submissionLanguages() {
        var languages = new ArrayList<String>();
        for (Written written : draft.submissionLanguages) {
            String language = language(written.text());
            if (language.equals(LocalText.UNDETERMINED)) {
                warn(written, "submission language", "left out, as it is no language code");
            } else {
                languages.add(language);
            }
        }
        return languages;
    }

    /** Two letters; three for a language that has no two; the notice's own when the text does not say. */
    private String language(String written) {
        if (written.isEmpty()) {
            return mainLanguage;
        }
        return Languages.iso1(written)
                .or(() -> Languages.label(written, "en").map(known -> written.toLowerCase(Locale.ROOT)))
                .orElse(LocalText.UNDETERMINED);
    }

    // Who buys what where

    private Organization buyer() {
        for (String id : draft.buyers) {
            Organization buyer = draft.organizations.get(id);
            if (buyer != null) {
                return buyer;
            }
            warn(new Written(id, 1), "buyer", "left out, as the notice holds no organization of that id");
        }
        return new Organization();
    }

    private @Nullable String buyerName(Organization buyer) {
        Optional<Text> inMainLanguage = buyer.names.stream()
                .filter(name -> language(name.language()).equals(mainLanguage))
                .findFirst();
        String name = inMainLanguage
                .or(() -> buyer.names.stream().findFirst())
                .map(text -> oneLine(text.words()))
                .orElse("");
        long others = draft.buyers.stream()
                .distinct()
                .filter(id -> !id.equals(buyer.id) && draft.organizations.containsKey(id))
                .count();
        return name.isEmpty() ? null : others == 0 ? name : name + " + " + others;
    }

    private List<String> cpv() {
        var codes = new ArrayList<String>();
        for (Part part : parts()) {
            for (Written written : part.cpv) {
                Optional<String> code = CpvCode.normalize(written.text());
                code.ifPresentOrElse(
                        codes::add, () -> warn(written, "CPV code", "left out, as it has not eight digits"));
            }
        }
        return codes;
    }

    /** Regions where it is done; failing those the countries, the buyer's country, the source's own places. */
    private List<String> places(Organization buyer) {
        var regions = new ArrayList<String>();
        for (Part part : parts()) {
            for (Written written : part.places) {
                if (Nuts.isCode(written.text())) {
                    regions.add(written.text());
                } else {
                    warn(written, "place", "left out, as it is no NUTS code");
                }
            }
        }
        if (regions.isEmpty()) {
            parts().forEach(part -> regions.addAll(countries(part.countries)));
        }
        if (regions.isEmpty()) {
            regions.addAll(countries(List.of(buyer.country)));
        }
        return regions.isEmpty() ? context.places() : regions;
    }

    private static List<String> countries(Collection<String> written) {
        return written.stream().flatMap(code -> Nuts.ofCountry(code).stream()).toList();
    }

    /** The whole procedure's, or that of its only lot; a sum over lots would claim what nobody stated. */
    private @Nullable Money value() {
        Amount amount = draft.procedure.value;
        if (amount == null && draft.lots.size() == 1) {
            amount = draft.lots.getFirst().value;
        }
        if (amount == null) {
            return null;
        }
        if (!AMOUNT.matcher(amount.amount()).matches()
                || !CURRENCY.matcher(amount.currency()).matches()) {
            String found = amount.amount() + " " + amount.currency();
            warn(new Written(found, amount.line()), "value", "left out, as it is no amount with a currency");
            return null;
        }
        return new Money(new BigDecimal(amount.amount()), amount.currency());
    }

    // Until when

    private @Nullable Instant published() {
        for (Written written : List.of(draft.publicationDate, draft.issued)) {
            Optional<OffsetDate> date = EformsDates.date(written.text());
            if (date.isPresent()) {
                return date.get().date().atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (!written.text().isEmpty()) {
                warn(written, "publication date", "left out, as it is no possible date");
            }
        }
        return null;
    }

    private List<LotDeadline> deadlines(ZoneId zone) {
        var deadlines = new ArrayList<LotDeadline>();
        Set<String> misfits = new LinkedHashSet<>();
        for (WrittenDeadline written : writtenDeadlines()) {
            Optional<OffsetDate> date = EformsDates.date(written.date());
            if (date.isEmpty()) {
                warn(written(written), field(written), "left out, as it is no possible date");
                continue;
            }
            Optional<OffsetTime> time = EformsDates.time(written.time());
            if (time.isEmpty() && !written.time().isEmpty()) {
                warn(written(written), field(written), "kept without a time, as this is no possible one");
            }
            ZoneOffset dateOffset = date.get().offset();
            ZoneOffset timeOffset = time.map(OffsetTime::offset).orElse(null);
            var deadline = new LotDeadline(
                    written.role(),
                    written.lot(),
                    date.get().date(),
                    time.map(OffsetTime::time).orElse(null),
                    timeOffset == null ? dateOffset : timeOffset);
            deadlines.add(deadline);
            if (Stream.of(dateOffset, timeOffset)
                            .filter(Objects::nonNull)
                            .anyMatch(offset -> !offset.equals(expected(deadline, zone)))
                    && misfits.add(written(written).text())) {
                warn(
                        written(written),
                        field(written),
                        "kept as local time in " + zone + ", which the offset does not fit");
            }
        }
        return deadlines;
    }

    private static ZoneOffset expected(LotDeadline deadline, ZoneId zone) {
        LocalTime time = deadline.time() == null ? Deadline.END_OF_DAY : deadline.time();
        return zone.getRules().getOffset(LocalDateTime.of(deadline.date(), time));
    }

    /** Words that should have been a deadline but give no date; they count only where no other deadline does. */
    private Deadline stated() {
        return writtenDeadlines().stream()
                .filter(written -> EformsDates.date(written.date()).isEmpty())
                .findFirst()
                .<Deadline>map(written -> new Deadline.Unknown(written(written).text()))
                .orElse(Deadline.UNKNOWN);
    }

    private List<WrittenDeadline> writtenDeadlines() {
        return parts().stream().flatMap(part -> part.deadlines.stream()).toList();
    }

    private static Written written(WrittenDeadline deadline) {
        return new Written((deadline.date() + " " + deadline.time()).strip(), deadline.line());
    }

    private static String field(WrittenDeadline deadline) {
        String lot = deadline.lot() == null ? "" : " of " + deadline.lot();
        return deadline.role().code() + " deadline" + lot;
    }

    // Where to read on

    private @Nullable String url(Organization buyer) {
        if (!publicationNumber.isEmpty()) {
            return "https://ted.europa.eu/en/notice/-/detail/" + publicationNumber;
        }
        return Stream.of(
                        documents(),
                        firstAddress(draft.submissionAddresses),
                        webAddress(draft.buyerProfile),
                        webAddress(buyer.website))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String documents() {
        String free = firstAddress(draft.freeDocuments);
        return free == null ? firstAddress(draft.restrictedDocuments) : free;
    }

    private static @Nullable String firstAddress(List<Written> written) {
        return written.stream()
                .map(address -> webAddress(address.text()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String webAddress(String written) {
        if (WEB_ADDRESS.matcher(written).matches()) {
            return written;
        }
        return BARE_WEB_ADDRESS.matcher(written).matches() ? "https://" + written : null;
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>(List.of(draft.procedure));
        parts.addAll(draft.lots);
        return parts;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private void warn(Written written, String field, String done) {
        String found = written.text().length() > 100 ? written.text().substring(0, 100) + "…" : written.text();
        warnings.add(new Warning(context.source(), position + ":" + written.line(), field, found, done));
    }
}
