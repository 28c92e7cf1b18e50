package coop.vigie.codes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every label and parent against tables that others made from the same official lists. */
class ReferenceTablesTest {

    private static final List<String> LANGUAGES = List.of("en", "fr", "nl", "de");

    /** The reference is of a later version of the list, which calls these otherwise. */
    private static final Set<String> RENAMED_SINCE = Set.of("KAL", "MSA", "NYA", "OSS");

    @Test
    void cpvAgreesWithTheReference() throws IOException {
        for (String[] row : rows("reference/cpv_2008.tsv")) {
            assertEquals(Optional.of(row[2]).filter(parent -> !parent.isEmpty()), Cpv.parent(row[0]), row[0]);
            assertLabels(row, 4, language -> Cpv.label(row[0], language));
        }
        assertEquals(rows("reference/cpv_2008.tsv").size(), Cpv.codes().size());
    }

    @Test
    void nutsAgreesWithTheReference_whereThisVersionHasTheCode() throws IOException {
        int compared = 0;
        for (String[] row : rows("reference/nuts_2024.tsv")) {
            assertEquals(Optional.of(Integer.parseInt(row[1])), Nuts.level(row[0]));
            assertEquals(Optional.of(row[2]).filter(parent -> !parent.isEmpty()), Nuts.parent(row[0]));
            if (Nuts.known(row[0]) && row[0].length() > 2) {
                assertLabels(row, 4, language -> Nuts.label(row[0], language));
                compared++;
            }
        }
        assertEquals(Nuts.codes().stream().filter(code -> code.length() > 2).count(), compared);
    }

    @Test
    void languagesAndCountriesAgreeWithTheReference() throws IOException {
        for (String[] row : rows("reference/eforms_codes.tsv")) {
            switch (row[0]) {
                case "language" -> {
                    if (!RENAMED_SINCE.contains(row[1])) {
                        assertLabels(row, 2, language -> Languages.label(row[1], language));
                    }
                }
                case "country" -> assertLabels(row, 2, language -> Countries.label(row[1], language));
                default -> {}
            }
        }
    }

    private interface Labels {
        Optional<String> in(String language);
    }

    private static void assertLabels(String[] row, int first, Labels labels) {
        assertAll(LANGUAGES.stream()
                .map(language -> () -> assertEquals(
                        Optional.of(row[first + LANGUAGES.indexOf(language)]), labels.in(language), row[0])));
    }

    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(Corpus.require(file)).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
