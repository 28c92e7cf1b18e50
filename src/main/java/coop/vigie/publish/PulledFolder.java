package coop.vigie.publish;

import coop.vigie.config.WholeFile;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Call;
import coop.vigie.notice.NoticeId;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was pulled, as it lies in a home: the published files, and when and from where they came. */
public final class PulledFolder {

    private static final String STATE = "pulled.properties";
    private static final String LOCK = "lock";

    private final Path folder;
    private final Shards shards;

    public PulledFolder(Path folder) {
        this.folder = folder;
        this.shards = new Shards(folder);
    }

    /**
     * The last pull that was complete.
     *
     * @param from as it was asked for
     * @param allowPrivateNetwork whether the address may lie inside a private network
     * @param validators of the manifest
     * @param made when it was published, by the publisher's clock
     * @param pulled when its publisher last answered, by ours
     * @param indexed when the index was last made of it, by ours
     */
    public record State(
            URI from,
            boolean allowPrivateNetwork,
            Validators validators,
            Instant made,
            Instant pulled,
            Instant indexed) {}

    /** True once something was pulled here. */
    public boolean exists() {
        return Files.exists(folder.resolve(STATE));
    }

    /** Empty if nothing was pulled here, or nobody can read any more what. */
    public Optional<State> state() {
        try {
            var stored = new Properties();
            stored.load(new StringReader(Files.readString(folder.resolve(STATE))));
            return Optional.of(new State(
                    URI.create(present(stored, "from")),
                    Boolean.parseBoolean(stored.getProperty("allow-private-network")),
                    new Validators(stored.getProperty("etag"), stored.getProperty("last-modified")),
                    Instant.parse(present(stored, "made")),
                    Instant.parse(present(stored, "pulled")),
                    Instant.parse(present(stored, "indexed"))));
        } catch (IOException | IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
        }
    }

    private static String present(Properties stored, String key) {
        String value = stored.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no '" + key + "'");
        }
        return value;
    }

    void save(State state) throws IOException {
        var stored = new Properties();
        stored.setProperty("from", state.from().toString());
        stored.setProperty("allow-private-network", String.valueOf(state.allowPrivateNetwork()));
        setIfGiven(stored, "etag", state.validators().etag());
        setIfGiven(stored, "last-modified", state.validators().lastModified());
        stored.setProperty("made", state.made().toString());
        stored.setProperty("pulled", state.pulled().toString());
        stored.setProperty("indexed", state.indexed().toString());
        var text = new StringWriter();
        stored.store(text, null);
        WholeFile.write(folder.resolve(STATE), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void setIfGiven(Properties stored, String key, @Nullable String value) {
        if (value != null) {
            stored.setProperty(key, value);
        }
    }

    /** The manifest of the last pull that was complete; empty if there is none. */
    Optional<Manifest> manifest() {
        try {
            return Optional.of(Manifest.read(Files.readAllBytes(shards.manifest()), folder.toString()));
        } catch (IOException | PullException none) {
            return Optional.empty();
        }
    }

    void save(Manifest manifest) throws IOException {
        WholeFile.write(shards.manifest(), manifest.write());
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    Shards shards() {
        return shards;
    }

    /** Nobody else pulls into this folder until it is closed. */
    FileChannel alone() throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException thisProcess) {
            // Another thread of ours.
        }
        channel.close();
        throw new PullException(PullException.Reason.BUSY, folder.toString(), "");
    }

    /**
     * The calls one by one, the last word on each; those that have closed meanwhile, too. Reads as it goes.
     *
     * @param unread counts the lines that could not be understood, as of a newer version
     * @throws PullException from the stream, if a file is lost or damaged
     */
    Stream<Call> calls(Manifest manifest, AtomicInteger unread) {
        var seen = new HashSet<String>();
        return manifest.files().reversed().stream().flatMap(this::lines).flatMap(line -> {
            String id = Line.id(line);
            if (id != null && (!seen.add(id) || Line.isGone(line))) {
                return Stream.empty();
            }
            Optional<Call> call =
                    Line.call(line).filter(read -> read.id().toString().equals(id));
            if (call.isEmpty()) {
                unread.incrementAndGet();
            }
            return call.stream();
        });
    }

    /**
     * As {@link #calls(Manifest, AtomicInteger)}, of the last pull that was complete.
     *
     * @throws PullException if there is none
     */
    public Stream<Call> calls(AtomicInteger unread) {
        Manifest manifest =
                manifest().orElseThrow(() -> new PullException(PullException.Reason.NO_ADDRESS, folder.toString(), ""));
        return calls(manifest, unread);
    }

    /** Calls by their own ids, with as much of their texts as was published; unknown ids are left out. */
    public Map<String, Call> find(Collection<String> ids) {
        var wanted = new HashSet<>(ids);
        var found = new LinkedHashMap<String, Call>();
        for (Shard shard : manifest().map(Manifest::files).orElse(List.of()).reversed()) {
            for (String line : shards.read(shard).orElse(List.of())) {
                String id = Line.id(line);
                if (id != null && wanted.remove(id)) {
                    Line.call(line).ifPresent(call -> found.put(id, call));
                }
            }
            if (wanted.isEmpty()) {
                break;
            }
        }
        return found;
    }

    /** The call with that id, or the one that a notice of that id belongs to. */
    public Optional<Call> find(NoticeId id) {
        String own = id.toString();
        return Optional.ofNullable(find(List.of(own)).get(own))
                .or(() -> exists()
                        ? calls(new AtomicInteger())
                                .filter(call -> call.notices().contains(id))
                                .findFirst()
                        : Optional.empty());
    }

    private Stream<String> lines(Shard shard) {
        return shards
                .read(shard)
                .orElseThrow(() -> new PullException(
                        PullException.Reason.CHECKSUM,
                        folder.resolve(shard.path()).toString(),
                        "SHA-256"))
                .stream();
    }
}
