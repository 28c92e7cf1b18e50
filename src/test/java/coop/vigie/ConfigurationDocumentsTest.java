package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import coop.vigie.config.SettingsFile;
import coop.vigie.group.GroupsFile;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.Reuse;
import coop.vigie.source.SourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documents say of the configuration files is what the program accepts, key by key. */
class ConfigurationDocumentsTest {

    private static final String STRANGER = "zzzzzzzzzzzz";
    private static final Pattern DOCUMENTED_KEY = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            feeds.yaml: top             | ?
            feeds.yaml: defaults        | defaults: { ? }
            feeds.yaml: sources         | sources: [{ ? }]
            feeds.yaml: select          | sources: [{ select: { ? } }]
            feeds.yaml: select of json  | sources: [{ type: json, select: { ? } }]
            feeds.yaml: login           | sources: [{ login: { ? } }]
            feeds.yaml: detail          | sources: [{ detail: { ? } }]
            feeds.yaml: oauth           | sources: [{ oauth: { ? } }]
            vigie.yaml: top             | ?
            vigie.yaml: mail            | mail: { ? }
            vigie.yaml: inbox           | inbox: { ? }
            vigie.yaml: site            | site: { ? }
            vigie.yaml: brand           | brand: { ? }
            vigie.yaml: brand: colours  | brand: { colours: { ? } }
            vigie.yaml: retention       | retention: { ? }
            vigie.yaml: watch           | watch: { ? }
            vigie.yaml: newsletter      | newsletter: { ? }
            vigie.yaml: proxy           | proxy: { ? }
            groups.yaml: top            | ?
            groups.yaml: groups         | groups: [{ ? }]
            groups.yaml: profiles       | groups: [{ profiles: [{ ? }] }]
            groups.yaml: channels       | groups: [{ channels: [{ type: mail, ? }] }]
            groups.yaml: channels: list    | groups: [{ channels: [{ type: list, ? }] }]
            groups.yaml: channels: folder  | groups: [{ channels: [{ type: folder, ? }] }]
            groups.yaml: channels: webdav  | groups: [{ channels: [{ type: webdav, ? }] }]
            groups.yaml: channels: feed    | groups: [{ channels: [{ type: feed, ? }] }]
            groups.yaml: channels: text    | groups: [{ channels: [{ type: text, ? }] }]
            groups.yaml: channels: webhook | groups: [{ channels: [{ type: webhook, ? }] }]
            groups.yaml: channels: signal  | groups: [{ channels: [{ type: signal, ? }] }]
            groups.yaml: cadence        | groups: [{ cadence: { every: week, ? } }]
            groups.yaml: members        | groups: [{ members: [{ ? }] }]
            groups.yaml: consent        | groups: [{ members: [{ consent: { ? } }] }]
            """)
    void documentsTheKeysThatAreAccepted(String section, String content) throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        int start = page.indexOf("### " + section + "\n");
        int next = page.indexOf("\n#", start + 1);
        String chapter = page.substring(start, next < 0 ? page.length() : next);

        Set<String> documented = DOCUMENTED_KEY
                .matcher(chapter)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(accepted(section.substring(0, section.indexOf(':')), content), documented);
    }

    @Test
    void givesEditorsTheKeysThatAreAccepted() throws IOException {
        JsonNode schema = schema();

        assertEquals(accepted("feeds.yaml", "?"), keys(schema.at("/properties")));
        assertEquals(accepted("feeds.yaml", "defaults: { ? }"), keys(schema.at("/properties/defaults/properties")));
        JsonNode source = schema.at("/$defs/source/properties");
        assertEquals(accepted("feeds.yaml", "sources: [{ ? }]"), keys(source));
        var select = accepted("feeds.yaml", "sources: [{ select: { ? } }]");
        select.addAll(accepted("feeds.yaml", "sources: [{ type: json, select: { ? } }]"));
        assertEquals(select, keys(source.at("/select/properties")));
        assertEquals(accepted("feeds.yaml", "sources: [{ detail: { ? } }]"), keys(source.at("/detail/properties")));
        assertEquals(accepted("feeds.yaml", "sources: [{ oauth: { ? } }]"), keys(source.at("/oauth/properties")));
    }

    @Test
    void givesEditorsTheWordsThatAreAccepted() throws IOException {
        JsonNode source = schema().at("/$defs/source/properties");

        assertEquals(codes(SourceType.values(), SourceType::code), words(source.at("/type/enum")));
        assertEquals(codes(Level.values(), Level::code), words(source.at("/level/enum")));
        assertEquals(codes(Reuse.values(), Reuse::code), words(source.at("/reuse/enum")));
        assertEquals(
                Stream.concat(codes(Kind.values(), Kind::code).stream(), Stream.of("any"))
                        .toList(),
                words(source.at("/kind/enum")));
    }

    /** Asks the program itself: an unknown key makes it name the known ones. */
    private Set<String> accepted(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content.replace("?", STRANGER + ": 1"));

        var failure = assertThrows(ConfigException.class, () -> {
            switch (name) {
                case "feeds.yaml" -> FeedsFile.read(file, Map.of());
                case "groups.yaml" -> GroupsFile.read(file);
                default -> SettingsFile.read(file, Map.of());
            }
        });

        String sentence = "unknown key '" + STRANGER + "'; known here: ";
        String known = failure.problems().stream()
                .map(Problem::message)
                .filter(message -> message.startsWith(sentence))
                .findFirst()
                .orElseThrow();
        return new TreeSet<>(List.of(known.substring(sentence.length()).split(", ")));
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(Path.of("docs/feeds.schema.json").toFile());
    }

    private static Set<String> keys(JsonNode properties) {
        var keys = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static List<String> words(JsonNode words) {
        return words.valueStream().map(JsonNode::asText).toList();
    }

    private static <E> List<String> codes(E[] values, Function<E, String> code) {
        return Arrays.stream(values).map(code).toList();
    }
}
