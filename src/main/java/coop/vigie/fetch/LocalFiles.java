package coop.vigie.fetch;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code file:} sources: a document, an archive, or a folder of both. */
final class LocalFiles {

    private LocalFiles() {}

    static FetchOutcome read(FetchRequest request) {
        String attempt = "Reading " + Words.address(request.uri());
        Path path = path(request.uri());
        if (path == null) {
            return new Refused(
                    Refused.Reason.INVALID_ADDRESS,
                    null,
                    attempt + " was refused: write the whole path, as in file:///home/vigie/notices.zip.");
        }
        try {
            return read(request, path.toRealPath());
        } catch (NoSuchFileException e) {
            return failed(Failed.Reason.MISSING_FILE, attempt, "there is no such file or folder");
        } catch (TooLargeException e) {
            return failed(Failed.Reason.TOO_LARGE, attempt, "it is " + e.getMessage());
        } catch (BrokenArchiveException e) {
            return failed(Failed.Reason.BROKEN_ARCHIVE, attempt, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(Failed.Reason.UNREADABLE_FILE, attempt, Words.problem(e));
        }
    }

    private static FetchOutcome read(FetchRequest request, Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (!folder && !Files.isRegularFile(path)) {
            throw new IOException("it is neither a file nor a folder");
        }
        FolderListing listing = folder ? FolderListing.of(path) : FolderListing.ofFile(path);
        if (listing.files().isEmpty() && listing.skipped().isEmpty()) {
            return failed(Failed.Reason.EMPTY, "Reading " + Words.address(request.uri()), "the folder holds no files");
        }
        Validators validators = new Validators(listing.fingerprint(), null);
        if (validators.equals(request.validators())) {
            return new Unchanged(0);
        }
        Limits limits = request.limits();
        PayloadSource source = folder
                ? new Folder(listing, limits)
                : open(
                        path,
                        path.toUri(),
                        name(path),
                        limits,
                        limits.maxBytes(),
                        new ByteBudget(limits.maxUnpackedOf(Files.size(path))));
        if (source == null) {
            return failed(Failed.Reason.EMPTY, "Reading " + Words.address(request.uri()), "the file is empty");
        }
        return new Fetched(request.uri(), 0, new Payloads(source), validators);
    }

    /** The payloads of one file; null if it is empty. */
    static @Nullable PayloadSource open(
            Path file, URI uri, String position, Limits limits, long maxBytes, ByteBudget budget) throws IOException {
        long size = Files.size(file);
        Container container = container(file);
        if (container != Container.NONE) {
            requireAtMost(limits.maxArchiveBytes(), size);
            try {
                return Archive.open(file, container, uri, position, limits, budget);
            } catch (TooLargeException e) {
                throw e;
            } catch (IOException e) {
                throw new BrokenArchiveException("it is a broken archive, " + Words.problem(e));
            }
        }
        requireAtMost(maxBytes, size);
        try (InputStream in = budget.on(Archive.input(file))) {
            byte[] bytes = ByteBudget.readAll(in, maxBytes);
            return bytes.length == 0 ? null : new OnePayload(new Payload(uri, position, bytes, null));
        }
    }

    private static Container container(Path file) throws IOException {
        String name = name(file);
        boolean called = Container.isNamedLikeOne(name);
        // TED's packages are downloaded under their number alone.
        if (!called && name.contains(".")) {
            return Container.NONE;
        }
        try (InputStream in = Archive.input(file)) {
            byte[] head = in.readNBytes(Container.HEAD);
            Container container = Container.of(head);
            if (called && container == Container.NONE && head.length > 0) {
                throw new BrokenArchiveException("it is called an archive but does not begin like one");
            }
            return container;
        }
    }

    private static void requireAtMost(long limit, long size) throws TooLargeException {
        if (size > limit) {
            throw new TooLargeException(limit);
        }
    }

    static String name(Path path) {
        return path.getFileName() == null
                ? path.toString()
                : Words.name(path.getFileName().toString());
    }

    private static @Nullable Path path(URI uri) {
        String authority = uri.getRawAuthority();
        boolean here = authority == null || authority.isEmpty() || authority.equalsIgnoreCase("localhost");
        String path = uri.getPath();
        if (!here
                || path == null
                || path.indexOf('\0') >= 0
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            return null;
        }
        try {
            return Path.of(URI.create("file://" + uri.getRawPath()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Failed failed(Failed.Reason reason, String attempt, String why) {
        return new Failed(reason, null, attempt + " failed: " + why + ".", null);
    }

    /** The files of a folder, in order of their paths. A broken one costs none of the others. */
    private static final class Folder implements PayloadSource {

        private final FolderListing listing;
        private final Limits limits;
        private final ByteBudget budget;
        private int nextFile;
        private @Nullable PayloadSource current;
        private String position = "";

        Folder(FolderListing listing, Limits limits) {
            this.listing = listing;
            this.limits = limits;
            this.budget = new ByteBudget(limits.maxUnpackedBytes());
        }

        @Override
        public @Nullable Payload next(List<Skipped> skipped) throws IOException {
            if (nextFile == 0 && current == null) {
                skipped.addAll(listing.skipped());
            }
            while (true) {
                try {
                    Payload payload = current == null ? null : current.next(skipped);
                    if (payload != null) {
                        return payload;
                    }
                    close();
                    if (nextFile == listing.files().size()) {
                        return null;
                    }
                    Path file = listing.files().get(nextFile++);
                    position = listing.position(file);
                    current = open(file, file.toUri(), position, limits, limits.maxEntryBytes(), budget);
                    if (current == null) {
                        skipped.add(new Skipped(position, "empty"));
                    }
                } catch (IOException e) {
                    close();
                    if (budget.isSpent()) {
                        throw new BrokenArchiveException("Reading stopped at %s: the folder unpacks to more than %s."
                                .formatted(position, Words.size(limits.maxUnpackedBytes())));
                    }
                    skipped.add(new Skipped(position, Words.problem(e)));
                }
            }
        }

        @Override
        public void close() throws IOException {
            PayloadSource open = current;
            current = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
