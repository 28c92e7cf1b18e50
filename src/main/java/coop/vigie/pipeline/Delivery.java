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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
    /** What became of the message that left last, where that is yet to be written down: it is, before another one leaves. */
    private @Nullable Function<Handle, Sent> handedOver;

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
        deliver(Frozen.these(messages), each);
    }

    /** The same with messages that are still being frozen. What failed in the freezing is thrown here. */
    void deliver(Frozen frozen, Consumer<Sent> each) {
        Collection<Outgoing> waiting = new ArrayDeque<>();
        while (true) {
            Optional<Outgoing> next = next(waiting, each);
            if (next.isPresent()) {
                handOver(next.get(), each);
                continue;
            }
            // Only now: freezing goes on as the frozen leave, and wherever they cannot.
            if (waiting.addAll(frozen.ready())) {
                continue;
            }
            // Whatever we wait for now, what has left is written down first.
            settle(each);
            if (frozen.isAwaited()) {
                continue;
            }
            if (waiting.isEmpty()) {
                return;
            }
            Instant clock = time.clock().instant();
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

    /** Takes out the first that may go now, and before it those that will not go in this run. */
    private Optional<Outgoing> next(Collection<Outgoing> waiting, Consumer<Sent> each) {
        Instant clock = time.clock().instant();
        for (Iterator<Outgoing> all = waiting.iterator(); all.hasNext(); ) {
            Outgoing message = all.next();
            if (rests(message.recipient())) {
                all.remove();
            } else if (down != null && ChannelAddress.isMail(message.recipient())) {
                all.remove();
                each.accept(sent(message, Outbox.State.PENDING, null, ""));
            } else if (pause(message, clock).isZero()) {
                all.remove();
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    private Duration pause(Outgoing message, Instant clock) {
        return pace.pause(message.recipient(), clock);
    }

    private void handOver(Outgoing message, Consumer<Sent> each) {
        Instant clock = time.clock().instant();
        // One commit for the end of one message and the start of the next: a disk takes longer over it than a server
        // over both.
        Optional<byte[]> bytes = settle(handle -> outbox.sending(handle, message.editionId(), clock), each);
        if (bytes.isEmpty()) {
            return;
        }
        pace.count(message.recipient(), clock);
        try {
            Receipt receipt = transport.send(message.recipient(), message.messageId(), bytes.get());
            handedOver = handle -> result(handle, message, receipt);
            if (!(receipt instanceof Receipt.Accepted)) {
                // It decides who is next.
                settle(each);
            }
        } catch (TransportDown failure) {
            down = failure;
            members.write(handle -> {
                outbox.pending(handle, message.editionId(), String.valueOf(failure.getMessage()));
                return true;
            });
            each.accept(sent(message, Outbox.State.PENDING, null, ""));
        }
    }

    /** Writes down what became of a message. */
    private Sent result(Handle handle, Outgoing message, Receipt receipt) {
        return switch (receipt) {
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
        };
    }

    private void settle(Consumer<Sent> each) {
        if (handedOver != null) {
            settle(handle -> handle, each);
        }
    }

    private record Written<T>(@Nullable Sent last, T also) {}

    /** Writes down what became of the message that was handed over last, if that is still to be done, and does more in the same transaction. */
    private <T> T settle(Function<Handle, T> also, Consumer<Sent> each) {
        Function<Handle, Sent> last = handedOver;
        Written<T> written =
                members.write(handle -> new Written<>(last == null ? null : last.apply(handle), also.apply(handle)));
        handedOver = null;
        Sent sent = written.last();
        if (sent != null) {
            if (sent.state() == Outbox.State.FAILED
                    || (sent.state() == Outbox.State.PENDING && !ChannelAddress.isMail(sent.recipient()))) {
                resting.add(sent.recipient());
            }
            each.accept(sent);
        }
        return written.also();
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
