package coop.vigie.group;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.group.ProfileChange.How;
import coop.vigie.notice.EmailAddress;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Changes of profiles, and who made them; in {@code members.db}. */
public final class ProfileStore {

    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

    private final Database members;

    public ProfileStore(Database members) {
        this.members = members;
    }

    /**
     * Who changes a profile, and how.
     *
     * @param who a mail address, or a user name of the system
     * @param undoes number of the change that is taken back; null if it is something else
     * @param suggested words among what is added that Vigie had suggested
     */
    public record By(
            String who, Instant at, How how, @Nullable Long undoes, List<String> suggested) {

        public By(String who, Instant at, How how) {
            this(who, at, how, null, List.of());
        }
    }

    /**
     * Changes one profile and writes it down, in one transaction.
     *
     * @param change from what is there now (empty for no such profile) to what shall be there (empty for none)
     * @return empty if nothing is different, or if there is no such group
     * @throws ProfileException from {@code change}; nothing is stored then
     */
    public Optional<ProfileChange> change(
            GroupId groupId, String profileId, UnaryOperator<Optional<Profile>> change, By by) {
        var groups = new GroupStore(members);
        return members.write(handle -> {
            Group group = groups.all(handle).stream()
                    .filter(each -> each.id().equals(groupId))
                    .findFirst()
                    .orElse(null);
            if (group == null) {
                return Optional.empty();
            }
            Optional<Profile> before = group.profile(profileId);
            Optional<Profile> after = change.apply(before);
            if (after.equals(before)) {
                return Optional.empty();
            }
            groups.save(handle, List.of(group.withProfiles(replaced(group.profiles(), profileId, after))));
            return Optional.of(log(handle, groupId, profileId, before.orElse(null), after.orElse(null), by));
        });
    }

    /** In the place of the one before; a new one at the end. */
    private static List<Profile> replaced(List<Profile> profiles, String id, Optional<Profile> after) {
        List<Profile> replaced = new ArrayList<>();
        boolean placed = false;
        for (Profile profile : profiles) {
            if (!profile.id().equals(id)) {
                replaced.add(profile);
            } else {
                after.ifPresent(replaced::add);
                placed = true;
            }
        }
        if (!placed) {
            after.ifPresent(replaced::add);
        }
        return replaced;
    }

    /** Writes down how the profiles of groups have changed, whatever changed them. */
    void log(Handle handle, List<Group> before, List<Group> after, By by) {
        for (Group group : after) {
            List<Profile> old = before.stream()
                    .filter(each -> each.id().equals(group.id()))
                    .findFirst()
                    .map(Group::profiles)
                    .orElse(List.of());
            for (Profile profile : group.profiles()) {
                Profile was = old.stream()
                        .filter(each -> each.id().equals(profile.id()))
                        .findFirst()
                        .orElse(null);
                if (!profile.equals(was)) {
                    log(handle, group.id(), profile.id(), was, profile, by);
                }
            }
            old.stream()
                    .filter(was -> group.profile(was.id()).isEmpty())
                    .forEach(was -> log(handle, group.id(), was.id(), was, null, by));
        }
    }

    private static ProfileChange log(
            Handle handle, GroupId group, String profile, @Nullable Profile before, @Nullable Profile after, By by) {
        long number = handle.createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM profile_log")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO profile_log (
                          number, at, who, group_id, profile_id, how, undoes, suggested, old_body, new_body)
                        VALUES (:number, :at, :who, :group, :profile, :how, :undoes, :suggested, :before, :after)
                        """)
                .bind("number", number)
                .bind("at", by.at().toEpochMilli())
                .bind("who", by.who())
                .bind("group", group.value())
                .bind("profile", profile)
                .bind("how", by.how().name().toLowerCase(Locale.ROOT))
                .bind("undoes", by.undoes())
                .bind("suggested", Json.write(by.suggested()))
                .bind("before", before == null ? null : Json.write(before))
                .bind("after", after == null ? null : Json.write(after))
                .execute();
        return new ProfileChange(
                number, by.at(), by.who(), group, profile, before, after, by.how(), by.undoes(), by.suggested());
    }

    /** What was changed in a group, the first change first. */
    public List<ProfileChange> of(GroupId group) {
        return list("group_id", group.value());
    }

    /** What this person changed, the first change first. */
    public List<ProfileChange> by(EmailAddress who) {
        return list("who", who.value());
    }

    private List<ProfileChange> list(String column, String value) {
        return members.read(
                handle -> handle.createQuery("SELECT * FROM profile_log WHERE " + column + " = :value ORDER BY number")
                        .bind("value", value)
                        .map(ProfileStore::change)
                        .list());
    }

    private static ProfileChange change(java.sql.ResultSet row, StatementContext context) throws java.sql.SQLException {
        long undoes = row.getLong("undoes");
        return new ProfileChange(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("who"),
                new GroupId(row.getString("group_id")),
                row.getString("profile_id"),
                profile(row.getString("old_body")),
                profile(row.getString("new_body")),
                How.valueOf(row.getString("how").toUpperCase(Locale.ROOT)),
                undoes == 0 ? null : undoes,
                Json.read(row.getString("suggested"), WORDS));
    }

    private static @Nullable Profile profile(@Nullable String json) {
        return json == null ? null : Json.read(json, Profile.class);
    }

    /** What this person changed stays; that it was they does not. */
    public int erase(Handle handle, EmailAddress who) {
        return handle.createUpdate("UPDATE profile_log SET who = 'erased' WHERE who = :who")
                .bind("who", who.value())
                .execute();
    }
}
