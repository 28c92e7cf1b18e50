package coop.vigie.group;

import coop.vigie.notice.EmailAddress;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/** Persons over all their groups, in {@code members.db}: what they want, what happened to them, and who is to be forgotten. */
public final class MemberStore {

    private static final int KEY_BYTES = 32;

    private final Database members;

    public MemberStore(Database members) {
        this.members = members;
    }

    /** One person in one group. */
    public record Membership(GroupId group, Member member) {}

    /** What can happen to a membership. */
    public enum Event {
        JOINED,
        ASKED,
        AGREED,
        CHANGED,
        LEFT,
        SUPPRESSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One line of the log.
     *
     * @param detail how or why, such as "550 5.1.1 no such user"; may be empty
     * @param who a mail address, a user name of the system, or a part of the program such as {@code inbox}
     */
    public record Act(Instant at, GroupId group, Event event, String detail, String who) {}

    /** How and by whom something is done, for the log. */
    public record By(Event event, String detail, String who, Instant at) {}

    /** This person's groups, by id; empty for somebody unknown. */
    public List<Membership> of(EmailAddress mail) {
        return members.read(handle -> of(handle, mail));
    }

    /** However the address is written: only its own server knows whether case counts, and none that matters says so. */
    public List<Membership> of(Handle handle, EmailAddress mail) {
        return handle.createQuery(
                        "SELECT group_id, body FROM membership WHERE LOWER(mail) = LOWER(:mail) ORDER BY group_id")
                .bind("mail", mail.value())
                .map((row, context) -> new Membership(
                        new GroupId(row.getString("group_id")), Json.read(row.getString("body"), Member.class)))
                .list();
    }

    /** The groups of each of these persons in which they are active. */
    public Map<EmailAddress, Set<GroupId>> active(Handle handle, Collection<EmailAddress> mails) {
        Map<EmailAddress, Set<GroupId>> active = new HashMap<>();
        handle.createQuery("SELECT group_id, body FROM membership WHERE LOWER(mail) IN (<mails>)")
                .bindList(
                        "mails",
                        mails.stream()
                                .map(mail -> mail.value().toLowerCase(Locale.ROOT))
                                .toList())
                .map((row, context) -> new Membership(
                        new GroupId(row.getString("group_id")), Json.read(row.getString("body"), Member.class)))
                .filter(membership -> membership.member().status() == Status.ACTIVE)
                .forEach(
                        membership -> active.computeIfAbsent(membership.member().mail(), any -> new HashSet<>())
                                .add(membership.group()));
        return active;
    }

    /**
     * Changes this person's memberships and writes it down.
     *
     * @param which only those
     * @return those that are different now
     */
    public List<Membership> change(
            Handle handle, EmailAddress mail, Predicate<Membership> which, UnaryOperator<Member> change, By by) {
        return of(handle, mail).stream()
                .filter(which)
                .filter(each -> !change.apply(each.member()).equals(each.member()))
                .map(each -> new Membership(each.group(), change.apply(each.member())))
                .peek(changed -> {
                    GroupStore.save(handle, changed.group(), changed.member());
                    note(handle, changed.member().mail(), changed.group(), by);
                })
                .toList();
    }

    /** A new member of a group that is there. */
    public void join(Handle handle, GroupId group, Member member, By by) {
        GroupStore.save(handle, group, member);
        note(handle, member.mail(), group, by);
    }

    private static void note(Handle handle, EmailAddress mail, GroupId group, By by) {
        handle.createUpdate("""
                        INSERT INTO member_log (number, at, mail, group_id, event, detail, who)
                        VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM member_log), :at, :mail, :group, :event, :detail, :who)
                        """)
                .bind("at", by.at().toEpochMilli())
                .bind("mail", mail.value())
                .bind("group", group.value())
                .bind("event", by.event().code())
                .bind("detail", by.detail())
                .bind("who", by.who())
                .execute();
    }

    /** What happened to this person, the first first. */
    public List<Act> history(EmailAddress mail) {
        return members.read(handle -> handle.createQuery(
                        "SELECT at, group_id, event, detail, who FROM member_log WHERE mail = :mail ORDER BY number")
                .bind("mail", mail.value())
                .map((row, context) -> new Act(
                        Instant.ofEpochMilli(row.getLong("at")),
                        new GroupId(row.getString("group_id")),
                        Event.valueOf(row.getString("event").toUpperCase(Locale.ROOT)),
                        row.getString("detail"),
                        row.getString("who")))
                .list());
    }

    /** When this person was asked last whether they agree to a group's mails; empty for never. */
    public Optional<Instant> asked(Handle handle, EmailAddress mail, GroupId group) {
        return handle.createQuery("SELECT at FROM invitation WHERE mail = :mail AND group_id = :group")
                .bind("mail", mail.value())
                .bind("group", group.value())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** Writes down that this person is asked now. */
    public void ask(Handle handle, EmailAddress mail, GroupId group, By by) {
        handle.createUpdate("""
                        INSERT INTO invitation (mail, group_id, at) VALUES (:mail, :group, :at)
                        ON CONFLICT (mail, group_id) DO UPDATE SET at = excluded.at
                        """)
                .bind("mail", mail.value())
                .bind("group", group.value())
                .bind("at", by.at().toEpochMilli())
                .execute();
        note(handle, mail, group, by);
    }

    /** Deletes the person here, and keeps a keyed hash of the address, so that no import brings them back. */
    public void erase(Handle handle, EmailAddress mail, Instant now) {
        for (String table : List.of("membership", "member_log", "invitation")) {
            handle.createUpdate("DELETE FROM " + table + " WHERE LOWER(mail) = LOWER(:mail)")
                    .bind("mail", mail.value())
                    .execute();
        }
        handle.createUpdate("UPDATE member_log SET who = 'erased' WHERE LOWER(who) = LOWER(:mail)")
                .bind("mail", mail.value())
                .execute();
        handle.createUpdate("UPDATE member_log SET detail = '' WHERE INSTR(LOWER(detail), LOWER(:mail)) > 0")
                .bind("mail", mail.value())
                .execute();
        handle.createUpdate("INSERT INTO erased (hash, at) VALUES (:hash, :at) ON CONFLICT (hash) DO NOTHING")
                .bind("hash", keyedHash(handle, mail))
                .bind("at", now.toEpochMilli())
                .execute();
    }

    public boolean isErased(EmailAddress mail) {
        return members.read(handle -> isErased(handle, mail));
    }

    /** True for an address that was erased. */
    public boolean isErased(Handle handle, EmailAddress mail) {
        // Without a key nobody was ever erased; a look must not make one.
        return key(handle).isPresent()
                && handle.createQuery("SELECT COUNT(*) FROM erased WHERE hash = :hash")
                                .bind("hash", keyedHash(handle, mail))
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    /** They ask for mails again themselves: the hash goes. */
    public void welcomeBack(Handle handle, EmailAddress mail) {
        handle.createUpdate("DELETE FROM erased WHERE hash = :hash")
                .bind("hash", keyedHash(handle, mail))
                .execute();
    }

    private static String keyedHash(Handle handle, EmailAddress mail) {
        byte[] key = key(handle).orElseGet(() -> newKey(handle));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String canonical = mail.value().toLowerCase(Locale.ROOT);
            return HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private static Optional<byte[]> key(Handle handle) {
        return handle.createQuery("SELECT value FROM secret WHERE name = 'erased'")
                .mapTo(byte[].class)
                .findOne();
    }

    private static byte[] newKey(Handle handle) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        handle.createUpdate("INSERT INTO secret (name, value) VALUES ('erased', :key)")
                .bind("key", key)
                .execute();
        return key;
    }
}
