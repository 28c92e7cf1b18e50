package coop.vigie.codes;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesAndLanguagesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # ancestor, code, covers
            BE , BE100, true
            BE1, BE100, true
            BE1, BE1  , true
            BE1, BE2  , false
            BE100, BE1, false
            FRF, FRF11, true
            '' , BE1  , false
            """)
    void nutsCoversItsSubtree(String ancestor, String code, boolean covers) {
        assertEquals(covers, Nuts.covers(ancestor, code));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # code, level, parent
            BE   , 0,
            BE1  , 1, BE
            BE10 , 2, BE1
            BE100, 3, BE10
            BE221, 3, BE22
            be1  ,  ,
            BE1000, ,
            B    ,  ,
            """)
    void nutsLevelsAndParentsFollowTheLetters_alsoOfOldCodes(String code, Integer level, String parent) {
        assertEquals(Optional.ofNullable(level), Nuts.level(code));
        assertEquals(Optional.ofNullable(parent), Nuts.parent(code));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            BE   , nl, België
            EL   , fr, Grèce
            UK   , de, Vereinigtes Königreich
            BE100, nl, Arr. de Bruxelles-Capitale/Arr. Brussel-Hoofdstad
            BE221, fr,
            """)
    void nutsLabelsCountriesInTheReadersLanguage_andRegionsInTheirOwn(String code, String language, String label) {
        assertEquals(Optional.ofNullable(label), Nuts.label(code, language));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            BEL, BE
            GRC, EL
            GB , UK
            XYZ,
            """)
    void nutsWritesSomeCountriesItsOwnWay(String country, String nuts) {
        assertEquals(Optional.ofNullable(nuts), Nuts.ofCountry(country));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ENG, en
            eng, en
            NLD, nl
            DUT, nl
            fre, fr
            FR , fr
            fr , fr
            HEB, he
            NOR, no
            NSO,
            XX ,
            invalid,
            '' ,
            """)
    void languagesShrinkToTwoLetters(String code, String iso1) {
        assertEquals(Optional.ofNullable(iso1), Languages.iso1(code));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            NLD, fr, néerlandais
            nl , de, Niederländisch
            ger, nl, Duits
            nl , pl, Dutch
            xxx, fr,
            """)
    void languagesAreNamedInTheReadersLanguage(String code, String language, String label) {
        assertEquals(Optional.ofNullable(label), Languages.label(code, language));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            BEL, BE, BEL, Belgique        , Europe/Brussels
            be , BE, BEL, Belgique        , Europe/Brussels
            GRC, GR, GRC, Grèce           , Europe/Athens
            GBR, GB, GBR, Royaume-Uni     , Europe/London
            XKX, XK, XKX, Kosovo          , Europe/Belgrade
            PRT, PT, PRT, Portugal        , Europe/Lisbon
            UKR, UA, UKR, Ukraine         , Europe/Kyiv
            BWA, BW, BWA, Botswana        ,
            ZZZ,   ,    ,                 ,
            """)
    void countriesHaveTwoNamesALabelAndAZone(String code, String iso2, String iso3, String label, String zone) {
        assertEquals(Optional.ofNullable(iso2), Countries.iso2(code));
        assertEquals(Optional.ofNullable(iso3), Countries.iso3(code));
        assertEquals(Optional.ofNullable(label), Countries.label(code, "fr"));
        assertEquals(Optional.ofNullable(zone).map(ZoneId::of), Countries.zone(code));
    }

    @Test
    void everyCountryWithNutsRegionsHasAZone() {
        for (String code : Nuts.codes()) {
            if (code.length() == 2) {
                String iso = code.equals("EL") ? "GR" : code.equals("UK") ? "GB" : code;
                assertTrue(Countries.zone(iso).isPresent(), code);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Gand             , BE234
            ghent            , BE234
            Luik             , BE33 BE332
            Bruxelles        , BE1 BE10 BE100
            flandre orientale, BE23
            Namur            , BE35 BE352
            Nulle part       , ''
            """)
    void findsBelgianPlaces_alsoByTheNamesThatNeighboursGiveThem(String name, String codes) {
        assertEquals(codes, String.join(" ", Nuts.find(name, 10)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            bruxelles, BE1
            Anvers   , BE21
            Hasselt  , BE224
            Hass     , ''
            danse    , ''
            """)
    void knowsAPlaceByItsWholeName(String word, String code) {
        assertEquals(code, String.join(" ", Nuts.named(word, 1)));
    }

    @Test
    void namesOnlyPlacesThatExist_inOurOwnTable() throws IOException {
        try (InputStream table = Nuts.class.getResourceAsStream("places.tsv")) {
            for (String line : new String(requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                assertTrue(Nuts.known(line.split("\t")[0]), line);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            BE99 , BE BE1 BE2 BE3
            BE21X, BE21 BE211 BE212 BE213
            BE9  , BE1 BE2 BE3
            XX   , ''
            XX123, ''
            """)
    void knowsThePlacesThatSomebodyMayMean(String code, String near) {
        String found = String.join(" ", Nuts.nearest(code, 4));

        assertTrue(found.startsWith(near), found);
        assertEquals(near.isEmpty(), found.isEmpty(), found);
    }
}
