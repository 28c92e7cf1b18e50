package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.codes.Cpv;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EformsParserTest {

    private static final SourceId SOURCE = new SourceId("ted");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final String NOTICE_ID = "11111111-2222-3333-4444-555555555555";

    static final ParseContext CONTEXT = context(List.of(), List.of());

    private final EformsParser parser = new EformsParser();

    @Test
    void readsEveryField_ofABelgianNoticeInTwoLanguages() {
        Parsed parsed = parse("belgian-nl-fr-with-lots.xml");

        Notice expected = new Notice.Builder(new NoticeId(SOURCE, "12345-2024"), BRUSSELS)
                .kind(Kind.TENDER)
                .level(Level.EUROPEAN)
                .stage(Stage.COMPETITION)
                .title(text("Scenografie en belichting", "Scénographie et éclairage"))
                .text(text("""
                                Een raamovereenkomst voor het stadstheater.

                                Scenografie

                                Decors ontwerpen en bouwen.

                                Beide loten""", """
                                Un accord-cadre pour le théâtre municipal.

                                Scénographie

                                Concevoir et construire des décors.

                                Éclairage"""))
                .buyer("Stad Voorbeeld + 1")
                .published(Instant.parse("2024-10-11T00:00:00Z"))
                .deadlines(List.of(
                        deadline(Role.TENDER, "LOT-0001", "2024-11-18", "10:00", "+01:00"),
                        deadline(Role.INTEREST, "LOT-0001", "2024-10-20", null, "+02:00"),
                        deadline(Role.REQUEST, "LOT-0002", "2024-11-04", "23:59:59", "+01:00"),
                        deadline(Role.TENDER, "GLO-0001", "2024-11-20", null, "Z")))
                .places(List.of("BE211", "BE212"))
                .cpv(List.of("92310000", "79950000", "92312000", "92370000"))
                .value(new Money(new BigDecimal("250000.50"), "EUR"))
                .submissionLanguages(List.of("fr", "nl", "en"))
                .url("https://ted.europa.eu/en/notice/-/detail/12345-2024")
                .documents("https://example.org/documenten/1")
                .procedure("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")
                .identifiers(List.of(NOTICE_ID, NOTICE_ID + "-02", "12345-2024"))
                .build();
        assertEquals(
                List.of(expected),
                parsed.notices().stream().map(ParsedNotice::notice).toList());
        assertEquals(
                List.of("GLO-0001"),
                parsed.warnings().stream()
                        .map(warning -> warning.field().replace("tender deadline of ", ""))
                        .toList());
        assertEquals(List.of(), parsed.next());
        assertNull(parsed.failure());
    }

    @Test
    void keepsTheBytesItWasReadFrom() {
        ParsedNotice parsed = parse("minimal.xml").notices().getFirst();

        assertArrayEquals(fixture("minimal.xml"), parsed.raw());
        assertEquals("application/xml", parsed.rawType());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # file                        , stage    , refers to                              , date      , time , zone
            change-moves-the-deadline.xml , CHANGE   , 11111111-2222-3333-4444-555555555555-01, 2024-12-02, 17:00, Europe/Paris
            cancelled.xml                 , CANCELLED, 12345-2024                             , 2024-11-18, 10:00, Europe/Paris
            offset-of-the-wrong-season.xml, CHANGE   , 12345-2024                             , 2024-12-02, 12:00, Europe/Paris
            """)
    void saysWhatAChangeIsAbout(
            String file, Stage stage, String reference, LocalDate date, LocalTime time, ZoneId zone) {
        Notice notice = notice(parse(file));

        assertEquals(stage, notice.stage());
        assertEquals(List.of(reference), notice.references());
        assertEquals(
                new Deadline.Dated(date, time, zone, Deadline.Origin.FIELD, null, false),
                notice.deadline(Instant.parse("2024-11-04T12:00:00Z")));
        assertEquals(date.atTime(time).atZone(zone).toInstant(), notice.closes());
    }

    @Test
    void warnsOfAnOffsetThatDoesNotFit_andKeepsTheLocalTime() {
        Parsed parsed = parse("offset-of-the-wrong-season.xml");

        assertEquals(
                List.of(deadline(Role.TENDER, "LOT-0001", "2024-12-02", "12:00", "+02:00")),
                notice(parsed).deadlines());
        assertEquals(
                List.of(new Warning(
                        SOURCE,
                        "offset-of-the-wrong-season.xml:61",
                        "tender deadline of LOT-0001",
                        "2024-12-02+02:00 12:00:00+02:00",
                        "kept as local time in Europe/Paris, which the offset does not fit")),
                parsed.warnings());
    }

    @Test
    void keepsWhatIsGood_whenNearlyEverythingIsBroken() {
        Parsed parsed = parse("broken-pieces.xml");

        Notice expected = new Notice.Builder(new NoticeId(SOURCE, NOTICE_ID + "-01"), BRUSSELS)
                .kind(Kind.TENDER)
                .level(Level.EUROPEAN)
                .title(LocalText.of("en", Cpv.label("92370000", "en").orElseThrow()))
                .buyer("Example Council")
                .stated(new Deadline.Unknown("2024-02-30+01:00 10:00:00+01:00"))
                .deadlines(List.of(deadline(Role.INTEREST, "LOT-0002", "2024-11-18", null, "+01:00")))
                .places(List.of("BE"))
                .cpv(List.of("92370000"))
                .submissionLanguages(List.of("en"))
                .url("https://www.example.org/submit")
                .identifiers(List.of(NOTICE_ID, NOTICE_ID + "-01"))
                .build();
        assertEquals(expected, notice(parsed));
        assertEquals(
                """
                publication number 'OJ 5'
                buyer 'ORG-0009'
                CPV code '9237'
                notice type 'nonsense/cn-nonsense'
                title ''
                publication date 'soon'
                publication date '2024-13-40'
                tender deadline of LOT-0001 '2024-02-30+01:00 10:00:00+01:00'
                request deadline of LOT-0001 '10:00:00+01:00'
                interest deadline of LOT-0002 '2024-11-18+01:00 25:00:00+01:00'
                place 'BRUSSELS'
                value 'a lot EUR'
                submission language 'English'""",
                String.join(
                        "\n",
                        parsed.warnings().stream()
                                .map(warning -> warning.field() + " '" + warning.found() + "'")
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # form       , type            , stage
            planning     , pin-only        , FORECAST
            planning     , pin-buyer       , FORECAST
            planning     , pin-rtl         , FORECAST
            planning     , pin-tran        , FORECAST
            consultation , pmc             , FORECAST
            competition  , pin-cfc-standard, COMPETITION
            competition  , pin-cfc-social  , COMPETITION
            competition  , cn-standard     , COMPETITION
            competition  , cn-desg         , COMPETITION
            competition  , qu-sy           , COMPETITION
            competition  , subco           , COMPETITION
            change       , corr            , CHANGE
            result       , can-standard    , AWARD
            result       , can-tran        , AWARD
            dir-awa-pre  , veat            , AWARD
            cont-modif   , can-modif       , AWARD
            completion   , compl           , AWARD
            bri          , brin-ecs        , AWARD
            planning     , something-new   , FORECAST
            competition  , something-new   , COMPETITION
            result       , something-new   , AWARD
            """)
    void tellsTheStageByTypeThenForm(String form, String type, Stage stage) {
        Parsed parsed = parseMinimal("listName=\"competition\">cn-standard", "listName=\"" + form + "\">" + type);

        assertEquals(stage, notice(parsed).stage());
        assertEquals(List.of(), parsed.warnings());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # type      , reason       , stage
            cn-standard , update-add   , CHANGE
            cn-standard , cancel-intent, CHANGE
            cn-standard , cancel       , CANCELLED
            pin-only    , update-add   , FORECAST
            pin-only    , cancel       , CANCELLED
            can-standard, cor-buy      , AWARD
            """)
    void aCorrectionReopensNothing(String type, String reason, Stage stage) {
        String changes = "<efac:Changes><efac:ChangeReason><cbc:ReasonCode>" + reason
                + "</cbc:ReasonCode></efac:ChangeReason></efac:Changes><efac:NoticeSubType>";

        Parsed parsed = parse(minimal()
                .replace("<efac:NoticeSubType>", changes)
                .replace("listName=\"competition\">cn-standard", "listName=\"\">" + type));

        assertEquals(stage, notice(parsed).stage());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # date            , time                    , date read , time read     , offset
            2024-11-18+01:00  , 10:00:00+01:00          , 2024-11-18, 10:00         , +01:00
            2024-11-18Z       , 10:00:00Z               , 2024-11-18, 10:00         , Z
            2024-11-18        , 10:00:00                , 2024-11-18, 10:00         ,
            2024-11-18+01:00  , 11:25:29.0000000+01:00  , 2024-11-18, 11:25:29      , +01:00
            2024-11-18+01:00  , 11:25:29.5+01:00        , 2024-11-18, 11:25:29.500  , +01:00
            2024-11-18+02:00  , 10:00:00+01:00          , 2024-11-18, 10:00         , +01:00
            2024-11-18+01:00  , ''                      , 2024-11-18,               , +01:00
            2024-11-18+01:00  , 24:00:00+01:00          , 2024-11-18,               , +01:00
            2024-11-18+01:00  , noon                    , 2024-11-18,               , +01:00
            2024-11-18+99:00  , 10:00:00                , 2024-11-18, 10:00         ,
            2024-02-29+01:00  , 10:00:00+01:00          , 2024-02-29, 10:00         , +01:00
            2023-02-29+01:00  , 10:00:00+01:00          ,           ,               ,
            0024-11-18+01:00  , 10:00:00+01:00          ,           ,               ,
            9999-12-31+01:00  , 10:00:00+01:00          ,           ,               ,
            18/11/2024        , 10:00:00+01:00          ,           ,               ,
            ''                , 10:00:00+01:00          ,           ,               ,
            """)
    void readsDateTimeAndOffsetAsWritten_orNotAtAll(
            String date, String time, @Nullable String dateRead, @Nullable String timeRead, @Nullable String offset) {
        Parsed parsed = parse(minimal()
                .replace("2024-11-18+01:00", date)
                .replace("10:00:00+01:00</cbc:EndTime>", time + "</cbc:EndTime>"));

        List<LotDeadline> expected =
                dateRead == null ? List.of() : List.of(deadline(Role.TENDER, "LOT-0000", dateRead, timeRead, offset));
        assertEquals(expected, notice(parsed).deadlines());
        assertEquals(expected.isEmpty(), notice(parsed).stated().doubtful());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # country, place, zone
            BEL      , BE   , Europe/Brussels
            GRC      , EL   , Europe/Athens
            GBR      , UK   , Europe/London
            FIN      , FI   , Europe/Helsinki
            BWA      , BW   , Europe/Brussels
            QQQ      ,      , Europe/Brussels
            """)
    void takesPlaceAndZoneFromTheBuyersCountry_whenNothingElseIsStated(
            String country, @Nullable String place, ZoneId zone) {
        Notice notice = notice(parseMinimal(">BEL<", ">" + country + "<"));

        assertEquals(place == null ? List.of() : List.of(place), notice.places());
        assertEquals(zone, notice.zone());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # include    , exclude     , kept
            ''           , ''          , true
            lighting     , ''          , true
            painting     , ''          , false
            example.org  , ''          , true
            ''           , ^Theatre    , false
            ''           , painting    , true
            lighting     , Theatre     , false
            """)
    void leavesOutWhatTheSourceExcludes_withoutAFailure(String include, String exclude, boolean kept) {
        ParseContext context = context(listOf(include), listOf(exclude));

        Parsed parsed = parser.parse(payload("minimal.xml", fixture("minimal.xml")), context);

        assertEquals(kept ? 1 : 0, parsed.notices().size());
        assertNull(parsed.failure());
    }

    @Test
    void takesTheTitleOfTheFirstLot_whenTheProcedureHasNone() {
        Notice notice =
                notice(parse(minimal().replaceFirst("<cbc:Name languageID=\"ENG\">Theatre lighting", "<cbc:Name>")));

        assertEquals(LocalText.of("en", "Theatre lighting"), notice.title());
    }

    @Test
    void takesTheValueOfTheOnlyLot_whenTheProcedureHasNone() {
        String value = "<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID=\"EUR\">100"
                + "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal></cac:ProcurementProject>\n"
                + "  </cac:ProcurementProjectLot>";
        String end = "</cac:ProcurementProject>\n  </cac:ProcurementProjectLot>";
        String oneLot = minimal().replace(end, value);
        String twoLots = oneLot.replace(
                "</ContractNotice>",
                "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0002</cbc:ID></cac:ProcurementProjectLot></ContractNotice>");

        assertEquals(
                new Money(BigDecimal.valueOf(100), "EUR"), notice(parse(oneLot)).value());
        assertNull(notice(parse(twoLots)).value());
    }

    @Test
    void readsAnyPrefixes_butNoForeignNamespace() {
        String otherPrefixes = minimal().replace("cbc:", "b:").replace("xmlns:cbc=", "xmlns:b=");
        String foreign = minimal().replace("CommonBasicComponents-2", "CommonBasicComponents-1");

        assertEquals(notice(parse(minimal())), notice(parse(otherPrefixes)));
        assertTrue(failure(parse(foreign)).contains("notice id"));
    }

    private static List<String> listOf(String expression) {
        return expression.isEmpty() ? List.of() : List.of(expression);
    }

    private static LocalText text(String dutch, String french) {
        return new LocalText(Map.of("nl", dutch, "fr", french), "nl");
    }

    private static LotDeadline deadline(
            Role role, String lot, String date, @Nullable String time, @Nullable String offset) {
        return new LotDeadline(
                role,
                lot,
                LocalDate.parse(date),
                time == null ? null : LocalTime.parse(time),
                offset == null ? null : ZoneOffset.of(offset));
    }

    private Parsed parse(String fileOrXml) {
        return fileOrXml.startsWith("<")
                ? parser.parse(payload("notice.xml", fileOrXml.getBytes(StandardCharsets.UTF_8)), CONTEXT)
                : parser.parse(payload(fileOrXml, fixture(fileOrXml)), CONTEXT);
    }

    private Parsed parseMinimal(String replace, String by) {
        assertTrue(minimal().contains(replace), replace);
        return parse(minimal().replace(replace, by));
    }

    private static Notice notice(Parsed parsed) {
        assertEquals(1, parsed.notices().size(), parsed::toString);
        return parsed.notices().getFirst().notice();
    }

    private static String failure(Parsed parsed) {
        assertEquals(List.of(), parsed.notices());
        return Objects.requireNonNull(parsed.failure());
    }

    static String minimal() {
        return new String(fixture("minimal.xml"), StandardCharsets.UTF_8);
    }

    static byte[] fixture(String name) {
        try (InputStream in = EformsParserTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Payload payload(String name, byte[] bytes) {
        return new Payload(URI.create("https://example.org/notice.xml"), name, bytes, "application/xml");
    }

    private static ParseContext context(List<String> include, List<String> exclude) {
        return new ParseContext(
                SOURCE,
                Level.EUROPEAN,
                null,
                List.of(),
                List.of(),
                BRUSSELS,
                include,
                exclude,
                SourceOptions.NONE,
                Instant.parse("2026-11-24T12:00:00Z"));
    }
}
