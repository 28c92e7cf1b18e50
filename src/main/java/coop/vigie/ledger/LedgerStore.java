package coop.vigie.ledger;

import coop.vigie.notice.Deadline;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The ledger, in {@code members.db}. */
public final class LedgerStore {

    /** The deadlines of the calls of one run, some hundred bytes each. */
    private static final int DEADLINES_KNOWN_AT_MOST = 10_000;

    private final Database members;
    private final Map<Deadline, String> written = new ConcurrentHashMap<>();

    public LedgerStore(Database members) {
        this.members = members;
    }

    /**
     * One call as one recipient knows it.
     *
     * @param deadline as it stood in the mail
     * @param cancelled true if the mail said that the call was cancelled
     */
    public record Entry(String callId, int revision, Deadline deadline, boolean cancelled) {}

    /** What the recipient was told last about each call, reserved entries included; by call id. */
    public Map<String, Entry> latest(String recipient) {
        return members.read(handle -> latest(handle, recipient));
    }

    /** As {@link #latest(String)}, inside a transaction. */
    public Map<String, Entry> latest(Handle handle, String recipient) {
        Map<String, Entry> byCall = new HashMap<>();
        handle.createQuery("""
                        SELECT call_id, revision, deadline, cancelled FROM ledger
                        WHERE recipient = :recipient ORDER BY call_id, revision
                        """)
                .bind("recipient", recipient)
                .map((row, context) -> new Entry(
                        row.getString("call_id"),
                        row.getInt("revision"),
                        Json.read(row.getString("deadline"), Deadline.class),
                        row.getInt("cancelled") != 0))
                .forEach(entry -> byCall.put(entry.callId(), entry));
        return byCall;
    }

    /**
     * When a recipient was told of one call.
     *
     * @param first for the first time, likewise {@code last}
     */
    public record Times(String callId, Instant first, Instant last) {}

    /** The calls of which the recipient was told since then, reserved entries included. */
    public List<Times> timesSince(Handle handle, String recipient, Instant since) {
        return handle.createQuery("""
                        SELECT call_id, MIN(at) AS first, MAX(at) AS last FROM ledger
                        WHERE recipient = :recipient GROUP BY call_id HAVING MAX(at) >= :since ORDER BY call_id
                        """)
                .bind("recipient", recipient)
                .bind("since", since.toEpochMilli())
                .map((row, context) -> new Times(
                        row.getString("call_id"),
                        Instant.ofEpochMilli(row.getLong("first")),
                        Instant.ofEpochMilli(row.getLong("last"))))
                .list();
    }

    /**
     * That one recipient is told of one call.
     *
     * @param told false while the edition that carries it has not left
     */
    public record Telling(String recipient, boolean told, Instant at) {}

    /**
     * To whom a call was told, each revision once.
     *
     * @param ids every id of the call
     */
    public List<Telling> tellings(Handle handle, Collection<String> ids) {
        return handle.createQuery("SELECT recipient, state, at FROM ledger WHERE call_id IN (<ids>) ORDER BY recipient")
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> new Telling(
                        row.getString("recipient"),
                        row.getString("state").equals("told"),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .list();
    }

    /** Every recipient with every call and revision that they have been told, for checks: {@code mail call revision}. */
    public Set<String> told() {
        return members.read(handle -> Set.copyOf(handle.createQuery(
                        "SELECT recipient || ' ' || call_id || ' ' || revision FROM ledger WHERE state = 'told'")
                .mapTo(String.class)
                .list()));
    }

    /** What an edition is about to tell its recipient. */
    public record Reservation(String recipient, String edition, List<Entry> entries) {

        public Reservation {
            entries = List.copyOf(entries);
        }
    }

    /** Reserves entries for an edition; one that the recipient has already stays as it is. */
    public void reserve(Handle handle, String recipient, String edition, List<Entry> entries, Instant now) {
        reserve(handle, List.of(new Reservation(recipient, edition, entries)), now);
    }

    /** The same for several editions. */
    public void reserve(Handle handle, Collection<Reservation> reservations, Instant now) {
        var batch = handle.prepareBatch("""
                INSERT INTO ledger (recipient, call_id, revision, state, edition_id, cancelled, deadline, at)
                VALUES (?, ?, ?, 'reserved', ?, ?, ?, ?)
                ON CONFLICT (recipient, call_id, revision) DO NOTHING
                """);
        for (Reservation each : reservations) {
            for (Entry entry : each.entries()) {
                batch.add(
                        each.recipient(),
                        entry.callId(),
                        entry.revision(),
                        each.edition(),
                        entry.cancelled() ? 1 : 0,
                        written(entry.deadline()),
                        now.toEpochMilli());
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private String written(Deadline deadline) {
        if (written.size() >= DEADLINES_KNOWN_AT_MOST) {
            written.clear();
        }
        return written.computeIfAbsent(deadline, Json::write);
    }

    /**
     * A call was swallowed by another: what the recipient was told of it counts for the other one from now on.
     *
     * @param entry the recipient's latest of the swallowed call
     * @param revision of the other call that this amounts to; 0 if it is out of date
     */
    public void carryOver(Handle handle, String recipient, Entry entry, String callId, int revision) {
        handle.createUpdate("""
                        INSERT INTO ledger (recipient, call_id, revision, state, edition_id, cancelled, deadline, at)
                        SELECT recipient, :to, :as, state, edition_id, cancelled, deadline, at FROM ledger
                        WHERE recipient = :recipient AND call_id = :from AND revision = :revision
                        ON CONFLICT (recipient, call_id, revision) DO NOTHING
                        """)
                .bind("to", callId)
                .bind("as", revision)
                .bind("recipient", recipient)
                .bind("from", entry.callId())
                .bind("revision", entry.revision())
                .execute();
    }

    /** The server took the message: what it carried is told. */
    public void told(Handle handle, String edition, Instant now) {
        handle.createUpdate("UPDATE ledger SET state = 'told', at = :at WHERE edition_id = :edition")
                .bind("at", now.toEpochMilli())
                .bind("edition", edition)
                .execute();
    }

    /** Sending failed for good: what the edition had reserved may be told by another. */
    public void release(Handle handle, String edition) {
        handle.createUpdate("DELETE FROM ledger WHERE edition_id = :edition AND state = 'reserved'")
                .bind("edition", edition)
                .execute();
    }

    /** Forgets everything that this person was told. */
    public int erase(Handle handle, String recipient) {
        return handle.createUpdate("DELETE FROM ledger WHERE recipient = :recipient")
                .bind("recipient", recipient)
                .execute();
    }
}
