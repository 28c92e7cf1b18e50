package coop.vigie.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.group.Profile;
import coop.vigie.group.ProfileEdit;
import coop.vigie.index.Document;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.notice.Call;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Scope;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is counted on the index is what a plain look at every call would count. */
class PreviewerTest {

    private static final Instant NOW = Instant.parse("2026-11-09T08:00:00Z");
    private static final List<String> WORDS = List.of("costumes", "danse", "toiture", "lampes", "spectacle");
    private static final List<String> CODES = List.of("92310000", "92312000", "79950000");
    private static final List<String> PLACES = List.of("BE100", "BE211", "BE332");

    private static Path folder;
    private static Index index;
    private static Searcher searcher;
    private static List<Plain> plain;

    /**
     * A call as a person sees it.
     *
     * @param seen when it was first seen
     */
    private record Plain(
            String id,
            Set<String> words,
            Set<String> cpv,
            Set<String> places,
            Kind kind,
            Level level,
            Stage stage,
            Stage facts,
            @Nullable Instant published,
            Instant seen) {

        boolean isWanted(Profile profile) {
            boolean subject = (profile.any().isEmpty() && profile.cpv().isEmpty())
                    || profile.any().stream().anyMatch(words::contains)
                    || profile.cpv().stream().anyMatch(this::has);
            return subject
                    && words.containsAll(profile.all())
                    && profile.none().stream().noneMatch(words::contains)
                    && (profile.query().isEmpty() || words.contains(profile.query()))
                    && (profile.places().isEmpty()
                            || places.isEmpty()
                            || places.stream()
                                    .anyMatch(each -> profile.places().stream().anyMatch(each::startsWith)))
                    && (profile.levels().isEmpty() || profile.levels().contains(level))
                    && (profile.kinds().isEmpty() ? Set.of(Kind.CALL, Kind.TENDER) : Set.copyOf(profile.kinds()))
                            .contains(kind);
        }

        private boolean has(String code) {
            String stem = code.endsWith("*") ? code.substring(0, code.length() - 1) : code.replaceAll("0+$", "");
            return cpv.stream().anyMatch(each -> each.startsWith(stem));
        }

        boolean isWithin(int days) {
            Instant date = published == null ? seen : published;
            return facts == Stage.COMPETITION && !date.isBefore(NOW.minus(Duration.ofDays(days))) && !date.isAfter(NOW);
        }

        boolean isOpen() {
            return stage == Stage.COMPETITION;
        }
    }

    @BeforeAll
    @BeforeContainer
    static void fill() throws IOException {
        folder = Files.createTempDirectory("vigie-preview");
        index = Index.open(folder);
        var random = new Random(11);
        plain = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Stage facts = random.nextInt(8) == 0 ? Stage.AWARD : Stage.COMPETITION;
            Stage stage = facts == Stage.AWARD || random.nextInt(5) > 0
                    ? facts
                    : random.nextBoolean() ? Stage.AWARD : Stage.CANCELLED;
            plain.add(new Plain(
                    "one:" + i,
                    some(WORDS, random),
                    some(CODES, random),
                    some(PLACES, random),
                    one(List.of(Kind.CALL, Kind.TENDER, Kind.SCHEME), random),
                    one(List.of(Level.EUROPEAN, Level.LOCAL, Level.PRIVATE), random),
                    stage,
                    facts,
                    random.nextInt(4) == 0 ? null : NOW.minus(Duration.ofHours(random.nextInt(24 * 500) - 100)),
                    NOW.minus(Duration.ofHours(random.nextInt(24 * 500)))));
        }
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            documents.add(document(plain.get(i), i + 1));
        }
        index.write(documents, List.of(), plain.size());
        searcher = index.searcher();
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Set<String> some(List<String> of, Random random) {
        return of.stream().filter(each -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    private static Document document(Plain from, long change) {
        String title = "Marché " + String.join(" ", from.words());
        var id = new NoticeId(new SourceId("one"), from.id().substring(4));
        Notice notice = new Notice.Builder(id, ZoneId.of("Europe/Brussels"))
                .title(LocalText.of("fr", title))
                .kind(from.kind())
                .level(from.level())
                .stage(from.facts())
                .published(from.published())
                .cpv(List.copyOf(from.cpv()))
                .build();
        return new Document(
                from.id(),
                change,
                Map.of("fr", title),
                Map.of(),
                List.of(),
                from.kind().code(),
                from.level().code(),
                from.stage().code(),
                List.of("one"),
                List.of("fr"),
                List.of(),
                List.copyOf(from.cpv()),
                List.copyOf(from.places()),
                Long.MAX_VALUE,
                "unknown",
                null,
                from.published(),
                null,
                Json.write(new Call(id, List.of(id), 1, from.stage(), notice, from.seen())));
    }

    @AfterAll
    @AfterContainer
    static void close() throws IOException {
        searcher.close();
        index.close();
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Previewer previewer(int days) {
        return new Previewer(searcher, NOW, days, Optional.empty());
    }

    private static Set<String> wanted(Profile profile, int days) {
        return plain.stream()
                .filter(each -> each.isWithin(days) && each.isWanted(profile))
                .map(Plain::id)
                .collect(Collectors.toSet());
    }

    @Property(tries = 60)
    void countsWhatAPlainLookCounts(@ForAll("profiles") Profile profile, @ForAll("days") int days) {
        Preview preview = previewer(days).preview(List.of(profile));

        Set<String> wanted = wanted(profile, days);
        Preview.Reach narrow = preview.in(Scope.NARROW);
        assertEquals(wanted.size(), narrow.total());
        assertEquals(Math.min(10, wanted.size()), narrow.examples().size());
        assertTrue(narrow.examples().stream()
                .allMatch(example -> wanted.contains(example.call().id().toString())));
    }

    @Property(tries = 40)
    void countsTwoProfilesTogether_eachCallOnce(@ForAll("profiles") Profile one, @ForAll("profiles") Profile other) {
        Set<String> both = wanted(one, 365);
        both.addAll(wanted(other, 365));

        assertEquals(
                both.size(),
                previewer(365).preview(List.of(one, other)).in(Scope.NARROW).total());
    }

    @Property(tries = 40)
    void neverFindsLessInAWiderScope(@ForAll("profiles") Profile profile) {
        Preview preview = previewer(365).preview(List.of(profile));

        assertTrue(
                preview.in(Scope.NARROW).total() <= preview.in(Scope.BALANCED).total());
        assertTrue(preview.in(Scope.BALANCED).total() <= preview.in(Scope.WIDE).total());
    }

    @Property(tries = 40)
    void findsTheOpenCallsThatComeAndGo(@ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
        Effect effect = Effect.of(Optional.of(before), Optional.of(after), searcher, NOW, 3);

        assertEquals(open(before, null), effect.before());
        assertEquals(open(after, null), effect.after());
        assertEquals(open(after, before), effect.come().total());
        assertEquals(open(before, after), effect.go().total());
    }

    private static long open(Profile profile, @Nullable Profile without) {
        return plain.stream()
                .filter(each -> each.isOpen() && each.isWanted(profile) && (without == null || !each.isWanted(without)))
                .count();
    }

    @Property(tries = 30)
    void explainsAsItMatches(@ForAll("profiles") Profile profile) {
        Set<String> matched = new Matcher(searcher)
                        .match(
                                CompiledProfile.compile(profile, new QueryCompiler(), NOW),
                                Filter.everything(),
                                -1,
                                Long.MAX_VALUE)
                        .stream()
                        .map(Match::callId)
                        .collect(Collectors.toSet());
        for (Plain each : plain.subList(0, 40)) {
            Explanation explanation =
                    Previewer.explain(profile, each.id(), searcher, NOW).orElseThrow();

            assertEquals(matched.contains(each.id()), explanation.isMet(), each::toString);
            assertEquals(explanation.isMet(), explanation.unmet().isEmpty());
        }
    }

    @Property(tries = 15)
    void suggestsOnlyWhatReallyAddsOrTakesAway(@ForAll("profiles") Profile profile) {
        Set<String> before = wanted(profile, 365);

        for (Hint hint : previewer(365).hints(profile).all()) {
            Set<String> after = wanted(ProfileEdit.apply(profile, List.of(hint.edit())), 365);
            assertEquals(after.stream().filter(id -> !before.contains(id)).count(), hint.adds(), hint::toString);
            assertEquals(before.stream().filter(id -> !after.contains(id)).count(), hint.removes(), hint::toString);
            assertTrue(hint.adds() + hint.removes() > 0, hint::toString);
        }
    }

    @Test
    void findsAWordTheMoreSurprising_theRarerItIsElsewhere() {
        assertTrue(TitleWords.surprise(5, 10, 0, 100) > TitleWords.surprise(5, 10, 10, 100));
        assertEquals(0, TitleWords.surprise(1, 10, 50, 100));
        assertEquals(0, TitleWords.surprise(0, 0, 5, 10));
        // 2 (10 ln 2 + 10 ln 2): ten of ten against none of ten.
        assertEquals(40 * Math.log(2), TitleWords.surprise(10, 10, 0, 10), 1e-9);
    }

    @Provide
    Arbitrary<Integer> days() {
        return Arbitraries.of(1, 7, 100, 365, 1000);
    }

    /** In scope narrow, whose meaning a plain look knows. */
    @Provide
    Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        some(WORDS),
                        some(List.of("spectacle", "lampes")),
                        some(List.of("toiture")),
                        some(List.of("92310000", "9231*", "7995*")),
                        some(List.of("BE1", "BE21", "BE")),
                        some(List.of(Level.values())),
                        some(List.of(Kind.values())),
                        Arbitraries.of("", "danse"))
                .as((any, all, none, cpv, places, levels, kinds, query) ->
                        new Profile("p", Scope.NARROW, any, all, none, cpv, places, levels, kinds, query));
    }

    private static <T> Arbitrary<List<T>> some(List<T> values) {
        return Arbitraries.of(values).list().uniqueElements().ofMaxSize(2);
    }
}
