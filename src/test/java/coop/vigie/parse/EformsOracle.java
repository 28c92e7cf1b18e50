package coop.vigie.parse;

import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Reads the same notice a second way, with a tree and the XPaths of the specification, to compare with the parser. */
public final class EformsOracle {

    private static final String EXTENSION =
            "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension";

    private static final Map<String, String> ROLES = Map.of(
            "tender", "cac:TenderSubmissionDeadlinePeriod",
            "request", "cac:ParticipationRequestReceptionPeriod",
            "interest", EXTENSION + "/efac:InterestExpressionReceptionPeriod");

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Node document;

    public EformsOracle(byte[] bytes) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        xpath.setNamespaceContext(new EformsNamespaces());
    }

    /** Role, lot, date, time, offset of each deadline with a possible date. */
    public Set<List<String>> deadlines() throws XPathExpressionException {
        var deadlines = new LinkedHashSet<List<String>>();
        for (Map.Entry<String, String> role : ROLES.entrySet()) {
            for (Element period : elements("/*/cac:ProcurementProjectLot/cac:TenderingProcess/" + role.getValue())) {
                String lot = text("ancestor::cac:ProcurementProjectLot/cbc:ID", period);
                String date = text("cbc:EndDate", period);
                String time = text("cbc:EndTime", period);
                if (isDate(date)) {
                    String local = time.replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", "");
                    String offset = time.isEmpty() ? date.substring(10) : time.substring(local.length());
                    deadlines.add(List.of(
                            role.getKey(),
                            lot,
                            date.substring(0, 10),
                            local.isEmpty() ? "" : LocalTime.parse(local).toString(),
                            offset.equals("+00:00") ? "Z" : offset));
                }
            }
        }
        return deadlines;
    }

    private static boolean isDate(String written) {
        try {
            return written.length() >= 10
                    && LocalDate.parse(written.substring(0, 10)).getYear() > 2000;
        } catch (DateTimeException e) {
            return false;
        }
    }

    Set<String> cpv() throws XPathExpressionException {
        String classification = "cac:ProcurementProject/*[self::cac:MainCommodityClassification or "
                + "self::cac:AdditionalCommodityClassification]/cbc:ItemClassificationCode";
        var codes = texts("/*/" + classification);
        codes.addAll(texts("/*/cac:ProcurementProjectLot/" + classification));
        codes.removeIf(code -> !code.matches("\\d{8}"));
        return codes;
    }

    Set<String> nuts() throws XPathExpressionException {
        return texts("//cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode");
    }

    /** Of the procedure; language as two letters. */
    Map<String, String> titles() throws XPathExpressionException {
        var titles = new LinkedHashMap<String, String>();
        for (Element name : elements("/*/cac:ProcurementProject/cbc:Name")) {
            String title = text("normalize-space()", name);
            if (!title.isEmpty()) {
                titles.put(twoLetters(name.getAttribute("languageID")), title);
            }
        }
        return titles;
    }

    Set<String> lotTitles() throws XPathExpressionException {
        return texts("/*/cac:ProcurementProjectLot/cac:ProcurementProject/cbc:Name");
    }

    public String procedure() throws XPathExpressionException {
        return text("/*/cbc:ContractFolderID", document);
    }

    public String publicationNumber() throws XPathExpressionException {
        return text("/*/" + EXTENSION + "/efac:Publication/efbc:NoticePublicationID", document)
                .replaceFirst("^0+", "");
    }

    public String noticeId() throws XPathExpressionException {
        return text("/*/cbc:ID", document);
    }

    /** The first buyer's name in the notice's language. */
    String buyer() throws XPathExpressionException {
        String language = text("/*/cbc:NoticeLanguageCode", document);
        String id = text("/*/cac:ContractingParty[1]/cac:Party/cac:PartyIdentification/cbc:ID", document);
        return text(
                "normalize-space(/*/%s/efac:Organizations/efac:Organization/efac:Company[cac:PartyIdentification/cbc:ID='%s']/cac:PartyName/cbc:Name[@languageID='%s'])"
                        .formatted(EXTENSION, id, language),
                document);
    }

    String documents() throws XPathExpressionException {
        String reference = "/*/cac:ProcurementProjectLot/cac:TenderingTerms/cac:CallForTendersDocumentReference";
        String address = "/cac:Attachment/cac:ExternalReference/cbc:URI";
        String free =
                text("(" + reference + "[not(cbc:DocumentType='restricted-document')]" + address + ")[1]", document);
        return free.isEmpty() ? text("(" + reference + address + ")[1]", document) : free;
    }

    Set<String> submissionLanguages() throws XPathExpressionException {
        var languages = new LinkedHashSet<String>();
        for (String code : texts("/*/cac:ProcurementProjectLot/cac:TenderingTerms/cac:Language/cbc:ID")) {
            if (code.matches("[A-Z]{3}")) {
                languages.add(twoLetters(code));
            }
        }
        return languages;
    }

    private static String twoLetters(String three) {
        for (Locale locale : Locale.getAvailableLocales()) {
            if (locale.getISO3Language().equalsIgnoreCase(three)) {
                return locale.getLanguage();
            }
        }
        return three;
    }

    private Set<String> texts(String path) throws XPathExpressionException {
        var texts = new LinkedHashSet<String>();
        for (Element element : elements(path)) {
            String text = element.getTextContent().strip();
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private List<Element> elements(String path) throws XPathExpressionException {
        var nodes = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private String text(String path, Node from) throws XPathExpressionException {
        return xpath.evaluate(path, from).strip();
    }
}
