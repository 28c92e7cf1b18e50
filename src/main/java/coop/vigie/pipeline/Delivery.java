package coop.vigie.pipeline;

import coop.vigie.curate.ReminderStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.Receipt;
import coop.vigie.deliver.Transport;
import coop.vigie.deliver.TransportDown;
import coop.vigie.group.ChannelAddress;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Hands frozen messages over, one after the other, and writes down what became of each before the next one leaves. Called
 * again after a crash at any moment it goes on: at most the one message that was under way goes out a second time.
 */
final class Delivery {

    private final Database members;
    private final Outbox outbox;
    private final LedgerStore ledger;
    private final Transport transport;
    private final Pace pace;
    private final RealTime time;
    private final Instant now;
    /**
     * Recipients whose message failed, in this run or shortly before; and channels that put theirs off: their editions keep
     * their order, so that what is "latest" there never goes back.
     */
    private final Set<String> resting;

    private @Nullable TransportDown down;

    /**
     * The real clock, and a way to wait on it.
     *
     * @param patience the longest wait for a rate; what would wait longer stays pending
     */
    record RealTime(InstantSource clock, Consumer<Duration> waiting, Duration patience) {}

    /** @param now for the ledger; waiting and back-off go by {@code time} */
    Delivery(
            Database members,
            Outbox outbox,
            LedgerStore ledger,
            Transport transport,
            Pace pace,
            RealTime time,
            Instant now) {
        this.members = members;
        this.outbox = outbox;
        this.ledger = ledger;
        this.transport = transport;
        this.pace = pace;
        this.time = time;
        this.now = now;
        this.resting = new HashSet<>(outbox.resting(time.clock().instant()));
        outbox.putOff(time.clock().instant()).stream()
                .filter(recipient -> !ChannelAddress.isMail(recipient))
                .forEach(resting::add);
        if (!pace.memory().isZero()) {
            pace.count(outbox.handoversSince(time.clock().instant().minus(pace.memory())));
        }
    }

    /** Why no more mail can leave; empty while all is well. */
    Optional<TransportDown> down() {
        return Optional.ofNullable(down);
    }

    /** True if nothing is to be tried with this recipient for now, since a message to them has failed or waits. */
    boolean rests(String recipient) {
        return resting.contains(recipient);
    }

    /** Whatever an earlier run left, and may go out now. */
    List<Outgoing> due() {
        return outbox.outgoing(time.clock().instant());
    }

    /** The part of {@link #due()} that is of this kind and rhythm. */
    List<Outgoing> due(Outbox.Kind kind, String rhythm) {
        Set<String> theirs = outbox.ids(kind, rhythm);
        return due().stream()
                .filter(message -> theirs.contains(message.editionId()))
                .toList();
    }

    /**
     * Hands these over. Where a rate lets one message wait, others go first. Once no mail can leave at all, the
     * rest stays pending untried, but for channels that need no mail server.
     *
     * @param each called with every message as soon as its fate is known; not with those that wait for a later run, since a
     *     rate holds them back for longer than our patience, or since another message to the same recipient has failed
     */
    void deliver(List<Outgoing> messages, Consumer<Sent> each) {
        List<Outgoing> waiting = new ArrayList<>(messages);
        while (true) {
            waiting.removeIf(message -> rests(message.recipient()));
            if (down != null) {
                leaveMails(waiting, each);
            }
            if (waiting.isEmpty()) {
                return;
            }
            Instant clock = time.clock().instant();
            Optional<Outgoing> next = waiting.stream()
                    .filter(message -> pause(message, clock).isZero())
                    .findFirst();
            if (next.isPresent()) {
                waiting.remove(next.get());
                each.accept(deliver(next.get()));
                continue;
            }
            Duration pause = waiting.stream()
                    .map(message -> pause(message, clock))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            if (pause.compareTo(time.patience()) > 0) {
                return;
            }
            time.waiting().accept(pause);
        }
    }

    private static void leaveMails(List<Outgoing> waiting, Consumer<Sent> each) {
        List<Outgoing> mails = waiting.stream()
                .filter(message -> ChannelAddress.isMail(message.recipient()))
                .toList();
        mails.forEach(message -> each.accept(sent(message, Outbox.State.PENDING, null, "")));
        waiting.removeAll(mails);
    }

    private Duration pause(Outgoing message, Instant clock) {
        return pace.pause(message.recipient(), clock);
    }

    private Sent deliver(Outgoing message) {
        Instant clock = time.clock().instant();
        outbox.sending(message.editionId(), clock);
        pace.count(message.recipient(), clock);
        try {
            Receipt receipt =
                    transport.send(message.recipient(), message.messageId(), outbox.message(message.editionId()));
            Sent sent = members.write(handle -> switch (receipt) {
                case Receipt.Accepted accepted -> {
                    outbox.sent(handle, message.editionId(), accepted.answer());
                    ledger.told(handle, message.editionId(), now);
                    yield sent(message, Outbox.State.SENT, accepted.file(), "");
                }
                case Receipt.TryLater later -> {
                    Outbox.State state = outbox.putOff(
                            handle,
                            message.editionId(),
                            later.why(),
                            later.pause(),
                            time.clock().instant());
                    if (state == Outbox.State.FAILED) {
                        release(handle, message.editionId());
                    }
                    yield sent(message, state, null, later.why());
                }
                case Receipt.Refused refused -> {
                    outbox.failed(handle, message.editionId(), refused.why());
                    release(handle, message.editionId());
                    yield sent(message, Outbox.State.FAILED, null, refused.why());
                }
            });
            if (sent.state() == Outbox.State.FAILED
                    || (sent.state() == Outbox.State.PENDING && !ChannelAddress.isMail(message.recipient()))) {
                resting.add(message.recipient());
            }
            return sent;
        } catch (TransportDown failure) {
            down = failure;
            members.write(handle -> {
                outbox.pending(handle, message.editionId(), String.valueOf(failure.getMessage()));
                return true;
            });
            return sent(message, Outbox.State.PENDING, null, "");
        }
    }

    private static Sent sent(Outgoing message, Outbox.State state, @Nullable Path file, String error) {
        return new Sent(
                message.recipient(), message.editionId(), message.messageId(), state, Optional.ofNullable(file), error);
    }

    /** It never arrived: what it told and reminded of is told by another. */
    private void release(Handle handle, String edition) {
        ledger.release(handle, edition);
        new ReminderStore(members).release(handle, edition);
    }
}
