package coop.vigie.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Records of the same thing in several lists, from third-party suites. All are taken to close on one day, which is harder than
 * life: there, the day tells most of them apart.
 */
class NearDuplicatesCorpusTest {

    private record Entry(String source, String truth, String title, Likeness.Print print) {

        static Entry of(String source, String truth, String title, String text) {
            return new Entry(
                    source, truth, title, new Likeness.Print(Likeness.words(title), Likeness.words(text), Set.of()));
        }
    }

    private static void score(String suite, List<Entry> entries) {
        var score = new PairScore();
        for (int i = 0; i < entries.size(); i++) {
            Entry one = entries.get(i);
            for (Entry other : entries.subList(i + 1, entries.size())) {
                if (!one.source().equals(other.source())) {
                    boolean same = one.truth().equals(other.truth());
                    score.possible += same ? 1 : 0;
                    if (Likeness.alike(one.print(), other.print())) {
                        score.flagged(same, one.title() + " | " + other.title());
                    }
                }
            }
        }
        score.mustBePrecise(suite);
    }

    @Test
    void areFlagged_inTwoCatalogues() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(Corpus.require("near-duplicates/abt_buy.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            entries.add(Entry.of(
                    entry.path("source").asText(),
                    entry.path("match_key").asText(),
                    entry.path("title").asText(),
                    entry.path("description").asText("")));
        }

        score("abt_buy", entries);
    }

    @Test
    void areFlagged_inNineLists() throws IOException {
        List<List<String>> rows =
                rows(Files.readString(Corpus.require("near-duplicates/early_childhood_true_ids.csv")));
        List<Entry> entries = rows.stream()
                .skip(1)
                .map(row -> Entry.of(row.get(2), row.get(0), row.get(3), row.get(4) + " " + row.get(5)))
                .toList();

        score("early_childhood", entries);
    }

    /** Comma-separated values (RFC 4180) with line breaks inside of quotation marks. */
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (char c : (text.strip() + "\n").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                cell.append(c);
            } else if (c != '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            }
        }
        return rows;
    }
}
