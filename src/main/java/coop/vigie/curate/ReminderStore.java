package coop.vigie.curate;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.NoticeId;
import coop.vigie.store.Database;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Which reminders were made, in {@code members.db}: each once. */
public final class ReminderStore {

    private final Database members;

    public ReminderStore(Database members) {
        this.members = members;
    }

    /** One that was made. */
    public record Made(String call, int revision, int days) {}

    /**
     * The reminder of a call that was made last for that revision: so many days before its deadline.
     *
     * @param call every id of it
     */
    public OptionalInt last(Handle handle, EmailAddress mail, List<NoticeId> call, int revision) {
        return handle
                .createQuery("""
                        SELECT days FROM reminder
                        WHERE mail = :mail AND call_id IN (<calls>) AND revision = :revision
                        """)
                .bind("mail", mail.value())
                .bindList("calls", call.stream().map(NoticeId::toString).toList())
                .bind("revision", revision)
                .mapTo(Integer.class)
                .list()
                .stream()
                .mapToInt(days -> days)
                .min();
    }

    public void made(Handle handle, EmailAddress mail, Made made, String edition) {
        handle.createUpdate("""
                        INSERT INTO reminder (mail, call_id, revision, days, edition_id)
                        VALUES (:mail, :call, :revision, :days, :edition)
                        ON CONFLICT (mail, call_id, revision, days) DO NOTHING
                        """)
                .bind("mail", mail.value())
                .bind("call", made.call())
                .bind("revision", made.revision())
                .bind("days", made.days())
                .bind("edition", edition)
                .execute();
    }

    /** The mail never arrived: its reminders may be made by another. */
    public int release(Handle handle, String edition) {
        return handle.createUpdate("DELETE FROM reminder WHERE edition_id = :edition")
                .bind("edition", edition)
                .execute();
    }

    /** What this person was reminded of. */
    public List<Made> of(EmailAddress mail) {
        return members.read(handle -> handle.createQuery(
                        "SELECT call_id, revision, days FROM reminder WHERE mail = :mail ORDER BY call_id, revision, days")
                .bind("mail", mail.value())
                .map((row, context) -> new Made(row.getString("call_id"), row.getInt("revision"), row.getInt("days")))
                .list());
    }

    public int erase(Handle handle, EmailAddress mail) {
        return handle.createUpdate("DELETE FROM reminder WHERE mail = :mail")
                .bind("mail", mail.value())
                .execute();
    }
}
