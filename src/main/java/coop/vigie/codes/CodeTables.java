package coop.vigie.codes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Build step: turns the genericode lists of the eForms SDK (40 MB of XML in 24 languages) into the small tables that
 * {@link CodeTable} reads. Not used at run time.
 */
final class CodeTables {

    private static final List<String> LABELS = List.of("eng_label", "fra_label", "nld_label", "deu_label");

    private CodeTables() {}

    /**
     * Writes {@code cpv.tsv}, {@code nuts.tsv}, {@code languages.tsv} and {@code countries.tsv}; a table newer than its
     * list is left alone.
     *
     * @param arguments the folder of the {@code .gc} files, and the folder for the tables
     */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        Path lists = Path.of(arguments[0]);
        Path tables = Files.createDirectories(Path.of(arguments[1]));
        write(lists.resolve("cpv.gc"), tables.resolve("cpv.tsv"), Map.of());
        write(lists.resolve("nuts.gc"), tables.resolve("nuts.tsv"), Map.of());
        write(lists.resolve("language.gc"), tables.resolve("languages.tsv"), twoLetterLanguages());
        write(lists.resolve("country.gc"), tables.resolve("countries.tsv"), twoLetterCountries());
    }

    private static void write(Path list, Path table, Map<String, String> twoLetters)
            throws IOException, XMLStreamException {
        if (Files.exists(table) && Files.getLastModifiedTime(table).compareTo(Files.getLastModifiedTime(list)) > 0) {
            return;
        }
        var lines = new ArrayList<String>();
        for (Map<String, String> row : rows(list)) {
            String code = row.getOrDefault("code", "");
            var line = new StringBuilder(code).append('\t').append(twoLetters.getOrDefault(code, ""));
            LABELS.forEach(label -> line.append('\t').append(row.getOrDefault(label, "")));
            lines.add(line.toString());
        }
        // Renamed at the end: half a table would pass for a finished one in the next build.
        Path unfinished = table.resolveSibling(table.getFileName() + ".part");
        Files.write(unfinished, lines);
        Files.move(unfinished, table, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Map<String, String>> rows(Path list) throws IOException, XMLStreamException {
        var rows = new ArrayList<Map<String, String>>();
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(list))) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            var row = new HashMap<String, String>();
            String column = "";
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "Row" -> {
                        row = new HashMap<>();
                        rows.add(row);
                    }
                    case "Value" -> column = reader.getAttributeValue(null, "ColumnRef");
                    case "SimpleValue" -> row.put(column, oneLine(reader.getElementText()));
                    default -> {}
                }
            }
        }
        return rows;
    }

    /** Some labels hold no-break spaces between plain words, on which no search would match. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\u00a0]+", " ").strip();
    }

    private static Map<String, String> twoLetterLanguages() {
        var byThree = new HashMap<String, String>();
        for (String two : Locale.getISOLanguages()) {
            String three = Locale.of(two).getISO3Language().toUpperCase(Locale.ROOT);
            byThree.put(three, Locale.of(two).getLanguage()); // getLanguage: "he" where the JDK also lists "iw"
        }
        return byThree;
    }

    private static Map<String, String> twoLetterCountries() {
        var byThree = new HashMap<String, String>();
        for (String two : Locale.getISOCountries()) {
            byThree.put(Locale.of("", two).getISO3Country(), two);
        }
        byThree.put("XKX", "XK"); // Kosovo: a user-assigned code that the EU lists use and the JDK does not know
        return byThree;
    }
}
