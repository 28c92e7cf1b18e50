package coop.vigie.curate;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.NoticeId;
import coop.vigie.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What members said of calls, in {@code members.db}. */
public final class MarkStore {

    private final Database members;

    public MarkStore(Database members) {
        this.members = members;
    }

    /** One member's word on one call, by the id that it had at that time. */
    public record Marked(EmailAddress mail, String call, Mark mark) {}

    /** Everybody's. */
    public List<Marked> all(Handle handle) {
        return handle.createQuery("SELECT mail, call_id, interest, hidden, at FROM mark ORDER BY mail, call_id")
                .map((row, context) -> {
                    String interest = row.getString("interest");
                    return new Marked(
                            new EmailAddress(row.getString("mail")),
                            row.getString("call_id"),
                            new Mark(
                                    interest(interest),
                                    row.getInt("hidden") != 0,
                                    Instant.ofEpochMilli(row.getLong("at"))));
                })
                .list();
    }

    private static @Nullable Interest interest(@Nullable String code) {
        return code == null ? null : Interest.ofCode(code).orElse(null);
    }

    /** What this person said, by the ids that calls had at that time. */
    public Map<String, Mark> of(EmailAddress mail) {
        Map<String, Mark> theirs = new LinkedHashMap<>();
        members.read(this::all).stream()
                .filter(marked -> marked.mail().equals(mail))
                .forEach(marked -> theirs.put(marked.call(), marked.mark()));
        return theirs;
    }

    /** Of what somebody said of two calls that turned out to be one, the later word holds. */
    public static Mark later(Mark one, Mark other) {
        return other.at().isAfter(one.at()) ? other : one;
    }

    /**
     * This person says this of a call; it replaces what they said before.
     *
     * @param call every id of it, the present one first
     * @return false if they had said so already
     */
    public boolean set(Handle handle, EmailAddress mail, List<NoticeId> call, Mark mark) {
        List<String> ids = call.stream().map(NoticeId::toString).toList();
        Optional<Mark> before = handle
                .createQuery("SELECT interest, hidden, at FROM mark WHERE mail = :mail AND call_id IN (<calls>)")
                .bind("mail", mail.value())
                .bindList("calls", ids)
                .map((row, context) -> new Mark(
                        interest(row.getString("interest")),
                        row.getInt("hidden") != 0,
                        Instant.ofEpochMilli(row.getLong("at"))))
                .list()
                .stream()
                .reduce(MarkStore::later);
        boolean same = before.map(earlier -> earlier.interest() == mark.interest() && earlier.hidden() == mark.hidden())
                .orElse(mark.interest() == null && !mark.hidden());
        if (same) {
            return false;
        }
        handle.createUpdate("DELETE FROM mark WHERE mail = :mail AND call_id IN (<calls>)")
                .bind("mail", mail.value())
                .bindList("calls", ids)
                .execute();
        if (mark.interest() != null || mark.hidden()) {
            handle.createUpdate("""
                            INSERT INTO mark (mail, call_id, interest, hidden, at)
                            VALUES (:mail, :call, :interest, :hidden, :at)
                            """)
                    .bind("mail", mail.value())
                    .bind("call", ids.getFirst())
                    .bind(
                            "interest",
                            mark.interest() == null ? null : mark.interest().code())
                    .bind("hidden", mark.hidden() ? 1 : 0)
                    .bind("at", mark.at().toEpochMilli())
                    .execute();
        }
        return true;
    }

    /**
     * They want to see no more of a call, or do again; what they mean to do with it is forgotten.
     *
     * @param call every id of it, the present one first
     */
    public boolean hide(EmailAddress mail, List<NoticeId> call, boolean hidden, Instant now) {
        return members.write(handle -> set(handle, mail, call, new Mark(null, hidden, now)));
    }

    public int erase(Handle handle, EmailAddress mail) {
        return handle.createUpdate("DELETE FROM mark WHERE mail = :mail")
                .bind("mail", mail.value())
                .execute();
    }
}
