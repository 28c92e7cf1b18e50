package coop.vigie.hand;

import coop.vigie.notice.NoticeId;
import coop.vigie.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Who entered what, in {@code members.db}. Only ever appended to; what was said last says whether a call recurs. The log is
 * written before the notice: a crash in between leaves a line of the log too many, never one too few.
 */
public final class HandStore {

    private final Database members;

    public HandStore(Database members) {
        this.members = members;
    }

    /**
     * One act.
     *
     * @param who a mail address, or a user name of the system
     */
    public record Act(Instant at, String who, boolean yearly) {}

    /** All in one transaction. */
    public void append(Map<NoticeId, Act> acts) {
        members.write(handle -> {
            acts.forEach((notice, act) -> handle.createUpdate("""
                            INSERT INTO hand_log (number, at, who, notice_id, every)
                            VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM hand_log), :at, :who, :notice, :every)
                            """)
                    .bind("at", act.at().toEpochMilli())
                    .bind("who", act.who())
                    .bind("notice", notice.toString())
                    .bind("every", act.yearly() ? "year" : null)
                    .execute());
            return acts.size();
        });
    }

    /** What was done to a notice, the first act first. */
    public List<Act> of(NoticeId notice) {
        return members.read(handle -> handle.createQuery(
                        "SELECT at, who, every FROM hand_log WHERE notice_id = :notice ORDER BY number")
                .bind("notice", notice.toString())
                .map((row, context) -> new Act(
                        Instant.ofEpochMilli(row.getLong("at")), row.getString("who"), row.getString("every") != null))
                .list());
    }

    /** The calls that open again every year. */
    public Set<NoticeId> yearly() {
        return members.read(handle -> handle.createQuery("""
                        SELECT notice_id FROM hand_log AS act WHERE every IS NOT NULL
                          AND number = (SELECT MAX(number) FROM hand_log WHERE notice_id = act.notice_id)
                        """).mapTo(String.class).list().stream()
                .map(NoticeId::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()));
    }

    /** What this person entered stays; that it was they does not. */
    public int erase(Handle handle, String who) {
        return handle.createUpdate("UPDATE hand_log SET who = 'erased' WHERE who = :who")
                .bind("who", who)
                .execute();
    }
}
