package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of RFC 9309 in the suites of those who wrote it, and of others. */
class RobotsCorpusTest {

    /** Case to the reason why we answer otherwise. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "cc/testBigCrawlDelay/1",
                    "its parser gives up a site that wants an hour between requests; we wait ten minutes",
            "rep-cpp/NoLeadingUserAgent/2", "a rule before any user-agent belongs to no group (section 2.2.1)",
            "rep-cpp/NoLeadingUserAgent/delay", "likewise",
            "rep-cpp/GroupingUnknownKeys/1",
                    "an unknown line between two user-agents does not part them (section 2.2.4), so both get the rule");

    @Test
    void answersAsTheStandardSays() throws IOException {
        var wrong = new TreeMap<String, String>();
        int cases = 0;
        for (String suite : new String[] {"google", "rep-cpp", "crawler-commons"}) {
            for (JsonNode each : (Iterable<JsonNode>) lines(suite)::iterator) {
                String id = each.path("id").asText();
                // What only Google does is no standard; matching agents by their beginning was one before RFC 9309.
                if (id.startsWith("google/GoogleOnly_")
                        || (each.has("exact_agent_match")
                                && !each.path("exact_agent_match").asBoolean())) {
                    continue;
                }
                cases++;
                String agent = each.has("agents")
                        ? each.path("agents").path(0).asText()
                        : each.path("agent").asText();
                RobotsText.Answer answer = RobotsText.about(
                        each.path("robots").asText(), agent, each.path("url").asText());
                boolean right = each.has("crawl_delay")
                        ? answer.delay() != null
                                && answer.delay() == each.path("crawl_delay").asDouble()
                        : answer.allowed() == each.path("allowed").asBoolean();
                if (!right) {
                    wrong.put(id, answer + " for " + each);
                }
            }
        }
        System.out.printf("| robots.txt | %d/%d |%n", cases - wrong.size(), cases);
        OTHERWISE.keySet().forEach(wrong::remove);
        assertEquals(Map.of(), wrong);
    }

    private static Stream<JsonNode> lines(String suite) throws IOException {
        var json = new ObjectMapper();
        return Files.readAllLines(Corpus.require("robots/" + suite + ".jsonl")).stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }
}
