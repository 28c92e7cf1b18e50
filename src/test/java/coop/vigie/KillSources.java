package coop.vigie;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A folder of eForms notices and a feed on loopback, which change when told to: new notices, reworded ones, change
 * notices that move a date. Remembers what it offers.
 */
final class KillSources implements AutoCloseable {

    static final List<String> THEMES = List.of("théâtre", "vertaling", "translation", "Bühnenbild", "traduction");
    private static final List<String> LANGUAGES = List.of("FRA", "NLD", "ENG", "DEU", "FRA");
    private static final List<String> CPV = List.of("92312100", "79530000", "79530000", "92370000", "79530000");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 12, 1);

    private final Path folder;
    private final Random random;
    private final HttpServer server;
    private final Map<Integer, Tender> tenders = new TreeMap<>();
    private final Map<Integer, Item> items = new TreeMap<>();
    private final Map<String, String> offered = new TreeMap<>();
    private volatile byte[] feed = {};

    /** @param procedure number of the notice that opened the procedure, which a change notice shares */
    private record Tender(int number, int procedure, int wording, int days) {}

    private record Item(int number, int days) {}

    KillSources(Path folder, Random random) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = random;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/feed.xml", this::answer);
        server.start();
    }

    String feedsYaml() {
        return """
                contact: "https://vigie.example.org, vigie@example.org"
                defaults: { every: 6h, delay: 0s, timeout: 30s, zone: Europe/Brussels }
                sources:
                  - { id: notices, type: eforms, url: "file:notices", level: federal, kind: tender }
                  - { id: calls, type: rss, url: "http://127.0.0.1:%d/feed.xml", level: community, kind: call,
                      languages: [fr], places: [BE10], allow-private-network: true }
                """.formatted(server.getAddress().getPort());
    }

    /** What the store must hold: the words that begin each notice's title, by the words that never change in it. */
    Map<String, String> offered() {
        return Map.copyOf(offered);
    }

    /** So many new notices and items, and some that were reworded or moved. */
    void change(int fresh) throws IOException {
        int reworded = tenders.isEmpty() ? 0 : fresh / 3;
        int moved = tenders.isEmpty() ? 0 : fresh / 5;
        for (int i = 0; i < fresh; i++) {
            int number = tenders.size() + 1;
            put(new Tender(number, number, 1, random.nextInt(60)));
        }
        for (int i = 0; i < reworded; i++) {
            Tender any = any(tenders.values());
            put(new Tender(any.number(), any.procedure(), any.wording() + 1, any.days()));
        }
        for (int i = 0; i < moved; i++) {
            put(new Tender(tenders.size() + 1, any(tenders.values()).procedure(), 1, 10 + random.nextInt(60)));
        }
        for (int i = 0; i < 3; i++) {
            int number = items.size() + 1;
            items.put(number, new Item(number, 5 + random.nextInt(60)));
        }
        Item any = any(items.values());
        items.put(any.number(), new Item(any.number(), any.days() + 1));
        items.values().forEach(item -> offered.put("A%04d".formatted(item.number()), title(item)));
        feed = items.values().stream()
                .map(KillSources::xml)
                .collect(Collectors.joining(
                        "", "<rss version=\"2.0\"><channel><title>Appels</title>", "</channel></rss>"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private <T> T any(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }

    private void put(Tender tender) throws IOException {
        tenders.put(tender.number(), tender);
        offered.put("T%04d".formatted(tender.number()), title(tender));
        // As a careful publisher does it: nobody ever sees half a file.
        Path half = folder.resolveSibling("notice.half");
        Files.writeString(half, xml(tender));
        Files.move(
                half,
                folder.resolve("%06d-2026.xml".formatted(tender.number())),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static int theme(int number) {
        return number % THEMES.size();
    }

    private static String title(Tender tender) {
        return "T%04d w%d %s".formatted(tender.number(), tender.wording(), THEMES.get(theme(tender.procedure())));
    }

    private static String title(Item item) {
        return "A%04d %s".formatted(item.number(), THEMES.get(theme(item.number())));
    }

    private static String xml(Tender tender) {
        boolean change = tender.number() != tender.procedure();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
                    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
                    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
                    xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
                    xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
                    xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
                    xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
                  <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
                    {changes}
                    <efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">16</cbc:SubTypeCode></efac:NoticeSubType>
                    <efac:Publication>
                      <efbc:NoticePublicationID schemeName="ojs-notice-id">{publication}</efbc:NoticePublicationID>
                      <efbc:PublicationDate>2026-11-20+01:00</efbc:PublicationDate>
                    </efac:Publication>
                  </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
                  <cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>
                  <cbc:ID schemeName="notice-id">{notice}</cbc:ID>
                  <cbc:ContractFolderID>{procedure}</cbc:ContractFolderID>
                  <cbc:IssueDate>2026-11-20+01:00</cbc:IssueDate>
                  <cbc:VersionID>01</cbc:VersionID>
                  <cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
                  <cbc:NoticeLanguageCode listName="language">{language}</cbc:NoticeLanguageCode>
                  <cac:ProcurementProject>
                    <cbc:Name languageID="{language}">{title}</cbc:Name>
                    <cbc:Description languageID="{language}">{title}</cbc:Description>
                    <cac:MainCommodityClassification>
                      <cbc:ItemClassificationCode listName="cpv">{cpv}</cbc:ItemClassificationCode>
                    </cac:MainCommodityClassification>
                    <cac:RealizedLocation><cac:Address>
                      <cbc:CountrySubentityCode listName="nuts">BE100</cbc:CountrySubentityCode>
                      <cac:Country><cbc:IdentificationCode listName="country">BEL</cbc:IdentificationCode></cac:Country>
                    </cac:Address></cac:RealizedLocation>
                  </cac:ProcurementProject>
                  <cac:ProcurementProjectLot>
                    <cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
                    <cac:TenderingProcess>
                      <cac:TenderSubmissionDeadlinePeriod>
                        <cbc:EndDate>{date}+01:00</cbc:EndDate><cbc:EndTime>11:00:00+01:00</cbc:EndTime>
                      </cac:TenderSubmissionDeadlinePeriod>
                    </cac:TenderingProcess>
                  </cac:ProcurementProjectLot>
                </ContractNotice>
                """.replace("{changes}", change ? changes(tender.procedure()) : "")
                .replace("{publication}", "%08d-2026".formatted(tender.number()))
                .replace("{notice}", uuid("notice", tender.number()))
                .replace("{procedure}", uuid("procedure", tender.procedure()))
                .replace("{language}", LANGUAGES.get(theme(tender.procedure())))
                .replace("{title}", title(tender))
                .replace("{cpv}", CPV.get(theme(tender.procedure())))
                .replace("{date}", FIRST_DAY.plusDays(tender.days()).toString());
    }

    private static String changes(int changed) {
        return """
                <efac:Changes>
                  <efbc:ChangedNoticeIdentifier>%s-01</efbc:ChangedNoticeIdentifier>
                  <efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">cor-buy</cbc:ReasonCode></efac:ChangeReason>
                </efac:Changes>""".formatted(uuid("notice", changed));
    }

    private static String xml(Item item) {
        return """
                <item><title>%s</title><link>https://appels.example.org/%d</link>
                <guid isPermaLink="false">appel-%d</guid><pubDate>%s</pubDate>
                <description>Date limite : %s à 12h00.</description></item>
                """.formatted(
                title(item),
                item.number(),
                item.number(),
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.parse("2026-11-20T08:00:00Z").atOffset(ZoneOffset.UTC)),
                DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH).format(FIRST_DAY.plusDays(item.days())));
    }

    private static String uuid(String what, int number) {
        return UUID.nameUUIDFromBytes((what + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = feed;
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml; charset=UTF-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException killed) {
            // The reader was killed while it read: what this test is about.
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
