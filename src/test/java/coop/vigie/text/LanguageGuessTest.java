package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fr  | Appel à projets pour les associations culturelles de Bruxelles
                    nl  | Oproep voor culturele verenigingen uit Brussel en de rand
                    en  | Call for proposals for cultural associations in the region of Brussels
                    de  | Aufruf für kulturelle Vereine in der Deutschsprachigen Gemeinschaft und im Umland
                    und | 12345
                    und | ''
                    und | Чтобы подать заявку
                    """)
    void guessesLanguage_orSaysSo(String expected, String text) {
        assertEquals(expected, LanguageGuess.of(text));
    }

    @ParameterizedTest
    @CsvSource({"udhr_paragraphs, 0.9", "nutch_europarl, 0.96", "lingua_sentences, 0.93", "eforms_domain_texts, 0.8"})
    void guessesMostOfTheCorpus(String suite, double floor) throws IOException {
        int right = 0;
        int wrong = 0;
        int all = 0;
        var json = new ObjectMapper();
        for (String line : Files.readAllLines(Corpus.require("langid/" + suite + ".jsonl"))) {
            JsonNode entry = json.readTree(line);
            String guess = LanguageGuess.of(entry.path("text").asText());
            all++;
            right += guess.equals(entry.path("lang").asText()) ? 1 : 0;
            wrong += !guess.equals(entry.path("lang").asText()) && !guess.equals("und") ? 1 : 0;
        }
        System.out.printf("langid %s: %d of %d right, %d wrong%n", suite, right, all, wrong);
        assertTrue(right >= floor * all, right + " of " + all);
    }
}
