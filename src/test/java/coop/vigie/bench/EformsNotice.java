package coop.vigie.bench;

import java.time.LocalDate;

/** A made-up eForms notice as XML, with lots, descriptions and an organisation: about as long as a short real one. */
final class EformsNotice {

    private static final String UBL = "urn:oasis:names:specification:ubl:schema:xsd:";
    private static final int LOTS = 4;

    private EformsNotice() {}

    static String xml(int number, Calls calls) {
        String language =
                switch (calls.language()) {
                    case "fr" -> "FRA";
                    case "nl" -> "NLD";
                    case "de" -> "DEU";
                    default -> "ENG";
                };
        LocalDate deadline = LocalDate.parse("2026-12-01").plusDays(number % 40);
        var lots = new StringBuilder();
        for (int lot = 1; lot <= LOTS; lot++) {
            lots.append("""
                    <cac:ProcurementProjectLot>
                      <cbc:ID schemeName="Lot">LOT-%04d</cbc:ID>
                      <cac:TenderingTerms><cac:TendererQualificationRequest/></cac:TenderingTerms>
                      <cac:TenderingProcess>
                        <cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>%s+01:00</cbc:EndDate><cbc:EndTime>11:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>
                      </cac:TenderingProcess>
                      <cac:ProcurementProject>
                        <cbc:ID schemeName="InternalID">%d</cbc:ID>
                        %s
                      </cac:ProcurementProject>
                    </cac:ProcurementProjectLot>
                    """.formatted(lot, deadline.plusDays(lot), lot, project(calls, language)));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <ContractNotice xmlns="%1$sContractNotice-2"
                    xmlns:cac="%1$sCommonAggregateComponents-2" xmlns:cbc="%1$sCommonBasicComponents-2"
                    xmlns:ext="%1$sCommonExtensionComponents-2"
                    xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
                    xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
                    xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
                  <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
                    <efac:Organizations><efac:Organization><efac:Company>
                      <cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification>
                      <cac:PartyName><cbc:Name languageID="%2$s">%3$s</cbc:Name></cac:PartyName>
                      <cac:PostalAddress><cac:Country><cbc:IdentificationCode listName="country">BEL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
                    </efac:Company></efac:Organization></efac:Organizations>
                    <efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">%4$08d-2026</efbc:NoticePublicationID><efbc:PublicationDate>2026-11-23+01:00</efbc:PublicationDate></efac:Publication>
                  </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
                  <cbc:ID schemeName="notice-id">notice-%4$d</cbc:ID>
                  <cbc:ContractFolderID>procedure-%4$d</cbc:ContractFolderID>
                  <cbc:IssueDate>2026-11-20+01:00</cbc:IssueDate>
                  <cbc:VersionID>01</cbc:VersionID>
                  <cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
                  <cbc:NoticeLanguageCode>%2$s</cbc:NoticeLanguageCode>
                  <cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
                  <cac:ProcurementProject>%5$s</cac:ProcurementProject>
                  %6$s
                </ContractNotice>
                """.formatted(UBL, language, calls.text(3), number, project(calls, language), lots);
    }

    private static String project(Calls calls, String language) {
        return """
                <cbc:Name languageID="%1$s">%2$s</cbc:Name>
                <cbc:Description languageID="%1$s">%3$s</cbc:Description>
                <cbc:ProcurementTypeCode listName="contract-nature">services</cbc:ProcurementTypeCode>
                <cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">%4$s</cbc:ItemClassificationCode></cac:MainCommodityClassification>
                <cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts-lvl3">%5$s</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>
                """.formatted(language, calls.text(8), calls.text(120), calls.cpv(), calls.place());
    }
}
