package coop.vigie.spine;

import java.util.Locale;

/**
 * An eForms notice to be written as XML. Nobody and nothing in it is real.
 *
 * @param publication number in the Official Journal; "" for a notice that has none
 * @param procedure BT-04; "" for none
 * @param form BT-03
 * @param type BT-02
 * @param published ISO date
 * @param deadline ISO date of the tender deadline, 11:00 local time; "" for none
 * @param extension XML that goes before everything else into the extension, such as changes
 */
record Eforms(
        String publication,
        String procedure,
        String form,
        String type,
        String published,
        String title,
        String cpv,
        String deadline,
        String extension) {

    private static final String UBL = "urn:oasis:names:specification:ubl:schema:xsd:";

    static Eforms competition(String publication, String procedure, String deadline) {
        return new Eforms(
                publication,
                procedure,
                "competition",
                "cn-standard",
                "2026-11-02",
                "Scénographie d'un festival",
                "92310000",
                deadline,
                "");
    }

    Eforms form(String form, String type) {
        return new Eforms(publication, procedure, form, type, published, title, cpv, deadline, extension);
    }

    Eforms published(String date) {
        return new Eforms(publication, procedure, form, type, date, title, cpv, deadline, extension);
    }

    Eforms title(String words) {
        return new Eforms(publication, procedure, form, type, published, words, cpv, deadline, extension);
    }

    Eforms deadline(String date) {
        return new Eforms(publication, procedure, form, type, published, title, cpv, date, extension);
    }

    Eforms procedure(String id) {
        return new Eforms(publication, id, form, type, published, title, cpv, deadline, extension);
    }

    /** The later notice of the same procedure that says what became of it. */
    Eforms award(String number) {
        return new Eforms(number, procedure, "result", "can-standard", "2026-12-20", title, cpv, "", extension);
    }

    /** The later notice that changes this one; {@code reason} from the list change-corrig-justification. */
    Eforms change(String number, String reason, String newDeadline) {
        String changes = """
                <efac:Changes>
                  <efbc:ChangedNoticeIdentifier>%s</efbc:ChangedNoticeIdentifier>
                  <efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">%s</cbc:ReasonCode></efac:ChangeReason>
                </efac:Changes>
                """.formatted(publication, reason);
        return new Eforms(number, procedure, form, type, "2026-11-10", title, cpv, newDeadline, changes);
    }

    String xml() {
        String root = type.startsWith("can-")
                ? "ContractAwardNotice"
                : type.startsWith("pin-") ? "PriorInformationNotice" : "ContractNotice";
        String publicationElement = publication.isEmpty()
                ? ""
                : "<efbc:NoticePublicationID schemeName=\"ojs-notice-id\">%s</efbc:NoticePublicationID><efbc:PublicationDate>%s+01:00</efbc:PublicationDate>"
                        .formatted(publication, published);
        String folder = procedure.isEmpty() ? "" : "<cbc:ContractFolderID>" + procedure + "</cbc:ContractFolderID>";
        String period = deadline.isEmpty()
                ? ""
                : "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>%s+01:00</cbc:EndDate><cbc:EndTime>11:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"
                        .formatted(deadline);
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <%1$s xmlns="%2$s%1$s-2"
                    xmlns:cac="%2$sCommonAggregateComponents-2" xmlns:cbc="%2$sCommonBasicComponents-2"
                    xmlns:ext="%2$sCommonExtensionComponents-2"
                    xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
                    xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
                    xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
                  <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
                    %3$s
                    <efac:Organizations><efac:Organization><efac:Company>
                      <cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification>
                      <cac:PartyName><cbc:Name languageID="FRA">Ville d’Exemple</cbc:Name></cac:PartyName>
                      <cac:PostalAddress><cac:Country><cbc:IdentificationCode listName="country">BEL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
                    </efac:Company></efac:Organization></efac:Organizations>
                    <efac:Publication>%4$s</efac:Publication>
                  </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
                  <cbc:ID schemeName="notice-id">%5$s</cbc:ID>
                  %6$s
                  <cbc:IssueDate>%7$s+01:00</cbc:IssueDate>
                  <cbc:VersionID>01</cbc:VersionID>
                  <cbc:NoticeTypeCode listName="%8$s">%9$s</cbc:NoticeTypeCode>
                  <cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>
                  <cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
                  <cac:ProcurementProject>
                    <cbc:Name languageID="FRA">%10$s</cbc:Name>
                    <cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">%11$s</cbc:ItemClassificationCode></cac:MainCommodityClassification>
                  </cac:ProcurementProject>
                  <cac:ProcurementProjectLot>
                    <cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
                    <cac:TenderingProcess>%12$s</cac:TenderingProcess>
                  </cac:ProcurementProjectLot>
                </%1$s>
                """.formatted(
                        root,
                        UBL,
                        extension,
                        publicationElement,
                        "notice-" + (publication.isEmpty() ? "unpublished" : publication.toLowerCase(Locale.ROOT)),
                        folder,
                        published,
                        form,
                        type,
                        title,
                        cpv,
                        period);
    }
}
