package coop.vigie.curate;

import coop.vigie.group.GroupId;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.NoticeId;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What groups make of calls, and who said so; in {@code members.db}. */
public final class CurationStore {

    private final Database members;

    public CurationStore(Database members) {
        this.members = members;
    }

    /** What a person can do to a call or a suggestion, for others than themselves. */
    public enum Act {
        PICK,
        UNPICK,
        NOTE,
        UNNOTE,
        HIDE,
        UNHIDE,
        CORRECT,
        UNCORRECT,
        APPROVE,
        REFUSE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Who does it.
     *
     * @param who a mail address, or a user name of the system
     * @param mandate the edition whose token allows it; null where a person at a terminal does it
     */
    public record By(String who, Instant at, @Nullable String mandate) {}

    /**
     * One line of the log.
     *
     * @param group "" for what concerns all
     * @param call its id at that time; of a suggestion, its number
     * @param detail such as the words of a note; may be empty
     */
    public record Entry(Instant at, String who, String group, String call, Act act, String detail) {}

    /** What this group chose, by the ids that calls had at that time. */
    public Map<String, Choice> of(Handle handle, GroupId group) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        handle.createQuery(
                        "SELECT call_id, picked, hidden, note FROM curation WHERE group_id = :group ORDER BY call_id")
                .bind("group", group.value())
                .map((row, context) -> Map.entry(
                        row.getString("call_id"),
                        new Choice(row.getInt("picked") != 0, note(row.getString("note")), row.getInt("hidden") != 0)))
                .forEach(row -> choices.put(row.getKey(), row.getValue()));
        return choices;
    }

    public Map<String, Choice> of(GroupId group) {
        return members.read(handle -> of(handle, group));
    }

    private static LocalText note(@Nullable String json) {
        return json == null ? LocalText.EMPTY : Json.read(json, LocalText.class);
    }

    /**
     * Changes what a group makes of a call, and writes down who did it.
     *
     * @param call every id of it, the present one first
     * @param detail for the log
     * @return false if it was so already, or if this mandate did this before
     */
    public boolean change(
            Handle handle,
            GroupId group,
            List<NoticeId> call,
            Act act,
            UnaryOperator<Choice> change,
            String detail,
            By by) {
        if (isDone(handle, group, call, act, by)) {
            return false;
        }
        Map<String, Choice> all = of(handle, group);
        List<String> ids = call.stream().map(NoticeId::toString).toList();
        Choice before =
                ids.stream().map(id -> all.getOrDefault(id, Choice.NONE)).reduce(Choice.NONE, Choice::and);
        Choice after = change.apply(before);
        if (!after.equals(before) || by.mandate() != null) {
            // Also where nothing changes: what is asked for with a mandate is done once and for all.
            log(handle, new Entry(by.at(), by.who(), group.value(), ids.getFirst(), act, detail), by.mandate());
        }
        if (after.equals(before)) {
            return false;
        }
        ids.stream()
                .filter(all::containsKey)
                .forEach(id -> handle.createUpdate("DELETE FROM curation WHERE group_id = :group AND call_id = :call")
                        .bind("group", group.value())
                        .bind("call", id)
                        .execute());
        if (!after.equals(Choice.NONE)) {
            handle.createUpdate("""
                            INSERT INTO curation (group_id, call_id, picked, hidden, note)
                            VALUES (:group, :call, :picked, :hidden, :note)
                            """)
                    .bind("group", group.value())
                    .bind("call", ids.getFirst())
                    .bind("picked", after.picked() ? 1 : 0)
                    .bind("hidden", after.hidden() ? 1 : 0)
                    .bind("note", after.note().isEmpty() ? null : Json.write(after.note()))
                    .execute();
        }
        return true;
    }

    /** As {@link #change(Handle, GroupId, List, Act, UnaryOperator, String, By)}, in a transaction of its own. */
    public boolean change(
            GroupId group, List<NoticeId> call, Act act, UnaryOperator<Choice> change, String detail, By by) {
        return members.write(handle -> change(handle, group, call, act, change, detail, by));
    }

    private static boolean isDone(Handle handle, GroupId group, List<NoticeId> call, Act act, By by) {
        return by.mandate() != null
                && handle.createQuery("""
                                SELECT COUNT(*) FROM curation_log
                                WHERE mandate = :mandate AND act = :act AND group_id = :group AND call_id IN (<calls>)
                                """)
                                .bind("mandate", by.mandate())
                                .bind("act", act.code())
                                .bind("group", group.value())
                                .bindList(
                                        "calls",
                                        call.stream().map(NoticeId::toString).toList())
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    /** Writes down what was done elsewhere. */
    public void log(Handle handle, Entry entry, @Nullable String mandate) {
        handle.createUpdate("""
                        INSERT INTO curation_log (number, at, who, group_id, call_id, act, detail, mandate)
                        VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM curation_log),
                                :at, :who, :group, :call, :act, :detail, :mandate)
                        """)
                .bind("at", entry.at().toEpochMilli())
                .bind("who", entry.who())
                .bind("group", entry.group())
                .bind("call", entry.call())
                .bind("act", entry.act().code())
                .bind("detail", entry.detail())
                .bind("mandate", mandate)
                .execute();
    }

    public void log(Entry entry) {
        members.write(handle -> {
            log(handle, entry, null);
            return true;
        });
    }

    /**
     * What was done to a call, the first act first.
     *
     * @param call every id of it
     */
    public List<Entry> history(List<NoticeId> call) {
        return entries(
                "call_id IN (<values>)", call.stream().map(NoticeId::toString).toList());
    }

    /** What this person did, the first act first. */
    public List<Entry> by(EmailAddress who) {
        return entries("who IN (<values>)", List.of(who.value()));
    }

    private List<Entry> entries(String condition, List<String> values) {
        return members.read(handle -> handle.createQuery("SELECT at, who, group_id, call_id, act, detail "
                        + "FROM curation_log WHERE " + condition + " ORDER BY number")
                .bindList("values", values)
                .map((row, context) -> new Entry(
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("who"),
                        row.getString("group_id"),
                        row.getString("call_id"),
                        Act.valueOf(row.getString("act").toUpperCase(Locale.ROOT)),
                        row.getString("detail")))
                .list());
    }

    /** What this person chose stays; that it was they does not. */
    public int erase(Handle handle, EmailAddress who) {
        return handle.createUpdate("UPDATE curation_log SET who = 'erased' WHERE who = :who")
                .bind("who", who.value())
                .execute();
    }
}
