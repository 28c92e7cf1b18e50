package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives and folders, from disk and over the network. */
@Timeout(20)
class ArchiveTest {

    private static final Limits SMALL = new Limits(Duration.ofSeconds(10), 50_000, 1_000_000, 10_000, 100_000);

    @TempDir
    Path folder;

    private final Fetcher fetcher = new Fetcher("x@example.org");

    @AfterEach
    void close() {
        fetcher.close();
    }

    /** What came out: positions with their content, what was skipped, and how it ended. */
    private record Contents(Map<String, String> texts, List<Skipped> skipped, boolean failed, String failure) {}

    private static Contents contents(FetchOutcome outcome) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Payloads payloads =
                assertInstanceOf(Fetched.class, outcome, outcome::toString).payloads()) {
            for (Payload each = payloads.next(); each != null; each = payloads.next()) {
                texts.put(each.position(), new String(each.bytes(), StandardCharsets.UTF_8));
            }
            String failure = payloads.failure();
            return new Contents(texts, payloads.skipped(), failure != null, failure == null ? "" : failure);
        }
    }

    private FetchOutcome fetch(Path path) {
        return fetcher.fetch(FetchRequest.of(path.toUri()).with(SMALL));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    // --- archives

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz", "tgz"})
    void givesOnePayloadPerFile_inOrder(String kind) throws IOException {
        Path archive = file(
                "a." + kind, archive(kind, Map.entry("b.xml", bytes("<b/>")), Map.entry("sub/a.xml", bytes("<a/>"))));

        Contents contents = contents(fetch(archive));

        assertEquals(List.of(), contents.skipped());
        assertEquals("", contents.failure());
        assertEquals(
                List.of("a." + kind + "!/b.xml", "a." + kind + "!/sub/a.xml"),
                List.copyOf(contents.texts().keySet()));
        assertEquals(List.of("<b/>", "<a/>"), List.copyOf(contents.texts().values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void leavesOutWhatIsNoDocument_andSaysWhatCouldHaveBeenOne(String kind) throws IOException {
        byte[] nested = archive("zip", Map.entry("x", bytes("x")));
        byte[] deep = archive("tar.gz", Map.entry("deeper.tar", archive("tar", Map.entry("x", bytes("x")))));
        Path archive = file(
                "a." + kind,
                archive(
                        kind,
                        Map.entry("large.xml", new byte[10_001]),
                        Map.entry("nested.zip", nested),
                        Map.entry("deep.tar.gz", deep),
                        Map.entry("empty.gz", gzip(new byte[0])),
                        Map.entry("cut.gz", Arrays.copyOf(gzip(bytes("x")), 12)),
                        Map.entry(".DS_Store", bytes("x")),
                        Map.entry("__MACOSX/._a.xml", bytes("x")),
                        Map.entry("empty.xml", new byte[0]),
                        Map.entry("folder/", new byte[0]),
                        Map.entry("exact.xml", new byte[10_000]),
                        Map.entry("../../evil\n.xml", bytes("<harmless/>"))));

        Contents contents = contents(fetch(archive));

        String in = "a." + kind + "!/";
        assertEquals(
                List.of(
                        new Skipped(in + "large.xml", "larger than 10 kB"),
                        new Skipped(in + "nested.zip", "an archive inside an archive"),
                        new Skipped(in + "deep.tar.gz!/deeper.tar", "an archive inside an archive"),
                        new Skipped(in + "empty.gz", "empty"),
                        new Skipped(in + "cut.gz", "it is cut short"),
                        new Skipped(in + "empty.xml", "empty")),
                contents.skipped());
        assertEquals(
                List.of(in + "exact.xml", in + "../../evil?.xml"),
                List.copyOf(contents.texts().keySet()));
        try (Stream<Path> all = Files.walk(folder)) {
            assertEquals(2, all.count(), "the folder and the archive, nothing was written");
        }
    }

    // --- archives in an archive, as TED's months hold its days

    private byte[] day(int number, int notices) throws IOException {
        List<Map.Entry<String, byte[]>> files = new ArrayList<>();
        for (int i = 1; i <= notices; i++) {
            files.add(Map.entry("%03d_2024.xml".formatted(100 * number + i), bytes("<n" + (100 * number + i) + "/>")));
        }
        return archive("tar.gz", files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void readsTheDaysInAMonth_inOrder_beyondTheSizeOfAnEntry(String kind) throws IOException {
        byte[] noise = new byte[9_000];
        byte[] otherNoise = new byte[9_000];
        new Random(5).nextBytes(noise);
        new Random(6).nextBytes(otherNoise);
        byte[] large = archive("tar.gz", Map.entry("a.xml", noise), Map.entry("b.xml", otherNoise));
        byte[] month = archive(
                kind,
                Map.entry("01/20240102_001.tar.gz", day(1, 2)),
                Map.entry("large.tar.gz", large),
                Map.entry("plain.xml", bytes("<plain/>")),
                Map.entry("alone.xml.gz", gzip(bytes("<alone/>"))),
                Map.entry("day.tar", archive("tar", Map.entry("t.xml", bytes("<t/>")))));
        assertTrue(large.length > SMALL.maxEntryBytes());

        Contents contents = contents(fetch(file("month." + kind, month)));

        String in = "month." + kind + "!/";
        assertEquals("", contents.failure());
        assertEquals(List.of(), contents.skipped());
        assertEquals(
                List.of(
                        in + "01/20240102_001.tar.gz!/101_2024.xml",
                        in + "01/20240102_001.tar.gz!/102_2024.xml",
                        in + "large.tar.gz!/a.xml",
                        in + "large.tar.gz!/b.xml",
                        in + "plain.xml",
                        in + "alone.xml.gz",
                        in + "day.tar!/t.xml"),
                List.copyOf(contents.texts().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void readsTheOtherDays_andFails_whenOneIsCutShort(String kind) throws IOException {
        byte[] cut = archive("tar", Map.entry("201.xml", bytes("<n201/>")), Map.entry("202.xml", bytes("<n202/>")));
        byte[] month = archive(
                kind,
                Map.entry("1.tar.gz", day(1, 1)),
                Map.entry("2.tar.gz", gzip(Arrays.copyOf(cut, 1_030))),
                Map.entry("3.tar.gz", gzip(Arrays.copyOf(cut, 1_030))),
                Map.entry("4.tar.gz", day(4, 1)));

        Contents contents = contents(fetch(file("month." + kind, month)));

        String in = "month." + kind + "!/";
        assertEquals(
                List.of("<n101/>", "<n201/>", "<n201/>", "<n401/>"),
                List.copyOf(contents.texts().values()));
        assertTrue(contents.failure().startsWith(in + "2.tar.gz broke off at or after 201.xml"), contents::failure);
        assertEquals(
                List.of(in + "3.tar.gz"),
                contents.skipped().stream().map(Skipped::position).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void stops_whenTheDaysTogetherUnpackToTooMuch(String kind) throws IOException {
        List<Map.Entry<String, byte[]>> days = new ArrayList<>();
        for (int day = 0; day < 9; day++) {
            List<Map.Entry<String, byte[]>> files = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                files.add(Map.entry(i + ".xml", new byte[9_000]));
            }
            days.add(Map.entry(day + ".tar.gz", archive("tar.gz", files)));
        }

        Contents contents = contents(fetch(file("bomb." + kind, archive(kind, days))));

        assertTrue(contents.texts().size() <= 44, () -> contents.texts().size() + " files");
        assertTrue(contents.failure().contains("unpacks to more than 400 kB"), contents::failure);
    }

    @Test
    void neverThrows_whateverIsFlippedInADayOfAMonth() throws IOException {
        Random random = new Random(13);
        byte[] day = archive("tar", Map.entry("1.xml", bytes("<one/>")), Map.entry("2.xml", bytes("<two/>")));
        for (int round = 0; round < 150; round++) {
            byte[] broken = round % 2 == 0 ? day.clone() : gzip(day);
            for (int i = 0; i < 4; i++) {
                broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt();
            }
            byte[] month = archive("tar", Map.entry("1.tar", broken), Map.entry("last.xml", bytes("<last/>")));
            Contents contents = contents(fetch(file("month.tar", month)));
            assertTrue(contents.texts().containsValue("<last/>"), contents::toString);
        }
    }

    @Test
    void readsAPackageThatIsCalledByItsNumberAlone() throws IOException {
        Contents contents = contents(fetch(file("202600136", day(1, 1))));

        assertEquals(List.of("<n101/>"), List.copyOf(contents.texts().values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void stops_whenTheArchiveUnpacksToTooMuch(String kind) throws IOException {
        List<Map.Entry<String, byte[]>> bomb = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            bomb.add(Map.entry("%02d.xml".formatted(i), new byte[9_000]));
        }

        Contents contents = contents(fetch(file("bomb." + kind, archive(kind, bomb))));

        assertTrue(contents.texts().size() <= 11, () -> contents.texts().size() + " files");
        assertTrue(contents.failure().contains("unpacks to more than 100 kB"), contents::failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void stops_whenOneEntryIsABomb(String kind) throws IOException {
        byte[] bomb = archive(kind, Map.entry("bomb.xml", new byte[30_000_000]), Map.entry("z.xml", bytes("<z/>")));

        Contents contents = contents(fetch(file("bomb." + kind, bomb)));

        // a zip's table lets us step over the bomb; a tar can only be read through
        assertEquals(kind.equals("zip"), contents.texts().size() == 1, contents::toString);
        assertEquals(kind.equals("zip"), !contents.failed(), contents::toString);
    }

    @Test
    void stops_whenATarHeaderIsABomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            longName.setSize(5_000_000);
            tar.putArchiveEntry(longName);
            tar.write(new byte[5_000_000]);
            tar.closeArchiveEntry();
        }
        Path archive = file("a.tar.gz", gzip(bytes.toByteArray()));

        Contents contents = contents(fetcher.fetch(FetchRequest.of(archive.toUri())));

        assertTrue(contents.failed());
        assertEquals(Map.of(), contents.texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void keepsWhatCameBefore_whenTheArchiveIsCutAnywhere(String kind) throws IOException {
        List<Map.Entry<String, byte[]>> files = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 5; i++) {
            byte[] noise = new byte[2_000];
            random.nextBytes(noise);
            noise[0] = '<';
            files.add(Map.entry(i + ".xml", noise));
        }
        byte[] whole = archive(kind, files);
        int most = 0;

        for (int length = 600; length < whole.length - 1_100; length += 331) {
            Path cut = file("cut." + kind, Arrays.copyOf(whole, length));
            Contents contents = contents(fetch(cut));
            assertTrue(contents.failure().startsWith("cut." + kind + " broke off "), contents::failure);
            most = Math.max(most, contents.texts().size());
        }

        assertTrue(most >= 4, "most of it is read when only the end is missing, not " + most);
    }

    @Test
    void reportsAZipCutExactlyBetweenTwoFiles() throws IOException {
        byte[] whole = archive("zip", Map.entry("1.xml", bytes("<one/>")), Map.entry("2.xml", bytes("<two/>")));
        int second = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 4);

        Contents contents = contents(fetch(file("cut.zip", Arrays.copyOf(whole, second))));

        assertEquals(List.of("<one/>"), List.copyOf(contents.texts().values()));
        assertEquals("cut.zip broke off at or after 1.xml: it is cut short.", contents.failure());
    }

    @Test
    void reportsATarCutExactlyBetweenTwoFiles() throws IOException {
        byte[] whole = archive("tar", Map.entry("1.xml", bytes("<one/>")), Map.entry("2.xml", bytes("<two/>")));

        Contents contents = contents(fetch(file("cut.tar", Arrays.copyOf(whole, 1_024))));

        assertEquals(List.of("<one/>"), List.copyOf(contents.texts().values()));
        assertTrue(contents.failed());
    }

    @Test
    void goesOn_whenOneEntryOfAZipIsDamaged() throws IOException {
        byte[] noise = new byte[3_000];
        new Random(3).nextBytes(noise);
        byte[] zip = archive(
                "zip",
                Map.entry("1.xml", bytes("<one/>")),
                Map.entry("2.bin", noise),
                Map.entry("3.xml", bytes("<three/>")));
        int second = new String(zip, StandardCharsets.ISO_8859_1).indexOf("2.bin");
        for (int i = 0; i < 50; i++) {
            zip[second + 1_000 + i] ^= 0x55;
        }

        Contents contents = contents(fetch(file("a.zip", zip)));

        assertEquals(List.of("<one/>", "<three/>"), List.copyOf(contents.texts().values()));
        assertEquals("a.zip!/2.bin", contents.skipped().getFirst().position());
        assertFalse(contents.failed());
    }

    @Test
    void neverThrows_whateverIsFlippedInAnArchive() throws IOException {
        Random random = new Random(11);
        for (String kind : List.of("zip", "tar", "tar.gz")) {
            byte[] whole = archive(kind, Map.entry("1.xml", bytes("<one/>")), Map.entry("2.xml", bytes("<two/>")));
            for (int round = 0; round < 150; round++) {
                byte[] broken = whole.clone();
                for (int i = 0; i < 4; i++) {
                    broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt();
                }
                FetchOutcome outcome = fetch(file("broken." + kind, broken));
                if (outcome instanceof Fetched) {
                    contents(outcome);
                }
            }
        }
    }

    @Test
    void readsASingleCompressedFile() throws IOException {
        assertEquals(
                Map.of("a.xml.gz", "<a/>"),
                contents(fetch(file("a.xml.gz", gzip(bytes("<a/>"))))).texts());
        assertFailed(Failed.Reason.TOO_LARGE, fetch(file("bomb.xml.gz", gzip(new byte[5_000_000]))));
    }

    @Test
    void takesASpreadsheetForADocument() throws IOException {
        Path sheet = file("a.xlsx", archive("zip", Map.entry("x", bytes("x"))));

        assertEquals(
                List.of("a.xlsx"), List.copyOf(contents(fetch(sheet)).texts().keySet()));
    }

    // --- files and folders

    @Test
    void fails_whenThereIsNothingToRead() throws IOException {
        assertFailed(Failed.Reason.MISSING_FILE, fetch(folder.resolve("missing.xml")));
        assertFailed(Failed.Reason.EMPTY, fetch(folder));
        assertFailed(Failed.Reason.EMPTY, fetch(file("empty.xml", "")));
        assertFailed(Failed.Reason.TOO_LARGE, fetch(file("large.xml", new byte[50_001])));
        assertFailed(Failed.Reason.BROKEN_ARCHIVE, fetch(file("page.zip", "<html>Sorry</html>")));
        assertFailed(Failed.Reason.BROKEN_ARCHIVE, fetch(file("cut.xml.gz", Arrays.copyOf(gzip(bytes("<a/>")), 12))));
        assertFailed(
                Failed.Reason.UNREADABLE_FILE,
                fetcher.fetch(FetchRequest.of(Path.of("/dev/null").toUri())));
    }

    private static void assertFailed(Failed.Reason reason, FetchOutcome outcome) {
        assertEquals(
                reason,
                assertInstanceOf(Failed.class, outcome, outcome::toString).reason(),
                outcome::toString);
    }

    @Test
    void readsAFolderWithItsArchives_sortedByPath() throws IOException {
        file("b.xml", "<b/>");
        file("a/2.xml", "<a2/>");
        file("a/pack.zip", archive("zip", Map.entry("in.xml", bytes("<in/>"))));
        file("a/broken.zip", "no zip");
        file("large.xml", new byte[10_001]);
        file("empty.xml", "");
        file(".hidden/x.xml", "<x/>");
        file("a/.x.xml", "<x/>");

        Contents contents = contents(fetch(folder));

        assertEquals(Map.of("a/2.xml", "<a2/>", "a/pack.zip!/in.xml", "<in/>", "b.xml", "<b/>"), contents.texts());
        assertEquals(
                List.of("a/2.xml", "a/pack.zip!/in.xml", "b.xml"),
                List.copyOf(contents.texts().keySet()));
        assertEquals(
                List.of("a/broken.zip", "empty.xml", "large.xml"),
                contents.skipped().stream().map(Skipped::position).toList());
        assertFalse(contents.failed());
    }

    @Test
    void doesNotFollowLinksOutOfTheFolder(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret.xml"), "<secret/>");
        file("a.xml", "<a/>");
        Files.createSymbolicLink(folder.resolve("out.xml"), outside.resolve("secret.xml"));
        Files.createSymbolicLink(folder.resolve("outside"), outside);
        Files.createSymbolicLink(folder.resolve("in.xml"), folder.resolve("a.xml"));

        Contents contents = contents(fetch(folder));

        assertEquals(Map.of("a.xml", "<a/>"), contents.texts());
        assertEquals(
                List.of("out.xml", "outside"),
                contents.skipped().stream().map(Skipped::position).sorted().toList());
    }

    @Test
    void isUnchanged_untilSomebodyTouchesAFile() throws IOException {
        Path file = file("a.xml", "<a/>");
        file("b.xml", "<b/>");
        Validators first = assertInstanceOf(Fetched.class, fetch(folder)).validators();
        FetchRequest again = FetchRequest.of(folder.toUri()).with(first);

        assertEquals(new Unchanged(0), fetcher.fetch(again));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertInstanceOf(Fetched.class, fetcher.fetch(again));
    }

    // --- over the network

    @Test
    void unpacksADownloadedArchive_andLeavesNoTemporaryFileBehind() throws IOException {
        long before = temporaryFiles();
        try (NastyServer server = new NastyServer()) {
            byte[] tar = archive("tar.gz", Map.entry("1.xml", bytes("<one/>")), Map.entry("2.xml", bytes("<two/>")));
            server.on("/daily/202600001", "200 OK|Content-Type: application/gzip", tar);
            server.on("/mislabelled.tar.gz", "200 OK|Content-Type: text/plain|Content-Encoding: gzip", tar);
            server.on("/page.html", "200 OK|Content-Type: text/html", tar);
            server.on("/cut.zip", "200 OK|Content-Type: application/zip", Arrays.copyOf(tar, 15));
            server.on("/map.xml.gz", "200 OK|Content-Type: application/x-gzip", gzip(bytes("<urlset/>")));

            Fetched fetched = assertInstanceOf(Fetched.class, fetch(server, "/daily/202600001"));
            Payload first = fetched.payloads().next();

            assertNotNull(first);
            assertNull(first.contentType());
            assertEquals(before + 1, temporaryFiles());
            fetched.payloads().close();
            assertEquals(
                    List.of("<one/>", "<two/>"),
                    List.copyOf(contents(fetch(server, "/mislabelled.tar.gz"))
                            .texts()
                            .values()));
            assertEquals(1, contents(fetch(server, "/page.html")).texts().size());
            assertFailed(Failed.Reason.BROKEN_ARCHIVE, fetch(server, "/cut.zip"));
            assertEquals(
                    List.of("<urlset/>"),
                    List.copyOf(contents(fetch(server, "/map.xml.gz")).texts().values()));
        }
        assertEquals(before, temporaryFiles());
    }

    @Test
    void stopsDownloading_whenTheArchiveIsTooLarge() throws IOException {
        long before = temporaryFiles();
        try (NastyServer server = new NastyServer()) {
            byte[] noise = new byte[1_500_000];
            new Random(1).nextBytes(noise);
            byte[] zip = archive("zip", Map.entry("noise.bin", noise));
            server.on("/a.zip", "200 OK|Content-Type: application/zip", zip);
            server.on("/b.zip", "200 OK|Content-Type: application/zip|Content-Length: " + zip.length, zip);

            assertFailed(Failed.Reason.TOO_LARGE, fetch(server, "/a.zip"));
            assertFailed(Failed.Reason.TOO_LARGE, fetch(server, "/b.zip"));
        }
        assertEquals(before, temporaryFiles());
    }

    private FetchOutcome fetch(NastyServer server, String path) {
        return fetcher.fetch(FetchRequest.of(server.uri(path))
                .with(SMALL)
                .withDelay(Duration.ZERO)
                .allowingPrivateNetwork());
    }

    /** Those of this process: others may be at work beside it. */
    private static long temporaryFiles() throws IOException {
        String start = "vigie-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start) && name.endsWith(".download"))
                    .count();
        }
    }

    // --- making archives

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static byte[] archive(String kind, Map.Entry<String, byte[]>... files) throws IOException {
        return archive(kind, Arrays.asList(files));
    }

    private static byte[] archive(String kind, List<Map.Entry<String, byte[]>> files) throws IOException {
        return switch (kind) {
            case "zip" -> zip(files);
            case "tar" -> tar(files);
            default -> gzip(tar(files));
        };
    }

    private static byte[] zip(List<Map.Entry<String, byte[]>> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(List<Map.Entry<String, byte[]>> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }
}
