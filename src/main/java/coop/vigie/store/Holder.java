package coop.vigie.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names who holds a lease: machine, process and its start, and a number within the process. A process of this machine that has ended,
 * however it ended, holds nothing any more; of one on another machine nothing is known but when its lease runs out.
 */
final class Holder {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String MACHINE = machine();
    private static final int PARTS = 4;

    private Holder() {}

    /** A name that nobody else has. */
    static String name() {
        ProcessHandle process = ProcessHandle.current();
        return "%s %d %d %d".formatted(MACHINE, process.pid(), started(process), NUMBERS.incrementAndGet());
    }

    /** False if whoever that is can hold nothing at that moment. */
    static boolean holds(@Nullable String holder, long until, Instant now) {
        if (holder == null || until <= now.toEpochMilli()) {
            return false;
        }
        List<String> parts = List.of(holder.split(" "));
        if (parts.size() != PARTS || !parts.getFirst().equals(MACHINE)) {
            return true;
        }
        return ProcessHandle.of(Long.parseLong(parts.get(1)))
                .filter(process -> started(process) == Long.parseLong(parts.get(2)))
                .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName().replace(' ', '-');
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
