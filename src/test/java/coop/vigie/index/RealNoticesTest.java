package coop.vigie.index;

import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.group.Profile;
import coop.vigie.match.CompiledProfile;
import coop.vigie.match.Match;
import coop.vigie.match.Matcher;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a thousand real notices, for queries and profiles made of what they hold: a search of the whole index, the matching of what
 * changed, and a look at every field of every notice give the same.
 */
class RealNoticesTest {

    /** Most of the notices had closed, many had not. */
    private static final Instant NOW = Instant.parse("2021-01-20T09:00:00Z");

    private static final List<Filter> FILTERS = List.of(Filter.open(NOW), Filter.everything());

    /** Of the last of the commits, so that the index has its older versions, too. */
    private static final long HALF = 500;

    /** What the language of queries gives no meaning of its own. */
    private static final Pattern WORD = Pattern.compile("(?!OR$|AND$)[\\p{L}\\p{N}][\\p{L}\\p{N}'’.·+#/-]*");

    private static final List<Level> LEVELS = List.of(Level.values());

    private static final Pattern BEGINNING = Pattern.compile("^\\p{L}{2,4}");

    @TempDir
    static Path folder;

    private static Index index;
    private static Searcher searcher;
    private static PlainFields plain;

    @BeforeAll
    static void indexNotices() throws IOException {
        var json = new ObjectMapper();
        var documents = new ArrayList<Document>();
        for (String line : Files.readAllLines(Corpus.require("notices/ted_notices.jsonl"))) {
            documents.add(read(json.readTree(line), documents.size() + 1));
        }
        plain = new PlainFields(documents);
        index = Index.open(folder);
        // In several segments, with older versions and documents that are gone between those that count.
        for (int from = 0; from < documents.size(); from += 200) {
            List<Document> some = documents.subList(from, Math.min(from + 200, documents.size()));
            var older = new ArrayList<Document>(some);
            IntStream.range(0, Math.min(from, 100))
                    .forEach(i -> older.add(document(documents.get(from(i)).id())
                            .title("fr", "services")
                            .build()));
            older.add(document("gone-" + from).title("fr", "services").build());
            index.write(older, List.of(), from + 1L);
        }
        index.write(
                IntStream.range(0, 100).mapToObj(i -> documents.get(from(i))).toList(),
                IntStream.iterate(0, from -> from < documents.size(), from -> from + 200)
                        .mapToObj(from -> "gone-" + from)
                        .toList(),
                documents.size() + 1L);
        searcher = index.searcher();
    }

    /** Some that lie in the first commit. */
    private static int from(int i) {
        return 2 * i;
    }

    @AfterAll
    static void close() {
        if (index != null) {
            searcher.close();
            index.close();
        }
    }

    @Test
    void searchAndMatchingGiveWhatTheFieldsSay() {
        var random = new Random(20261124);
        int found = 0;
        for (int i = 0; i < 120; i++) {
            String text = query(random);
            for (Scope scope : Scope.values()) {
                CompiledQuery query = new QueryCompiler().compile(text, scope, NOW);
                BitSet holds = plain.holds(query);
                plain.agree(searcher, query, holds, FILTERS, HALF / 2, HALF);
                found += holds.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(found > 240, "only " + found + " of 360 found anything");
    }

    @Test
    void profilesMatchWhatTheFieldsSay_andGiveAReasonForEach() {
        var random = new Random(20261124);
        var matcher = new Matcher(searcher);
        int found = 0;
        for (int i = 0; i < 60; i++) {
            Profile profile = profile(random);
            for (Scope scope : Scope.values()) {
                var compiled = CompiledProfile.compile(profile.in(scope), new QueryCompiler(), NOW);
                BitSet holds = wanted(profile.in(scope));
                plain.agree(searcher, compiled.whole(), holds, FILTERS, HALF / 2, HALF);
                for (Filter filter : FILTERS) {
                    List<Match> matches = matcher.match(compiled, filter, HALF / 2, HALF);
                    assertEquals(
                            PlainFields.sorted(plain.find(holds, filter, HALF / 2, HALF)),
                            PlainFields.sorted(
                                    matches.stream().map(Match::callId).toList()),
                            profile::toString);
                    assertTrue(
                            compiled.conditions().isEmpty()
                                    || matches.stream()
                                            .noneMatch(match -> match.reasons().isEmpty()),
                            profile::toString);
                }
                found += holds.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(found > 120, "only " + found + " of 180 found anything");
    }

    /** What a profile means, entry by entry, as its class says it. */
    private static BitSet wanted(Profile profile) {
        var wanted = new BitSet();
        wanted.set(0, plain.documents().size());
        if (!profile.any().isEmpty() || !profile.cpv().isEmpty()) {
            var subject = new BitSet();
            profile.any().forEach(words -> subject.or(holds(words, profile.scope())));
            profile.cpv().forEach(code -> subject.or(holds("cpv:" + code, profile.scope())));
            wanted.and(subject);
        }
        profile.all().forEach(words -> wanted.and(holds(words, profile.scope())));
        if (!profile.query().isEmpty()) {
            wanted.and(holds(profile.query(), profile.scope()));
        }
        if (!profile.places().isEmpty()) {
            wanted.and(holds("place:none," + String.join(",", profile.places()), profile.scope()));
        }
        List<Kind> kinds = profile.kinds().isEmpty() ? List.of(Kind.CALL, Kind.TENDER) : profile.kinds();
        List<String> levels = profile.levels().stream().map(Level::code).toList();
        for (int number = 0; number < plain.documents().size(); number++) {
            Document document = plain.documents().get(number);
            if (kinds.stream().noneMatch(kind -> kind.code().equals(document.kind()))
                    || (!levels.isEmpty() && !levels.contains(document.level()))) {
                wanted.clear(number);
            }
        }
        profile.none().forEach(words -> wanted.andNot(holds(words, Scope.NARROW)));
        return wanted;
    }

    private static BitSet holds(String query, Scope scope) {
        return plain.holds(new QueryCompiler().compile(query, scope, NOW));
    }

    private static Profile profile(Random random) {
        Document of = any(random);
        return new Profile(
                "p",
                Scope.NARROW,
                some(random, 3, () -> words(random, random.nextBoolean() ? of : any(random))),
                some(random, 1, () -> words(random, of)),
                some(random, 2, () -> words(random, any(random))),
                some(random, 2, () -> cpv(random, random.nextBoolean() ? of : any(random))),
                some(random, 2, () -> place(random, random.nextInt(3) > 0 ? of : any(random))),
                some(random, 2, () -> pick(random, LEVELS)),
                some(random, 2, () -> pick(random, List.of(Kind.values()))),
                random.nextInt(3) == 0 ? leaf(random, of) : "");
    }

    private static <T> List<T> some(Random random, int most, Supplier<T> one) {
        return Stream.generate(one)
                .limit(random.nextBoolean() ? 0 : random.nextInt(most + 1))
                .distinct()
                .toList();
    }

    private static String query(Random random) {
        Document of = any(random);
        var query = new StringBuilder(leaf(random, of));
        for (int more = random.nextInt(4); more > 0; more--) {
            Document other = random.nextInt(3) == 0 ? any(random) : of;
            query.append(
                    switch (random.nextInt(6)) {
                        case 0 -> " OR " + leaf(random, any(random));
                        case 1 -> " -" + leaf(random, any(random));
                        case 2 -> " -(" + leaf(random, any(random)) + " " + leaf(random, other) + ")";
                        case 3 -> " (" + leaf(random, other) + " OR " + leaf(random, any(random)) + ")";
                        default -> " " + leaf(random, other);
                    });
        }
        return query.toString();
    }

    /** A condition that mostly holds of a document. */
    private static String leaf(Random random, Document of) {
        return switch (random.nextInt(16)) {
            case 0 -> "cpv:" + cpv(random, of);
            case 1 -> "cpv:" + cpv(random, of) + "," + cpv(random, any(random));
            case 2 -> "place:" + place(random, of);
            case 3 -> "kind:" + of.kind() + ",scheme";
            case 4 -> "lang:" + of.languages().getFirst();
            case 5 -> "deadline:" + (of.closes() == null ? "none" : range(random, of.closes()));
            case 6 -> "published:" + range(random, of.published() == null ? NOW : of.published());
            case 7 -> "stage:" + of.stage();
            case 8 -> "value:" + pick(random, List.of(">", "<")) + random.nextInt(2000);
            case 9 -> "buyer:" + word(random, String.join(" ", of.names()));
            case 10 -> "title:" + words(random, of);
            case 11 -> pick(random, List.of("part:", "fr:", "de:", "nl:", "en:")) + word(random, text(random, of));
            default -> words(random, of);
        };
    }

    private static String words(Random random, Document of) {
        String text = text(random, of);
        return switch (random.nextInt(6)) {
            case 0, 1 -> phrase(random, text);
            case 2 -> {
                var beginning = BEGINNING.matcher(word(random, text));
                yield beginning.find() ? beginning.group() + "*" : "se*";
            }
            default -> word(random, text);
        };
    }

    private static String text(Random random, Document of) {
        return pick(
                random,
                Stream.concat(of.titles().values().stream(), of.texts().values().stream())
                        .toList());
    }

    private static String phrase(Random random, String text) {
        List<String> words = List.of(text.replaceAll("[\"«»“”„]", " ").strip().split("\\s+"));
        int from = random.nextInt(words.size());
        String phrase = String.join(" ", words.subList(from, Math.min(words.size(), from + 1 + random.nextInt(4))));
        return phrase.codePoints().anyMatch(Character::isLetterOrDigit) ? '"' + phrase + '"' : word(random, text);
    }

    private static String word(Random random, String text) {
        List<String> words = Stream.of(text.split("[\\s,;()]+"))
                .filter(word -> WORD.matcher(word).matches())
                .toList();
        return words.isEmpty() ? "services" : pick(random, words);
    }

    private static String cpv(Random random, Document of) {
        String code = of.cpv().isEmpty() ? "79000000" : pick(random, of.cpv());
        return random.nextInt(3) == 0 ? code : code.substring(0, 2 + random.nextInt(5)) + "*";
    }

    private static String place(Random random, Document of) {
        if (of.places().isEmpty()) {
            return "none";
        }
        String place = pick(random, of.places());
        return place.substring(0, Math.min(place.length(), 2 + random.nextInt(4)));
    }

    private static String range(Random random, Instant around) {
        LocalDate day = LocalDate.ofInstant(around, ZoneOffset.UTC);
        return switch (random.nextInt(3)) {
            case 0 -> ">" + day;
            case 1 -> "<" + day;
            default -> day.minusDays(random.nextInt(30)) + ".." + day.plusDays(random.nextInt(30));
        };
    }

    private static Document any(Random random) {
        return pick(random, plain.documents());
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Document read(JsonNode notice, int number) {
        String language = notice.path("lang").asText();
        String form = notice.path("form").asText();
        Documents document = document(notice.path("id").asText())
                .change(number)
                .text(language, notice.path("description").asText())
                .buyer(notice.path("buyer").asText())
                .languages(language)
                .submission(language, "en")
                .source("source-" + number % 3)
                .kind(number % 4 == 0 ? "call" : number % 17 == 0 ? "scheme" : "tender")
                .level(LEVELS.get(number % LEVELS.size()).code())
                .stage(form.matches("F0[36].*") ? "award" : form.startsWith("F01") ? "forecast" : "competition")
                .cpv(strings(notice.path("cpv")))
                .places(Stream.of(strings(notice.path("nuts")))
                        .filter(code -> Character.isLetter(code.charAt(0))) // "00" is no place
                        .toArray(String[]::new))
                .published(day(notice.path("published").asText()).toString());
        notice.path("titles_ojs")
                .properties()
                .forEach(
                        title -> document.title(title.getKey(), title.getValue().asText()));
        document.title(language, notice.path("title").asText());
        if (notice.path("deadline").isTextual()) {
            document.deadline(day(notice.path("deadline").asText()));
        }
        if (number % 5 > 0) {
            document.value(Integer.toString(number * 7 % 2000));
        }
        return document.build();
    }

    private static Instant day(String written) {
        return LocalDate.parse(written.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE)
                .atTime(written.length() > 9 ? 12 : 0, 0)
                .toInstant(ZoneOffset.UTC);
    }

    private static String[] strings(JsonNode list) {
        Set<String> strings = new LinkedHashSet<>();
        list.forEach(each -> strings.add(each.asText()));
        return strings.toArray(String[]::new);
    }
}
