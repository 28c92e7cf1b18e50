package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recorded answers of real sources give; {@code docs/sources.md} shows the lines that this prints. */
class RecordedSourcesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** Broken on purpose: without any number by which they could be kept. */
    private static final Set<String> BROKEN = Set.of("INVALID_cn_24_empty.xml", "INVALID_cn_24_stage-1.xml");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            eforms/published                  | eforms     | *.xml
            eforms/sdk-examples               | eforms     | *.xml
            eforms/converted-from-ted-xml     | eforms     | *.xml
            ted-legacy-xml                    | eforms     | *.xml
            be-bda                            | eforms     | *.xml
            ted-api                           | ted-search | search-*.json
            ocds/generic                      | ocds       | *.json
            ocds/uk-contracts-finder          | ocds       | *.json
            ocds/uk-scotland-pcs              | ocds       | *.json
            ocds/uk-wales-sell2wales          | ocds       | *.json
            sedia                             | sedia      | search-*.json
            be-bda                            | bda        | *.json
            boamp                             | boamp      | {page,record}-*.json
            tenderned                         | tenderned  | *.json
            atom                              | rss        | *.xml
            """)
    void givesNoticesOfEveryFile(String folder, String type, String glob) throws IOException {
        Path root = Corpus.require("sources/" + folder);
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> files;
        try (var all = Files.list(root)) {
            files = all.filter(file -> wanted.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
        var failures = new TreeMap<String, String>();
        List<Parsed> answers = files.stream()
                .map(file -> {
                    Parsed parsed = parse(type, file);
                    if (parsed.failure() != null) {
                        failures.put(file.getFileName().toString(), parsed.failure());
                    }
                    return parsed;
                })
                .toList();
        List<Notice> notices = answers.stream()
                .flatMap(answer -> answer.notices().stream())
                .map(ParsedNotice::notice)
                .toList();
        System.out.printf(
                "| %s | `%s` | %d | %d | %d | %d | %d | %d |%n",
                folder,
                type,
                files.size(),
                notices.size(),
                count(notices, notice -> notice.deadline(NOW) instanceof Deadline.Dated),
                count(
                        notices,
                        notice -> notice.title().byLanguage().keySet().stream()
                                .anyMatch(language -> !language.equals(LocalText.UNDETERMINED))),
                count(notices, notice -> !notice.cpv().isEmpty()),
                answers.stream().mapToInt(answer -> answer.warnings().size()).sum());

        failures.keySet().removeAll(BROKEN);
        assertEquals(Map.of(), failures);
    }

    private static long count(List<Notice> notices, Predicate<Notice> condition) {
        return notices.stream().filter(condition).count();
    }

    private static Parsed parse(String type, Path file) {
        var context = new ParseContext(
                new SourceId("recorded"),
                Level.EUROPEAN,
                null,
                List.of(),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                SourceOptions.NONE,
                NOW);
        try {
            var payload = new Payload(file.toUri(), file.getFileName().toString(), Files.readAllBytes(file), null);
            return Parsers.of(type).parse(payload, Query.get(URI.create("file:///" + type + ".json")), context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
