package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1: a source that goes quiet raises an alarm once, and is named until it speaks again. */
class AlarmsTest {

    @TempDir
    private Path folder;

    @Test
    void aSourceThatNeverDeliversRaisesOneAlarm_andRestsOnceSeen_andEndsWhenItSpeaks() throws IOException {
        try (var site = new Site()) {
            site.feed("/feed", Rss.of());
            var home = new HomeInTest(folder, "2026-11-02T08:00:00Z").feeds(Entries.feed("mute", site.url("/feed")));
            for (int day = 2; day <= 8; day++) {
                home.at("2026-11-0" + day + "T08:00:00Z").run("fetch", "--all");
            }
            assertEquals(1, home.outbox().size(), "one mail, however long it lasts");
            assertTrue(Files.readString(home.outbox().getFirst()).contains("mute"));

            HomeInTest.Ran quiet = home.run("sources", "quiet", "--format", "json");
            assertEquals(1, quiet.code(), quiet::toString);
            assertEquals("mute", quiet.json().at("/0/source").asText(), quiet::toString);
            assertEquals(1, home.run("status").code());

            assertEquals(
                    0,
                    home.run("sources", "ack", "mute", "--note", "asked them").code());
            assertEquals(0, home.run("sources", "quiet").code());
            JsonNode status = home.run("status", "--format", "json").json();
            assertEquals("quiet", status.at("/sources/0/health").asText(), status::toString);

            site.feed("/feed", Rss.of(Rss.item("a", "Appel", "Jusqu'au 15 décembre 2026.")));
            home.at("2026-11-09T08:00:00Z").run("fetch", "--all");
            assertEquals(
                    0, home.run("sources", "quiet", "--format", "json").json().size());
            assertEquals(1, home.outbox().size());
        }
    }
}
