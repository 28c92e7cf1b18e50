package coop.vigie.group;

import coop.vigie.notice.EmailAddress;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Groups, their profiles and their members, in {@code members.db}: the truth, of which {@code groups.yaml} is a copy.
 */
public final class GroupStore {

    private final Database members;

    public GroupStore(Database members) {
        this.members = members;
    }

    /** All groups with their members, by id. */
    public List<Group> all() {
        return members.read(this::all);
    }

    /** As {@link #all()}, inside a transaction. */
    public List<Group> all(Handle handle) {
        return handle
                .createQuery("SELECT id, body FROM working_group ORDER BY id")
                .map((row, context) -> Json.read(row.getString("body"), Group.class))
                .list()
                .stream()
                .map(group -> group.withMembers(membersOf(handle, group.id())))
                .toList();
    }

    public Optional<Group> find(GroupId id) {
        return all().stream().filter(group -> group.id().equals(id)).findFirst();
    }

    private static List<Member> membersOf(Handle handle, GroupId group) {
        return handle.createQuery("SELECT body FROM membership WHERE group_id = :group ORDER BY mail")
                .bind("group", group.value())
                .map((row, context) -> Json.read(row.getString("body"), Member.class))
                .list();
    }

    /** Stores groups as they are given, members included; removes nobody and no group. */
    public void save(Handle handle, Collection<Group> groups) {
        for (Group group : groups) {
            handle.createUpdate("""
                            INSERT INTO working_group (id, body) VALUES (:id, :body)
                            ON CONFLICT (id) DO UPDATE SET body = excluded.body
                            """)
                    .bind("id", group.id().value())
                    .bind("body", Json.write(group.withMembers(List.of())))
                    .execute();
            group.members().forEach(member -> save(handle, group.id(), member));
        }
    }

    private static void save(Handle handle, GroupId group, Member member) {
        handle.createUpdate("""
                        INSERT INTO membership (group_id, mail, body) VALUES (:group, :mail, :body)
                        ON CONFLICT (group_id, mail) DO UPDATE SET body = excluded.body
                        """)
                .bind("group", group.value())
                .bind("mail", member.mail().value())
                .bind("body", Json.write(member))
                .execute();
    }

    /**
     * Changes a person's memberships, however their address is written; how many have changed.
     *
     * @param change is given each one, and gives it back as it is to be
     */
    public int change(Handle handle, EmailAddress mail, BiFunction<GroupId, Member, Member> change) {
        int changed = 0;
        for (Map.Entry<GroupId, Member> each : memberships(handle, mail).entrySet()) {
            Member after = change.apply(each.getKey(), each.getValue());
            if (!after.equals(each.getValue())) {
                save(handle, each.getKey(), after);
                changed++;
            }
        }
        return changed;
    }

    /** A person's memberships, however their address is written. */
    public Map<GroupId, Member> memberships(Handle handle, EmailAddress mail) {
        return handle
                .createQuery("SELECT group_id, body FROM membership WHERE LOWER(mail) = LOWER(:mail) ORDER BY group_id")
                .bind("mail", mail.value())
                .map((row, context) -> Map.entry(
                        new GroupId(row.getString("group_id")), Json.read(row.getString("body"), Member.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    /** What is stored, and what an import asks for, compared inside the transaction that applies it. */
    public GroupChanges apply(List<Group> wanted) {
        return members.write(handle -> {
            GroupChanges changes = GroupChanges.between(all(handle), wanted);
            save(handle, changes.groups());
            return changes;
        });
    }
}
