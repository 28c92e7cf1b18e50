package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

class EformsParserTest {

    static final ParseContext CONTEXT = new ParseContext(
            new SourceId("ted"),
            Level.EUROPEAN,
            null,
            List.of(),
            List.of(),
            ZoneId.of("Europe/Brussels"),
            List.of(),
            List.of(),
            Instant.parse("2026-11-24T12:00:00Z"));

    static Payload payload(String name, byte[] bytes) {
        return new Payload(URI.create("https://example.org/notice.xml"), name, bytes, "application/xml");
    }
}
