package coop.vigie.deliver;

import coop.vigie.digest.Edition;
import coop.vigie.digest.Item;
import coop.vigie.digest.Known;
import coop.vigie.store.Database;
import coop.vigie.store.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Editions and their rendered messages, in {@code members.db}. An edition is a draft until its message is frozen; then it
 * goes pending → sending → sent or failed, or back to pending where the server puts it off. One found <em>sending</em> at the start is sent again with the same
 * Message-ID, never dropped.
 */
public final class Outbox implements Notes {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Some ten megabytes. */
    private static final int ITEMS_KNOWN_AT_MOST = 4_000;

    private final Database members;
    private final Known<Item, String> items = new Known<>(ITEMS_KNOWN_AT_MOST);
    private final Function<Object, String> json =
            Json.writer(Item.class, item -> items.of(item, () -> Json.write(item)));

    public Outbox(Database members) {
        this.members = members;
    }

    /** Why an edition was made. */
    public enum Kind {
        /** By the reader's own rhythm, or by hand. */
        REGULAR,
        /** In between, since something could not wait. */
        SHORT,
        /** Nothing but that all is well, once a month in which there was nothing else. */
        WELL,
        /** A letter to one person about their own membership. It has no blocks. */
        LETTER,
        /** The comms team's edition; its rhythm is the newsletter's id. It has no blocks. */
        NEWSLETTER,
        /** Nothing for a reader: the operator's mail about sources in trouble. It has no blocks, only a message. */
        ALARM;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where an edition stands. */
    public enum State {
        DRAFT,
        PENDING,
        SENDING,
        SENT,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * @param messageId null while it is a draft
     * @param receipt what the server or folder answered, such as a file, or how much of it has gone; null until something has
     */
    public record Entry(
            Edition edition,
            State state,
            @Nullable String messageId,
            @Nullable String receipt) {}

    /** The longest pause between two attempts. */
    private static final Duration PAUSE_AT_MOST = Duration.ofHours(6);

    private static final Duration PAUSE_AT_LEAST = Duration.ofMinutes(5);

    /** RFC 5321, section 4.5.4.1: a sender gives up after four to five days. */
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(4);

    /** How long a recipient is let be whose message failed. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofDays(1);

    /** A message that has yet to go out, or to be confirmed. */
    public record Outgoing(String editionId, String recipient, String messageId) {}

    /**
     * A new edition id. Distinct for ever, also from those of a home that was made anew: Message-IDs hang on it, and mail
     * programs hide a message whose id they have seen.
     */
    public String nextId(Handle handle) {
        return nextIds(handle, 1).getFirst();
    }

    /** So many of them. */
    public List<String> nextIds(Handle handle, int count) {
        long last = handle.createQuery("UPDATE edition_counter SET value = value + :count RETURNING value")
                .bind("count", count)
                .mapTo(Long.class)
                .one();
        return LongStream.rangeClosed(last - count + 1, last)
                .mapToObj(number -> "e%d-%08x".formatted(number, RANDOM.nextInt()))
                .toList();
    }

    /**
     * Stores a draft, in the place of the recipient's earlier one of that rhythm if there was any.
     *
     * @param rhythm what tells the recipient's editions of different cadences apart; "" if they have one only
     */
    public void saveDraft(Handle handle, Edition edition, String rhythm) {
        discardDraft(handle, edition.recipient(), rhythm);
        insert(handle, List.of(new Fixed(edition, Kind.REGULAR, rhythm, json.apply(edition), "", null)), State.DRAFT);
    }

    public void discardDraft(Handle handle, String recipient, String rhythm) {
        discardDrafts(handle, Map.of(recipient, rhythm));
    }

    /** @param rhythms by recipient */
    private static void discardDrafts(Handle handle, Map<String, String> rhythms) {
        List<String> drafts = handle
                .createQuery(
                        "SELECT id, recipient, rhythm FROM edition WHERE recipient IN (<recipients>) AND state = 'draft'")
                .bindList("recipients", List.copyOf(rhythms.keySet()))
                .map((row, context) ->
                        List.of(row.getString("id"), row.getString("recipient"), row.getString("rhythm")))
                .stream()
                .filter(draft -> draft.get(2).isEmpty() || draft.get(2).equals(rhythms.get(draft.get(1))))
                .map(List::getFirst)
                .toList();
        for (String draft : drafts) {
            handle.execute("DELETE FROM edition_content WHERE edition_id = ?", draft);
            handle.execute("DELETE FROM edition WHERE id = ?", draft);
        }
    }

    /**
     * An edition and its rendered message, ready to be written.
     *
     * @param rhythm what tells the recipient's editions of different cadences apart; "" if they have one only
     * @param body the edition as JSON
     * @param message null for a draft
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Fixed(
            Edition edition, Kind kind, String rhythm, String body, String messageId, byte @Nullable [] message) {}

    /** Makes an edition ready. Needs no transaction. */
    public Fixed fix(Edition edition, Kind kind, String rhythm, String messageId, byte[] message) {
        return new Fixed(edition, kind, rhythm, json.apply(edition), messageId, message);
    }

    /** Freezes an edition with its rendered message: from now on only its state changes. */
    public void freeze(Handle handle, Edition edition, Kind kind, String rhythm, String messageId, byte[] message) {
        freeze(handle, List.of(fix(edition, kind, rhythm, messageId, message)));
    }

    /** The same with those of several recipients, each of whom has one, which were made ready outside of the transaction. */
    public void freeze(Handle handle, Collection<Fixed> all) {
        Map<String, String> regular = all.stream()
                .filter(each -> each.kind() == Kind.REGULAR)
                .collect(Collectors.toMap(each -> each.edition().recipient(), Fixed::rhythm));
        if (!regular.isEmpty()) {
            discardDrafts(handle, regular);
        }
        insert(handle, all, State.PENDING);
        var messages = handle.prepareBatch(
                "INSERT INTO message (edition_id, message_id, attempts) VALUES (:edition, :messageId, 0)");
        for (Fixed each : all) {
            messages.bind("edition", each.edition().id())
                    .bind("messageId", each.messageId())
                    .add();
        }
        messages.execute();
    }

    private static void insert(Handle handle, Collection<Fixed> all, State state) {
        var editions = handle.prepareBatch("""
                INSERT INTO edition (id, recipient, kind, rhythm, state, built)
                VALUES (:id, :recipient, :kind, :rhythm, :state, :built)
                """);
        var contents = handle.prepareBatch(
                "INSERT INTO edition_content (edition_id, message, body) VALUES (:id, :message, :body)");
        for (Fixed each : all) {
            Edition edition = each.edition();
            editions.bind("id", edition.id())
                    .bind("recipient", edition.recipient())
                    .bind("kind", each.kind().code())
                    .bind("rhythm", each.rhythm())
                    .bind("state", state.code())
                    .bind("built", edition.built().toEpochMilli())
                    .add();
            contents.bind("id", edition.id())
                    .bind("message", each.message())
                    .bind("body", each.body())
                    .add();
        }
        editions.execute();
        contents.execute();
    }

    /**
     * Everything that may go out at this moment, the oldest first; what was being sent when the program ended is among it.
     *
     * @param clock the real one: back-off has nothing to do with {@code --now}
     */
    public List<Outgoing> outgoing(Instant clock) {
        return members.read(handle -> handle.createQuery("""
                        SELECT edition.id AS id, recipient, message_id FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE state = 'sending'
                           OR (state = 'pending' AND (next_attempt IS NULL OR next_attempt <= :now OR next_attempt > :far))
                        ORDER BY built, edition.id
                        """)
                .bind("now", clock.toEpochMilli())
                // Written under a clock that was wrong then, or is wrong now.
                .bind("far", clock.plus(PAUSE_AT_MOST).toEpochMilli())
                .map((row, context) ->
                        new Outgoing(row.getString("id"), row.getString("recipient"), row.getString("message_id")))
                .list());
    }

    public byte[] message(String editionId) {
        return members.read(handle -> message(handle, editionId));
    }

    private static byte[] message(Handle handle, String editionId) {
        return handle.createQuery("SELECT message FROM edition_content WHERE edition_id = :id")
                .bind("id", editionId)
                .mapTo(byte[].class)
                .one();
    }

    /**
     * Marks an edition as being sent, inside a transaction that is on the disk before the message leaves.
     *
     * @return the message; empty if it was cancelled meanwhile, as by somebody who left
     */
    public Optional<byte[]> sending(Handle handle, String editionId, Instant clock) {
        int waiting = handle.createUpdate(
                        "UPDATE edition SET state = 'sending' WHERE id = :id AND state IN ('pending', 'sending')")
                .bind("id", editionId)
                .execute();
        if (waiting == 0) {
            return Optional.empty();
        }
        handle.createUpdate("UPDATE message SET attempts = attempts + 1, last_attempt = :clock WHERE edition_id = :id")
                .bind("clock", clock.toEpochMilli())
                .bind("id", editionId)
                .execute();
        return Optional.of(message(handle, editionId));
    }

    /** Nothing came of it, through no fault of the message: it waits for the next run. */
    public void pending(Handle handle, String editionId, String error) {
        note(handle, editionId, error);
        move(handle, editionId, State.PENDING);
    }

    /**
     * The server put the message off. The next attempt comes after as long again as it has been trying, at least five
     * minutes and at most six hours; after four days it does not come.
     *
     * @param atLeast the pause that the server asked for, as far as six hours; null if it did not
     * @return the new state: pending, or failed
     */
    public State putOff(Handle handle, String editionId, String error, @Nullable Duration atLeast, Instant clock) {
        Instant first = handle.createQuery("SELECT first_attempt FROM message WHERE edition_id = :id")
                .bind("id", editionId)
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli)
                .orElse(clock);
        Duration trying = Duration.between(first, clock);
        if (trying.compareTo(GIVE_UP_AFTER) >= 0) {
            failed(handle, editionId, error);
            return State.FAILED;
        }
        Duration wanted = atLeast == null ? Duration.ZERO : atLeast;
        Duration pause =
                Collections.min(List.of(PAUSE_AT_MOST, Collections.max(List.of(PAUSE_AT_LEAST, trying, wanted))));
        handle.createUpdate("UPDATE message SET first_attempt = :first, next_attempt = :next WHERE edition_id = :id")
                .bind("first", first.toEpochMilli())
                .bind("next", clock.plus(pause).toEpochMilli())
                .bind("id", editionId)
                .execute();
        pending(handle, editionId, error);
        return State.PENDING;
    }

    /** A message that was handed over, or tried to be. */
    public record Handover(String recipient, Instant at) {}

    /** What was handed over since then, the oldest first. */
    public List<Handover> handoversSince(Instant clock) {
        return members.read(handle -> handle.createQuery("""
                        SELECT recipient, last_attempt FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE last_attempt > :since ORDER BY last_attempt
                        """)
                .bind("since", clock.toEpochMilli())
                .map((row, context) ->
                        new Handover(row.getString("recipient"), Instant.ofEpochMilli(row.getLong("last_attempt"))))
                .list());
    }

    /**
     * Recipients whose message failed within the last day: nothing is tried with them until it is over, lest a dead address
     * be asked again with every run.
     *
     * @param clock the real one; what lies ahead of it was written under another clock, and does not count
     */
    public Set<String> resting(Instant clock) {
        return members.read(handle -> handle.createQuery("""
                        SELECT DISTINCT recipient FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE state = 'failed' AND last_attempt > :since AND last_attempt <= :now
                        """)
                .bind("since", clock.minus(REST_AFTER_FAILURE).toEpochMilli())
                .bind("now", clock.toEpochMilli())
                .mapTo(String.class)
                .set());
    }

    /**
     * Recipients with a message that was put off, and whose next attempt is yet to come.
     *
     * @param clock the real one
     */
    public Set<String> putOff(Instant clock) {
        return members.read(handle -> handle.createQuery("""
                        SELECT DISTINCT recipient FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE state = 'pending' AND next_attempt > :now AND next_attempt <= :far
                        """)
                .bind("now", clock.toEpochMilli())
                .bind("far", clock.plus(PAUSE_AT_MOST).toEpochMilli())
                .mapTo(String.class)
                .set());
    }

    @Override
    public Optional<String> noted(String messageId) {
        return members.read(handle -> handle.createQuery("SELECT receipt FROM message WHERE message_id = :id")
                .bind("id", messageId)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void note(String messageId, String text) {
        members.write(handle -> handle.createUpdate("UPDATE message SET receipt = :text WHERE message_id = :id")
                .bind("text", text)
                .bind("id", messageId)
                .execute());
    }

    @Override
    public Optional<String> lastReceipt(String recipient) {
        return members.read(handle -> handle.createQuery("""
                        SELECT receipt FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE recipient = :recipient AND state = 'sent' AND receipt IS NOT NULL
                        ORDER BY last_attempt DESC, built DESC, edition.id DESC LIMIT 1
                        """)
                .bind("recipient", recipient)
                .mapTo(String.class)
                .findOne());
    }

    public void sent(Handle handle, String editionId, String receipt) {
        handle.createUpdate("UPDATE message SET receipt = :receipt, error = NULL WHERE edition_id = :id")
                .bind("receipt", receipt)
                .bind("id", editionId)
                .execute();
        move(handle, editionId, State.SENT);
    }

    public void failed(Handle handle, String editionId, String error) {
        note(handle, editionId, error);
        move(handle, editionId, State.FAILED);
    }

    private static void note(Handle handle, String editionId, String error) {
        handle.createUpdate("UPDATE message SET error = :error WHERE edition_id = :id")
                .bind("error", error)
                .bind("id", editionId)
                .execute();
    }

    private static int move(Handle handle, String editionId, State state) {
        return handle.createUpdate("UPDATE edition SET state = :state WHERE id = :id")
                .bind("state", state.code())
                .bind("id", editionId)
                .execute();
    }

    /** A mail that went out, and to whom. */
    public record Addressed(String editionId, String recipient) {}

    /** The mail of that Message-ID, if it is one of ours and has left. */
    public Optional<Addressed> byMessageId(Handle handle, String messageId) {
        return handle.createQuery("""
                        SELECT edition.id AS id, recipient FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE message_id = :id AND attempts > 0
                        """)
                .bind("id", messageId)
                .map((row, context) -> new Addressed(row.getString("id"), row.getString("recipient")))
                .findFirst();
    }

    /** The newest mail that has left for that address, however it is written. */
    public Optional<Addressed> lastTo(Handle handle, String address) {
        return handle.createQuery("""
                        SELECT edition.id AS id, recipient FROM edition
                        JOIN message ON message.edition_id = edition.id
                        WHERE LOWER(recipient) = LOWER(:address) AND attempts > 0
                        ORDER BY built DESC LIMIT 1
                        """)
                .bind("address", address)
                .map((row, context) -> new Addressed(row.getString("id"), row.getString("recipient")))
                .findFirst();
    }

    /** Notes what a mail server reported later of a message that was sent. */
    public void cameBack(Handle handle, String editionId, String error) {
        note(handle, editionId, error);
    }

    /** When mails to that address were built that were sent and have not come back. */
    public List<Instant> arrived(Handle handle, String recipient) {
        return handle.createQuery("""
                        SELECT built FROM edition JOIN message ON message.edition_id = edition.id
                        WHERE recipient = :recipient AND state = 'sent' AND error IS NULL
                        """)
                .bind("recipient", recipient)
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .list();
    }

    /** All editions, the newest first. */
    public List<Entry> list() {
        return query("ORDER BY built DESC, id DESC", Optional.empty());
    }

    public Optional<Entry> find(String id) {
        return query("WHERE edition.id = :key", Optional.of(id)).stream().findFirst();
    }

    /** The recipient's draft, if one was made. */
    public Optional<Edition> draftOf(Handle handle, String recipient, String rhythm) {
        return handle.createQuery("""
                        SELECT body FROM edition JOIN edition_content ON edition_content.edition_id = edition.id
                        WHERE recipient = :recipient AND rhythm IN (:rhythm, '') AND state = 'draft'
                        ORDER BY rhythm DESC LIMIT 1
                        """)
                .bind("recipient", recipient)
                .bind("rhythm", rhythm)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Edition.class));
    }

    /**
     * When the recipient's newest regular edition of that rhythm was built; of a rhythm that is new to them, when their newest
     * of any was, so that a change of rhythm brings no mail by itself.
     */
    public Optional<Instant> lastRegular(String recipient, String rhythm) {
        return lastBuilt(recipient, "kind = 'regular' AND rhythm IN (:rhythm, '')", rhythm)
                .or(() -> lastBuilt(recipient, "kind = 'regular'", rhythm));
    }

    /** When the recipient's newest short mail was built. */
    public Optional<Instant> lastShort(String recipient) {
        return lastBuilt(recipient, "kind = 'short'", "");
    }

    /** When the recipient was last mailed anything about calls, or that there is nothing. */
    public Optional<Instant> lastWord(String recipient) {
        return lastBuilt(recipient, "kind IN ('regular', 'short', 'well')", "");
    }

    /** True if something of that kind and rhythm was frozen for this recipient, whatever became of it. */
    public boolean has(Handle handle, String recipient, Kind kind, String rhythm) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM edition
                        WHERE recipient = :recipient AND kind = :kind AND rhythm = :rhythm
                        """)
                        .bind("recipient", recipient)
                        .bind("kind", kind.code())
                        .bind("rhythm", rhythm)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Ids of all editions of that kind and rhythm. */
    public Set<String> ids(Kind kind, String rhythm) {
        return members.read(
                handle -> handle.createQuery("SELECT id FROM edition WHERE kind = :kind AND rhythm = :rhythm")
                        .bind("kind", kind.code())
                        .bind("rhythm", rhythm)
                        .mapTo(String.class)
                        .set());
    }

    private Optional<Instant> lastBuilt(String recipient, String condition, String rhythm) {
        return members.read(handle -> handle.createQuery("""
                        SELECT MAX(built) FROM edition
                        WHERE recipient = :recipient AND state <> 'draft' AND (:rhythm = :rhythm) AND\s
                        """ + condition)
                .bind("recipient", recipient)
                .bind("rhythm", rhythm)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    /** Every edition of this person, with its message. */
    public int erase(Handle handle, String recipient) {
        handle.createUpdate("DELETE FROM quiet_moment WHERE recipient = :recipient")
                .bind("recipient", recipient)
                .execute();
        for (String table : List.of("message", "edition_content")) {
            handle.createUpdate("DELETE FROM " + table
                            + " WHERE edition_id IN (SELECT id FROM edition WHERE recipient = :recipient)")
                    .bind("recipient", recipient)
                    .execute();
        }
        return handle.createUpdate("DELETE FROM edition WHERE recipient = :recipient")
                .bind("recipient", recipient)
                .execute();
    }

    /**
     * Digests and newsletters for this person that have not left do not leave any more.
     *
     * @param why for the record
     * @return ids of the editions
     */
    public List<String> cancel(Handle handle, String recipient, String why) {
        List<String> waiting = handle.createQuery("""
                        SELECT id FROM edition WHERE recipient = :recipient AND state = 'pending'
                          AND kind IN ('regular', 'short', 'well', 'newsletter')
                        """)
                .bind("recipient", recipient)
                .mapTo(String.class)
                .list();
        waiting.forEach(edition -> failed(handle, edition, why));
        return waiting;
    }

    /** Notes that a rhythm came round for somebody for whom there was nothing. */
    public void quiet(Handle handle, String recipient, String rhythm, Instant now) {
        handle.createUpdate("""
                        INSERT INTO quiet_moment (recipient, rhythm, at) VALUES (:recipient, :rhythm, :at)
                        ON CONFLICT (recipient, rhythm) DO UPDATE SET at = excluded.at
                        """)
                .bind("recipient", recipient)
                .bind("rhythm", rhythm)
                .bind("at", now.toEpochMilli())
                .execute();
    }

    /** When that rhythm last came round for them without anything to say; empty for never. */
    public Optional<Instant> lastQuiet(String recipient, String rhythm) {
        return members.read(handle -> handle.createQuery(
                        "SELECT at FROM quiet_moment WHERE recipient = :recipient AND rhythm = :rhythm")
                .bind("recipient", recipient)
                .bind("rhythm", rhythm)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    /** How many editions are in each state. */
    public Map<State, Long> counts() {
        return members.read(handle -> handle
                .createQuery("SELECT state, COUNT(*) AS total FROM edition GROUP BY state")
                .map((row, context) -> Map.entry(State.ofCode(row.getString("state")), row.getLong("total")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private List<Entry> query(String condition, Optional<String> key) {
        return members.read(handle -> {
            var query = handle.createQuery("""
                    SELECT body, state, message_id, receipt FROM edition
                    JOIN edition_content ON edition_content.edition_id = edition.id
                    LEFT JOIN message ON message.edition_id = edition.id
                    """ + condition);
            key.ifPresent(value -> query.bind("key", value));
            return query.map((row, context) -> new Entry(
                            Json.read(row.getString("body"), Edition.class),
                            State.ofCode(row.getString("state")),
                            row.getString("message_id"),
                            row.getString("receipt")))
                    .list();
        });
    }
}
