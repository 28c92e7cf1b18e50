package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.Corpus;
import coop.vigie.codes.Nuts;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Deadline.Origin;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoampParserTest {

    private static final URI API = URI.create("https://boamp.example.org/records");
    private static final URI FILE = URI.create("file:/page.json");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final BoampParser parser = new BoampParser();

    private static ParseContext context(SourceOptions options) {
        return new ParseContext(
                new SourceId("boamp"),
                Level.FEDERAL,
                null,
                List.of("fr"),
                List.of("FR"),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                options,
                NOW);
    }

    private static Payload payload(String json) {
        return new Payload(FILE, "answer", json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private Parsed parse(String json) {
        return parser.parse(payload(json), context(SourceOptions.NONE));
    }

    private Notice one(String record) {
        Parsed parsed = parse("{\"total_count\": 1, \"results\": [" + record + "]}");
        assertNull(parsed.failure());
        assertEquals(1, parsed.notices().size(), parsed::toString);
        return parsed.notices().getFirst().notice();
    }

    /** A record with some more members, and the notice itself as text. */
    private static String record(String more, String content) {
        try {
            ObjectNode record = (ObjectNode) Json.MAPPER.readTree("""
                    {"idweb": "26-1200", "objet": "Impression de brochures", "nomacheteur": "Ville de Lille",
                     "dateparution": "2026-11-20", "code_departement": ["59"], "nature": "APPEL_OFFRE" %s}
                    """.formatted(more));
            return record.put("donnees", content).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsTheFieldsOfARecord() {
        Notice notice = one(
                record(", \"datelimitereponse\": \"2026-12-15T11:00:00+00:00\", \"type_marche\": \"SERVICES\"", ""));

        assertEquals("boamp:26-1200", notice.id().toString());
        assertEquals(Kind.TENDER, notice.kind());
        assertEquals(Level.FEDERAL, notice.level());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(LocalText.of("fr", "Impression de brochures"), notice.title());
        assertEquals("Ville de Lille", notice.buyer());
        assertEquals(Instant.parse("2026-11-20T00:00:00Z"), notice.published());
        assertEquals(
                List.of(new LotDeadline(Role.TENDER, null, LocalDate.parse("2026-12-15"), LocalTime.NOON, null)),
                notice.deadlines());
        assertEquals(PARIS, notice.zone());
        assertEquals(List.of("FRE11"), notice.places());
        assertEquals("https://www.boamp.fr/pages/avis/?q=idweb:26-1200", notice.url());
        assertEquals("26-1200", notice.publication());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2026-07-08T12:00:00+00:00 | 2026-07-08 | 14:00
            2026-12-08T12:00:00+00:00 | 2026-12-08 | 13:00
            2026-12-08T12:00:00+01:00 | 2026-12-08 | 12:00
            2026-12-08T12:00:00       | 2026-12-08 | 12:00
            2006-06-27T00:00:00+00:00 | 2006-06-27 | -
            2026-12-08                | 2026-12-08 | -
            2026-12-08T22:30:00+00:00 | 2026-12-08 | 23:30
            2026-12-08T23:30:00+00:00 | 2026-12-09 | 00:30
            2026-13-08T12:00:00+00:00 | -          | -
            bientôt                   | -          | -
            2026-12-14T23:00:00+00:00 | 2026-12-15 | -
            """)
    void readsDeadlinesAsTheClockInParisShowsThem(String written, @Nullable LocalDate date, @Nullable LocalTime time) {
        Notice notice = one(record(", \"datelimitereponse\": \"" + written + "\"", ""));

        if (date == null) {
            assertEquals(List.of(), notice.deadlines());
            assertEquals(new Deadline.Unknown(written), notice.stated());
        } else {
            assertEquals(List.of(new LotDeadline(Role.TENDER, null, date, time, null)), notice.deadlines());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "nature": "APPEL_OFFRE"                              | COMPETITION
            "nature": "ATTRIBUTION"                              | AWARD
            "nature": "EX_ANTE_VOLONTAIRE"                       | AWARD
            "nature": "MODIFICATION"                             | AWARD
            "nature": "RECTIFICATIF"                             | CHANGE
            "nature": "ANNULATION"                               | CANCELLED
            "nature": "PRE-INFORMATION"                          | FORECAST
            "nature": null, "nature_categorise_libelle": "Résultat de marché" | AWARD
            "nature": null, "nature_libelle": "Avis de marché"   | COMPETITION
            "nature": "APPEL_OFFRE", "etat": "AVIS_ANNULE"       | CANCELLED
            "nature": null, "titulaire": ["Imprimerie du Nord"]  | AWARD
            "nature": null                                       | COMPETITION
            """)
    void saysWhereTheProcedureStands(String members, Stage stage) {
        assertEquals(stage, one(record(", " + members, "")).stage());
    }

    private static final String EFORMS = """
            {"EFORMS": {"ContractNotice": {
              "@xmlns": "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2", "@xmlns:cbc": "urn:x",
              "ext:UBLExtensions": {"ext:UBLExtension": {"ext:ExtensionContent": {"efext:EformsExtension": {
                "efac:NoticeSubType": {"cbc:SubTypeCode": {"@listName": "notice-subtype", "#text": "16"}},
                "efac:Organizations": {"efac:Organization": [{"efac:Company": {
                  "cac:PartyIdentification": {"cbc:ID": {"@schemeName": "organization", "#text": "ORG-0001"}},
                  "cac:PartyName": {"cbc:Name": {"@languageID": "FRA", "#text": "Ville de Lille"}},
                  "cac:PostalAddress": {"cac:Country": {"cbc:IdentificationCode": "FRA"}}}}]}}}}},
              "cbc:ID": {"@schemeName": "notice-id", "#text": "6b1c4f0a-1111-4222-8333-0123456789ab"},
              "cbc:ContractFolderID": "5a0c4f0a-1111-4222-8333-0123456789ab",
              "cbc:VersionID": "01",
              "cbc:NoticeTypeCode": {"@listName": "competition", "#text": "cn-standard"},
              "cbc:NoticeLanguageCode": "FRA",
              "cac:ContractingParty": {"cac:Party": {"cac:PartyIdentification": {"cbc:ID": "ORG-0001"}}},
              "cac:ProcurementProject": {
                "cbc:Name": {"@languageID": "FRA", "#text": "Impression & façonnage"},
                "cbc:Description": {"@languageID": "FRA", "#text": "Brochures \\u0007et &amp;lt;b&amp;gt;affiches&amp;lt;/b&amp;gt;"},
                "cac:MainCommodityClassification": {"cbc:ItemClassificationCode": {"@listName": "cpv", "#text": "79810000"}}},
              "cac:ProcurementProjectLot": [
                {"cbc:ID": {"@schemeName": "Lot", "#text": "LOT-0001"},
                 "cac:ProcurementProject": {
                   "cbc:Name": {"@languageID": "FRA", "#text": "Brochures"},
                   "cac:AdditionalCommodityClassification": [
                     {"cbc:ItemClassificationCode": {"#text": "79800000"}}, {"cbc:ItemClassificationCode": {"#text": "79823000"}}],
                   "cac:RealizedLocation": {"cac:Address": {"cbc:CountrySubentityCode": {"@listName": "nuts-lvl3", "#text": "FRE11"}}}},
                 "cac:TenderingProcess": {"cac:TenderSubmissionDeadlinePeriod": {
                   "cbc:EndDate": "2026-12-15+01:00", "cbc:EndTime": "12:00:00+01:00"}}},
                {"cbc:ID": {"@schemeName": "Lot", "#text": "LOT-0002"},
                 "cac:TenderingProcess": {"cac:TenderSubmissionDeadlinePeriod": {
                   "cbc:EndDate": "2026-12-18+01:00", "cbc:EndTime": "12:00:00+01:00"}}}]}}}
            """;

    private static LotDeadline lot(String lot, String date) {
        return new LotDeadline(Role.TENDER, lot, LocalDate.parse(date), LocalTime.NOON, ZoneOffset.ofHours(1));
    }

    @Test
    void readsEformsInsideARecord_asTheirXmlWouldBeRead() {
        Parsed parsed = parse("["
                + record(
                        ", \"datelimitereponse\": \"2026-12-15T11:00:00+00:00\", \"contractfolderid\": \"5A0C4F0A-1111-4222-8333-0123456789AB\"",
                        EFORMS)
                + "]");

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(List.of(), parsed.warnings());
        assertEquals("26-1200", notice.id().nativeId());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(LocalText.of("fr", "Impression de brochures"), notice.title());
        assertEquals(LocalText.of("fr", "Impression & façonnage\n\nBrochures et affiches\n\nBrochures"), notice.text());
        assertEquals(List.of(lot("LOT-0001", "2026-12-15"), lot("LOT-0002", "2026-12-18")), notice.deadlines());
        assertEquals(List.of("79810000", "79800000", "79823000"), notice.cpv());
        assertEquals(List.of("FRE11"), notice.places());
        assertEquals("5a0c4f0a-1111-4222-8333-0123456789ab", notice.procedure());
        assertTrue(notice.identifiers().containsAll(List.of("26-1200", "6b1c4f0a-1111-4222-8333-0123456789ab")));
    }

    @Test
    void keepsTheRecordsDeadlineToo_whenTheLotsDisagree() {
        Parsed parsed = parse(record(", \"datelimitereponse\": \"2026-12-10T11:00:00+00:00\"", EFORMS));

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(3, notice.deadlines().size());
        assertEquals(
                Instant.parse("2026-12-10T11:00:00Z"), notice.relevantInstants().getFirst());
        assertEquals(1, parsed.warnings().size());
    }

    @Test
    void takesAWithdrawal_fromTheRecord_andACorrectionToo() {
        assertEquals(
                Stage.CANCELLED,
                one(record(", \"etat\": \"AVIS_ANNULE\"", EFORMS)).stage());
        assertEquals(
                Stage.CHANGE,
                one(record(", \"nature\": \"RECTIFICATIF\"", EFORMS)).stage());
    }

    @Test
    void readsTheDeadlineOfTheLots_whenTheRecordHasNone_alsoOfASingleLot() {
        Notice notice = one(record("", """
                {"EFORMS": {"ContractNotice": {"cac:ProcurementProjectLot": {"cac:TenderingProcess": {
                  "cac:ParticipationRequestReceptionPeriod": {"cbc:EndDate": "2026-12-04+01:00", "cbc:EndTime": "12:00:00.000+01:00"}}}}}}
                """));

        assertEquals(Role.REQUEST, notice.deadlines().getFirst().role());
        assertEquals(Instant.parse("2026-12-04T11:00:00Z"), notice.closes());
        assertEquals("26-1200", notice.id().nativeId());
    }

    @Test
    void readsFnsimple() {
        Notice notice = one(record("", """
                {"FNSimple": {"initial": {
                  "communication": {"urlProfilAch": "https://profil.example.org", "urlDocConsul": "https://docs.example.org/7"},
                  "natureMarche": {"intitule": "Impression", "description": "Brochures&amp;lt;br/&amp;gt;et affiches",
                    "codeCPV": {"objetPrincipal": {"classPrincipale": "79810000"}},
                    "valeurEstimee": {"valeur": "160000", "@devise": "EUR"}},
                  "lots": {"lot": [{"intitule": "Reliure", "codeCPV": {"objetPrincipal": {"classPrincipale": "79971200-3"}}}]}}}}
                """));

        assertEquals(LocalText.of("fr", "Impression\n\nBrochures\net affiches\n\nReliure"), notice.text());
        assertEquals(List.of("79810000", "79971200"), notice.cpv());
        assertEquals(new Money(new BigDecimal(160_000), "EUR"), notice.value());
        assertEquals("https://docs.example.org/7", notice.documents());
        assertEquals(Deadline.UNKNOWN, notice.deadline(NOW));
    }

    @Test
    void readsMapa() {
        Notice notice = one(record("", """
                {"MAPA": {"initial": {"description": {"objet": "Brochures de la ville", "CPV": {"objetPrincipal": {"classPrincipale": "79810000"}}},
                  "adressesComplt": {"document": {"coord": {"url": "https://docs.example.org/8"}}}}}}
                """));

        assertEquals(LocalText.of("fr", "Brochures de la ville"), notice.text());
        assertEquals(List.of("79810000"), notice.cpv());
        assertEquals("https://docs.example.org/8", notice.documents());
    }

    @Test
    void readsTheFormBeforeThem() {
        Notice notice = one(record("", """
                {"IDENTITE": {"DENOMINATION": "Ville de Lille"},
                 "OBJET": {"TITRE_MARCHE": "Impression", "OBJET_COMPLET": "Brochures et affiches", "CPV": [{"PRINCIPAL": "79810000"}]},
                 "CONDITION_DELAI": {"RECEPT_OFFRES": "2026-12-15T12:00:00"}}
                """));

        assertEquals(LocalText.of("fr", "Impression\n\nBrochures et affiches"), notice.text());
        assertEquals(List.of("79810000"), notice.cpv());
        assertEquals(Instant.parse("2026-12-15T11:00:00Z"), notice.closes());
    }

    @Test
    void doubtsTheDateOfACorrection_thatMayBeAnyDateOfTheNotice() {
        Notice notice = one(record(
                ", \"nature\": \"RECTIFICATIF\", \"annonce_lie\": [\"26-900\"]",
                "{\"MAPA\": {\"rectificatif\": {\"lireDate\": \"2026-12-20T11:00:00\"}}}"));

        assertEquals(
                new Deadline.Dated(
                        LocalDate.parse("2026-12-20"),
                        LocalTime.of(11, 0),
                        PARIS,
                        Origin.FIELD,
                        "2026-12-20T11:00:00",
                        true),
                notice.deadline(NOW));
        assertEquals(List.of("26-900"), notice.references());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "idweb": "26-1200"                                                    | boamp:26-1200
            "annonce_lie": ["26-900"]                                             | boamp:26-900
            "annonce_lie": "26-900"                                               | boamp:26-900
            "annonce_lie": "[\\"26_1000\\", \\"26-900\\"]"                        | boamp:26-900
            "annonce_lie": ["26-2000"]                                            | boamp:26-1200
            "annonce_lie": ["25-99999"]                                           | boamp:25-99999
            "annonce_lie": ["26-900"], "contractfolderid": "5A0C-B"               | 5a0c-b
            """)
    void joinsWhatBelongsToOneProcedure(String members, String procedure) {
        assertEquals(procedure, one(record(", " + members, "")).procedure());
    }

    @Test
    void losesOnlyTheRecordThatIsBroken() {
        Parsed parsed = parse("{\"results\": [{\"objet\": \"Sans numéro\"}, 7, null, %s, %s]}"
                .formatted(
                        record("", "{\"FNSimple\": {"),
                        record(", \"idweb\": \"26-7\"", "{\"EFORMS\": {\"Invoice\": {}}}")));

        assertEquals(
                List.of("26-1200", "26-7"),
                parsed.notices().stream()
                        .map(each -> each.notice().id().nativeId())
                        .toList());
        assertEquals(5, parsed.warnings().size(), parsed.warnings()::toString);
        assertNull(parsed.failure());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><title>Down</title></html>                     | an HTML page
            ''                                                   | an empty document
            {"error_code": "ODSQLError", "message": "bad where"} | it says: bad where
            {"results": [{"idweb": "26-                          | breaks off
            """)
    void saysWhatTheAnswerIsInstead(String answer, String words) {
        Parsed parsed = parse(answer);

        assertNotNull(parsed.failure());
        assertTrue(parsed.failure().contains(words), parsed.failure());
        assertEquals(List.of(), parsed.notices());
    }

    @Test
    void knowsTheRegionOfEveryDepartment() {
        int known = 0;
        for (int number = 1; number <= 976; number++) {
            String code = number < 10 ? "0" + number : String.valueOf(number);
            String nuts = FrenchDepartments.nuts(code).orElse("");
            assertTrue(nuts.isEmpty() || (Nuts.known(nuts) && nuts.length() == 5), code + " " + nuts);
            known += nuts.isEmpty() ? 0 : 1;
        }
        assertEquals(94 + 5, known);
        assertEquals(
                List.of("Nord", "Aisne", "Moselle", "Corse-du-Sud", "Paris", "La Réunion"),
                List.of("59", "2", "57", "2a", "75", "974").stream()
                        .map(code -> Nuts.label(FrenchDepartments.nuts(code).orElseThrow(), "fr")
                                .orElse(""))
                        .toList());
    }

    @Test
    void neverThrows_whateverStandsInAnyPlace() {
        String record = record(
                ", \"datelimitereponse\": \"2026-12-15T11:00:00+00:00\", \"annonce_lie\": [\"26-900\"], \"titulaire\": [\"A\"]",
                "");

        OddValues.in("{\"total_count\": 1, \"results\": [" + record + "]}", this::parse);
        OddValues.in("""
                {"EFORMS": {"ContractNotice": {"cbc:ID": {"@schemeName": "notice-id", "#text": "a"}, "cac:ProcurementProjectLot": [
                  {"cac:TenderingProcess": {"cac:TenderSubmissionDeadlinePeriod": {"cbc:EndDate": "2026-12-15+01:00"}}}]}}}
                """, content -> parse(record("", content)));
        OddValues.in("""
                {"FNSimple": {"initial": {"natureMarche": {"description": "B", "codeCPV": {"objetPrincipal": {"classPrincipale": "79810000"}},
                  "valeurEstimee": {"valeur": "160000", "@devise": "EUR"}}, "lireDate": "2026-12-20"}}}
                """, content -> parse(record("", content)));
    }

    // Asking

    private BoampQuestion first(String query, Map<String, List<String>> params) {
        ParseContext context = context(new SourceOptions(query, params, Map.of(), Map.of()));
        return BoampQuestion.of(parser.first(API, context).getFirst().uri());
    }

    @Test
    void asksForWhatAppearedLatelyOrIsStillOpen() {
        BoampQuestion question =
                first("famille=\"MAPA\"", Map.of("departments", List.of("59", "02"), "days", List.of("3")));

        assertEquals(
                Map.of("where", """
                        dateparution>=date'2021-11-24' AND dateparution<=date'2026-11-25' \
                        AND (dateparution>=date'2026-11-21' OR datelimitereponse>=date'2026-11-23') \
                        AND (code_departement="59" OR code_departement="02") AND (famille="MAPA")""", "order_by", "dateparution desc,idweb desc", "limit", "100", "offset", "0"),
                question.parameters());
    }

    @Test
    void readsAFileAsItIs() {
        assertEquals(List.of(Query.get(FILE)), parser.first(FILE, context(SourceOptions.NONE)));
    }

    private Parsed page(BoampQuestion asked, int offset, int records, long total) {
        BoampQuestion there = asked;
        while (there.offset() < offset) {
            there = BoampQuestion.of(there.after().uri());
        }
        String all = String.join(",", Collections.nCopies(records, "{\"idweb\": \"26-1\", \"objet\": \"A\"}"));
        String answer = "{\"total_count\": %d, \"results\": [%s]}".formatted(total, all);
        return parser.parse(payload(answer), there.query(), context(SourceOptions.NONE));
    }

    @ParameterizedTest(name = "from {0} on {1} of {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0    | 100 | 250   | 100 | -
            200  | 50  | 250   | -   | -
            0    | 0   | 0     | -   | -
            100  | 99  | 250   | -   | gives 99 in place of 100
            200  | 0   | 250   | -   | gives 0 in place of 50
            9900 | 100 | 10000 | -   | -
            9900 | 100 | 12000 | -   | gives the first 10000 only
            """)
    void goesOnAsFarAsTheCountSays(
            int offset, int records, long total, @Nullable Integer next, @Nullable String failure) {
        Parsed parsed = page(first("", Map.of()), offset, records, total);

        if (failure == null) {
            assertNull(parsed.failure());
        } else {
            assertNotNull(parsed.failure());
            assertTrue(parsed.failure().contains(failure), parsed.failure());
        }
        assertEquals(
                next == null ? List.of() : List.of(next),
                parsed.next().stream()
                        .map(query -> BoampQuestion.of(query.uri()).offset())
                        .toList());
        assertEquals(records, parsed.notices().size());
    }

    @Test
    void halvesTheTimeOfAppearance_whileThereIsMoreThanTheInterfaceGives() {
        assertEquals(2, page(first("", Map.of()), 0, 100, 10_001).next().size());

        var open = new ArrayList<>(List.of(first("", Map.of())));
        var days = new ArrayList<String>();
        while (!open.isEmpty()) {
            BoampQuestion asked = open.removeFirst();
            List<Query> halves = asked.halves();
            halves.forEach(half -> open.add(BoampQuestion.of(half.uri())));
            if (halves.isEmpty()) {
                days.add(asked.parameters().getOrDefault("where", "").replaceFirst("(?s) AND \\(.*", ""));
            }
        }

        assertEquals(1828, days.stream().distinct().count());
        assertEquals(1828, days.size());
        assertEquals("dateparution>=date'2021-11-24' AND dateparution<=date'2021-11-24'", Collections.min(days));
        assertEquals("dateparution>=date'2026-11-25' AND dateparution<=date'2026-11-25'", Collections.max(days));
    }

    // Recordings

    private Notice recorded(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Corpus.require("sources/boamp/" + name));
        Parsed parsed = parser.parse(new Payload(FILE, name, bytes, null), context(SourceOptions.NONE));
        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        assertEquals(1, parsed.notices().size());
        return parsed.notices().getFirst().notice();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            page-974-1.json      | BOAMP-06-101-0001-01 | plate forme pour enceintes à hygrométrie à Saint Pierre. | sga/dcsid/dt-sds. | 2006-05-27 | 2006-06-27 | - | - | FR
            page-974-2.json      | BOAMP-08-191-0001-01 | Collecte et traitement des déchets d'activité de soins à risques infectieux et assimilés à Saint-Denis | CHD Félix Guyon | 2008-10-04 | 2008-11-21 | - | - | FR
            page-974-3.json      | BOAMP-08-191-0001-01 | travaux acrobatiques dans le cadre de l'aménagement et la mise en sécurité du chemin Bory Saint Vincent à Saint-Joseph | Commune de Saint-Joseph | 2008-09-27 | 2008-10-20 | - | - | FR
            page-974-4.json      | BOAMP-08-191-0001-01 | Fourniture de produits d'entretien pour les services de la ville de Saint-Denis | Ville de Saint-Denis | 2008-10-04 | 2008-11-21 | - | - | FR
            record-26-57883.json | 26-57883 | Rénovation des toitures du collège | Département du Finistère | 2026-06-01 | 2026-07-08 | 14:00 | https://www.boamp.fr/pages/avis/?q=idweb:26-57883 | FRH02
            record-26-91551.json | 26-91551 | Mission de maîtrise d'œuvre pour la restauration de la toiture de l'hôtel de ville de Vichy | COMMUNE DE VICHY | 2026-09-24 | 2026-10-26 | 12:00 | https://www.boamp.fr/pages/avis/?q=idweb:26-91551 | FR
            """)
    void readsRecordings(
            String name,
            String id,
            String title,
            String buyer,
            LocalDate published,
            LocalDate date,
            @Nullable LocalTime time,
            @Nullable String url,
            String place)
            throws IOException {
        Notice notice = recorded(name);

        assertEquals(id, notice.id().nativeId());
        assertEquals(LocalText.of("fr", title), notice.title());
        assertEquals(buyer, notice.buyer());
        assertEquals(published.atStartOfDay().toInstant(ZoneOffset.UTC), notice.published());
        assertEquals(List.of(new LotDeadline(Role.TENDER, null, date, time, null)), notice.deadlines());
        assertEquals(url, notice.url());
        assertEquals(List.of(place), notice.places());
        assertEquals(Stage.COMPETITION, notice.stage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"page-974-1.json", "record-26-57883.json"})
    void neverThrows_whereverARecordingBreaksOff(String name) throws IOException {
        byte[] whole = new String(Files.readAllBytes(Corpus.require("sources/boamp/" + name)), StandardCharsets.UTF_8)
                .strip()
                .getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < whole.length; length++) {
            byte[] start = Arrays.copyOf(whole, length);
            assertNotNull(parser.parse(new Payload(FILE, name, start, null), context(SourceOptions.NONE))
                    .failure());
        }
    }
}
