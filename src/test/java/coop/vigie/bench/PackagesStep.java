package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Limits;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.Parsed;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads one archive in a process of its own, in one of two ways; prints what it took, and a sum over what was read. */
final class PackagesStep {

    private static final ParseContext CONTEXT = new ParseContext(
            new SourceId("ted"),
            Level.EUROPEAN,
            null,
            List.of(),
            List.of(),
            ZoneId.of("Europe/Brussels"),
            List.of(),
            List.of(),
            SourceOptions.NONE,
            Calls.NOW);

    private long notices;
    private long answer;

    private PackagesStep() {}

    /** @param arguments archive, {@code vigie} or {@code tree} */
    public static void main(String[] arguments) throws Exception {
        var step = new PackagesStep();
        long start = System.nanoTime();
        step.read(Path.of(arguments[0]), arguments[1].equals("vigie"));
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of(
                        "notices",
                        step.notices,
                        "millis",
                        millis,
                        "peakMegabytes",
                        Machine.peakMegabytes(),
                        "answer",
                        Long.toHexString(step.answer))));
    }

    private void read(Path file, boolean vigie) throws Exception {
        FetchRequest request = FetchRequest.of(file.toUri()).with(Limits.DEFAULT.withMaxBytes(1_000_000_000));
        try (var fetcher = new Fetcher("bench@example.org");
                Payloads payloads = ((Fetched) fetcher.fetch(request)).payloads()) {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            DocumentBuilder trees = factory.newDocumentBuilder();
            for (Payload each = payloads.next(); each != null; each = payloads.next()) {
                if (vigie) {
                    parsed(Parsers.of("eforms").parse(each, CONTEXT));
                } else {
                    tree(trees.parse(new ByteArrayInputStream(each.bytes())));
                }
            }
            if (payloads.failure() != null || !payloads.skipped().isEmpty()) {
                throw new IllegalStateException(payloads.failure() + " " + payloads.skipped());
            }
        }
    }

    private void parsed(Parsed parsed) {
        Notice notice = parsed.notices().getFirst().notice();
        Deadline.Dated deadline = (Deadline.Dated) notice.deadline(Calls.NOW);
        count(
                notice.id().nativeId(),
                notice.title().in(List.of()),
                deadline.date().toString());
    }

    /** Number, title and first date, as the shortest program would read them that knows both formats. */
    private void tree(Document document) {
        boolean old = document.getDocumentElement().getLocalName().equals("TED_EXPORT");
        String number = old
                ? document.getDocumentElement().getAttribute("DOC_ID")
                : texts(document, "NoticePublicationID").getFirst();
        String title = old
                ? texts(document, "TITLE").getFirst()
                : texts(project(document), "Name").getFirst();
        String date = texts(document, old ? "DATE_RECEIPT_TENDERS" : "EndDate").stream()
                .map(written -> written.substring(0, 10))
                .min(String::compareTo)
                .orElseThrow();
        count(number, title, date);
    }

    private static Element project(Document document) {
        for (Element each : elements(document.getDocumentElement(), "ProcurementProject")) {
            if (each.getParentNode().isSameNode(document.getDocumentElement())) {
                return each;
            }
        }
        throw new IllegalStateException("no ProcurementProject");
    }

    private static List<String> texts(Document document, String name) {
        return texts(document.getDocumentElement(), name);
    }

    private static List<String> texts(Element within, String name) {
        return elements(within, name).stream()
                .map(each -> each.getTextContent().strip())
                .toList();
    }

    private static List<Element> elements(Element within, String name) {
        NodeList found = within.getElementsByTagNameNS("*", name);
        return java.util.stream.IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private void count(String number, String title, String date) {
        notices++;
        answer += (number.replaceFirst("^0+", "") + "\n" + title + "\n" + date).hashCode() * 31L * notices;
    }
}
