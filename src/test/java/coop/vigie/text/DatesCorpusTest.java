package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Full dates with their year, in sentences of a third-party suite; feasts and relative dates are not ours. */
class DatesCorpusTest {

    private static final Set<String> LANGUAGES = Set.of("fr", "nl", "en-GB", "de");

    @Test
    void findsExplicitDates_inSentences() throws IOException {
        int found = 0;
        int all = 0;
        for (String line : Files.readAllLines(Corpus.require("dates/recognizers_text.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (!LANGUAGES.contains(entry.path("lang").asText()) || isUnsupported(entry)) {
                continue;
            }
            List<FoundDate> dates = DeadlineFinder.dates(entry.path("text").asText(), reference(entry), null);
            for (JsonNode entity : entry.path("entities")) {
                if (entity.path("explicit").asBoolean()
                        && isWrittenOut(entity.path("span").asText())) {
                    all++;
                    boolean hit = dates.stream().anyMatch(date -> isValue(date, entity.path("values")));
                    found += hit ? 1 : 0;
                    if (!hit && System.getProperty("vigie.show") != null) {
                        System.out.println(
                                "missed: " + entity.path("span") + " in " + entry.path("text") + " got " + dates);
                    }
                }
            }
        }
        System.out.printf("dates/recognizers explicit: %d of %d%n", found, all);
        assertTrue(found >= all * 0.8, found + " of " + all);
    }

    @Test
    void findsNothing_whereThereIsNoDate() throws IOException {
        int wrong = 0;
        int all = 0;
        for (String line : Files.readAllLines(Corpus.require("dates/recognizers_text.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (LANGUAGES.contains(entry.path("lang").asText())
                    && entry.path("entities").isEmpty()) {
                all++;
                List<FoundDate> dates = DeadlineFinder.dates(entry.path("text").asText(), reference(entry), null);
                wrong += dates.isEmpty() ? 0 : 1;
                if (!dates.isEmpty() && System.getProperty("vigie.show") != null) {
                    System.out.println("invented: " + dates + " in " + entry.path("text"));
                }
            }
        }
        System.out.printf("dates/recognizers negatives: %d of %d wrong%n", wrong, all);
        assertTrue(wrong <= all * 0.05, wrong + " of " + all);
    }

    /** The suite also calls "black friday 2010" and "two weeks before 13 May 1999" explicit. */
    private static boolean isWrittenOut(String span) {
        return span.matches(".*\\d.*")
                && !span.matches("(?i).*(vandaag|vanavond|week|weken|jaar|dagen|friday|semaine|jours|wochen|tage).*");
    }

    private static boolean isUnsupported(JsonNode entry) {
        return entry.path("not_supported_by").asText().split(",").length >= 4;
    }

    private static Instant reference(JsonNode entry) {
        String reference = entry.path("reference").asText();
        return reference.startsWith("2") ? LocalDateTime.parse(reference).toInstant(ZoneOffset.UTC) : Instant.EPOCH;
    }

    private static boolean isValue(FoundDate date, JsonNode values) {
        for (JsonNode value : values) {
            String text = value.path("value").asText();
            String expected = date.value() == null
                    ? "not resolved"
                    : date.value() + (text.length() > 10 && date.time() != null ? " " + date.time() : "");
            if (text.equals(expected) || text.equals(expected + ":00")) {
                return true;
            }
        }
        return false;
    }
}
