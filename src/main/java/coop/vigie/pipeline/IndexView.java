package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.index.Document;
import coop.vigie.index.Index;
import coop.vigie.index.Searcher;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.store.CallJson;
import coop.vigie.store.ChangeLog;
import coop.vigie.store.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the index in step with the calls. The index is a view: it may be thrown away at any time (ADR-0003). */
public final class IndexView {

    /** Documents written between two commits: bounds the memory of a long catch-up. */
    private static final int BATCH = 5_000;

    private final CallStore calls;
    private final ChangeLog changes;
    private final Path folder;

    public IndexView(CallStore calls, ChangeLog changes, Path folder) {
        this.calls = calls;
        this.changes = changes;
        this.folder = folder;
    }

    /** True if the index has worked in the last change. */
    public boolean isUpToDate() {
        if (Index.isMissingOrOutdated(folder)) {
            return changes.last() == 0;
        }
        try (Index index = Index.openReadOnly(folder)) {
            return index.committedChange() >= changes.last();
        }
    }

    /** True if there is an index that this version can read. */
    public boolean isUsable() {
        return !Index.isMissingOrOutdated(folder);
    }

    /** How many calls the index holds; 0 if there is none that this version can read. */
    public int size() {
        if (!isUsable()) {
            return 0;
        }
        try (Index index = Index.openReadOnly(folder);
                Searcher searcher = index.searcher()) {
            return searcher.size();
        }
    }

    /**
     * Works in every change that the index does not have yet, rebuilding it if it is missing, damaged or of another
     * format.
     *
     * @return the change number up to which the index is complete
     * @throws coop.vigie.index.IndexBusyException if another process is writing it; the changes stay in the log
     */
    public long catchUp(Instant now) {
        if (!isUsable()) {
            rebuild(now);
        }
        try (Index index = Index.open(folder)) {
            while (true) {
                long done = index.committedChange();
                long last = changes.last();
                List<ChangeLog.Entry> open = changes.between(done, last);
                if (open.isEmpty()) {
                    return Math.max(done, last);
                }
                changes.settle();
                boolean complete = open.size() <= BATCH;
                List<ChangeLog.Entry> batch = complete ? open : open.subList(0, BATCH);
                // If another process was faster, nothing was written, and the next turn begins where that one ended.
                write(index, done, batch, complete ? last : batch.getLast().change(), now);
            }
        }
    }

    private boolean write(Index index, long after, List<ChangeLog.Entry> batch, long upTo, Instant now) {
        Map<String, Call> present =
                calls.findAll(batch.stream().map(ChangeLog.Entry::callId).toList());
        List<Document> documents = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (ChangeLog.Entry entry : batch) {
            Call call = present.get(entry.callId());
            if (call == null) {
                gone.add(entry.callId());
            } else {
                documents.add(document(call, entry.change(), now));
            }
        }
        return index.writeAfter(after, documents, gone, upTo);
    }

    private void rebuild(Instant now) {
        long last = changes.last();
        Map<String, Long> newest = new java.util.HashMap<>();
        changes.between(0, last).forEach(entry -> newest.put(entry.callId(), entry.change()));
        try (Index index = Index.open(folder)) {
            calls.withAll(all -> index.rebuild(all.iterator(), stored -> document(stored.get(), newest, now), last));
        }
    }

    private static Document document(Call call, Map<String, Long> newest, Instant now) {
        return document(call, newest.getOrDefault(call.id().toString(), 0L), now);
    }

    /** A call as the index sees it. */
    public static Document document(Call call, long change, Instant now) {
        Notice facts = call.facts();
        Deadline deadline = call.deadline(now);
        Set<String> languages = new LinkedHashSet<>(facts.title().byLanguage().keySet());
        languages.addAll(facts.text().byLanguage().keySet());
        return new Document(
                call.id().toString(),
                change,
                facts.title().byLanguage(),
                facts.text().byLanguage(),
                facts.buyer() == null ? List.of() : List.of(facts.buyer()),
                facts.kind().code(),
                facts.level().code(),
                call.stage().code(),
                call.notices().stream()
                        .map(NoticeId::source)
                        .map(Object::toString)
                        .distinct()
                        .toList(),
                languages.stream()
                        .filter(each -> !each.equals(LocalText.UNDETERMINED))
                        .toList(),
                facts.submissionLanguages(),
                facts.cpv(),
                facts.places(),
                deadline.sortKey(),
                state(deadline),
                call.closes(),
                facts.published(),
                facts.value() == null ? null : facts.value().amount(),
                Json.write(call.withoutText()));
    }

    private static String state(Deadline deadline) {
        return switch (deadline) {
            case Deadline.Dated dated -> "dated";
            case Deadline.Forecast forecast -> "forecast";
            case Deadline.Rolling rolling -> "rolling";
            case Deadline.Unknown unknown -> "unknown";
        };
    }

    /** The call that a hit carries; its text stays in the store. */
    public static Call callOf(String payload) {
        return CallJson.read(payload);
    }
}
