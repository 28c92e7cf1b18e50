package coop.vigie.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the long words of Dutch and German are made of. */
class CompoundsTest {

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(textBlock = """
            NL, straatverlichting,       straat verlichting
            NL, vertaaldiensten,         vertaal diensten
            NL, vertaalopdracht,         vertaal opdracht
            NL, verzekeringsdiensten,    verzekering diensten
            NL, tuinonderhoud,           tuin onderhoud
            NL, dakwerken,               dak werken
            NL, verlichting,             ''
            NL, straat,                  ''
            DE, strassenbeleuchtung,     strassen beleuchtung
            DE, beleuchtungsanlagen,     beleuchtungs anlagen
            DE, gebaudereinigung,        gebaude reinigung
            FR, straatverlichting,       ''
            """)
    void parts(TextLanguage language, String word, String parts) {
        assertEquals(
                parts.isEmpty() ? List.of() : List.of(parts.split(" ")),
                Compounds.of(language).parts(word));
    }
}
