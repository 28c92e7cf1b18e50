package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.deliver.Outbox;
import coop.vigie.index.Index;
import coop.vigie.index.Searcher;
import coop.vigie.notice.Call;
import coop.vigie.pipeline.IndexView;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A home with sources and sixty members, the real program on it, and what must hold of it whatever happened. */
final class KillHome implements AutoCloseable {

    private static final int MEMBERS = 60;

    private final Path scratch;
    private final Path home;
    final KillSources sources;
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");

    KillHome(Path scratch, Random random) throws IOException, InterruptedException {
        this.scratch = scratch;
        home = Files.createDirectories(scratch.resolve("home"));
        sources = new KillSources(home.resolve("notices"), random);
        Files.writeString(home.resolve("feeds.yaml"), sources.feedsYaml());
        Files.writeString(home.resolve("groups.yaml"), groups());
        complete("group", "import", home.resolve("groups.yaml").toString(), "--yes");
    }

    private static String groups() {
        var groups = new StringBuilder("groups:\n");
        List<List<String>> profiles = List.of(
                List.of("any: [théâtre, Bühnenbild]", "cpv: [\"92312100\"]"),
                List.of("any: [vertaling]", "query: \"translation OR traduction\""),
                List.of("any: [Bühnenbild, traduction]", "cpv: [\"92370000\"]"));
        for (int group = 0; group < profiles.size(); group++) {
            groups.append("""
                      - id: group-%1$d
                        name: { fr: "Groupe %1$d" }
                        axis: sector
                        languages: [fr, nl]
                        profiles:
                          - { id: one, %2$s }
                          - { id: two, scope: narrow, %3$s }
                        channels: [ { type: mail } ]
                        cadence: { every: day, at: "07:30" }
                        members:
                    """.formatted(
                    group, profiles.get(group).getFirst(), profiles.get(group).getLast()));
            for (int member = 0; member < MEMBERS; member++) {
                // Every third person is in two groups.
                if (member % 3 == group || (member % 9 == 0 && group == 2)) {
                    groups.append(
                            """
                                  - { mail: m%02d@example.org, language: %s, reads: [fr, en], status: active,
                                      consent: { how: form, date: 2026-10-01 } }
                            """.formatted(member, List.of("fr", "nl", "en").get(member % 3)));
                }
            }
        }
        return groups.toString();
    }

    Path data(String relative) {
        return home.resolve("data").resolve(relative);
    }

    /** Hours go by. */
    void later() {
        now = now.plus(Duration.ofHours(6));
    }

    Program start(String... words) throws IOException {
        return Program.start(home, scratch, now.toString(), words);
    }

    /** Runs a command to its end, which must be a good one. */
    void complete(String... words) throws IOException, InterruptedException {
        try (Program program = start(words)) {
            requireGood(program);
        }
    }

    /** Runs a command twice at the same time. */
    void completeTwice(String... words) throws IOException, InterruptedException {
        try (Program one = start(words);
                Program other = start(words)) {
            requireGood(one);
            requireGood(other);
        }
    }

    private static void requireGood(Program program) throws IOException, InterruptedException {
        int code = program.end();
        assertEquals(0, code, program::outputOrFailure);
        assertTrue(!program.output().contains("\tat "), program::outputOrFailure);
    }

    /** One round inside this process, where only what follows is about to be killed. */
    void fetchHere() {
        try (Vigie vigie = open()) {
            var report = vigie.fetch(vigie.catalogue().enabled(), false, done -> {});
            assertTrue(!report.inPart(), report::toString);
        }
    }

    private Vigie open() {
        return new Vigie(home, now, Map.of());
    }

    void databasesAreWhole() throws SQLException {
        for (String database : List.of("vigie.db", "members.db")) {
            if (Files.exists(data(database))) {
                assertEquals(List.of("ok"), query(database, "PRAGMA integrity_check"), database);
                assertEquals(List.of(), query(database, "PRAGMA foreign_key_check"), database);
            }
        }
    }

    /** After a completed round: everything offered is stored, once, in its newest wording; index and matches agree. */
    void everythingOfferedIsKnown() throws SQLException {
        var stored = new TreeMap<String, String>();
        try (Vigie vigie = open()) {
            List<String> calls = query("vigie.db", "SELECT id FROM call ORDER BY id");
            Map<String, Call> byId = vigie.calls().findAll(calls);
            for (String title : query("vigie.db", "SELECT body FROM notice")) {
                String words = title.replaceFirst("(?s).*?([TA]\\d{4}(?: w\\d+)? \\p{L}+).*", "$1");
                assertEquals(null, stored.put(words.substring(0, 5), words), "stored twice");
            }
            assertEquals(sources.offered(), stored, "notices in the store");
            assertEquals(
                    query("vigie.db", "SELECT DISTINCT call_id FROM notice ORDER BY call_id"),
                    calls,
                    "calls of notices");
            theIndexEqualsTheStore(vigie, byId);
            theMatchesAreThoseOfABruteForceRun(vigie, byId);
        }
    }

    private void theIndexEqualsTheStore(Vigie vigie, Map<String, Call> calls) throws SQLException {
        assertTrue(vigie.indexView().isUpToDate(), "the index is not up to date");
        var changes = new HashMap<String, String>();
        for (String row : query(
                "vigie.db", "SELECT call_id || ' ' || MAX(change) FROM change_log GROUP BY call_id ORDER BY call_id")) {
            changes.put(row.substring(0, row.lastIndexOf(' ')), row.substring(row.lastIndexOf(' ') + 1));
        }
        try (Index index = Index.openReadOnly(vigie.indexFolder());
                Searcher searcher = index.searcher()) {
            assertEquals(new TreeSet<>(calls.keySet()), searcher.ids(), "ids in the index");
            calls.forEach((id, call) -> {
                assertEquals(changes.get(id), Long.toString(searcher.change(id)), () -> "change of " + id);
                assertEquals(
                        call.withoutText(),
                        searcher.payload(id).map(IndexView::callOf).orElseThrow(),
                        () -> "what the index holds of " + id);
            });
        }
    }

    private void theMatchesAreThoseOfABruteForceRun(Vigie vigie, Map<String, Call> calls) {
        vigie.matching().bruteForce(now).forEach((profile, expected) -> {
            Set<String> open = vigie.matches().of(profile).keySet().stream()
                    .filter(id -> calls.get(id).isOpen(now))
                    .collect(Collectors.toSet());
            assertEquals(new TreeSet<>(expected), new TreeSet<>(open), () -> "matches of " + profile);
            assertTrue(!expected.isEmpty(), () -> profile + " would prove nothing");
        });
    }

    /** At any moment: no message is there twice, and every whole one is that of its edition. */
    void noMessageIsDoubled() throws IOException {
        var files = new HashMap<String, Path>();
        for (Path file : messages()) {
            assertEquals(null, files.put(read(file).id(), file), "the same Message-ID twice");
        }
    }

    /** After a completed run: ledger, editions and files say the same, and everybody knows all that matches now. */
    void everybodyWasToldOnce() throws IOException, SQLException {
        noMessageIsDoubled();
        try (Vigie vigie = open()) {
            var files = new HashMap<String, Message>();
            for (Path file : messages()) {
                Message message = read(file);
                files.put(message.id(), message);
            }
            var told = new ArrayList<String>();
            var delivered = new HashSet<String>();
            for (Outbox.Entry entry : vigie.outbox().list()) {
                assertEquals(
                        Outbox.State.SENT,
                        entry.state(),
                        () -> "edition " + entry.edition().id());
                Message message = files.get(entry.messageId());
                assertTrue(message != null, () -> "no file holds " + entry.messageId());
                delivered.add(message.id());
                assertEquals(entry.edition().recipient(), message.to());
                entry.edition().blocks().stream()
                        .filter(block -> block.name().telling())
                        .flatMap(block -> block.items().stream())
                        .forEach(item -> {
                            String title = item.call()
                                    .facts()
                                    .title()
                                    .byLanguage()
                                    .values()
                                    .iterator()
                                    .next();
                            assertTrue(message.text().contains(title), () -> title + " is not in " + message.id());
                            told.add(message.to() + " " + item.call().id() + " "
                                    + item.call().revision());
                        });
            }
            assertEquals(files.keySet(), delivered, "messages that no edition knows");
            assertEquals(told.size(), new HashSet<>(told).size(), "told twice");
            assertEquals(new TreeSet<>(told), new TreeSet<>(vigie.ledger().told()), "the ledger");
            assertEquals(List.of(), query("members.db", "SELECT edition_id FROM ledger WHERE state <> 'told'"));
            nobodyMissesAnything(vigie);
        }
    }

    private void nobodyMissesAnything(Vigie vigie) {
        var matching = vigie.matching().bruteForce(now);
        vigie.groups()
                .all()
                .forEach(group -> group.profiles().forEach(profile -> {
                    Set<String> ids = matching.get(new coop.vigie.match.ProfileKey(group.id(), profile.id()));
                    Map<String, Call> calls = vigie.calls().findAll(ids);
                    group.members().forEach(member -> {
                        var known = vigie.ledger().latest(member.mail().value());
                        calls.forEach((id, call) -> {
                            assertTrue(known.containsKey(id), () -> member.mail() + " was never told " + id);
                            assertEquals(call.revision(), known.get(id).revision(), () -> member.mail() + " on " + id);
                        });
                    });
                }));
    }

    /** Nothing lies about that is not of the home. */
    void nothingIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            List<String> strange = files.filter(Files::isRegularFile)
                    .map(file -> home.resolve("data").relativize(file).toString())
                    .filter(name -> !name.matches("(vigie|members)\\.db(-wal|-shm)?|sending\\.lock"
                            + "|index/public/(write\\.lock|segments_\\w+|_\\w+\\.\\w+)|outbox/2026-[^/]*\\.eml"))
                    .toList();
            assertEquals(List.of(), strange, "left over");
        }
        // A kill while the native library is being unpacked leaves it; that is milliseconds of a run, not every kill.
        try (Stream<Path> files = Files.list(scratch.resolve("tmp"))) {
            List<Path> left = files.toList();
            assertTrue(left.size() <= 5, () -> "left over in the folder for temporary files: " + left);
        }
    }

    private List<Path> messages() throws IOException {
        if (!Files.isDirectory(data("outbox"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    private record Message(String id, String to, String text) {}

    private static Message read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var message = new MimeMessage(Session.getInstance(new Properties()), in);
            BodyPart plain = ((Multipart) message.getContent()).getBodyPart(0);
            return new Message(
                    message.getMessageID(),
                    message.getAllRecipients()[0].toString(),
                    String.valueOf(plain.getContent()).replaceAll("\\s+", " "));
        } catch (MessagingException broken) {
            throw new AssertionError(file + " is no whole message", broken);
        }
    }

    private List<String> query(String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data(database));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    @Override
    public void close() {
        sources.close();
    }
}
