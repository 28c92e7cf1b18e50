package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.group.Channel;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {

    @TempDir
    Path home;

    @Test
    void aChannelThatBreaks_isPutOff_andStopsNobody() {
        try (var members = Database.open(home, Schema.MEMBERS);
                var router = new Router(
                        new EmlFolder(home.resolve("outbox")),
                        home,
                        any -> Optional.of(new Channel.Folder("cloud")),
                        Map.of(),
                        new Outbox(members),
                        "vigie@example.org")) {
            Receipt receipt = router.send("folder:arts", "2026-11-24_e1", "{".getBytes(StandardCharsets.UTF_8));

            assertTrue(assertInstanceOf(Receipt.TryLater.class, receipt).why().contains("failed unexpectedly"));
        }
    }
}
