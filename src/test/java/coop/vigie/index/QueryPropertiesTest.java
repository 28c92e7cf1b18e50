package coop.vigie.index;

import static coop.vigie.index.Documents.NOW;
import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.codes.Cpv;
import coop.vigie.notice.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every query, and for every collection of documents. */
class QueryPropertiesTest {

    private static Path folder;
    private static Index index;
    private static Searcher searcher;

    /** Documents whose texts are labels of the CPV, each third with its code. */
    private static Index labels;

    private static Searcher labelled;

    @BeforeAll
    @BeforeContainer
    static void indexSomething() throws IOException {
        folder = Files.createTempDirectory("vigie-index");
        index = Index.open(folder);
        index.write(
                List.of(
                        document("a")
                                .title("fr", "Théâtre à Namur")
                                .text("nl", "a b c z x")
                                .cpv("79950000")
                                .build(),
                        document("b")
                                .title("xx", "0 1 2 ( ) * \" 漢字 😀")
                                .deadline(NOW.plusSeconds(9))
                                .build()),
                List.of(),
                1);
        searcher = index.searcher();
        labels = Index.open(folder.resolve("labels"));
        var documents = new ArrayList<Document>();
        for (String code : Cpv.codes()) {
            if (code.startsWith("79") || code.startsWith("92") || code.startsWith("77")) {
                String language = List.of("fr", "nl", "en", "de").get(documents.size() % 4);
                var labelled = document(code)
                        .languages(language)
                        .text(language, Cpv.label(code, language).orElseThrow());
                if (documents.size() % 3 == 0) {
                    labelled.cpv(code);
                }
                if (documents.size() % 5 == 0) {
                    labelled.places("BE213");
                }
                documents.add(labelled.build());
            }
        }
        labels.write(documents, List.of(), 1);
        labelled = labels.searcher();
    }

    @AfterAll
    @AfterContainer
    static void removeIt() throws IOException {
        searcher.close();
        index.close();
        labelled.close();
        labels.close();
        delete(folder);
    }

    @Property(tries = 1000, seed = "20261124")
    void anyStringRuns_orGetsAMessageThatPointsIntoIt(@ForAll String query) {
        runsOrPoints(query);
    }

    @Property(tries = 2000, seed = "20261124")
    void anyHeapOfSyntaxRuns_orGetsAMessageThatPointsIntoIt(@ForAll("syntax") String query) {
        runsOrPoints(query);
    }

    @Provide
    Arbitrary<String> syntax() {
        return Arbitraries.of(
                        "a",
                        "théâtre",
                        "l'été",
                        " ",
                        " ",
                        " ",
                        "(",
                        ")",
                        "\"",
                        "«",
                        "»",
                        "-",
                        "--",
                        "OR",
                        "AND",
                        " OR ",
                        "*",
                        "na*",
                        "cpv:",
                        "cpv:79*",
                        "7995",
                        "place:",
                        "BE1",
                        "none",
                        ",",
                        "|",
                        "title:",
                        "buyer:",
                        "deadline:",
                        "<30d",
                        ">7d",
                        "2026-12-31",
                        "..",
                        "value:",
                        ">5",
                        "10k",
                        "http://",
                        "http:",
                        "Foo:",
                        "12:30",
                        "(s)",
                        "·e",
                        "++",
                        "#",
                        "\u00AD",
                        "\u0301",
                        "\uD800",
                        "\0",
                        "\n",
                        "\u00A0",
                        "kind:call",
                        "published:",
                        "’",
                        "_")
                .list()
                .ofMaxSize(14)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void aNegatedDashIsPrintedAsOne() {
        assertEquals("-(--foo)", compile("-(--foo)").describe());
        assertEquals(compile("-(--foo)"), compile(compile("-(--foo)").describe()));
    }

    @ParameterizedTest
    @CsvSource({"robustness/blns.jsonl, text", "security-payloads/payloads.jsonl, payload"})
    void awkwardStringsRun_orGetAMessage(String file, String field) throws IOException {
        var json = new ObjectMapper();
        for (String line : Files.readAllLines(Corpus.require(file))) {
            runsOrPoints(json.readTree(line).path(field).asText());
        }
    }

    private static void runsOrPoints(String query) {
        CompiledQuery compiled;
        try {
            compiled = compile(query);
        } catch (QuerySyntaxException e) {
            assertTrue(e.position() >= 0 && e.position() <= query.length(), e::render);
            assertEquals(3, e.render().lines().count(), e::render);
            return;
        }
        for (Scope scope : Scope.values()) {
            CompiledQuery wider = new QueryCompiler().compile(query, scope, NOW);
            for (Sort sort : Sort.values()) {
                searcher.search(wider, Filter.open(NOW), sort, 10);
            }
        }
        compiled.leaves().forEach(leaf -> searcher.occurrences(leaf, "a"));
        // Conditions that are written one after the other mean what they meant together, with no more and no less in
        // them.
        List<String> clauses = new QueryCompiler().clauses(query);
        clauses.forEach(QueryPropertiesTest::compile);
        assertEquals(compiled, compile(String.join(" ", clauses)), () -> query + " is made of " + clauses);
        new QueryCompiler()
                .codes(query)
                .forEach(code -> assertTrue(query.startsWith(code.value(), code.position()), query));
        String described = compiled.describe();
        assertEquals(compiled, compile(described), () -> query + " was described as " + described);
        assertEquals(described, compile(described).describe());
    }

    @Property(tries = 300, seed = "20261124", edgeCases = EdgeCasesMode.NONE)
    void aWiderScopeFindsAllThatANarrowerOneFinds_andMeansWhatItSays(@ForAll("wordy") String query) {
        Set<String> less = Set.of();
        for (Scope scope : Scope.values()) {
            CompiledQuery compiled;
            try {
                compiled = new QueryCompiler().compile(query, scope, NOW);
            } catch (QuerySyntaxException unreadable) {
                return;
            }
            Set<String> found = all(labelled, compiled);
            assertTrue(found.containsAll(less), () -> query + " as " + scope);
            assertEquals(found, all(labelled, compile(compiled.describe())), compiled.describe());
            less = found;
        }
    }

    private static Set<String> all(Searcher in, CompiledQuery query) {
        return in.matching(query, Filter.everything(), -1, Long.MAX_VALUE);
    }

    /** Queries of words that labels of the CPV carry, in four languages, with all that a query can have. */
    @Provide
    Arbitrary<String> wordy() {
        List<String> words = Cpv.codes().stream()
                .filter(code -> code.startsWith("79") || code.startsWith("92") || code.startsWith("77"))
                .flatMap(code -> Stream.of("fr", "nl", "en", "de")
                        .map(language -> Cpv.label(code, language).orElseThrow()))
                .flatMap(label -> Stream.of(label.split("[\\s,()\"]+")))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        Arbitrary<String> leaf = Combinators.combine(
                        Arbitraries.of(words),
                        Arbitraries.of(
                                "", "", "", "", "-", "title:", "part:", "nl:", "\"", "cpv:79", "place:BE21", "te*"))
                .as((word, sign) -> switch (sign) {
                    case "\"" -> '"' + word + '"';
                    case "cpv:79", "place:BE21", "te*" -> sign;
                    default -> sign + word;
                });
        return Combinators.combine(leaf, Arbitraries.of(" ", " ", " ", " OR ", " (", ") ", " -("))
                .as((word, glue) -> word + glue)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(pieces -> {
                    String all = String.join("", pieces);
                    int open = (int) (all.chars().filter(c -> c == '(').count()
                            - all.chars().filter(c -> c == ')').count());
                    return "(".repeat(Math.max(0, -open)) + all.replaceAll(" OR $", "") + ")".repeat(Math.max(0, open));
                });
    }

    /** A query beside what it means in plain Java. */
    record Meaning(String query, Predicate<Document> holds) {}

    @Property(tries = 40, seed = "20261124", edgeCases = EdgeCasesMode.NONE)
    void searchAndMatchingAgreeWithPlainFields(
            @ForAll("documents") List<Document> documents, @ForAll("meanings") List<Meaning> meanings)
            throws IOException {
        Path own = Files.createTempDirectory("vigie-index");
        try (Index small = Index.open(own)) {
            // Two commits, so that changes lie in several segments.
            small.write(documents.subList(0, documents.size() / 2), List.of(), 1);
            small.write(documents.subList(documents.size() / 2, documents.size()), List.of(), 100);
            var plain = new PlainFields(documents);
            try (Searcher in = small.searcher()) {
                for (Meaning meaning : meanings) {
                    agrees(in, plain, meaning);
                }
            }
        } finally {
            delete(own);
        }
    }

    private static void agrees(Searcher in, PlainFields plain, Meaning meaning) {
        CompiledQuery query = compile(meaning.query());
        var holds = new BitSet();
        List<Document> documents = plain.documents();
        for (int number = 0; number < documents.size(); number++) {
            holds.set(number, meaning.holds().test(documents.get(number)));
        }
        assertEquals(holds, plain.holds(query), meaning.query());
        plain.agree(in, query, holds, List.of(Filter.open(NOW), Filter.everything()), 3, 7);
        for (Filter filter : List.of(Filter.open(NOW), Filter.everything())) {
            for (Sort sort : Sort.values()) {
                assertEquals(
                        in.search(query, filter, sort, 3).hits(),
                        in.first(query, filter, sort, 3).hits(),
                        meaning.query());
            }
        }
        Batch all = in.batch(documents.stream().map(Document::id).toList());
        for (Document document : documents) {
            assertEquals(meaning.holds().test(document), all.matches(query, document.id()), meaning.query());
            query.leaves()
                    .forEach(leaf -> assertEquals(
                            in.occurrences(leaf, document.id()).stream().findFirst(),
                            all.occurrence(leaf, document.id()),
                            leaf.describe()));
        }
    }

    @Provide
    Arbitrary<List<Document>> documents() {
        Arbitrary<Documents> shape = Combinators.combine(
                        Arbitraries.of("call", "tender", "scheme"),
                        Arbitraries.of("federal", "local"),
                        Arbitraries.of("competition", "forecast", "award", "cancelled"),
                        Arbitraries.of("79950000", "79951000", "79000000", "92310000", "30000000")
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.of("BE", "BE1", "BE100", "BE213", "FR10")
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.integers().between(-40, 60),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.of("rue", "place", "rue place"))
                .as((kind, level, stage, cpv, places, days, change, words) -> {
                    var some = document("")
                            .kind(kind)
                            .level(level)
                            .stage(stage)
                            .cpv(cpv.toArray(String[]::new))
                            .places(places.toArray(String[]::new))
                            .change(change)
                            .value(Integer.toString(days + 40))
                            .text("fr", words);
                    return days > 50
                            ? some.state("rolling", Documents.ROLLING)
                            : days > 45 ? some : some.deadline(NOW.plusSeconds(86_400L * days));
                });
        return shape.list().ofMinSize(1).ofMaxSize(25).map(shapes -> {
            var numbered = new ArrayList<Document>();
            shapes.forEach(some -> numbered.add(withId(some.build(), "d" + (numbered.size() + 10))));
            return List.copyOf(numbered);
        });
    }

    @Provide
    Arbitrary<List<Meaning>> meanings() {
        Arbitrary<Meaning> leaf = Arbitraries.of(
                new Meaning("*", document -> true),
                new Meaning("cpv:79950000", document -> anyStarts(document.cpv(), "7995")),
                new Meaning("cpv:79*", document -> anyStarts(document.cpv(), "79")),
                new Meaning("cpv:30000000,92*", document -> anyStarts(document.cpv(), "30", "92")),
                new Meaning("place:BE1", document -> anyStarts(document.places(), "BE1")),
                new Meaning("place:BE2,FR", document -> anyStarts(document.places(), "BE2", "FR")),
                new Meaning("place:none", document -> document.places().isEmpty()),
                new Meaning("kind:call,tender", document -> !document.kind().equals("scheme")),
                new Meaning("level:local", document -> document.level().equals("local")),
                new Meaning("stage:forecast", document -> document.stage().equals("forecast")),
                new Meaning("deadline:<30d", document -> dated(document, 0, 30)),
                new Meaning("deadline:>7d", document -> dated(document, 8, 1000)),
                new Meaning(
                        "deadline:rolling", document -> document.deadlineState().equals("rolling")),
                new Meaning(
                        "deadline:none", document -> document.deadlineState().equals("unknown")),
                new Meaning("deadline:2026-11-24..2026-11-30", document -> dated(document, 0, 6)),
                new Meaning("value:>50", document -> value(document) > 50),
                new Meaning("value:20..50", document -> value(document) >= 20 && value(document) <= 50),
                new Meaning("rue", document -> document.texts().toString().contains("rue")),
                new Meaning("title:rue", document -> false),
                new Meaning(
                        "\"rue place\"", document -> document.texts().toString().contains("rue place")));
        Arbitrary<Meaning> signed = Combinators.combine(leaf, Arbitraries.of(true, false))
                .as((meaning, positive) -> positive
                        ? meaning
                        : new Meaning("-" + meaning.query(), meaning.holds().negate()));
        Arbitrary<Meaning> choice = signed.list().ofMinSize(1).ofMaxSize(3).map(QueryPropertiesTest::any);
        Arbitrary<Meaning> group = Combinators.combine(
                        choice.list().ofMinSize(1).ofMaxSize(3).map(QueryPropertiesTest::all), Arbitraries.of("", "-"))
                .as((all, sign) -> new Meaning(
                        sign + "(" + all.query() + ")",
                        sign.isEmpty() ? all.holds() : all.holds().negate()));
        return Arbitraries.oneOf(signed, choice, group)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(QueryPropertiesTest::all)
                .list()
                .ofMinSize(10)
                .ofMaxSize(10);
    }

    private static Meaning any(List<Meaning> choices) {
        return new Meaning(
                choices.stream().map(Meaning::query).collect(Collectors.joining(" OR ")),
                document -> choices.stream().anyMatch(choice -> choice.holds().test(document)));
    }

    private static Meaning all(List<Meaning> parts) {
        return new Meaning(
                parts.stream().map(Meaning::query).collect(Collectors.joining(" ")),
                document -> parts.stream().allMatch(part -> part.holds().test(document)));
    }

    private static boolean anyStarts(List<String> codes, String... stems) {
        return codes.stream().anyMatch(code -> List.of(stems).stream().anyMatch(code::startsWith));
    }

    private static boolean dated(Document document, int fromDays, int toDays) {
        long days = Math.floorDiv(document.sortKey() - NOW.toEpochMilli(), 86_400_000L);
        return document.deadlineState().equals("dated") && days >= fromDays && days <= toDays;
    }

    private static double value(Document document) {
        var value = document.value();
        return value == null ? fail("no value") : value.doubleValue();
    }

    private static Document withId(Document of, String id) {
        return new Document(
                id,
                of.change(),
                of.titles(),
                of.texts(),
                of.names(),
                of.kind(),
                of.level(),
                of.stage(),
                of.sources(),
                of.languages(),
                of.submissionLanguages(),
                of.cpv(),
                of.places(),
                of.sortKey(),
                of.deadlineState(),
                of.closes(),
                of.published(),
                of.value(),
                of.payload());
    }

    private static CompiledQuery compile(String query) {
        return new QueryCompiler().compile(query, Scope.NARROW, NOW);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
