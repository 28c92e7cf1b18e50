package coop.vigie.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Full dates with their year, as third-party suites write them. Feasts and relative dates are not ours, nor is the American
 * order of day and month: of English only what is British or has its month in words.
 */
class DatesCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> LANGUAGES = Set.of("fr", "nl", "nl-BE", "en", "en-GB", "de");
    private static final Pattern RELATIVE = Pattern.compile(
            "(?i).*\\b(vandaag|vanavond|week|weken|weeks?|jaar|dagen|friday|semaines?|jours?|wochen?|tagen?|days?|patrick|nach|apr[eè]s|vor|avant).*");
    private static final Pattern NUMERIC = Pattern.compile(".*\\d[/.-]\\d{1,2}\\b.*");
    private static final Pattern FULL =
            Pattern.compile(".*(?:\\b\\d{1,2}\\D.*\\b(?:19|20)\\d\\d\\b|\\b(?:19|20)\\d\\d\\D.*\\b\\d{1,2}\\b).*");

    private static final Set<String> DAY_OR_TIME = Set.of("Day", "Hour", "Minute", "Second");

    private final Scores scores = new Scores();

    @Test
    void findsExplicitDates_inSentences() throws IOException {
        for (JsonNode entry : entries("recognizers_text")) {
            if (isUnsupported(entry)) {
                continue;
            }
            List<FoundDate> dates =
                    DeadlineFinder.dates(entry.path("text").asText(), reference(entry), ZoneOffset.UTC, null);
            for (JsonNode entity : entry.path("entities")) {
                String span = entity.path("span").asText();
                if (entity.path("explicit").asBoolean()
                        && span.matches(".*\\d.*")
                        && !RELATIVE.matcher(span).matches()) {
                    boolean hit = dates.stream().anyMatch(date -> isValue(date, entity.path("values")));
                    scores.count(language(entry), hit, span + " in " + entry.path("text") + " got " + dates);
                }
            }
        }
        scores.mustReach("dates/recognizers_text, explicit", 0.97);
    }

    @Test
    void findsNothing_whereThereIsNoDate() throws IOException {
        for (JsonNode entry : entries("recognizers_text")) {
            if (entry.path("entities").isEmpty()) {
                List<FoundDate> dates =
                        DeadlineFinder.dates(entry.path("text").asText(), reference(entry), ZoneOffset.UTC, null);
                scores.count(language(entry), dates.isEmpty(), entry.path("text") + " got " + dates);
            }
        }
        scores.mustReach("dates/recognizers_text, no date", 0.95);
    }

    @Test
    void readsExplicitDates_ofTheComponentSuite() throws IOException {
        for (JsonNode entry : entries("recognizers_text_components")) {
            String span = entry.path("span").asText();
            JsonNode expected = entry.path("future").path("date");
            if (entry.path("type").asText().equals("date")
                    && expected.isTextual()
                    && entry.path("future").equals(entry.path("past"))
                    && FULL.matcher(span).matches()
                    && !RELATIVE.matcher(span).matches()) {
                // Year 1 is how the suite says that there is no such day.
                isDay(entry, span, expected.asText().replace("0001-01-01", "null"));
            }
        }
        scores.mustReach("dates/recognizers_text_components, explicit", 0.9);
    }

    @Test
    void readsExplicitDates_ofDuckling() throws IOException {
        for (JsonNode entry : entries("duckling")) {
            String value = entry.path("expected").path("value").asText();
            if (entry.path("explicit").asBoolean()
                    && DAY_OR_TIME.contains(entry.path("expected").path("grain").asText())
                    && value.length() >= 10
                    && !RELATIVE.matcher(entry.path("text").asText()).matches()
                    && FULL.matcher(entry.path("text").asText()).matches()) {
                isDay(entry, entry.path("text").asText(), value.substring(0, 10));
            }
        }
        scores.mustReach("dates/duckling, explicit", 0.97);
    }

    @Test
    void readsExplicitDates_ofDateparser() throws IOException {
        for (JsonNode entry : entries("dateparser_parse")) {
            String value = entry.path("expected").path("value").asText();
            if (entry.path("explicit").asBoolean() && value.length() >= 10) {
                isDay(entry, entry.path("text").asText(), value.substring(0, 10));
            }
        }
        scores.mustReach("dates/dateparser_parse, explicit", 0.97);
    }

    private void isDay(JsonNode entry, String text, String expected) {
        if (entry.path("lang").asText().equals("en") && NUMERIC.matcher(text).matches()) {
            return;
        }
        List<FoundDate> dates = DeadlineFinder.dates(text, reference(entry), ZoneOffset.UTC, null);
        boolean right =
                dates.stream().anyMatch(date -> String.valueOf(date.value()).equals(expected));
        scores.count(language(entry), right, text + " wanted " + expected + " got " + dates);
    }

    private static List<JsonNode> entries(String suite) throws IOException {
        var entries = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(Corpus.require("dates/" + suite + ".jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            if (LANGUAGES.contains(entry.path("lang").asText())) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String language(JsonNode entry) {
        return entry.path("lang").asText().substring(0, 2);
    }

    private static boolean isUnsupported(JsonNode entry) {
        return entry.path("not_supported_by").asText().split(",").length >= 4
                || (entry.path("lang").asText().equals("en")
                        && NUMERIC.matcher(entry.path("text").asText()).matches());
    }

    private static Instant reference(JsonNode entry) {
        String reference = entry.path("reference").asText();
        return reference.length() >= 19
                ? LocalDateTime.parse(reference.substring(0, 19)).toInstant(ZoneOffset.UTC)
                : Instant.EPOCH;
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
