package coop.vigie.match;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.group.GroupId;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The matches of every profile, and how far each has been matched; in {@code members.db}. */
public final class MatchStore {

    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private final Database members;

    public MatchStore(Database members) {
        this.members = members;
    }

    /**
     * How far a profile has been matched.
     *
     * @param wording the profile as it was then; another wording means matching it anew
     * @param upTo change number up to which its matches are complete
     */
    public record Progress(String wording, long upTo) {}

    public Optional<Progress> progress(Handle handle, ProfileKey profile) {
        return handle.createQuery(
                        "SELECT wording, matched FROM profile_state WHERE group_id = :group AND profile_id = :profile")
                .bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .map((row, context) -> new Progress(row.getString("wording"), row.getLong("matched")))
                .findOne();
    }

    public void saveProgress(Handle handle, ProfileKey profile, Progress progress) {
        handle.createUpdate("""
                        INSERT INTO profile_state (group_id, profile_id, wording, matched)
                        VALUES (:group, :profile, :wording, :matched)
                        ON CONFLICT (group_id, profile_id) DO UPDATE SET
                          wording = excluded.wording, matched = excluded.matched
                        """)
                .bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .bind("wording", progress.wording())
                .bind("matched", progress.upTo())
                .execute();
    }

    /** Forgets all matches of a profile. */
    public void clear(Handle handle, ProfileKey profile) {
        handle.createUpdate("DELETE FROM profile_match WHERE group_id = :group AND profile_id = :profile")
                .bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .execute();
    }

    /** Forgets the matches of these calls with a profile. */
    public void remove(Handle handle, ProfileKey profile, Collection<String> calls) {
        if (calls.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch(
                "DELETE FROM profile_match WHERE group_id = :group AND profile_id = :profile AND call_id = :call");
        calls.forEach(call -> batch.bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .bind("call", call)
                .add());
        batch.execute();
    }

    /**
     * Stores matches; one that is there gets the new reasons.
     *
     * @param flood those of them that came in a flood
     */
    public void save(
            Handle handle, ProfileKey profile, Collection<Match> matches, Collection<String> flood, long change) {
        if (matches.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                INSERT INTO profile_match (group_id, profile_id, call_id, change, reasons, backlog)
                VALUES (:group, :profile, :call, :change, :reasons, :backlog)
                ON CONFLICT (group_id, profile_id, call_id) DO UPDATE SET reasons = excluded.reasons
                """);
        matches.forEach(match -> batch.bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .bind("call", match.callId())
                .bind("change", change)
                .bind("reasons", Json.write(match.reasons()))
                .bind("backlog", flood.contains(match.callId()) ? 1 : 0)
                .add());
        batch.execute();
    }

    /** Drops what is left of profiles that are gone. */
    public void keepOnly(Handle handle, Collection<ProfileKey> profiles) {
        List<ProfileKey> stored = handle.createQuery("SELECT group_id, profile_id FROM profile_state")
                .map((row, context) ->
                        new ProfileKey(new GroupId(row.getString("group_id")), row.getString("profile_id")))
                .list();
        for (ProfileKey gone : stored) {
            if (!profiles.contains(gone)) {
                clear(handle, gone);
                handle.createUpdate("DELETE FROM profile_state WHERE group_id = :group AND profile_id = :profile")
                        .bind("group", gone.group().value())
                        .bind("profile", gone.profile())
                        .execute();
            }
        }
    }

    /** The matches of one profile, call id to reasons. */
    public Map<String, List<Reason>> of(Handle handle, ProfileKey profile) {
        Map<String, List<Reason>> matches = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT call_id, reasons FROM profile_match
                        WHERE group_id = :group AND profile_id = :profile ORDER BY call_id
                        """)
                .bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .map((row, context) ->
                        Map.entry(row.getString("call_id"), Json.read(row.getString("reasons"), REASONS)))
                .forEach(match -> matches.put(match.getKey(), match.getValue()));
        return matches;
    }

    /** The calls that came to this profile in a flood. */
    public Set<String> backlog(Handle handle, ProfileKey profile) {
        return handle.createQuery("""
                        SELECT call_id FROM profile_match
                        WHERE group_id = :group AND profile_id = :profile AND backlog <> 0
                        """)
                .bind("group", profile.group().value())
                .bind("profile", profile.profile())
                .mapTo(String.class)
                .set();
    }

    public Map<String, List<Reason>> of(ProfileKey profile) {
        return members.read(handle -> of(handle, profile));
    }
}
