package coop.vigie.index;

import static coop.vigie.index.Documents.NOW;
import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {

    @TempDir
    Path temp;

    @Test
    void writesSurviveAReopening() {
        write(1, document("a"), document("b"));
        write(2, document("b").change(2));

        try (Index index = Index.openReadOnly(folder());
                Searcher searcher = index.searcher()) {
            assertEquals(2, index.committedChange());
            assertEquals(Set.of("a", "b"), searcher.ids());
            assertEquals(Optional.of("payload of b"), searcher.payload("b"));
            assertEquals(
                    List.of(1L, 2L, -1L), List.of(searcher.change("a"), searcher.change("b"), searcher.change("c")));
            assertEquals(Optional.empty(), searcher.payload("c"));
        }
    }

    @Test
    void writesNothing_whenAnotherProcessHasGoneOn() {
        write(1, document("a"));
        try (Index one = Index.open(folder());
                Index other = Index.open(folder());
                Searcher before = one.searcher()) {
            assertTrue(other.writeAfter(1, documents(document("a").change(3)), List.of(), 3));

            assertFalse(one.writeAfter(1, documents(document("a").change(2), document("b")), List.of(), 2));

            assertEquals(1, before.committedChange());
            try (Searcher after = one.searcher()) {
                assertEquals(3, after.committedChange());
                assertEquals(Set.of("a"), after.ids());
                assertEquals(3, after.change("a"));
            }
        }
    }

    @Test
    void writingTwiceChangesNothing() {
        for (int i = 0; i < 2; i++) {
            try (Index index = Index.open(folder())) {
                index.write(documents(document("a"), document("b")), List.of("c", "gone"), 7);
            }
        }

        try (Index index = Index.open(folder());
                Searcher searcher = index.searcher()) {
            assertEquals(7, index.committedChange());
            assertEquals(Set.of("a", "b"), searcher.ids());
        }
    }

    @Test
    void removesWhatIsDeleted_andKeepsTheHigherNumber() {
        write(5, document("a"), document("b"));
        try (Index index = Index.open(folder())) {
            index.write(List.of(), List.of("a"), 3);

            assertEquals(5, index.committedChange());
            try (Searcher searcher = index.searcher()) {
                assertEquals(Set.of("b"), searcher.ids());
                assertEquals(List.of("b"), ids(searcher, "*", Filter.everything(), Sort.DEADLINE));
            }
        }
    }

    @Test
    void recordsTheNumber_whenThereIsNothingToWrite() {
        write(4);

        try (Index index = Index.open(folder());
                Searcher searcher = index.searcher()) {
            assertEquals(4, index.committedChange());
            assertEquals(
                    new Hits(List.of(), 0), searcher.search(CompiledQuery.EVERYTHING, Filter.open(NOW), Sort.SCORE, 9));
        }
    }

    @Test
    void aSearcherKeepsItsView_whileOthersWrite() {
        write(1, document("a"));

        try (Index index = Index.open(folder());
                Searcher before = index.searcher()) {
            index.write(documents(document("b")), List.of("a"), 2);

            assertEquals(Set.of("a"), before.ids());
            assertEquals(Optional.of("payload of a"), before.payload("a"));
        }
    }

    @Test
    void missingIndexIsNoticed() throws IOException {
        assertTrue(Index.isMissingOrOutdated(folder()));
        assertThrows(IndexUnusableException.class, () -> Index.openReadOnly(folder()));
        assertFalse(Files.exists(folder()), "looking creates nothing");

        try (Index index = Index.open(folder())) {
            assertEquals(0, index.committedChange());
            assertTrue(Index.isMissingOrOutdated(folder()));
            assertThrows(IndexUnusableException.class, index::searcher);
        }
        write(1, document("a"));
        assertFalse(Index.isMissingOrOutdated(folder()));
        deleteFiles("");
        assertTrue(Index.isMissingOrOutdated(folder()));
    }

    @Test
    void anotherFormatIsRefused_untilRebuilt() throws IOException {
        try (var directory = FSDirectory.open(folder());
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "0", "change", "9").entrySet());
            writer.commit();
        }

        assertTrue(Index.isMissingOrOutdated(folder()));
        assertThrows(IndexUnusableException.class, () -> write(10, document("a")));
        rebuild(3, document("a"));
        assertFalse(Index.isMissingOrOutdated(folder()));
        write(4, document("b"));
    }

    @Test
    void damageIsNoticed_andRebuiltOver() throws IOException {
        for (String damaged : List.of("segments_", "_0.cfs", "_0.si")) {
            rebuild(1, document("a"));
            try (var files = Files.list(folder())) {
                for (Path file : files.toList()) {
                    if (file.getFileName().toString().startsWith(damaged)) {
                        Files.write(file, new byte[] {1, 2, 3});
                    }
                }
            }
            rebuild(2, document("b"));
            try (Index index = Index.openReadOnly(folder());
                    Searcher searcher = index.searcher()) {
                assertEquals(Set.of("b"), searcher.ids());
            }
        }
    }

    @Test
    void unreadableSegmentsAreNamed() throws IOException {
        write(1, document("a"));
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        assertTrue(Index.isMissingOrOutdated(folder()));
        var thrown = assertThrows(IndexUnusableException.class, () -> write(2, document("b")));
        assertTrue(String.valueOf(thrown.getMessage()).contains("delete the folder"), thrown.toString());
    }

    @Test
    void aCrashWhileWritingLeavesTheCommitBefore() throws IOException {
        write(1, document("a"));
        try (Index index = Index.open(folder())) {
            assertThrows(IllegalStateException.class, () -> index.write(crashingAfter(500), List.of("a"), 2));
            assertEquals(1, index.committedChange());
            assertThrows(IllegalStateException.class, () -> index.rebuild(crashingAfter(500), 2));

            assertEquals(1, index.committedChange());
            try (Searcher searcher = index.searcher()) {
                assertEquals(Set.of("a"), searcher.ids());
            }
            index.write(documents(document("b")), List.of(), 2);
        }
    }

    @Test
    void aProcessThatDiedWhileWritingLeavesTheCommitBefore() throws IOException {
        write(1, document("a"));
        // Files of a segment that no commit names, and its lock file: what kill -9 leaves.
        Files.write(folder().resolve("_9.cfs"), new byte[1000]);
        Files.write(folder().resolve("pending_segments_9"), new byte[10]);
        Files.write(folder().resolve("write.lock"), new byte[0]);

        write(2, document("b"));

        try (Index index = Index.openReadOnly(folder());
                Searcher searcher = index.searcher()) {
            assertEquals(Set.of("a", "b"), searcher.ids());
        }
    }

    @Test
    void saysBusy_whenAnotherHoldsTheLock() throws IOException {
        write(1, document("a"));
        try (var directory = FSDirectory.open(folder());
                var lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME);
                Index index = Index.open(folder(), Duration.ofMillis(120))) {
            lock.ensureValid();

            assertThrows(IndexBusyException.class, () -> index.write(documents(document("b")), List.of(), 2));
            assertThrows(IndexBusyException.class, () -> index.rebuild(documents(document("b")), 2));
            assertEquals(1, index.committedChange());
        }
        write(2, document("b"));
    }

    @Test
    void refusesToWrite_whenOpenedForReading() {
        write(1, document("a"));
        try (Index index = Index.openReadOnly(folder())) {
            assertThrows(IllegalStateException.class, () -> index.write(List.of(), List.of(), 2));
        }
    }

    @Test
    void ordersByDeadline_thenById() {
        write(
                1,
                document("z").deadline("2026-12-01T00:00:00Z"),
                document("d"),
                document("c").state("rolling", Documents.ROLLING),
                document("m").deadline("2026-12-01T00:00:00Z"));
        write(
                2,
                document("y").deadline("2026-11-30T00:00:00Z"),
                document("a"),
                document("past").deadline("2026-11-01T00:00:00Z"));

        assertEquals(List.of("y", "m", "z", "c", "a", "d"), ids("*", Filter.open(NOW), Sort.DEADLINE));
        assertEquals(
                List.of("past", "y", "m"),
                ids("*", Filter.everything(), Sort.DEADLINE).subList(0, 3));
    }

    @Test
    void ordersByPublication_newestFirst() {
        write(
                1,
                document("a").published("2026-01-01T00:00:00Z"),
                document("b"),
                document("c").published("2026-02-01T00:00:00Z"));

        assertEquals(List.of("c", "a", "b"), ids("*", Filter.open(NOW), Sort.PUBLISHED));
    }

    @Test
    void ordersByWeight_titlesFirst() {
        write(
                1,
                document("a").text("fr", "La danse contemporaine à Bruxelles"),
                document("b").title("fr", "La danse contemporaine à Bruxelles"),
                document("c").title("fr", "Autre chose"));

        assertEquals(List.of("b", "a"), ids("danse", Filter.open(NOW), Sort.SCORE));
        assertEquals(List.of("b", "a"), ids("danse kind:call", Filter.open(NOW), Sort.SCORE));
    }

    @Test
    void openLeavesOutClosedAwardedAndCancelled() {
        write(
                1,
                document("no date"),
                document("just now").deadline(NOW),
                document("a moment ago").deadline(NOW.minusMillis(1)),
                document("another lot").deadline("2026-01-01T00:00:00Z").closes("2027-01-01T00:00:00Z"),
                document("awarded").stage("award"),
                document("cancelled").stage("cancelled").deadline("2027-01-01T00:00:00Z"));

        assertEquals(List.of("another lot", "just now", "no date"), ids("*", Filter.open(NOW), Sort.DEADLINE));
        assertEquals(6, ids("*", Filter.everything(), Sort.DEADLINE).size());
    }

    @Test
    void countsAll_whateverTheLimit() {
        write(1, IntStream.range(0, 30).mapToObj(i -> document("d" + i)).toArray(Documents[]::new));

        try (Index index = Index.open(folder());
                Searcher searcher = index.searcher()) {
            for (int limit : new int[] {0, 1, 30, Integer.MAX_VALUE}) {
                Hits hits = searcher.search(CompiledQuery.EVERYTHING, Filter.open(NOW), Sort.SCORE, limit);
                assertEquals(30, hits.total());
                assertEquals(Math.min(limit, 30), hits.hits().size());
            }
        }
    }

    @Test
    void matchesTheChangesInBetween_whereverTheyLie() {
        for (int change = 1; change <= 6; change++) {
            write(change, document("d" + change).change(change).title("fr", "danse"));
        }
        write(7, document("d2").change(7).title("fr", "danse"));
        write(8, document("d3").change(8).title("fr", "autre"));

        try (Index index = Index.open(folder());
                Searcher searcher = index.searcher()) {
            assertEquals(Set.of("d4", "d5", "d6", "d2"), searcher.matching(compile("danse"), Filter.open(NOW), 3, 8));
            assertEquals(Set.of("d5"), searcher.matching(compile("danse"), Filter.open(NOW), 4, 5));
            assertEquals(Set.of(), searcher.matching(compile("danse"), Filter.open(NOW), 8, 8));
            assertEquals(
                    Set.of(), searcher.matching(compile("danse"), Filter.open(NOW), Long.MAX_VALUE, Long.MAX_VALUE));
        }
    }

    private Path folder() {
        return temp.resolve("index");
    }

    private void write(long upTo, Documents... documents) {
        try (Index index = Index.open(folder())) {
            index.write(documents(documents), List.of(), upTo);
        }
    }

    private void rebuild(long upTo, Documents... documents) {
        try (Index index = Index.open(folder())) {
            index.rebuild(documents(documents), upTo);
        }
    }

    private void deleteFiles(String prefix) throws IOException {
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(prefix)) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<String> ids(String query, Filter filter, Sort sort) {
        try (Index index = Index.open(folder());
                Searcher searcher = index.searcher()) {
            return ids(searcher, query, filter, sort);
        }
    }

    private static List<String> ids(Searcher searcher, String query, Filter filter, Sort sort) {
        return searcher.search(compile(query), filter, sort, 100).hits().stream()
                .map(Hits.Hit::id)
                .toList();
    }

    private static List<Document> documents(Documents... documents) {
        var built = new ArrayList<Document>();
        for (Documents document : documents) {
            built.add(document.build());
        }
        return Collections.unmodifiableList(built);
    }

    private static Iterable<Document> crashingAfter(int count) {
        Iterator<Document> numbered = IntStream.range(0, count + 1)
                .mapToObj(i -> {
                    if (i == count) {
                        throw new IllegalStateException("crash");
                    }
                    return document("n" + i).build();
                })
                .iterator();
        return () -> numbered;
    }

    private static CompiledQuery compile(String query) {
        return new QueryCompiler().compile(query, Scope.NARROW, NOW);
    }
}
