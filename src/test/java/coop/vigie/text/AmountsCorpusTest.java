package coop.vigie.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Amounts in sentences of a third-party suite, in the currencies that calls use. */
class AmountsCorpusTest {

    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("Euro", "EUR"),
            Map.entry("Dollar", "USD"),
            Map.entry("United States dollar", "USD"),
            Map.entry("Pound", "GBP"),
            Map.entry("British pound", "GBP"),
            Map.entry("Livre", "GBP"),
            Map.entry("Pfund", "GBP"),
            Map.entry("Pond", "GBP"));

    @Test
    void readsEuros() throws IOException {
        score("EUR").mustReach("amounts/recognizers_currency, euro", 0.8);
    }

    @Test
    void readsDollarsAndPounds() throws IOException {
        score("USD|GBP").mustReach("amounts/recognizers_currency, dollar and pound", 0.6);
    }

    private static Scores score(String codes) throws IOException {
        var scores = new Scores();
        for (String line : Files.readAllLines(Corpus.require("amounts/recognizers_currency.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            String text = entry.path("text").asText();
            List<FoundAmount> found = Amounts.find(text);
            for (JsonNode amount : entry.path("amounts")) {
                String code = CURRENCIES.getOrDefault(amount.path("unit").asText(), "");
                // Numbers in words ("twenty dollars") are not read.
                if (code.matches(codes) && amount.path("span").asText().matches(".*\\d.*")) {
                    var value = new BigDecimal(amount.path("value").asText("0").replace(',', '.'));
                    boolean right = found.stream()
                            .anyMatch(each -> each.currency().equals(code)
                                    && each.amount().compareTo(value) == 0);
                    scores.count(
                            entry.path("lang").asText().substring(0, 2),
                            right,
                            amount + " in " + text + " got " + found);
                }
            }
        }
        return scores;
    }
}
