package coop.vigie.inbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Returned mails of many servers, with what a reader of bounces made by others says of them. */
class BouncesCorpusTest {

    private static final boolean SHOW = System.getProperty("vigie.show") != null;
    private static final double FLOOR = 0.95;

    @Test
    void mailsAreSortedAsExpected() throws IOException {
        Path suite = Corpus.require("bounces");
        int right = 0;
        int all = 0;
        for (String line : Files.readAllLines(suite.resolve("expectations.jsonl"))) {
            JsonNode row = new ObjectMapper().readTree(line);
            if (row.path("expected").isNull()) {
                continue;
            }
            all++;
            Reading reading = MailReader.read(
                            Files.readAllBytes(suite.resolve(row.path("file").asText())))
                    .reading();
            if (expected(row.path("expected")).contains(reading.kind())) {
                right++;
            } else if (SHOW) {
                System.out.println("SHOW " + line + "\n     " + reading.kind() + " " + reading.recipients());
            }
        }
        System.out.println("| bounces: kind of mail | " + right + "/" + all + " |");
        assertTrue(right >= FLOOR * all, right + " of " + all);
    }

    /** The worst recipient decides. A report of failed authentication is no reader's complaint. */
    private static Set<Kind> expected(JsonNode recipients) {
        if (recipients.isEmpty()) {
            return Set.of(Kind.OTHER, Kind.AUTO_REPLY);
        }
        if (any(recipients, "hardbounce", "true")) {
            return Set.of(Kind.HARD);
        }
        if (any(recipients, "reason", "feedback")) {
            boolean reader = !any(recipients, "feedback", "auth-failure") && !any(recipients, "feedback", "dmarc");
            return reader ? Set.of(Kind.COMPLAINT, Kind.UNSUBSCRIBE) : Set.of(Kind.OTHER);
        }
        if (any(recipients, "reason", "vacation")) {
            return Set.of(Kind.AUTO_REPLY);
        }
        return any(recipients, "reason", "delivered") ? Set.of(Kind.OTHER) : Set.of(Kind.SOFT);
    }

    private static boolean any(JsonNode recipients, String field, String value) {
        return StreamSupport.stream(recipients.spliterator(), false)
                .anyMatch(each -> each.path(field).asText().equals(value));
    }
}
