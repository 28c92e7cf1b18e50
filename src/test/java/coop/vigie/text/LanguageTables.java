package coop.vigie.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes {@code languages.bin} from the letter statistics in a jar of Lingua (docs/adr/0010-language-tables.md). Run by hand:
 * arguments are that jar and the file to write. The same jar gives the same file.
 */
final class LanguageTables {

    private static final List<String> OURS = List.of("fr", "nl", "en", "de");
    private static final List<String> OTHERS = List.of(
            "es", "it", "pt", "ro", "ca", "pl", "cs", "sk", "sl", "hr", "hu", "fi", "et", "lv", "lt", "da", "sv", "nb");
    private static final int RUNS_OF_OURS = 70_000;
    private static final int RUNS_OF_OTHERS = 12_000;
    private static final List<String> FILES = List.of("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams");
    private static final double SHORTER = Math.log(0.4);

    private LanguageTables() {}

    public static void main(String[] arguments) throws IOException {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var jar = new ZipFile(arguments[0]);
                var out = new DataOutputStream(
                        new DeflaterOutputStream(Files.newOutputStream(Path.of(arguments[1])), deflater))) {
            out.write(OURS.size() + OTHERS.size());
            for (String language : OURS) {
                write(jar, language, RUNS_OF_OURS, out);
            }
            for (String language : OTHERS) {
                write(jar, language, RUNS_OF_OTHERS, out);
            }
        } finally {
            deflater.end();
        }
    }

    private static void write(ZipFile jar, String language, int size, DataOutputStream out) throws IOException {
        out.writeUTF(language);
        LetterRuns.of(mostTelling(read(jar, language), size)).write(out);
    }

    private static Map<String, Float> read(ZipFile jar, String language) throws IOException {
        var logarithms = new HashMap<String, Float>();
        for (String file : FILES) {
            ZipEntry entry = jar.getEntry("language-models/" + language + "/" + file + ".json");
            try (InputStream in = jar.getInputStream(entry)) {
                JsonNode groups = new ObjectMapper().readTree(in).path("ngrams");
                groups.properties().forEach(group -> {
                    String[] fraction = group.getKey().split("/");
                    float logarithm =
                            (float) Math.log(Double.parseDouble(fraction[0]) / Double.parseDouble(fraction[1]));
                    for (String run : group.getValue().asText().split(" ")) {
                        if (run.chars().allMatch(letter -> LetterRuns.isCovered((char) letter))) {
                            logarithms.put(run, logarithm);
                        }
                    }
                });
            }
        }
        return logarithms;
    }

    /** The runs that are frequent and say something else than the same run without its first letter. */
    private static Map<String, Float> mostTelling(Map<String, Float> logarithms, int size) {
        record Telling(String run, double weight) {}
        var runs = new ArrayList<Telling>();
        logarithms.forEach((run, logarithm) -> {
            double shorter = run.length() == 1 ? 0 : last(logarithms, run.substring(1)) + SHORTER;
            double news = Math.log(Math.abs(logarithm - shorter) + 0.01);
            runs.add(new Telling(run, frequency(logarithms, run) + news));
        });
        runs.sort(Comparator.comparingDouble(Telling::weight).reversed().thenComparing(Telling::run));
        var kept = new HashMap<String, Float>();
        runs.stream()
                .limit(size)
                .forEach(telling -> kept.put(telling.run(), logarithms.getOrDefault(telling.run(), 0f)));
        return kept;
    }

    private static double frequency(Map<String, Float> logarithms, String run) {
        double sum = 0;
        for (int end = 1; end <= run.length(); end++) {
            sum += last(logarithms, run.substring(0, end));
        }
        return sum;
    }

    private static double last(Map<String, Float> logarithms, String run) {
        for (int start = 0; start < run.length(); start++) {
            Float known = logarithms.get(run.substring(start));
            if (known != null) {
                return known + start * SHORTER;
            }
        }
        return -16;
    }
}
