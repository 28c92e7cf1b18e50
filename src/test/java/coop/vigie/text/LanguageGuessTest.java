package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
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

    /** Invented titles in languages that members do not read: none of them is one of ours. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    es | Convocatoria de ayudas para proyectos culturales en Bruselas
                    es | Plazo de presentación de solicitudes
                    ca | Subvencions per a projectes de cultura popular
                    it | Bando per la selezione di progetti di residenza artistica
                    it | Servizi di progettazione grafica
                    pt | Concurso público para a prestação de serviços de formação
                    ro | Apel pentru propuneri de proiecte în domeniul culturii
                    pl | Nabór wniosków na projekty artystyczne dla dzieci
                    cs | Výzva k předkládání žádostí o dotace na rok
                    sk | Výzva na predkladanie žiadostí o príspevok
                    sl | Javni razpis za sofinanciranje kulturnih projektov
                    hr | Javni poziv za predlaganje programa u kulturi
                    hu | Pályázati felhívás kulturális egyesületek számára
                    fi | Hakuilmoitus taiteilijoiden työskentelyapurahoista
                    et | Avalik konkurss kultuuriprojektide toetamiseks
                    lv | Projektu konkurss par kultūras pasākumu atbalstu
                    lt | Kvietimas teikti paraiškas kultūros projektams
                    da | Indkaldelse af ansøgninger til kulturelle projekter i byen
                    sv | Utlysning av bidrag till kulturföreningar och konstnärer
                    nb | Utlysning av tilskudd til kulturprosjekter for barn og ungdom
                    el | Πρόσκληση υποβολής προτάσεων
                    bg | Покана за представяне на предложения
                    """)
    void namesNoneOfOurs_inAnotherLanguage(String language, String text) {
        assertEquals("und", LanguageGuess.of(text), language);
    }

    /** Names of the fields of a notice, from the official SDK; ours are left to the corpus. */
    @ParameterizedTest
    @CsvSource({"es", "it", "pt", "ro", "pl", "cs", "sk", "sl", "hr", "hu", "fi", "et", "lv", "lt", "el", "bg"})
    void seldomTakesNoticesOfOtherLanguages_forOurs(String language) throws IOException {
        List<String> labels = new ArrayList<>();
        try (InputStream in =
                getClass().getResourceAsStream("/eforms-sdk/translations/business-term_" + language + ".xml")) {
            Jsoup.parse(in, "UTF-8", "", Parser.xmlParser())
                    .select("entry[key*=description]")
                    .forEach(entry -> labels.add(entry.text()));
        }
        List<String> taken = labels.stream()
                .filter(label -> !LanguageGuess.of(label).equals("und"))
                .toList();

        assertTrue(labels.size() > 100, labels::toString);
        assertTrue(taken.size() <= 0.02 * labels.size(), taken::toString);
    }

    @Property(seed = "20261124")
    void answersOneOfFive_whateverTheText(@ForAll String text) {
        assertTrue(Set.of("fr", "nl", "en", "de", "und").contains(LanguageGuess.of(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "udhr_paragraphs, 0.99",
        "nutch_europarl, 0.99",
        "lingua_sentences, 0.99",
        "eforms_domain_texts, 0.97",
        "lingua_word-pairs, 0.9",
        "cpv_labels, 0.9",
        "lingua_single-words, 0.7"
    })
    void guessesMostOfTheCorpus(String suite, double floor) throws IOException {
        var scores = new Scores();
        var json = new ObjectMapper();
        for (String line : Files.readAllLines(Corpus.require("langid/" + suite + ".jsonl"))) {
            JsonNode entry = json.readTree(line);
            String guess = LanguageGuess.of(entry.path("text").asText());
            String language = entry.path("lang").asText();
            scores.count(language, guess.equals(language), guess + ": " + entry.path("text"));
        }
        scores.mustReach("langid/" + suite, floor);
    }
}
