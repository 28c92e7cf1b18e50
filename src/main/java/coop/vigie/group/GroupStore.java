package coop.vigie.group;

import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

    static void save(Handle handle, GroupId group, Member member) {
        handle.createUpdate("""
                        INSERT INTO membership (group_id, mail, body) VALUES (:group, :mail, :body)
                        ON CONFLICT (group_id, mail) DO UPDATE SET body = excluded.body
                        """)
                .bind("group", group.value())
                .bind("mail", member.mail().value())
                .bind("body", Json.write(member))
                .execute();
    }

    /** What an import would change; nothing is stored. */
    public GroupChanges compare(List<Group> wanted) {
        return members.read(handle -> compare(handle, wanted));
    }

    private GroupChanges compare(Handle handle, List<Group> wanted) {
        var persons = new MemberStore(members);
        return GroupChanges.between(all(handle), wanted, address -> persons.isErased(handle, address));
    }

    /**
     * What is stored, and what an import asks for, compared inside the transaction that applies it. Profiles that are
     * different then are written down.
     *
     * @param who a mail address, or a user name of the system
     */
    public GroupChanges apply(List<Group> wanted, String who, Instant now) {
        return members.write(handle -> {
            List<Group> before = all(handle);
            GroupChanges changes = compare(handle, wanted);
            save(handle, changes.groups());
            new ProfileStore(members)
                    .log(handle, before, changes.groups(), new ProfileStore.By(who, now, ProfileChange.How.IMPORT));
            return changes;
        });
    }
}
