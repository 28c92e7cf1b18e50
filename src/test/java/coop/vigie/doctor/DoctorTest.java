package coop.vigie.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.VigieException;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.CommunicationException;
import javax.naming.NamingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    private static final Instant CLOCK = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    private Path home;

    @BeforeEach
    void makeAHome() throws IOException {
        write("feeds.yaml", "contact: \"vigie@coop.example.org\"\nsources: []\n");
        settle();
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    /** The clock of the test stands still: files are older than it. */
    private void settle() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(CLOCK.minusSeconds(60)));
            }
        }
    }

    private static List<String> nobody(String name) throws NamingException {
        throw new CommunicationException("nobody answers for " + name);
    }

    /** Every message that is not ok, with what it says. */
    private Map<String, List<String>> trouble() {
        return trouble(look(CLOCK, mail -> "fine", DoctorTest::nobody, false));
    }

    private static Map<String, List<String>> trouble(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() != Finding.Verdict.OK)
                .collect(Collectors.toMap(
                        finding -> finding.verdict().code() + " " + finding.message(),
                        Finding::arguments,
                        (one, other) -> one,
                        TreeMap::new));
    }

    private List<Finding> look(Instant clock, MailServer server, NameRecords records, boolean live) {
        return new Doctor(home, Map.of(), clock, server, records).look(live);
    }

    @Test
    void findsNothing_whenAllIsWell() {
        assertEquals(Map.of(), trouble());
    }

    @Test
    void explainsTheDutiesOfTheSendersDomain_withoutAskingAnybody() {
        List<String> duties = look(CLOCK, mail -> "fine", DoctorTest::nobody, false).stream()
                .filter(finding -> finding.message().endsWith(".duty"))
                .map(finding -> finding.check() + " " + finding.arguments())
                .toList();

        assertEquals(List.of("spf [coop.example.org]", "dkim [coop.example.org]", "dmarc [coop.example.org]"), duties);
    }

    @Test
    void writesNothing() throws IOException {
        Database.open(home.resolve("data"), Schema.PUBLIC).close();
        Database.open(home.resolve("data"), Schema.MEMBERS).close();
        Map<Path, String> before = tree();

        look(CLOCK, mail -> "fine", DoctorTest::nobody, false);

        assertEquals(before, tree());
    }

    @Test
    void looksAtAStoreThatIsInUse() throws IOException {
        try (Database open = Database.open(home.resolve("data"), Schema.PUBLIC)) {
            open.write(handle -> handle.execute("UPDATE change_counter SET value = 7"));
            settle();

            assertEquals(Map.of("warning index.unusable", List.of(indexFolder())), trouble());
        }
    }

    private String indexFolder() {
        return home.resolve("data/index/public").toString();
    }

    private Map<Path, String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            var tree = new TreeMap<Path, String>();
            for (Path file : files.toList()) {
                tree.put(file, Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
            return tree;
        }
    }

    @Test
    void reportsEveryProblemOfBothFiles() throws IOException {
        write("feeds.yaml", "sources: []\ncolour: red\n");
        write("vigie.yaml", "langages: [fr]\n");
        settle();

        List<Finding> problems = look(CLOCK, mail -> "fine", DoctorTest::nobody, false).stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.PROBLEM)
                .toList();

        assertEquals(3, problems.size(), problems::toString);
        assertTrue(problems.getFirst().arguments().getFirst().startsWith("feeds.yaml:"), problems::toString);
        assertTrue(problems.getLast().arguments().getFirst().startsWith("vigie.yaml:1:1"), problems::toString);
    }

    @Test
    void findsDamage_withoutHidingTheRest() throws IOException {
        write("data/vigie.db", "this is no database, whatever its name says".repeat(100));
        write("templates/digest.txt.ftl", "${subject");
        settle();

        assertEquals(
                List.of("problem store.damaged", "problem templates.broken"),
                List.copyOf(trouble().keySet()));
    }

    @Test
    void callsAStoreHeld_notDamaged_whenAnotherShutsUsOut() throws IOException, SQLException {
        Database.open(home.resolve("data"), Schema.PUBLIC).close();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/vigie.db"));
                var statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("UPDATE change_counter SET value = 7");
            settle();

            assertEquals(
                    Map.of(
                            "warning store.held",
                            List.of(home.resolve("data/vigie.db").toString())),
                    trouble());
        }
    }

    @Test
    void findsThatAStoreIsEmpty() throws IOException {
        Path store = write("data/vigie.db", "");
        settle();

        assertEquals(Map.of("problem store.empty", List.of(store.toString())), trouble());
    }

    @Test
    void asksForANewerProgram_whenTheStoreIsOfOne() throws IOException {
        try (Database database = Database.open(home.resolve("data"), Schema.MEMBERS)) {
            database.write(handle -> handle.execute("PRAGMA user_version = 99"));
        }
        settle();

        assertEquals(List.of("problem store.newer"), List.copyOf(trouble().keySet()));
    }

    @Test
    void doubtsAClockThatCannotBeRight() throws IOException {
        assertEquals(
                Map.of("problem clock.wrong", List.of("1970-01-01T00:00:09Z")),
                trouble(look(Instant.parse("1970-01-01T00:00:09Z"), mail -> "fine", DoctorTest::nobody, false)));

        Files.setLastModifiedTime(home.resolve("feeds.yaml"), FileTime.from(CLOCK.plusSeconds(3600)));

        assertEquals(Map.of("warning clock.behind", List.of(CLOCK.toString(), "feeds.yaml")), trouble());
    }

    @Test
    void saysWhatTheMailServerSays() throws IOException {
        write("vigie.yaml", "mail: { host: smtp.example.org, from: \"watch@mail.example.org\" }\n");
        settle();

        assertEquals(
                Map.of("problem mail.down", List.of("nobody listens")),
                trouble(look(
                        CLOCK,
                        mail -> {
                            throw new VigieException("nobody listens");
                        },
                        DoctorTest::nobody,
                        false)));
        assertTrue(look(CLOCK, mail -> mail.host() + " answers.", DoctorTest::nobody, false)
                .contains(Finding.ok("mail.ok", "smtp.example.org answers.")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=spf1 include:_spf.example.org -all         | v=DMARC1; p=none           | ''
            V=SPF1 -all; google-site-verification=1      | v=DMARC1; p=none           | ''
            ''                                           | v=DMARC1; p=reject         | spf.missing
            v=spf1 -all                                  | ''                         | dmarc.missing
            v=spf1 -all+v=spf1 +all                      | v=DMARC1; p=none           | spf.several
            some other text                              | v=DMARC1; p=none+v=DMARC1  | dmarc.several spf.missing
            """)
    void looksUpTheRecords_whenLive(String spf, String dmarc, String expected) {
        NameRecords records = name -> List.of((name.startsWith("_dmarc.") ? dmarc : spf).split("\\+(?=v)"));

        String warnings = look(CLOCK, mail -> "fine", records, true).stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.WARNING)
                .map(Finding::message)
                .sorted()
                .collect(Collectors.joining(" "));

        assertEquals(expected, warnings);
    }

    @Test
    void saysThatNobodyAnswers_whenTheNetworkIsAway() {
        List<Finding> findings = look(CLOCK, mail -> "fine", DoctorTest::nobody, true);

        assertEquals(
                List.of("warning dmarc.unknown", "warning spf.unknown"),
                List.copyOf(trouble(findings).keySet()));
    }
}
