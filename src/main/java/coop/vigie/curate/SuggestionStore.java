package coop.vigie.curate;

import coop.vigie.store.Database;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Suggestions, in {@code members.db}. */
public final class SuggestionStore {

    private final Database members;

    public SuggestionStore(Database members) {
        this.members = members;
    }

    /** Notes a suggestion as pending; false if the same address waits already. */
    public boolean add(Handle handle, Instant at, String who, String url, String title, String note) {
        return handle.createUpdate("""
                        INSERT INTO suggestion (at, who, url, title, note, state)
                        SELECT :at, :who, :url, :title, :note, 'pending'
                        WHERE NOT EXISTS (SELECT 1 FROM suggestion WHERE url = :url AND state = 'pending')
                        """)
                        .bind("at", at.toEpochMilli())
                        .bind("who", who)
                        .bind("url", url)
                        .bind("title", title)
                        .bind("note", note)
                        .execute()
                > 0;
    }

    /** Those on which nobody has decided, the oldest first. */
    public List<Suggestion> pending() {
        return members.read(handle -> handle.createQuery(
                        "SELECT id, at, who, url, title, note FROM suggestion WHERE state = 'pending' ORDER BY id")
                .map((row, context) -> new Suggestion(
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("who"),
                        row.getString("url"),
                        row.getString("title"),
                        row.getString("note")))
                .list());
    }

    /** What this person signalled stays; that it was they, and their words about it, do not. */
    public void erase(Handle handle, String who) {
        handle.createUpdate("UPDATE suggestion SET who = 'erased', note = '' WHERE LOWER(who) = LOWER(:who)")
                .bind("who", who)
                .execute();
    }
}
