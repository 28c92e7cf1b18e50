package coop.vigie.inbox;

import coop.vigie.store.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which mails were handled, how far mailboxes were read, and which addresses bounce; in {@code members.db}. */
public final class InboxStore {

    private final Database members;

    public InboxStore(Database members) {
        this.members = members;
    }

    /** False if that mail was handled before. Else it counts as handled with the transaction that this is part of. */
    public boolean claim(Handle handle, InboundMail mail, Instant at) {
        return handle.createUpdate("""
                        INSERT INTO inbox_mail (mail_key, at, kind, deed) VALUES (:key, :at, :kind, '')
                        ON CONFLICT (mail_key) DO NOTHING
                        """)
                        .bind("key", mail.key())
                        .bind("at", at.toEpochMilli())
                        .bind("kind", mail.reading().kind().code())
                        .execute()
                > 0;
    }

    public void record(Handle handle, InboundMail mail, Deed deed) {
        handle.createUpdate("UPDATE inbox_mail SET deed = :deed, address = :address WHERE mail_key = :key")
                .bind("deed", deed.act().code())
                .bind("address", deed.address())
                .bind("key", mail.key())
                .execute();
    }

    /**
     * How far a mailbox was read.
     *
     * @param position what its server is told; null if nothing is known
     */
    public record Look(Instant at, @Nullable String position) {}

    public Optional<Look> lastLook(String mailbox) {
        return members.read(handle -> handle.createQuery(
                        "SELECT at, position FROM inbox_state WHERE mailbox = :mailbox")
                .bind("mailbox", mailbox)
                .map((row, context) -> new Look(Instant.ofEpochMilli(row.getLong("at")), row.getString("position")))
                .findFirst());
    }

    public void looked(String mailbox, Instant at, @Nullable String position) {
        members.write(handle -> handle.createUpdate("""
                        INSERT INTO inbox_state (mailbox, at, position) VALUES (:mailbox, :at, :position)
                        ON CONFLICT (mailbox) DO UPDATE SET at = excluded.at, position = excluded.position
                        """)
                .bind("mailbox", mailbox)
                .bind("at", at.toEpochMilli())
                .bind("position", position)
                .execute());
    }

    public void countSoft(Handle handle, String address, LocalDate day) {
        handle.createUpdate("""
                        INSERT INTO bounce_count (address, day) VALUES (:address, :day)
                        ON CONFLICT (address, day) DO NOTHING
                        """)
                .bind("address", address)
                .bind("day", day.toEpochDay())
                .execute();
    }

    /** The days since then on which mails came back, the first one first. */
    public List<LocalDate> softDays(Handle handle, String address, LocalDate since) {
        return handle.createQuery(
                        "SELECT day FROM bounce_count WHERE address = :address AND day >= :since ORDER BY day")
                .bind("address", address)
                .bind("since", since.toEpochDay())
                .mapTo(Long.class)
                .map(LocalDate::ofEpochDay)
                .list();
    }

    /** Forgets whom mails came from; that they were handled stays. */
    public void erase(Handle handle, String address) {
        handle.createUpdate("UPDATE inbox_mail SET address = NULL WHERE LOWER(address) = LOWER(:address)")
                .bind("address", address)
                .execute();
        handle.createUpdate("DELETE FROM bounce_count WHERE LOWER(address) = LOWER(:address)")
                .bind("address", address)
                .execute();
    }
}
