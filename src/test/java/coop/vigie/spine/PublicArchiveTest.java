package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vigie export site} writes, keeps and removes, and what it never shows. */
class PublicArchiveTest {

    private static final String NOW = "2026-11-16T08:00:00Z";

    @TempDir
    private Path folder;

    private HomeInTest home;

    @BeforeEach
    void start() {
        home = new HomeInTest(folder, NOW);
        home.feeds(Entries.feed("appels", "file:appels.xml"));
        home.write(
                "appels.xml",
                Rss.of(
                        Rss.item("residence", "Résidence", "Théâtre. Date limite : 12 décembre 2026 à 17 h 00."),
                        Rss.item(
                                "bourse",
                                "Bourse &amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt;",
                                "Jusqu'au 20/12/2026.")));
        groups(true);
        home.fetch();
    }

    private void groups(boolean published) {
        home.groups(
                group("arts", "any: [\"résidence OR geheimwoord\"]", published),
                group("caché", "query: \"*\"", false).replace("caché", "closed"));
    }

    private static String group(String id, String profile, boolean published) {
        return Entries.group(
                        id,
                        profile,
                        "- { mail: anne.membre@example.org, name: \"Anne Membre\", language: fr, "
                                + "status: active, consent: { how: papier, date: 2026-10-01 } }%n".formatted())
                .replace(
                        "  members:",
                        "  public: %s%n  channels: [ { type: mail }, { type: webhook, url: \"${ENV:HOOK}\", preset: chat } ]%n  members:"
                                .formatted(published));
    }

    @Test
    void showsEditionsAndFeeds_ofPublicGroupsOnly_andNothingOfMembers() throws IOException {
        home.send();

        Ran exported = home.run("export", "site", "--base-url", "https://example.org/appels");

        assertEquals(0, exported.code(), exported::toString);
        Map<String, String> files = files("data/site");
        String page = files.keySet().stream()
                .filter(name -> name.matches("arts/2026-11-16_e\\d+-.*\\.html"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        ".vigie-site.json",
                        page,
                        "arts/atom.xml",
                        "arts/calls.ics",
                        "arts/editions.json",
                        "arts/feed.json",
                        "index.html"),
                List.copyOf(files.keySet()));
        assertTrue(files.get("index.html").contains("href=\"" + page + "\""), files.get("index.html"));
        assertEquals("fr", Jsoup.parse(files.get(page)).select("html").attr("lang"));
        assertTrue(files.get(page).contains("Résidence"), files.get(page));
        assertTrue(files.get("arts/atom.xml").contains("https://example.org/appels/arts/atom.xml"));
        for (var file : files.entrySet()) {
            for (String word : List.of(
                    "anne",
                    "Anne",
                    "membre@",
                    "Membre",
                    "geheimwoord",
                    "unsubscribe",
                    "\"recipient\"",
                    "HOOK",
                    "closed",
                    "Bourse")) {
                assertFalse(
                        file.getValue().contains(word) && !file.getKey().startsWith("."),
                        () -> word + " in " + file.getKey() + "\n" + file.getValue());
            }
        }
    }

    @Test
    void writesNothingAgain_andRemovesOnlyWhatIsItsOwn() throws IOException {
        home.send();
        home.run("export", "site", "--out", folder.resolve("www").toString());
        Map<String, String> before = files("www");
        Files.writeString(folder.resolve("www/arts/mine.html"), "somebody's");
        Files.writeString(folder.resolve("www/arts/feed.json"), "changed by hand");

        Ran again = home.at("2026-11-16T09:00:00Z")
                .run("export", "site", "--out", folder.resolve("www").toString());

        assertTrue(
                again.err().contains("1 file written, %d unchanged, 0 removed".formatted(before.size() - 2)),
                again::toString);
        assertEquals(before, without(files("www"), "arts/mine.html"));

        groups(false);
        Files.writeString(folder.resolve("www/arts/calls.ics"), "changed by hand");
        Ran closed = home.run("export", "site", "--out", folder.resolve("www").toString());

        assertEquals(
                List.of(".vigie-site.json", "arts/calls.ics", "arts/mine.html", "index.html"),
                List.copyOf(files("www").keySet()),
                closed::toString);
        assertTrue(closed.err().contains("No group is public yet"), closed.err());
    }

    private static Map<String, String> without(Map<String, String> files, String name) {
        files.remove(name);
        return files;
    }

    @Test
    void stopsBeforeItWritesOverSomebodyElsesFile_orPublishesTheHome() throws IOException {
        home.send();
        home.write("www/index.html", "somebody's");

        Ran refused = home.run("export", "site", "--out", folder.resolve("www").toString());

        assertEquals(3, refused.code(), refused::toString);
        assertTrue(refused.err().contains("index.html is there and is not ours"), refused.err());
        assertEquals(List.of("index.html"), List.copyOf(files("www").keySet()));
        for (String out : List.of(
                folder.toString(),
                folder.resolve("data").toString(),
                folder.getParent().toString())) {
            assertEquals(2, home.run("export", "site", "--out", out).code());
        }
        assertEquals(2, home.run("export", "site", "--base-url", "ftp://x").code());
    }

    private Map<String, String> files(String where) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path root = folder.resolve(where);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
