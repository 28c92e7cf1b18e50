package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
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
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TedExportTest {

    private static final SourceId SOURCE = new SourceId("ted");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private final EformsParser parser = new EformsParser();

    @Test
    void readsEveryField_ofABelgianNoticeInTwoLanguages() throws IOException {
        Parsed parsed = parse(fixture("ted-export-r209-two-languages.xml"));

        Notice expected = new Notice.Builder(new NoticeId(SOURCE, "12345-2021"), BRUSSELS)
                .kind(Kind.TENDER)
                .level(Level.EUROPEAN)
                .stage(Stage.COMPETITION)
                .title(text("Scénographie d'une exposition", "Scenografie van een tentoonstelling"))
                .text(text("Une salle de 200 m2.\nDeux lots.\n\nÉclairage", "Een zaal.\n\nVerlichting"))
                .buyer("Musée imaginaire")
                .published(Instant.parse("2021-01-15T00:00:00Z"))
                .deadlines(List.of(deadline(Role.TENDER, "2021-02-22", "09:30")))
                .places(List.of("BE100"))
                .cpv(List.of("79950000", "71318100"))
                .value(new Money(new BigDecimal("90000.00"), "EUR"))
                .submissionLanguages(List.of("fr", "nl"))
                .url("https://ted.europa.eu/en/notice/-/detail/12345-2021")
                .documents("https://museum.example.org/dossier")
                .references(List.of("400001-2020"))
                .identifiers(List.of("12345-2021"))
                .build();
        assertEquals(List.of(), parsed.warnings());
        assertEquals(expected, only(parsed));
    }

    @Test
    void readsTheOlderRelease_withItsOtherNames() throws IOException {
        Notice notice = only(parse(fixture("ted-export-r208.xml")));

        assertEquals("Theaterseizoen", notice.title().in(List.of("nl")));
        assertEquals("Twaalf voorstellingen.", notice.text().in(List.of("nl")));
        assertEquals("Cultuurhuis", notice.buyer());
        assertEquals(List.of(deadline(Role.REQUEST, "2014-05-05", "12:00")), notice.deadlines());
        assertEquals(List.of("BE21"), notice.places());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # form | its NOTICE TYPE        | document | stage
            F01    | PRI_ONLY               | 0        | FORECAST
            F01    | PRI_CALL_COMPETITION   | 0        | COMPETITION
            F02    |                        | 3        | COMPETITION
            F02    |                        | Y        | COMPETITION
            F03    |                        | 7        | AWARD
            F04    | PER_ONLY               | P        | FORECAST
            F04    | PER_CALL_COMPETITION   | M        | COMPETITION
            F07    | QSU_ONLY               | Q        | COMPETITION
            F12    |                        | D        | COMPETITION
            F13    |                        | R        | AWARD
            F14    |                        | 2        | CHANGE
            F15    |                        | V        | AWARD
            F20    |                        | K        | AWARD
            F21    | PRI_ONLY               | 0        | FORECAST
            F21    | CONTRACT               | 3        | COMPETITION
            F21    | AWARD_CONTRACT         | 7        | AWARD
            F22    | QSU_ONLY               | 3        | COMPETITION
            2      |                        | 3        | COMPETITION
            OTH    |                        | 7        | AWARD
            OTH    |                        | 3        | COMPETITION
            """)
    void knowsWhereAProcedureStands(String form, @Nullable String type, String document, Stage stage) {
        String notice = type == null ? "" : "<NOTICE TYPE='" + type + "'/>";
        String xml = """
                <TED_EXPORT DOC_ID="1-2020"><CODED_DATA_SECTION><CODIF_DATA><TD_DOCUMENT_TYPE CODE="%s"/></CODIF_DATA>
                </CODED_DATA_SECTION><FORM_SECTION><X FORM="%s" LG="EN">%s<OBJECT_CONTRACT><TITLE><P>x</P></TITLE>
                </OBJECT_CONTRACT></X></FORM_SECTION></TED_EXPORT>
                """.formatted(document, form, notice);

        assertEquals(stage, only(parse(xml.getBytes(StandardCharsets.UTF_8))).stage());
    }

    @Test
    void takesTheNewDeadline_fromACorrigendum() {
        String xml = """
                <TED_EXPORT DOC_ID="2-2021"><CODED_DATA_SECTION><NOTICE_DATA><LG_ORIG>FR</LG_ORIG>
                <ISO_COUNTRY VALUE="BE"/></NOTICE_DATA><CODIF_DATA>
                <DT_DATE_FOR_SUBMISSION>20210222 11:00</DT_DATE_FOR_SUBMISSION></CODIF_DATA></CODED_DATA_SECTION>
                <FORM_SECTION><F14_2014 FORM="F14" LG="FR"><OBJECT_CONTRACT><TITLE><P>x</P></TITLE></OBJECT_CONTRACT>
                <COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2021/S 010-012345</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO>
                <CHANGES>
                <CHANGE><WHERE><SECTION>IV.2.7</SECTION></WHERE><NEW_VALUE><DATE>2021-03-04</DATE><TIME>10:00</TIME></NEW_VALUE></CHANGE>
                <CHANGE><WHERE><SECTION>IV.2.2</SECTION></WHERE><OLD_VALUE><DATE>2021-02-22</DATE><TIME>11:00</TIME></OLD_VALUE>
                <NEW_VALUE><DATE>2021-03-03</DATE><TIME>11:00</TIME></NEW_VALUE></CHANGE>
                </CHANGES></F14_2014></FORM_SECTION></TED_EXPORT>
                """;

        Notice notice = only(parse(xml.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Stage.CHANGE, notice.stage());
        assertEquals(List.of(deadline(Role.TENDER, "2021-03-03", "11:00")), notice.deadlines());
        assertEquals(List.of("12345-2021"), notice.references());
    }

    @Test
    void warnsAndInventsNothing_whenTheDateIsImpossible() {
        String xml = """
                <TED_EXPORT DOC_ID="3-2021"><CODED_DATA_SECTION><NOTICE_DATA><LG_ORIG>FR</LG_ORIG></NOTICE_DATA>
                </CODED_DATA_SECTION><FORM_SECTION><F02_2014 FORM="F02" LG="FR"><OBJECT_CONTRACT><TITLE><P>x</P></TITLE>
                </OBJECT_CONTRACT><PROCEDURE><DATE_RECEIPT_TENDERS>2021-02-31</DATE_RECEIPT_TENDERS></PROCEDURE>
                </F02_2014></FORM_SECTION></TED_EXPORT>
                """;

        Parsed parsed = parse(xml.getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(), only(parsed).deadlines());
        assertEquals("2021-02-31", only(parsed).stated().quote());
        assertEquals("tender deadline", parsed.warnings().getFirst().field());
    }

    /** The Publications Office converted some notices to eForms; both must say the same of dates, codes and titles. */
    @Test
    void agreesWithTheOfficialConversion_ofTheSameNotices() throws IOException {
        Path legacy = Corpus.require("sources/ted-legacy-xml");
        Path converted = Corpus.require("sources/eforms/converted-from-ted-xml");
        Map<String, Object> expected = new LinkedHashMap<>();
        Map<String, Object> actual = new LinkedHashMap<>();
        for (Path file : files(legacy)) {
            Path twin = converted.resolve(file.getFileName());
            if (Files.exists(twin)) {
                expected.put(file.getFileName().toString(), facts(only(parse(Files.readAllBytes(twin)))));
                actual.put(file.getFileName().toString(), facts(only(parse(Files.readAllBytes(file)))));
            }
        }

        assertEquals(expected, actual);
    }

    private static List<Object> facts(Notice notice) {
        List<Object> deadlines = notice.deadlines().stream()
                .<Object>map(each -> List.of(each.date(), String.valueOf(each.time())))
                .distinct()
                .toList();
        return List.of(
                notice.stage(),
                notice.title().original(""),
                deadlines,
                notice.cpv().stream().sorted().toList());
    }

    @Test
    void readsEveryRecording_withoutAWarningOnDates() throws IOException {
        List<Path> files = Stream.concat(
                        files(Corpus.require("sources/ted-legacy-xml")).stream(),
                        Stream.of(Corpus.require("sources/be-bda/legacy-ted-esenders-2020-500828.xml")))
                .toList();
        for (Path file : files) {
            Parsed parsed = parse(Files.readAllBytes(file));

            assertNull(parsed.failure(), file::toString);
            assertEquals(1, parsed.notices().size(), file::toString);
            assertEquals(List.of(), parsed.warnings(), file::toString);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TedExportTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    private Parsed parse(byte[] xml) {
        var payload = new Payload(URI.create("https://example.org/notice.xml"), "notice.xml", xml, null);
        return parser.parse(payload, EformsParserTest.CONTEXT);
    }

    private static Notice only(Parsed parsed) {
        assertNull(parsed.failure());
        return parsed.notices().getFirst().notice();
    }

    private static LocalText text(String french, String dutch) {
        var byLanguage = new LinkedHashMap<String, String>();
        byLanguage.put("fr", french);
        byLanguage.put("nl", dutch);
        return new LocalText(byLanguage, "fr");
    }

    private static LotDeadline deadline(Role role, String date, String time) {
        return new LotDeadline(role, null, LocalDate.parse(date), LocalTime.parse(time), null);
    }
}
