package coop.vigie.parse;

import coop.vigie.codes.Countries;
import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.parse.EformsDates.OffsetDate;
import coop.vigie.parse.EformsDraft.Amount;
import coop.vigie.parse.EformsDraft.Organization;
import coop.vigie.parse.EformsDraft.Part;
import coop.vigie.parse.EformsDraft.Text;
import coop.vigie.parse.EformsDraft.Written;
import java.math.BigDecimal;
import java.time.Instant;
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
    private final EformsWarnings warnings;
    private final String mainLanguage;
    private final String publicationNumber;

    EformsAssembly(EformsDraft draft, ParseContext context, EformsWarnings warnings) {
        this.draft = draft;
        this.context = context;
        this.warnings = warnings;
        this.mainLanguage = draft.languages.isEmpty()
                ? context.languages().stream().findFirst().orElse(LocalText.UNDETERMINED)
                : language(draft.languages.getFirst());
        this.publicationNumber = publicationNumber();
    }

    /** Empty if the notice says nowhere which notice it is. */
    Optional<Notice> notice() {
        if (publicationNumber.isEmpty() && draft.noticeId.isEmpty()) {
            return Optional.empty();
        }
        Organization buyer = buyer();
        ZoneId zone = Countries.zone(buyer.country).orElse(context.zone());
        List<String> cpv = cpv();
        var deadlines = new EformsDeadlines(draft, zone, warnings);
        String nativeId = publicationNumber.isEmpty() ? versionedId() : publicationNumber;
        return Optional.of(new Notice.Builder(new NoticeId(context.source(), nativeId), zone)
                .kind(context.kind() == null ? Kind.TENDER : context.kind())
                .level(context.level())
                .stage(stage())
                .title(title(cpv))
                .text(text())
                .buyer(buyerName(buyer))
                .published(published())
                .stated(deadlines.stated())
                .deadlines(deadlines.read())
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
            warnings.add(written, "publication number", "left out, as it has not the form 123456-2024");
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
            warnings.add(new Written(type, 1), "notice type", "read as a call, lest one be missed");
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
        warnings.add(new Written("", 1), "title", "made up, as the notice has none");
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
                warnings.add(written, "submission language", "left out, as it is no language code");
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
            warnings.add(new Written(id, 1), "buyer", "left out, as the notice holds no organization of that id");
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
        for (Part part : draft.parts()) {
            for (Written written : part.cpv) {
                Optional<String> code = CpvCode.normalize(written.text());
                code.ifPresentOrElse(
                        codes::add, () -> warnings.add(written, "CPV code", "left out, as it has not eight digits"));
            }
        }
        return codes;
    }

    /** Regions where it is done; failing those the countries, the buyer's country, the source's own places. */
    private List<String> places(Organization buyer) {
        var regions = new ArrayList<String>();
        for (Part part : draft.parts()) {
            for (Written written : part.places) {
                if (Nuts.isCode(written.text())) {
                    regions.add(written.text());
                } else {
                    warnings.add(written, "place", "left out, as it is no NUTS code");
                }
            }
        }
        if (regions.isEmpty()) {
            draft.parts().forEach(part -> regions.addAll(countries(part.countries)));
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
            warnings.add(new Written(found, amount.line()), "value", "left out, as it is no amount with a currency");
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
                warnings.add(written, "publication date", "left out, as it is no possible date");
            }
        }
        return null;
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

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
