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
 * Dates as third-party suites write them, counted three times: full dates with day, month and year; all that the suites mark as
 * explicit, feasts, counted days and periods included; and every case that names a day, relative ones included, of which Vigie reads
 * the plain ones, in doubt. Where a suite wants no date, a date without value is right.
 */
class DatesCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> LANGUAGES = Set.of("fr", "nl", "nl-BE", "en", "en-GB", "de");
    private static final Set<String> DAY = Set.of("date", "datetime");
    private static final Set<String> DAY_OR_TIME = Set.of("Day", "Hour", "Minute", "Second");

    /** A day and a year in digits; the month may be in words. */
    private static final Pattern FULL = Pattern.compile(
            ".*(?:\\b\\d{1,2}\\D.*\\b(?:19|20)\\d\\d\\b|\\b(?:19|20)\\d\\d\\D.*\\b\\d{1,2}\\b|\\d[./-]\\d+[./-]\\d\\d\\b).*");

    /** Days counted from another, and those of this week. */
    private static final Pattern RELATIVE = Pattern.compile(
            "(?i).*\\b(today|tomorrow|vandaag|vanavond|week|weken|weeks?|jaar|dagen|friday|semaines?|jours?|wochen?|tagen?|days?|nach|apr[eè]s|vor|avant)\\b.*");

    private static final Pattern YEAR = Pattern.compile(".*\\b(?:19|20)\\d\\d\\b.*");
    private static final Pattern NUMERIC = Pattern.compile(".*\\d[/.-]\\d{1,2}\\b.*");

    private final Scores full = scores();
    private final Scores marked = scores();
    private final Scores all = scores();

    @Test
    void findsDates_inSentences() throws IOException {
        countRecognizers();
        mustReach("recognizers_text", 0.97, 0.96, 0.35);
    }

    private void countRecognizers() throws IOException {
        for (JsonNode entry : entries("recognizers_text")) {
            String text = entry.path("text").asText();
            List<FoundDate> dates = DeadlineFinder.dates(text, reference(entry), ZoneOffset.UTC, null);
            for (JsonNode entity : entry.path("entities")) {
                if (DAY.contains(entity.path("type").asText())) {
                    String span = entity.path("span").asText();
                    boolean right = isValue(dates, entity.path("values"));
                    count(entry, entity, span, right, span + " in " + text + " got " + dates);
                }
            }
        }
    }

    @Test
    void findsNothing_whereThereIsNoDate() throws IOException {
        for (JsonNode entry : entries("recognizers_text")) {
            if (entry.path("entities").isEmpty()) {
                List<FoundDate> dates =
                        DeadlineFinder.dates(entry.path("text").asText(), reference(entry), ZoneOffset.UTC, null);
                all.count(language(entry), dates.isEmpty(), entry.path("text") + " got " + dates);
            }
        }
        all.mustReach("recognizers_text, no date", 0.98);
    }

    @Test
    void readsDates_ofTheComponentSuite() throws IOException {
        countComponents();
        mustReach("recognizers_text_components", 0.95, 0.94, 0.4);
    }

    private void countComponents() throws IOException {
        for (JsonNode entry : entries("recognizers_text_components")) {
            JsonNode expected = entry.path("future").path("date");
            if (entry.path("type").asText().equals("date") && expected.isTextual()) {
                String span = entry.path("span").asText();
                // This suite marks nothing; what has its year and one reading only is what others mark.
                boolean explicit = entry.path("future").equals(entry.path("past"))
                        && YEAR.matcher(span).matches();
                isDay(entry, JSON.createObjectNode().put("explicit", explicit), span, expected.asText());
            }
        }
    }

    @Test
    void readsDates_ofDuckling() throws IOException {
        countDuckling();
        mustReach("duckling", 0.97, 0.97, 0.44);
    }

    private void countDuckling() throws IOException {
        for (JsonNode entry : entries("duckling")) {
            String text = entry.path("text").asText();
            String value = entry.path("expected").path("value").asText();
            if (entry.path("expected").isNull()) {
                isDay(entry, entry, text, NO_DAY);
            } else if (DAY_OR_TIME.contains(entry.path("expected").path("grain").asText()) && value.length() >= 10) {
                isDay(entry, entry, text, value.substring(0, 10));
            } else if (entry.path("explicit").asBoolean()) {
                // Of a week, quarter, month or year the suite gives the first day; it is no full date.
                List<FoundDate> dates = DeadlineFinder.dates(text, reference(entry), ZoneOffset.UTC, null);
                boolean right = dates.stream()
                        .anyMatch(date -> date.until() != null
                                && String.valueOf(date.value()).equals(value.substring(0, 10)));
                marked.count(language(entry), right, "marked: " + text + " wanted " + value + " got " + dates);
            }
        }
    }

    @Test
    void readsDates_ofDateparser() throws IOException {
        countDateparser();
        mustReach("dateparser_parse", 0.97, 0.97, 0.75);
    }

    private void countDateparser() throws IOException {
        for (JsonNode entry : entries("dateparser_parse")) {
            String value = entry.path("expected").path("value").asText();
            if (value.length() >= 10) {
                isDay(entry, entry, entry.path("text").asText(), value.substring(0, 10));
            }
        }
    }

    @Test
    void reads97InAHundred_ofAllThatIsMarked() throws IOException {
        countRecognizers();
        countComponents();
        countDuckling();
        countDateparser();
        marked.mustReach("all suites, marked explicit", 0.97);
    }

    /** Year 1 is how the components say that there is no such day. */
    private static final String NO_DAY = "0001-01-01";

    private void isDay(JsonNode entry, JsonNode mark, String text, String expected) {
        List<FoundDate> dates = DeadlineFinder.dates(text, reference(entry), ZoneOffset.UTC, null);
        boolean right = expected.equals(NO_DAY)
                ? dates.stream().allMatch(date -> date.value() == null)
                : dates.stream().anyMatch(date -> String.valueOf(date.value()).equals(expected));
        count(entry, mark, text, right, text + " wanted " + expected + " got " + dates);
    }

    private void count(JsonNode entry, JsonNode mark, String span, boolean right, String what) {
        String language = language(entry);
        all.count(language, right, "any: " + what);
        if (mark.path("explicit").asBoolean()) {
            marked.count(language, right, "marked: " + what);
            boolean american = language.equals("en") && NUMERIC.matcher(span).matches();
            if (FULL.matcher(span).matches() && !RELATIVE.matcher(span).matches() && !american) {
                full.count(language, right, "full: " + what);
            }
        }
    }

    private void mustReach(String suite, double fullFloor, double markedFloor, double floor) {
        full.mustReach(suite + ", full dates", fullFloor);
        marked.mustReach(suite + ", marked explicit", markedFloor);
        all.mustReach(suite + ", every day", floor);
    }

    private static Scores scores() {
        return new Scores("fr", "nl", "en", "en-GB", "de");
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
        String language = entry.path("lang").asText();
        return language.equals("en-GB") ? language : language.substring(0, 2);
    }

    private static Instant reference(JsonNode entry) {
        String reference = entry.path("reference").asText();
        return reference.length() >= 19
                ? LocalDateTime.parse(reference.substring(0, 19)).toInstant(ZoneOffset.UTC)
                : Instant.EPOCH;
    }

    private static boolean isValue(List<FoundDate> dates, JsonNode values) {
        for (JsonNode value : values) {
            String text = value.path("value").asText();
            boolean right = text.equals("not resolved")
                    ? dates.stream().allMatch(date -> date.value() == null)
                    : dates.stream().anyMatch(date -> isValue(date, text));
            if (right) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValue(FoundDate date, String text) {
        String expected = date.value() + (text.length() > 10 && date.time() != null ? " " + date.time() : "");
        return text.equals(expected) || text.equals(expected + ":00");
    }
}
