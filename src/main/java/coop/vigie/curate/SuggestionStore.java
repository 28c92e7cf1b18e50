package coop.vigie.curate;

import coop.vigie.notice.EmailAddress;
import coop.vigie.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Calls that somebody signals, in {@code members.db}, until a person decides. */
public final class SuggestionStore {

    private final Database members;

    public SuggestionStore(Database members) {
        this.members = members;
    }

    /** What became of a suggestion. */
    public enum State {
        PENDING,
        APPROVED,
        REFUSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One suggestion.
     *
     * @param who a mail address, or a user name of the system
     * @param url null if none was given
     * @param title null if none was given
     * @param note what they wrote beside it; may be empty
     */
    public record Suggestion(
            long id,
            Instant at,
            String who,
            @Nullable String url,
            @Nullable String title,
            String note,
            State state) {}

    /** The id of the suggestion: a new one, or that of the one that already waits with this address. */
    public long add(Handle handle, String who, @Nullable String url, @Nullable String title, String note, Instant now) {
        Optional<Long> waiting = url == null
                ? Optional.empty()
                : handle.createQuery("SELECT MIN(id) FROM suggestion WHERE url = :url AND state = 'pending'")
                        .bind("url", url)
                        .mapTo(Long.class)
                        .findOne();
        if (waiting.isPresent()) {
            return waiting.get();
        }
        long id = handle.createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM suggestion")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO suggestion (id, at, who, url, title, note, state)
                        VALUES (:id, :at, :who, :url, :title, :note, 'pending')
                        """)
                .bind("id", id)
                .bind("at", now.toEpochMilli())
                .bind("who", who)
                .bind("url", url)
                .bind("title", title)
                .bind("note", note)
                .execute();
        return id;
    }

    public long add(String who, @Nullable String url, @Nullable String title, String note, Instant now) {
        return members.write(handle -> add(handle, who, url, title, note, now));
    }

    /** All, the oldest first. */
    public List<Suggestion> all() {
        return members.read(handle ->
                list(handle.createQuery("SELECT id, at, who, url, title, note, state FROM suggestion ORDER BY id")));
    }

    public Optional<Suggestion> find(long id) {
        return all().stream().filter(each -> each.id() == id).findFirst();
    }

    /** What this person signalled, the oldest first. */
    public List<Suggestion> by(EmailAddress who) {
        return all().stream().filter(each -> each.who().equals(who.value())).toList();
    }

    private static List<Suggestion> list(Query query) {
        return query.map((row, context) -> new Suggestion(
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("who"),
                        row.getString("url"),
                        row.getString("title"),
                        row.getString("note"),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT))))
                .list();
    }

    /** A person decides. */
    public void decide(Handle handle, long id, State state) {
        handle.createUpdate("UPDATE suggestion SET state = :state WHERE id = :id")
                .bind("state", state.code())
                .bind("id", id)
                .execute();
    }

    public void decide(long id, State state) {
        members.write(handle -> {
            decide(handle, id, state);
            return state;
        });
    }

    /** True if a suggestion of that address waits for a person. */
    public boolean waits(Handle handle, String url) {
        return handle.createQuery("SELECT COUNT(*) FROM suggestion WHERE url = :url AND state = 'pending'")
                        .bind("url", url)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** What this person signalled stays; that it was they, and their words about it, do not. */
    public int erase(Handle handle, EmailAddress who) {
        return handle.createUpdate("""
                        UPDATE suggestion SET who = 'erased', note = '', title = NULL WHERE LOWER(who) = LOWER(:who)
                        """).bind("who", who.value()).execute();
    }
}
