package coop.vigie.parse;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no notice, is broken, or means harm: a sentence, never a notice and never an exception. */
class EformsRefusalTest {

    private final EformsParser parser = new EformsParser();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                            | an empty document, where an eForms notice was expected
            '  '                                                          | an empty document, where an eForms notice was expected
            <!doctype html><html><head><title>Sorry</title><br>           | an HTML page titled 'Sorry', where an eForms notice was expected
            <html lang="fr"><body>x</body></html>                         | an HTML page, where an eForms notice was expected
            <rss version="2.0"><channel/></rss>                           | an RSS feed, where an eForms notice was expected
            <feed xmlns="http://www.w3.org/2005/Atom"/>                   | an Atom feed, where an eForms notice was expected
            <TED_EXPORT xmlns="http://publications.europa.eu/TED_schema/Export"/> | an eForms notice with neither a publication number nor a notice id, by which it could be kept
            <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/> | a UBL document of type Invoice, where an eForms notice was expected
            <ContractNotice/>                                             | an XML document of type ContractNotice, where an eForms notice was expected
            """)
    void namesWhatItIsInstead(String document, String failure) {
        assertEquals(failure, failure(document));
    }

    @Test
    void namesLineAndColumn_whenItIsNoXml() {
        String failure = failure("{\"id\": 5}");

        assertTrue(failure.startsWith("an XML document that cannot be read beyond line 1, column 1: "), failure);
    }

    @Test
    void keepsNothing_whereverTheNoticeBreaksOff() {
        byte[] whole = EformsParserTest.fixture("belgian-nl-fr-with-lots.xml");
        int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8).length;

        for (int length = 1; length < end; length += 13) {
            Parsed parsed = parse(Arrays.copyOf(whole, length));

            assertEquals(List.of(), parsed.notices());
            String failure = Objects.requireNonNull(parsed.failure());
            assertTrue(
                    failure.matches("an XML document that cannot be read beyond line \\d+, column \\d+: .*"), failure);
        }
    }

    @Test
    void neverThrows_whateverBytesAreChanged() {
        byte[] whole = EformsParserTest.fixture("belgian-nl-fr-with-lots.xml");
        var random = new Random(20_241_011);

        for (int round = 0; round < 1_000; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Parsed parsed = parse(changed);
            assertTrue(parsed.failure() == null || parsed.notices().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <!DOCTYPE ContractNotice>
            <!DOCTYPE ContractNotice [<!ENTITY a "aaaa">]>
            <!DOCTYPE ContractNotice [<!ENTITY a SYSTEM "file:///etc/hostname">]>
            <!DOCTYPE ContractNotice SYSTEM "http://example.org/notice.dtd">
            """)
    void refusesEveryDoctype(String doctype) {
        String failure = failure(EformsParserTest.minimal().replace("<ContractNotice", doctype + "<ContractNotice"));

        assertTrue(failure.startsWith("an XML document with a DOCTYPE"), failure);
    }

    @Test
    void refusesUndeclaredEntities() {
        String failure = failure(EformsParserTest.minimal().replace("Theatre lighting", "Theatre &lighting;"));

        assertTrue(failure.endsWith("unknown entity &lighting;"), failure);
    }

    @Test
    void refusesAbsurdDepthAndSize() {
        String deep = EformsParserTest.minimal()
                .replace("</ContractNotice>", "<a>".repeat(200) + "</a>".repeat(200) + "</ContractNotice>");
        byte[] large = new byte[16 * 1024 * 1024];
        Arrays.fill(large, (byte) ' ');

        assertTrue(failure(deep).contains("deep"), failure(deep));
        assertTrue(failure(new String(large, StandardCharsets.US_ASCII)).contains("more than 15 MB"));
    }

    @TestFactory
    Stream<DynamicTest> attacksAreInert() throws Exception {
        Path folder = Corpus.require("xml-attacks");
        var documents = new LinkedHashMap<String, byte[]>();
        try (Stream<Path> files = Files.list(folder.resolve("defusedxml"))) {
            for (Path file : files.sorted().toList()) {
                documents.put(file.toString(), Files.readAllBytes(file));
            }
        }
        var mapper = new ObjectMapper();
        for (String line : Files.readAllLines(folder.resolve("payloadbox_xxe.jsonl"))) {
            String payload = mapper.readTree(line).path("payload").asText();
            documents.put(payload, payload.getBytes(StandardCharsets.UTF_8));
        }
        return documents.entrySet().stream()
                .map(document -> DynamicTest.dynamicTest(document.getKey(), () -> isInert(document.getValue())));
    }

    /** Alone it is no notice; pasted into one it either spoils it or stays text. */
    private void isInert(byte[] attack) {
        Parsed alone = assertTimeoutPreemptively(ofSeconds(2), () -> parse(attack));
        String pasted =
                EformsParserTest.minimal().replace("Theatre lighting", new String(attack, StandardCharsets.UTF_8));
        Parsed inside = assertTimeoutPreemptively(ofSeconds(2), () -> parse(pasted.getBytes(StandardCharsets.UTF_8)));

        assertEquals(List.of(), alone.notices());
        assertNotNull(alone.failure());
        assertEquals(inside.failure() == null, inside.notices().size() == 1);
    }

    private Parsed parse(byte[] document) {
        return parser.parse(EformsParserTest.payload("notice.xml", document), EformsParserTest.CONTEXT);
    }

    private String failure(String document) {
        Parsed parsed = parse(document.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), parsed.notices());
        return Objects.requireNonNull(parsed.failure());
    }
}
