package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | 0 | 0 calls have closed already; --include-closed shows them.
            en | 1 | 1 call has closed already; --include-closed shows it.
            en | 2 | 2 calls have closed already; --include-closed shows them.
            fr | 0 | 0 appel est déjà fermé ; --include-closed le montre.
            fr | 1 | 1 appel est déjà fermé ; --include-closed le montre.
            fr | 2 | 2 appels sont déjà fermés ; --include-closed les montre.
            nl | 0 | 0 oproepen zijn al gesloten; --include-closed toont ze.
            nl | 1 | 1 oproep is al gesloten; --include-closed toont hem.
            nl | 21 | 21 oproepen zijn al gesloten; --include-closed toont ze.
            """)
    void countsByTheLanguagesOwnRule(String language, int count, String expected) {
        assertEquals(expected, Words.in(language).text("search.closed", count));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Store: 1 notice, 2 calls.
            fr | Base : 1 avis, 2 appels.
            nl | Opslag: 1 bericht, 2 oproepen.
            """)
    void countsEachNumberByItself(String language, String expected) {
        assertEquals(expected, Words.in(language).text("status.store", 1, 2));
    }

    /** What is given is text, whatever it looks like. */
    @ParameterizedTest
    @ValueSource(strings = {"{0|a|b}", "$1 \\ {2}", "l'eau"})
    void leavesValuesAsTheyAre(String value) {
        assertEquals("Did you mean: " + value + "  (1 call)", Words.in("en").text("search.did-you-mean", value, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl", "en"})
    void givesBothFormsForAValueThatStandsThere(String language) {
        var strange = new TreeSet<String>();
        ResourceBundle bundle = ResourceBundle.getBundle("coop.vigie.cli.messages_" + language);
        for (String key : bundle.keySet()) {
            String message = bundle.getString(key);
            Matcher forms = Pattern.compile("\\{(\\d)\\|[^|{}]*\\|[^|{}]*}").matcher(message);
            String rest = forms.replaceAll("");
            forms.reset();
            while (forms.find()) {
                if (!message.contains("{" + forms.group(1) + "}")) {
                    strange.add(key);
                }
            }
            if (rest.contains("|")) {
                strange.add(key);
            }
        }
        assertEquals(Map.of(), strange.isEmpty() ? Map.of() : Map.of(language, strange));
    }
}
