package coop.vigie.parse;

import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.parse.EformsDraft.Amount;
import coop.vigie.parse.EformsDraft.Text;
import coop.vigie.parse.EformsDraft.Written;
import coop.vigie.parse.XmlPaths.Value;
import java.util.List;
import java.util.Map;

/**
 * Where things stand in an eForms notice (fields.json of the eForms SDK; BT and OPP are its numbers). A place of an
 * organization (BT-507) is not a place of performance (BT-5071) and is left out on purpose.
 */
final class EformsFields {

    private static final String EXTENSION =
            "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/";

    private static final Map<String, String> PREFIXES = Map.of(
            "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2", "cbc",
            "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", "cac",
            "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2", "ext",
            "http://data.europa.eu/p27/eforms-ubl-extensions/1", "efext",
            "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1", "efac",
            "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1", "efbc");

    static final XmlPaths<EformsDraft> TABLE = table();

    private EformsFields() {}

    private static XmlPaths<EformsDraft> table() {
        var table = new XmlPaths<EformsDraft>(PREFIXES);
        notice(table);
        organizations(table);
        for (String level : List.of("", "cac:ProcurementProjectLot/")) {
            project(table, level + "cac:ProcurementProject/");
            deadlines(table, level + "cac:TenderingProcess/");
            terms(table, level + "cac:TenderingTerms/");
        }
        return table.around("cac:ProcurementProjectLot", EformsDraft::beginLot, EformsDraft::endLot)
                .at("cac:ProcurementProjectLot/cbc:ID", (draft, value) -> { // BT-137, BT-330, BT-1375
                    draft.part.id = value.text();
                    draft.part.scheme = value.attribute("schemeName");
                });
    }

    private static void notice(XmlPaths<EformsDraft> table) {
        table.at("cbc:ID", (draft, value) -> draft.noticeId = value.text()) // BT-701
                .at("cbc:VersionID", (draft, value) -> draft.version = value.text()) // BT-757
                .at("cbc:ContractFolderID", (draft, value) -> draft.procedureId = value.text()) // BT-04
                .at("cbc:IssueDate", (draft, value) -> draft.issued = written(value)) // BT-05
                .at("cbc:NoticeTypeCode", (draft, value) -> { // BT-02, BT-03
                    draft.type = value.text();
                    draft.form = value.attribute("listName");
                })
                .at("cbc:NoticeLanguageCode", (draft, value) -> draft.languages.addFirst(value.text())) // BT-702
                .at("cac:AdditionalNoticeLanguage/cbc:ID", (draft, value) -> draft.languages.add(value.text()))
                .at(
                        EXTENSION + "efac:NoticeSubType/cbc:SubTypeCode", // OPP-070
                        (draft, value) -> draft.subtype = value.text())
                .at(EXTENSION + "efac:Publication/efbc:NoticePublicationID", (draft, value) -> { // OPP-010
                    if (value.attribute("schemeName").equals("ojs-notice-id")) {
                        draft.publicationNumber = written(value);
                    }
                })
                .at(
                        EXTENSION + "efac:Publication/efbc:PublicationDate", // OPP-012
                        (draft, value) -> draft.publicationDate = written(value))
                .around(EXTENSION + "efac:Changes", draft -> draft.changes = true, draft -> {})
                .at(
                        EXTENSION + "efac:Changes/efbc:ChangedNoticeIdentifier", // BT-758
                        (draft, value) -> draft.changedNotices.add(value.text()))
                .at(
                        EXTENSION + "efac:Changes/efac:ChangeReason/cbc:ReasonCode", // BT-140
                        (draft, value) -> draft.changeReasons.add(value.text()))
                .at(
                        EXTENSION + "efac:ContractModification/efbc:ChangedNoticeIdentifier", // BT-1501
                        (draft, value) -> draft.changedNotices.add(value.text()));
    }

    private static void organizations(XmlPaths<EformsDraft> table) {
        String company = EXTENSION + "efac:Organizations/efac:Organization/efac:Company";
        table.at(
                        "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID", // OPT-300
                        (draft, value) -> draft.buyers.add(value.text()))
                .at("cac:ContractingParty/cbc:BuyerProfileURI", (draft, value) -> { // BT-508
                    draft.buyerProfile = draft.buyerProfile.isEmpty() ? value.text() : draft.buyerProfile;
                })
                .around(company, EformsDraft::beginOrganization, EformsDraft::endOrganization)
                .at(
                        company + "/cac:PartyIdentification/cbc:ID", // OPT-200
                        (draft, value) -> draft.organization.id = value.text())
                .at(
                        company + "/cac:PartyName/cbc:Name", // BT-500
                        (draft, value) -> draft.organization.names.add(text(value)))
                .at(
                        company + "/cac:PostalAddress/cac:Country/cbc:IdentificationCode", // BT-514
                        (draft, value) -> draft.organization.country = value.text())
                .at(company + "/cbc:WebsiteURI", (draft, value) -> draft.organization.website = value.text()); // BT-505

        // Business registrations (X01, X02) have no buyer; the one registered stands in its place.
        table.around("cac:BusinessParty", EformsDraft::beginOrganization, draft -> {
                    draft.buyers.add(draft.organization.id);
                    draft.endOrganization();
                })
                .at(
                        "cac:BusinessParty/cac:PartyLegalEntity/cbc:RegistrationName", // BT-500
                        (draft, value) -> draft.organization.names.add(text(value)))
                .at(
                        "cac:BusinessParty/cac:PostalAddress/cac:Country/cbc:IdentificationCode", // BT-514
                        (draft, value) -> draft.organization.country = value.text())
                .at("cac:BusinessParty/cbc:WebsiteURI", (draft, value) -> draft.organization.website = value.text());
    }

    private static void project(XmlPaths<EformsDraft> table, String project) {
        String address = project + "cac:RealizedLocation/cac:Address/";
        table.at(project + "cbc:Name", (draft, value) -> draft.part.titles.add(text(value))) // BT-21
                .at(project + "cbc:Description", (draft, value) -> draft.part.texts.add(text(value))) // BT-24
                .at(
                        project + "cac:MainCommodityClassification/cbc:ItemClassificationCode", // BT-262
                        (draft, value) -> draft.part.cpv.addFirst(written(value)))
                .at(
                        project + "cac:AdditionalCommodityClassification/cbc:ItemClassificationCode", // BT-263
                        (draft, value) -> draft.part.cpv.add(written(value)))
                .at(
                        address + "cbc:CountrySubentityCode", // BT-5071
                        (draft, value) -> draft.part.places.add(written(value)))
                .at(
                        address + "cac:Country/cbc:IdentificationCode", // BT-5141
                        (draft, value) -> draft.part.countries.add(value.text()))
                .at(
                        project + "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount", // BT-27
                        (draft, value) -> draft.part.value =
                                new Amount(value.text(), value.attribute("currencyID"), value.line()));
    }

    private static void deadlines(XmlPaths<EformsDraft> table, String process) {
        period(table, process + "cac:TenderSubmissionDeadlinePeriod", Role.TENDER); // BT-131
        period(table, process + "cac:ParticipationRequestReceptionPeriod", Role.REQUEST); // BT-1311
        period(table, process + EXTENSION + "efac:InterestExpressionReceptionPeriod", Role.INTEREST); // BT-630
    }

    private static void period(XmlPaths<EformsDraft> table, String period, Role role) {
        table.around(period, EformsDraft::beginPeriod, draft -> draft.endPeriod(role))
                .at(period + "/cbc:EndDate", (draft, value) -> draft.periodDate(value.text(), value.line()))
                .at(period + "/cbc:EndTime", (draft, value) -> draft.periodTime(value.text(), value.line()));
    }

    private static void terms(XmlPaths<EformsDraft> table, String terms) {
        String document = terms + "cac:CallForTendersDocumentReference";
        table.at(
                        terms + "cac:Language/cbc:ID",
                        (draft, value) -> draft.submissionLanguages.add(written(value))) // BT-97
                .around(document, EformsDraft::beginDocument, EformsDraft::endDocument)
                .at(document + "/cbc:DocumentType", (draft, value) -> draft.documentType(value.text())) // BT-14
                .at(
                        document + "/cac:Attachment/cac:ExternalReference/cbc:URI", // BT-15, BT-615
                        (draft, value) -> draft.documentAddress(written(value)))
                .at(
                        terms + "cac:TenderRecipientParty/cbc:EndpointID", // BT-18
                        (draft, value) -> draft.submissionAddresses.add(written(value)));
    }

    private static Text text(Value value) {
        return new Text(value.attribute("languageID"), value.text());
    }

    private static Written written(Value value) {
        return new Written(value.text(), value.line());
    }
}
