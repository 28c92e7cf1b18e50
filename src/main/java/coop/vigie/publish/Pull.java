package coop.vigie.publish;

import coop.vigie.fetch.FetchOutcome;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Limits;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Call;
import coop.vigie.publish.PullException.Reason;
import coop.vigie.publish.PulledFolder.State;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a published index over. Nothing that arrives is believed before its size and its SHA-256 are those of the manifest; no name
 * from outside becomes the name of a file; and what was there before stays whole until all of the new is there.
 */
public final class Pull {

    /** A file is small; a slow line may still need a while. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final int TRIES = 3;

    /** How often a manifest may change while its files are read. */
    private static final int TURNS = 3;

    /** An index older than that is made anew, although nothing has changed: with time, another date of a call counts. */
    private static final Duration FRESH = Duration.ofHours(12);

    private final Fetcher fetcher;
    private final PulledFolder folder;
    private final Instant now;

    public Pull(Fetcher fetcher, PulledFolder folder, Instant now) {
        this.fetcher = fetcher;
        this.folder = folder;
        this.now = now;
    }

    private static final Set<Failed.Reason> NO_MANIFEST =
            Set.of(Failed.Reason.EMPTY, Failed.Reason.TOO_LARGE, Failed.Reason.BROKEN_ARCHIVE);

    /** Is told how far it has come. May do nothing. */
    public interface Watcher {

        /** Once the manifest has been read, and after each file; the total may be another when the index changes meanwhile. */
        void brought(Brought soFar);

        Watcher NOBODY = soFar -> {};
    }

    /**
     * How much of a published index is here, whole and checked; the next pull does not load it again.
     *
     * @param from as it was asked for
     * @param files of {@code total}, also those of earlier pulls
     * @param bytes of these files, as they are served
     */
    public record Brought(URI from, int files, int total, long bytes) {}

    /**
     * What was done.
     *
     * @param unchanged true if nothing new was published
     * @param made when it was published
     * @param files loaded
     * @param bytes of these, as they are served
     * @param unread lines that could not be understood
     */
    public record Outcome(URI from, boolean unchanged, Instant made, int files, long bytes, int unread) {}

    /**
     * What the server says of its manifest.
     *
     * @param manifest null if it is the one that is known
     */
    private record Answer(@Nullable Manifest manifest, Validators validators, URI base) {}

    /** What came over. */
    private static final class Load {
        private int files;
        private long bytes;
    }

    /**
     * @param from address of the folder, or of its manifest; http, https, or file
     * @param isIndexUsable false if the index must be made whatever has changed
     * @param index makes the index of these calls, in one step; other failures of it than its own are those of the stream
     * @throws PullException if it did not work; then the index is as it was
     */
    public Outcome run(
            URI from,
            boolean allowPrivateNetwork,
            boolean isIndexUsable,
            Consumer<Stream<Call>> index,
            Watcher watcher) {
        try {
            FileChannel lock = folder.alone();
            try (lock) {
                return runAlone(from, allowPrivateNetwork, isIndexUsable, index, watcher);
            }
        } catch (IOException disk) {
            throw new PullException(Reason.DISK, folder.toString(), String.valueOf(disk), disk);
        }
    }

    private Outcome runAlone(
            URI from, boolean allowPrivateNetwork, boolean isIndexUsable, Consumer<Stream<Call>> index, Watcher watcher)
            throws IOException {
        State last = folder.state().filter(state -> state.from().equals(from)).orElse(null);
        Manifest known = last == null ? null : folder.manifest().orElse(null);
        Validators validators = last == null || known == null ? Validators.NONE : last.validators();
        Manifest turnBefore = null;
        var load = new Load();
        for (int turn = 0; turn < TURNS; turn++) {
            Answer answer = manifest(from, allowPrivateNetwork, validators);
            Manifest wanted = answer.manifest() == null ? known : answer.manifest();
            if (wanted == null) {
                throw new PullException(Reason.NO_EXPORT, from.toString(), "");
            }
            boolean unchanged = last != null && wanted.equals(known);
            boolean fresh =
                    last != null && Duration.between(last.indexed(), now).abs().compareTo(FRESH) < 0;
            if (last != null && unchanged && isIndexUsable && fresh) {
                folder.save(
                        new State(from, allowPrivateNetwork, answer.validators(), wanted.made(), now, last.indexed()));
                return new Outcome(from, true, wanted.made(), load.files, load.bytes, 0);
            }
            URI lost = load(wanted, from, answer.base(), allowPrivateNetwork, load, watcher);
            if (lost == null) {
                var unread = new AtomicInteger();
                index.accept(folder.calls(wanted, unread));
                folder.save(wanted);
                folder.save(new State(from, allowPrivateNetwork, answer.validators(), wanted.made(), now, now));
                folder.shards().keepOnly(Shards.names(wanted.files()));
                return new Outcome(from, unchanged, wanted.made(), load.files, load.bytes, unread.get());
            }
            if (wanted.equals(turnBefore)) {
                throw new PullException(Reason.NOT_FOUND, lost.toString(), "");
            }
            // Published anew meanwhile. Asked without conditions, as a cache may be in between.
            turnBefore = wanted;
            validators = Validators.NONE;
        }
        throw new PullException(Reason.CHANGING, from.toString(), "");
    }

    private Answer manifest(URI from, boolean allowPrivateNetwork, Validators validators) {
        URI address = manifestOf(from);
        FetchRequest request =
                request(address, allowPrivateNetwork, Manifest.LARGEST).with(validators);
        FetchOutcome outcome = fetcher.fetch(request);
        if (outcome instanceof Failed failed && NO_MANIFEST.contains(failed.reason())) {
            throw new PullException(Reason.NO_EXPORT, address.toString(), "");
        }
        return switch (outcome) {
            case Unchanged unchanged -> new Answer(null, validators, address);
            case Fetched fetched ->
                new Answer(Manifest.read(content(fetched), address.toString()), fetched.validators(), fetched.uri());
            case Failed failed -> throw failure(outcome, address);
            case Refused refused -> throw failure(outcome, address);
        };
    }

    /**
     * Loads the files that are not here yet.
     *
     * @return the first that is not there any more; null if all are here
     */
    private @Nullable URI load(
            Manifest wanted, URI from, URI base, boolean allowPrivateNetwork, Load load, Watcher watcher)
            throws IOException {
        List<Shard> missing = wanted.files().stream()
                .filter(shard -> !folder.shards().has(shard))
                .toList();
        int total = wanted.files().size();
        long bytes = bytes(wanted.files()) - bytes(missing);
        for (int i = 0; i < missing.size(); i++) {
            var brought = new Brought(from, total - missing.size() + i, total, bytes);
            watcher.brought(brought);
            Shard shard = missing.get(i);
            URI address = base.resolve(shard.path());
            byte[] content;
            try {
                content = content(shard, address, allowPrivateNetwork);
            } catch (PullException failure) {
                throw failure.after(brought);
            }
            if (content == null) {
                return address;
            }
            folder.shards().write(content, shard.lines());
            load.files++;
            load.bytes += shard.packed();
            bytes += shard.packed();
        }
        watcher.brought(new Brought(from, total, total, bytes));
        return null;
    }

    private static long bytes(List<Shard> shards) {
        return shards.stream().mapToLong(Shard::packed).sum();
    }

    /** Null if there is no such file. */
    private byte @Nullable [] content(Shard shard, URI address, boolean allowPrivateNetwork) {
        PullException failure = null;
        for (int turn = 0; turn < TRIES; turn++) {
            FetchOutcome outcome = fetcher.fetch(request(address, allowPrivateNetwork, shard.bytes()));
            if (outcome instanceof Fetched fetched) {
                byte[] content = content(fetched);
                if (Shards.isIt(shard, content)) {
                    return content;
                }
                failure = new PullException(Reason.CHECKSUM, address.toString(), "SHA-256");
                continue;
            }
            failure = failure(outcome, address);
            if (failure.reason() == Reason.NOT_FOUND) {
                return null;
            }
            if (!(outcome instanceof Failed failed) || !isWorthAnotherTry(failed.reason())) {
                throw failure;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    private static boolean isWorthAnotherTry(Failed.Reason reason) {
        return switch (reason) {
            case BROKEN_OFF, TIMEOUT, CONNECT, SERVER_ERROR, BAD_RESPONSE, BAD_ENCODING, EMPTY -> true;
            default -> false;
        };
    }

    /** What was unpacked on the way, be it by the server's header or since it is packed itself; nothing if it broke off. */
    private static byte[] content(Fetched fetched) {
        try (Payloads payloads = fetched.payloads()) {
            Payload first = payloads.next();
            return first == null ? new byte[0] : first.bytes();
        }
    }

    private static PullException failure(FetchOutcome outcome, URI address) {
        String where = address.toString();
        return switch (outcome) {
            case Refused refused ->
                switch (refused.reason()) {
                    case PRIVATE_ADDRESS -> new PullException(Reason.PRIVATE_ADDRESS, where, "");
                    case GONE -> new PullException(Reason.NOT_FOUND, where, "");
                    default -> new PullException(Reason.NETWORK, where, refused.message());
                };
            case Failed failed -> {
                Integer status = failed.status();
                if (failed.reason() == Failed.Reason.MISSING_FILE || (status != null && status == 404)) {
                    yield new PullException(Reason.NOT_FOUND, where, "");
                }
                yield failed.reason() == Failed.Reason.TOO_LARGE
                        ? new PullException(Reason.CHECKSUM, where, "bytes")
                        : new PullException(Reason.NETWORK, where, failed.message());
            }
            case Unchanged unchanged -> new PullException(Reason.NETWORK, where, "304.");
            case Fetched fetched -> throw new IllegalArgumentException("this is no failure");
        };
    }

    private static FetchRequest request(URI address, boolean allowPrivateNetwork, long bytes) {
        // What is small and packed may be larger than unpacked.
        long packed = bytes + 1_024;
        return FetchRequest.of(address)
                .with(new Limits(TIMEOUT, bytes, packed, bytes, bytes))
                .withDelay(Duration.ZERO)
                .insisting(true)
                .allowingPrivateNetwork(allowPrivateNetwork);
    }

    /** The manifest in a folder; an address that names one is taken as it is. */
    private static URI manifestOf(URI from) {
        String path = from.getPath() == null ? "" : from.getPath();
        if (path.endsWith("/" + Manifest.NAME)) {
            return from;
        }
        String folder = from.toString().split("[?#]", 2)[0];
        return URI.create(folder.endsWith("/") ? folder : folder + "/").resolve(Manifest.NAME);
    }
}
