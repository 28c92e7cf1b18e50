package coop.vigie.index;

import coop.vigie.notice.VigieException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.SleepingLockWrapper;
import org.apache.lucene.util.IOUtils;

/**
 * An index in a folder. Any number of processes may read it while one writes; the writer lives for the length of one
 * call. Every commit is whole: a crash leaves the one before.
 */
public final class Index implements AutoCloseable {

    private static final String CHANGE = "change";
    private static final String FORMAT = "format";
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final long LOCK_POLL_MILLIS = 50;
    private static final int SEGMENTS = 4;

    private static final double BUFFER_MB = 48;

    /** Of the memory that there is, for many documents at once: the larger the segments, the less is to be merged. */
    private static final double BUFFER_SHARE = 0.15;

    /** Held here, since a logger that nobody holds forgets its level. Lucene only tells us how it could run faster. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.OFF);
    }

    private final Path folder;
    private final FSDirectory directory;
    private final Duration lockWait;
    private final boolean readOnly;

    private Index(Path folder, FSDirectory directory, Duration lockWait, boolean readOnly) {
        this.folder = folder;
        this.directory = directory;
        this.lockWait = lockWait;
        this.readOnly = readOnly;
    }

    /**
     * Opens an index for reading and writing. The folder is created if it is missing; an index appears in it with the
     * first {@link #write} or {@link #rebuild}.
     *
     * @throws IndexAccessException if the folder cannot be made or read
     */
    public static Index open(Path folder) {
        return open(folder, LOCK_WAIT);
    }

    static Index open(Path folder, Duration lockWait) {
        try {
            return new Index(folder, FSDirectory.open(folder), lockWait, false);
        } catch (IOException e) {
            throw new IndexAccessException(folder, "open", e);
        }
    }

    /**
     * Opens an index for reading alone; creates nothing.
     *
     * @throws IndexUnusableException if {@link #isMissingOrOutdated}
     */
    public static Index openReadOnly(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IndexUnusableException(folder, "there is none", null);
        }
        Index index = null;
        try {
            index = new Index(folder, FSDirectory.open(folder), LOCK_WAIT, true);
            index.requireFormat();
            return index;
        } catch (IOException e) {
            throw failure(folder, "open", e);
        } catch (VigieException e) {
            if (index != null) {
                index.close();
            }
            throw e;
        }
    }

    /**
     * A view of an index for a process that ends after a search. It reads the files that others map into memory: what
     * mapping needs takes a cold process longer than the search.
     *
     * @throws IndexUnusableException if there is no index, if it is damaged, or if another format number wrote it
     * @throws IndexAccessException if this user may not read it
     */
    public static Searcher briefly(Path folder) {
        if (!Files.isDirectory(folder)) {
            if (!Files.exists(folder) && !Files.notExists(folder)) {
                throw new IndexAccessException(folder, "open", new AccessDeniedException(folder.toString()));
            }
            throw new IndexUnusableException(folder, "there is none", null);
        }
        try {
            // Never closed: it holds nothing open, and the searcher's files close with the searcher.
            return new Index(folder, new InLargePieces(folder), LOCK_WAIT, true)
                    .searcher()
                    .withoutCache();
        } catch (IOException e) {
            throw failure(folder, "open", e);
        }
    }

    /** Reads four times as much at once: each read costs a cold process more than what it brings. */
    private static final class InLargePieces extends NIOFSDirectory {

        InLargePieces(Path folder) throws IOException {
            super(folder);
        }

        @Override
        public IndexInput openInput(String name, IOContext context) throws IOException {
            return super.openInput(name, IOContext.merge());
        }
    }

    /** True if there is no index, if it cannot be read, or if another format number wrote it. */
    public static boolean isMissingOrOutdated(Path folder) {
        try (Searcher searcher = briefly(folder)) {
            return searcher.size() < 0;
        } catch (VigieException e) {
            return true;
        }
    }

    /**
     * The highest change number that the last commit has worked in; 0 if there is no commit yet.
     *
     * @throws IndexUnusableException if the index is broken or of another format
     */
    public long committedChange() {
        try {
            return DirectoryReader.indexExists(directory) ? requireFormat() : 0;
        } catch (IOException e) {
            throw failure(folder, "read", e);
        }
    }

    /**
     * Works changes in and commits them together. Doing the same again changes nothing, so a caller that crashed in
     * between starts over from {@link #committedChange()}.
     *
     * @param upserts documents that are new or replace the one with their id; of two with one id the last counts
     * @param deletedIds documents to remove; those that are not there do no harm
     * @param upTo highest change number now worked in; a lower one than committed leaves the number as it is
     * @throws IndexBusyException if another writer does not finish within ten seconds
     * @throws IndexUnusableException if the index is broken or of another format
     */
    public void write(Iterable<Document> upserts, Collection<String> deletedIds, long upTo) {
        write(upserts, deletedIds, upTo, -1);
    }

    /**
     * As {@link #write}, if the index still stands where its caller saw it. Documents that were read for changes after
     * {@code after} would put old ones over new ones, once another process has gone on.
     *
     * @param after what {@link #committedChange} said before the documents were read
     * @return false if it says something else by now; nothing was written then
     */
    public boolean writeAfter(long after, Iterable<Document> upserts, Collection<String> deletedIds, long upTo) {
        return write(upserts, deletedIds, upTo, after);
    }

    private boolean write(Iterable<Document> upserts, Collection<String> deletedIds, long upTo, long after) {
        requireWritable();
        try (IndexWriter writer = writer(OpenMode.CREATE_OR_APPEND)) {
            // Under the lock: nobody else moves the number now.
            long committed = committedChange();
            if (after >= 0 && committed != after) {
                return false;
            }
            long change = Math.max(upTo, committed);
            for (String id : deletedIds) {
                writer.deleteDocuments(new Term(Schema.ID, id));
            }
            new Intake(writer, false).addAll(upserts.iterator(), document -> document);
            commit(writer, change);
            return true;
        } catch (IOException e) {
            throw failure(folder, "write", e);
        }
    }

    /**
     * Replaces whatever is there, even something broken, by these documents, in one commit: until it is done, readers
     * see the old index. Of two documents with one id the last counts.
     *
     * @param upTo highest change number that the documents reflect
     * @throws IndexBusyException if another writer does not finish within ten seconds
     */
    public void rebuild(Iterable<Document> documents, long upTo) {
        rebuild(documents.iterator(), document -> document, upTo);
    }

    /**
     * As {@link #rebuild(Iterable, long)}.
     *
     * @param sources what documents are made of
     * @param making called by several threads
     */
    public <T> void rebuild(Iterator<T> sources, Function<T, Document> making, long upTo) {
        requireWritable();
        try (IndexWriter writer = writerOverAnything()) {
            MergePolicy later = writer.getConfig().getMergePolicy();
            writer.getConfig().setRAMBufferSizeMB(rebuildBufferMegabytes()).setMergePolicy(NoMergePolicy.INSTANCE);
            new Intake(writer, true).addAll(sources, making);
            // All at once is less work than by and by, and every search after it opens one segment.
            writer.getConfig().setMergePolicy(later);
            writer.forceMerge(1);
            commit(writer, upTo);
        } catch (IOException e) {
            throw failure(folder, "rebuild", e);
        }
    }

    /** The index as it stands at its last commit. */
    public Searcher searcher() {
        DirectoryReader reader = null;
        try {
            reader = DirectoryReader.open(directory);
            requireFormat(reader.getIndexCommit().getUserData());
            return new Searcher(folder, reader);
        } catch (IllegalArgumentException e) {
            throw otherLucene(e);
        } catch (IOException e) {
            throw failure(folder, "read", e);
        } catch (IndexUnusableException e) {
            IOUtils.closeWhileHandlingException(reader);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            directory.close();
        } catch (IOException e) {
            throw new IndexAccessException(folder, "close", e);
        }
    }

    private IndexWriter writer(OpenMode mode) throws IOException {
        dropBrokenLock();
        Directory patient = new SleepingLockWrapper(directory, lockWait.toMillis(), LOCK_POLL_MILLIS);
        if (mode != OpenMode.CREATE) {
            committedChange(); // another format would only fail later, and less clearly
        }
        var config = new IndexWriterConfig(Schema.analyzer())
                .setOpenMode(mode)
                .setIndexSort(Schema.DEADLINE_ORDER)
                .setRAMBufferSizeMB(BUFFER_MB)
                // A cold search pays for each segment that it opens, more than a writer for merging a little more.
                .setMergePolicy(new TieredMergePolicy().setSegmentsPerTier(SEGMENTS))
                // What was not committed on purpose must not slip in while an exception closes the writer.
                .setCommitOnClose(false);
        return new IndexWriter(patient, config);
    }

    private IndexWriter writerOverAnything() throws IOException {
        try {
            return writer(OpenMode.CREATE);
        } catch (IllegalArgumentException e) {
            deleteAll(); // how Lucene says that it does not know the codec
        } catch (IOException e) {
            if (!(failure(folder, "rebuild", e) instanceof IndexUnusableException)) {
                throw e; // a full disk is no reason to throw away what can still be read
            }
            deleteAll();
        }
        return writer(OpenMode.CREATE);
    }

    /** A lock of Lucene's is an empty file; one with something in it is broken, locks nothing, and stops everybody. */
    private void dropBrokenLock() throws IOException {
        Path lock = folder.resolve(IndexWriter.WRITE_LOCK_NAME);
        if (Files.isRegularFile(lock) && Files.size(lock) > 0) {
            Files.delete(lock);
        }
    }

    private void deleteAll() throws IOException {
        try (var lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    lock.ensureValid();
                    directory.deleteFile(file);
                }
            }
        }
    }

    private static double rebuildBufferMegabytes() {
        return Math.max(BUFFER_MB, BUFFER_SHARE * Runtime.getRuntime().maxMemory() / (1 << 20));
    }

    private static void commit(IndexWriter writer, long change) throws IOException {
        writer.setLiveCommitData(Map.of(CHANGE, Long.toString(change), FORMAT, Integer.toString(Schema.FORMAT))
                .entrySet());
        writer.commit();
    }

    /** The change number of the last commit, once its format is known to be ours. */
    private long requireFormat() throws IOException {
        try {
            return requireFormat(SegmentInfos.readLatestCommit(directory).getUserData());
        } catch (IllegalArgumentException e) {
            throw otherLucene(e);
        }
    }

    private long requireFormat(Map<String, String> said) {
        String format = said.getOrDefault(FORMAT, "none");
        if (!format.equals(Integer.toString(Schema.FORMAT))) {
            throw new IndexUnusableException(
                    folder, "its format is " + format + ", and this version reads " + Schema.FORMAT, null);
        }
        return change(said);
    }

    /** How Lucene says that it does not know the codec. */
    private IndexUnusableException otherLucene(IllegalArgumentException cause) {
        return new IndexUnusableException(folder, "it was written by another version of Lucene", cause);
    }

    static long change(Map<String, String> commit) {
        return Long.parseLong(commit.getOrDefault(CHANGE, "0"));
    }

    private void requireWritable() {
        if (readOnly) {
            throw new IllegalStateException("the index in " + folder + " was opened for reading only");
        }
    }

    static VigieException failure(Path folder, String attempt, IOException cause) {
        return switch (cause) {
            case LockObtainFailedException busy -> new IndexBusyException(folder, busy);
            case IndexNotFoundException missing -> new IndexUnusableException(folder, "there is none", missing);
            case EOFException cut -> new IndexUnusableException(folder, "it is damaged", cut);
            case CorruptIndexException corrupt -> new IndexUnusableException(folder, "it is damaged", corrupt);
            case IndexFormatTooOldException old ->
                new IndexUnusableException(folder, "it was written by an older version of Lucene", old);
            case IndexFormatTooNewException young ->
                new IndexUnusableException(folder, "it was written by a newer version of Lucene", young);
            case NoSuchFileException lost -> new IndexUnusableException(folder, "a file of it is lost", lost);
            case FileNotFoundException lost -> new IndexUnusableException(folder, "a file of it is lost", lost);
            default -> new IndexAccessException(folder, attempt, cause);
        };
    }
}
