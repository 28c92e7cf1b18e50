package coop.vigie.publish;

import coop.vigie.config.WholeFile;
import coop.vigie.notice.Call;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.source.Reuse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A folder with the open calls that any web server can serve (ADR-0016). What an everyday round changes goes into a new small file;
 * small files are joined as their number grows, each call again and again into one twice as large, so that a call is
 * written anew a few times only. What has closed stays in its file until half of that is old.
 */
public final class PublishedFolder {

    private static final int BATCH = 500;

    private final Path folder;
    private final Shards shards;

    public PublishedFolder(Path folder) {
        this.folder = folder;
        this.shards = new Shards(folder);
    }

    /**
     * What became of the folder.
     *
     * @param calls open ones, all of them published now
     * @param changed of these, new or different since the last time
     * @param files written
     * @param bytes of these files, as they are served
     * @param removed files
     */
    public record Outcome(int calls, int changed, int files, long bytes, int removed) {}

    /** What a line in a file that is there says of a call. */
    private record Said(String id, String hash, boolean gone, boolean open) {}

    /**
     * A file that is there.
     *
     * @param live ids of the calls of which it has the last word
     */
    private record Old(Shard shard, List<Said> lines, Set<String> live) {}

    /**
     * Brings the folder up to date. Whoever reads it meanwhile sees the state before or the one after: the manifest is replaced in one
     * step, and the files of the one before stay until the next time, unless they hold what may not be shown any more.
     *
     * @param ids of the calls to publish
     * @param calls reads some of them; one that is not open is left out
     * @param members mail addresses in lower case that nothing published may name
     * @throws PullException if a file of somebody else is in the way (then nothing is written), or the disk refuses
     */
    public Outcome write(
            Collection<String> ids,
            Function<List<String>, Collection<Call>> calls,
            Publishable publishable,
            Set<String> members,
            Instant now) {
        try {
            Files.createDirectories(folder);
            Manifest before = before();
            var present = new HashMap<String, String>();
            var corrected = new HashSet<String>();
            var sources = new TreeMap<String, String>();
            List<String> sorted = new ArrayList<>(new TreeSet<>(ids));
            forEach(sorted, calls, now, call -> {
                if (Line.namesSomebody(call, members)) {
                    return; // not to be told apart without naming them
                }
                present.put(call.id().toString(), hash(Line.of(publishable.of(call), members)));
                call.ids().stream()
                        .map(NoticeId::source)
                        .forEach(source -> sources.put(
                                source.value(), publishable.rule(source).code()));
                if (!call.corrected().isEmpty()) {
                    corrected.add(call.id().toString());
                }
            });
            boolean stricter = isStricter(before, publishable);
            var same = new HashSet<String>();
            List<Old> kept = kept(stricter ? List.of() : before.files(), present, corrected, same, now);
            var loose = new TreeSet<>(present.keySet());
            kept.forEach(old -> loose.removeAll(old.live()));
            while (!kept.isEmpty()
                    && !loose.isEmpty()
                    && kept.getLast().shard().lines() <= loose.size()
                    && kept.getLast().shard().lines() < Shard.FULL_LINES) {
                loose.addAll(kept.removeLast().live());
            }
            List<Shard> files = new ArrayList<>(kept.stream().map(Old::shard).toList());
            List<Shard> written = writeNew(loose, gone(kept, present), calls, publishable, members, now);
            files.addAll(written);
            var manifest = new Manifest(Manifest.FORMAT, now, present.size(), sources, files);
            WholeFile.write(shards.manifest(), manifest.write());
            // Who read the manifest before a moment ago still finds its files, but for those that should never be seen
            // again.
            Set<String> names = new HashSet<>(Shards.names(files));
            if (!stricter) {
                names.addAll(Shards.names(staying(before.files(), corrected, files)));
            }
            int removed = shards.keepOnly(names);
            return new Outcome(
                    present.size(),
                    present.size() - same.size(),
                    written.size(),
                    written.stream().mapToLong(Shard::packed).sum(),
                    removed);
        } catch (IOException refused) {
            throw new PullException(PullException.Reason.DISK, folder.toString(), String.valueOf(refused), refused);
        }
    }

    private Manifest before() throws IOException {
        Path file = shards.manifest();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Manifest(Manifest.FORMAT, Instant.EPOCH, 0, Map.of(), List.of());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PullException(PullException.Reason.NOT_OURS, file.toString(), "");
        }
        try {
            return Manifest.read(Files.readAllBytes(file), file.toString());
        } catch (PullException other) {
            throw new PullException(PullException.Reason.NOT_OURS, file.toString(), "", other);
        }
    }

    /** True if texts that were published may not be any more. */
    private static boolean isStricter(Manifest before, Publishable publishable) {
        return before.sources().entrySet().stream().anyMatch(entry -> {
            boolean known = SourceId.isValid(entry.getKey());
            Reuse rule = known ? publishable.rule(new SourceId(entry.getKey())) : Reuse.LINK;
            return List.of(Reuse.values()).stream()
                    .filter(each -> each.code().equals(entry.getValue()))
                    .anyMatch(was -> was.compareTo(rule) < 0);
        });
    }

    private static void forEach(
            List<String> ids, Function<List<String>, Collection<Call>> calls, Instant now, Each each)
            throws IOException {
        for (int from = 0; from < ids.size(); from += BATCH) {
            for (Call call : calls.apply(ids.subList(from, Math.min(ids.size(), from + BATCH)))) {
                if (call.isOpen(now)) {
                    each.accept(call);
                }
            }
        }
    }

    /** What is done with a call. */
    private interface Each {
        void accept(Call call) throws IOException;
    }

    /**
     * The files that may stay, the oldest first, each with those of its lines that are the last word on their calls.
     *
     * @param same gets the calls of which all files say what is still true
     */
    private List<Old> kept(
            List<Shard> files, Map<String, String> present, Set<String> corrected, Set<String> same, Instant now) {
        var seen = new HashSet<String>();
        var kept = new ArrayList<Old>();
        for (Shard shard : files.reversed()) {
            List<Said> lines = said(shard, now);
            var live = new HashSet<String>();
            for (Said line : lines) {
                if (seen.add(line.id()) && line.hash().equals(present.get(line.id()))) {
                    live.add(line.id());
                }
            }
            // What a person corrected may be what should never have been shown.
            same.addAll(live);
            boolean isWithdrawn = lines.stream()
                    .anyMatch(line -> corrected.contains(line.id()) && !live.contains(line.id()) && !line.gone());
            if (!lines.isEmpty() && !isWithdrawn && 2 * live.size() >= lines.size()) {
                kept.addFirst(new Old(shard, lines, live));
            }
        }
        return kept;
    }

    /** Nothing if the file is damaged: what stood there is written anew. */
    private List<Said> said(Shard shard, Instant now) {
        var said = new ArrayList<Said>();
        for (String line : shards.read(shard).orElse(List.of())) {
            String id = Line.id(line);
            if (id == null) {
                return List.of();
            }
            boolean gone = Line.isGone(line);
            boolean open =
                    !gone && Line.call(line).map(call -> call.isOpen(now)).orElse(true);
            said.add(new Said(id, hash(line), gone, open));
        }
        return said;
    }

    /** Calls that would still seem open by the files that stay, and are not among the open ones. */
    private static Set<String> gone(List<Old> kept, Map<String, String> present) {
        var gone = new TreeSet<String>();
        // A later file has the last word.
        kept.forEach(old -> old.lines().forEach(line -> {
            if (present.containsKey(line.id())) {
                return;
            }
            if (line.open()) {
                gone.add(line.id());
            } else {
                gone.remove(line.id());
            }
        }));
        return gone;
    }

    private List<Shard> writeNew(
            Set<String> loose,
            Set<String> gone,
            Function<List<String>, Collection<Call>> calls,
            Publishable publishable,
            Set<String> members,
            Instant now)
            throws IOException {
        var written = new ArrayList<Shard>();
        var lines = new ArrayList<String>();
        gone.forEach(id -> lines.add(Line.gone(id)));
        int[] bytes = {lines.stream().mapToInt(String::length).sum()};
        forEach(List.copyOf(loose), calls, now, call -> {
            String line = Line.of(publishable.of(call), members);
            int size = line.getBytes(StandardCharsets.UTF_8).length;
            if (!lines.isEmpty() && (lines.size() >= Shard.FULL_LINES || bytes[0] + size > Shard.FULL_BYTES)) {
                written.add(shards.write(lines));
                lines.clear();
                bytes[0] = 0;
            }
            lines.add(line);
            bytes[0] += size;
        });
        if (!lines.isEmpty()) {
            written.add(shards.write(lines));
        }
        return written;
    }

    /** Of the files of the manifest before, those that may stay for a while although no manifest names them any more. */
    private List<Shard> staying(List<Shard> before, Set<String> corrected, List<Shard> files) {
        Set<String> named = Shards.names(files);
        return before.stream()
                .filter(shard -> named.contains(shard.name())
                        || shards.read(shard).orElse(List.of()).stream()
                                .map(Line::id)
                                .noneMatch(corrected::contains))
                .toList();
    }

    private static String hash(String line) {
        return Shards.sha256(line.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
