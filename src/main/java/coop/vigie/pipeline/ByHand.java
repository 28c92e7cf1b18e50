package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.call.CallStore.Ingested;
import coop.vigie.hand.Entry;
import coop.vigie.hand.HandStore;
import coop.vigie.hand.HandStore.Act;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import coop.vigie.store.NoticeStore;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores what persons enter, by the way of all notices. */
public final class ByHand {

    private static final int LONGEST_NAME = 80;

    private final Database database;
    private final NoticeStore notices;
    private final CallStore calls;
    private final HandStore log;
    private final Instant now;

    public ByHand(Database database, NoticeStore notices, CallStore calls, HandStore log, Instant now) {
        this.database = database;
        this.notices = notices;
        this.calls = calls;
        this.log = log;
        this.now = now;
    }

    /**
     * What became of one entry.
     *
     * @param stored what was new, changed or unchanged; {@link Ingested#NOTHING} if it was not taken
     * @param refused why it was not taken; null if it was
     */
    public record Entered(
            Notice notice, Ingested stored, @Nullable String refused) {}

    /**
     * Stores these entries, all in one transaction. A call is known by its id; without one, by its address; without either, by
     * its title. One that is known gets a new version, and never a second call.
     *
     * @param who a mail address, or a user name of the system
     * @param dryRun says what would happen, and stores nothing
     * @return in the order of the entries
     */
    public List<Entered> enter(List<Entry> entries, String who, boolean dryRun) {
        Function<Handle, List<Entered>> work = handle -> {
            var known = new Known(notices.of(handle, SourceId.HAND));
            Set<NoticeId> yearly = log.yearly();
            Set<NoticeId> met = new HashSet<>();
            Map<NoticeId, Act> acts = new LinkedHashMap<>();
            List<Entered> entered = new ArrayList<>();
            for (Entry entry : entries) {
                NoticeId id = known.id(entry);
                Notice notice = entry.notice(id, now);
                if (!met.add(id)) {
                    entered.add(
                            new Entered(notice, Ingested.NOTHING, "the same call as an entry before it (" + id + ")"));
                    continue;
                }
                Ingested stored = ingest(handle, notice);
                if (stored.unchanged() == 0 || yearly.contains(id) != entry.yearly()) {
                    acts.put(id, new Act(now, who, entry.yearly()));
                }
                entered.add(new Entered(notice, stored, null));
            }
            if (!dryRun) {
                log.append(acts);
            }
            return List.copyOf(entered);
        };
        return dryRun ? database.tryOut(work) : database.write(work);
    }

    /** Makes forecasts of the yearly calls that have closed, until somebody enters the new date; how many. */
    public int openNextRounds() {
        Set<NoticeId> yearly = log.yearly();
        if (yearly.isEmpty()) {
            return 0;
        }
        return database.write(handle -> {
            List<Notice> closed = notices.of(handle, SourceId.HAND).stream()
                    .filter(notice -> yearly.contains(notice.id()) && notice.stage() != Stage.FORECAST)
                    .filter(notice -> notice.stated().state(now) == Deadline.State.CLOSED)
                    .toList();
            closed.forEach(notice -> ingest(handle, Entry.nextRound(notice)));
            return closed.size();
        });
    }

    private Ingested ingest(Handle handle, Notice notice) {
        byte[] raw = Json.write(notice).getBytes(StandardCharsets.UTF_8);
        return calls.ingest(handle, List.of(new ParsedNotice(notice, raw, "application/json")), now);
    }

    /** The calls that were entered before. */
    private static final class Known {

        private final Set<NoticeId> ids = new HashSet<>();
        private final Map<String, NoticeId> byAddress = new HashMap<>();

        Known(List<Notice> notices) {
            for (Notice notice : notices) {
                ids.add(notice.id());
                if (notice.url() != null) {
                    // The call at an address is the one that was entered first.
                    byAddress.putIfAbsent(key(notice.url()), notice.id());
                }
            }
        }

        NoticeId id(Entry entry) {
            String name = entry.name();
            String url = entry.url();
            if (name != null) {
                NoticeId named = new NoticeId(SourceId.HAND, name);
                // Entered without a name before: still the same call.
                return ids.contains(named)
                        ? named
                        : at(url).filter(Known::isNamedByAddress).orElse(named);
            }
            if (url != null) {
                return at(url).orElse(new NoticeId(SourceId.HAND, url));
            }
            return new NoticeId(SourceId.HAND, slug(entry.title()));
        }

        private Optional<NoticeId> at(@Nullable String url) {
            return url == null ? Optional.empty() : Optional.ofNullable(byAddress.get(key(url)));
        }

        private static boolean isNamedByAddress(NoticeId id) {
            return id.nativeId().startsWith("http");
        }

        /** An address as one would compare it. */
        private static String key(String url) {
            return url.replaceFirst("#.*$", "")
                    .replaceFirst("(?i)^https?://(?:www\\.)?", "")
                    .replaceFirst("/+$", "");
        }

        private static String slug(String title) {
            String slug = Normalizer.normalize(title, Normalizer.Form.NFKD)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\p{M}+", "")
                    .replaceAll("[^\\p{L}\\p{N}]+", "-")
                    .replaceAll("^-|-$", "");
            return slug.isEmpty() ? "call" : slug.substring(0, Math.min(LONGEST_NAME, slug.length()));
        }
    }
}
