package coop.vigie.bench;

import coop.vigie.parse.EformsNamespaces;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Reads an eForms notice as one would with what the JDK has: a tree, and an XPath for each field, compiled once. */
final class EformsTree {

    private static final String EXTENSION =
            "/*/ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/";
    private static final String COMPANY = EXTENSION + "efac:Organizations/efac:Organization/efac:Company";
    private static final String LOT = "/*/cac:ProcurementProjectLot";
    private static final String PERIOD = "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/";

    private final DocumentBuilder trees;
    private final XPath xpath = XPathFactory.newDefaultInstance().newXPath();
    private final Map<String, XPathExpression> compiled = new HashMap<>();

    EformsTree() {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            trees = factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        xpath.setNamespaceContext(new EformsNamespaces());
    }

    void read(byte[] bytes, Sum sum) throws Exception {
        Document document = trees.parse(new ByteArrayInputStream(bytes));
        String number =
                text(document, EXTENSION + "efac:Publication/efbc:NoticePublicationID[@schemeName='ojs-notice-id']");
        String buyer = text(document, "/*/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID");
        Map<String, String> companies = new HashMap<>();
        for (Node company : nodes(document, COMPANY)) {
            companies.put(text(company, "cac:PartyIdentification/cbc:ID"), text(company, "cac:PartyName/cbc:Name"));
        }
        var deadlines = new TreeSet<String>();
        for (Node lot : nodes(document, LOT)) {
            deadlines.add("%s %s %s"
                    .formatted(
                            text(lot, "cbc:ID"),
                            text(lot, PERIOD + "cbc:EndDate").substring(0, 10),
                            text(lot, PERIOD + "cbc:EndTime").substring(0, 5)));
        }
        // What we read beside: its type, its languages, its day, and the words of the whole and of each lot.
        for (String field : List.of(
                "/*/cbc:NoticeTypeCode",
                "/*/cbc:NoticeLanguageCode",
                "/*/cbc:IssueDate",
                "/*/cbc:VersionID",
                "/*/cbc:ID")) {
            text(document, field);
        }
        text(document, "/*/cac:ProcurementProject/cbc:Description");
        for (String field : List.of("cbc:Name", "cbc:Description", "cbc:ProcurementTypeCode")) {
            texts(document, LOT + "/cac:ProcurementProject/" + field);
        }
        sum.add(
                facts(
                        text(document, "/*/cbc:ContractFolderID"),
                        companies.getOrDefault(buyer, ""),
                        String.join(",", deadlines),
                        texts(document, "//cac:MainCommodityClassification/cbc:ItemClassificationCode"),
                        texts(document, "//cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode")),
                number.replaceFirst("^0+", ""),
                text(document, "/*/cac:ProcurementProject/cbc:Name"));
    }

    /** What both ways of reading must agree on. */
    static String facts(
            String procedure, String buyer, String deadlines, Collection<String> cpv, Collection<String> places) {
        return String.join(
                "|", procedure, buyer, deadlines, new TreeSet<>(cpv).toString(), new TreeSet<>(places).toString());
    }

    private XPathExpression expression(String path) throws XPathExpressionException {
        XPathExpression known = compiled.get(path);
        if (known == null) {
            known = xpath.compile(path);
            compiled.put(path, known);
        }
        return known;
    }

    private String text(Node within, String path) throws XPathExpressionException {
        return expression(path).evaluate(within).strip();
    }

    private List<Node> nodes(Node within, String path) throws XPathExpressionException {
        var found = (NodeList) expression(path).evaluate(within, XPathConstants.NODESET);
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < found.getLength(); i++) {
            nodes.add(found.item(i));
        }
        return nodes;
    }

    private List<String> texts(Node within, String path) throws XPathExpressionException {
        return nodes(within, path).stream()
                .map(each -> each.getTextContent().strip())
                .toList();
    }
}
