package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real and official notices, read by the parser and by an {@link EformsOracle}: both must say the same. */
class EformsOracleTest {

    private final EformsParser parser = new EformsParser();

    @TestFactory
    Stream<DynamicTest> readsTheExamplesOfTheSdk_asTheOracleDoes() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        try (FileSystem jar = FileSystems.newFileSystem(sdk(), (ClassLoader) null)) {
            for (Path file : xmlFiles(jar.getPath("/eforms-sdk/examples/notices"))) {
                byte[] bytes = Files.readAllBytes(file);
                String name = String.valueOf(file.getFileName());
                tests.add(DynamicTest.dynamicTest(name, () -> compare(name, bytes)));
            }
        }
        assertEquals(92, tests.size());
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> readsPublishedNotices_asTheOracleDoes() throws Exception {
        return xmlFiles(Corpus.require("sources/eforms")).stream()
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()),
                        () -> compare(String.valueOf(file.getFileName()), Files.readAllBytes(file))));
    }

    @Test
    void computesDeadlinesThatMakeSense_onPublishedNotices() throws Exception {
        for (Path file : xmlFiles(Corpus.require("sources/eforms/published"))) {
            Notice notice = parse(file.toString(), Files.readAllBytes(file))
                    .notices()
                    .getFirst()
                    .notice();
            Instant published = Objects.requireNonNull(notice.published());
            Deadline deadline = notice.deadline(published);
            Instant closes = notice.closes();

            assertEquals(
                    notice.deadlines().isEmpty(),
                    !(deadline instanceof Deadline.Dated),
                    () -> file + " has " + notice.deadlines() + " but " + deadline);
            if (deadline instanceof Deadline.Dated dated) {
                assertFalse(dated.instant().isAfter(Objects.requireNonNull(closes)), file::toString);
            } else {
                assertEquals(null, closes, file::toString);
            }
        }
    }

    private void compare(String name, byte[] bytes) throws Exception {
        var oracle = new EformsOracle(bytes);
        Parsed parsed = parse(name, bytes);
        if (oracle.noticeId().isEmpty() && oracle.publicationNumber().isEmpty()) {
            assertTrue(Objects.requireNonNull(parsed.failure()).contains("notice id"), parsed::toString);
            return;
        }
        assertEquals(null, parsed.failure());
        assertEquals(1, parsed.notices().size());
        Notice notice = parsed.notices().getFirst().notice();
        Map<String, String> titles = oracle.titles();
        assertAll(
                name,
                () -> assertEquals(oracle.deadlines(), deadlines(notice), "deadlines"),
                () -> assertEquals(oracle.cpv(), new LinkedHashSet<>(notice.cpv()), "cpv"),
                () -> {
                    if (!oracle.nuts().isEmpty()) {
                        assertEquals(oracle.nuts(), new LinkedHashSet<>(notice.places()), "places");
                    }
                },
                () -> {
                    if (!titles.isEmpty()) {
                        assertEquals(titles, notice.title().byLanguage(), "titles");
                    } else {
                        assertTrue(
                                !oracle.lotTitles().isEmpty()
                                        || !parsed.warnings().isEmpty(),
                                "title from nowhere");
                    }
                },
                () -> {
                    String all = notice.text().byLanguage() + " " + notice.title();
                    for (String lot : oracle.lotTitles()) {
                        assertTrue(all.contains(lot) || titles.containsValue(lot.replaceAll("\\s+", " ")), lot);
                    }
                },
                () -> assertEquals(oracle.procedure(), Objects.requireNonNullElse(notice.procedure(), "")),
                () -> {
                    if (!oracle.publicationNumber().isEmpty()) {
                        assertEquals(oracle.publicationNumber(), notice.id().nativeId());
                    } else {
                        assertTrue(notice.id().nativeId().startsWith(oracle.noticeId() + "-0"));
                    }
                },
                () -> {
                    if (!oracle.buyer().isEmpty()) {
                        assertTrue(
                                Objects.requireNonNullElse(notice.buyer(), "").startsWith(oracle.buyer()),
                                notice.buyer());
                    }
                },
                () -> {
                    if (oracle.documents().startsWith("http")) {
                        assertEquals(oracle.documents(), notice.documents(), "documents");
                    }
                },
                () -> assertEquals(
                        oracle.submissionLanguages(), new LinkedHashSet<>(notice.submissionLanguages()), "languages"));
    }

    private Parsed parse(String name, byte[] bytes) {
        return parser.parse(EformsParserTest.payload(name, bytes), EformsParserTest.CONTEXT);
    }

    private static Set<List<String>> deadlines(Notice notice) {
        var deadlines = new LinkedHashSet<List<String>>();
        for (LotDeadline deadline : notice.deadlines()) {
            deadlines.add(List.of(
                    deadline.role().code(),
                    Objects.requireNonNullElse(deadline.lot(), ""),
                    deadline.date().toString(),
                    Objects.toString(deadline.time(), ""),
                    Objects.toString(deadline.offset(), "")));
        }
        return deadlines;
    }

    private static List<Path> xmlFiles(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    /** The SDK's jar on the test classpath. */
    private static Path sdk() {
        String notice = Objects.requireNonNull(
                        EformsOracleTest.class.getResource("/eforms-sdk/examples/notices/cn_24_minimal.xml"))
                .toString();
        return Path.of(URI.create(notice.substring("jar:".length(), notice.indexOf('!'))));
    }
}
