package coop.vigie.pipeline;

import coop.vigie.digest.Block;
import coop.vigie.digest.Item;
import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cannot wait for the reader's next digest (promise P2): an open match that closes before it, and a change of something
 * told whose old or new date falls before it. All else waits, so that a cadence stays one.
 */
final class Urgent {

    private Urgent() {}

    /** Of a digest's telling blocks, those items that cannot wait, and its reminders; empty if there are none. */
    static List<Block> of(List<Block> blocks, Instant now, Instant next) {
        return blocks.stream()
                .filter(block -> block.name() == Block.Name.REMINDERS
                        || (block.name().telling() && block.name() != Block.Name.BACKLOG))
                .map(block -> Block.of(
                        block.name(),
                        block.items().stream()
                                .filter(item -> block.name() == Block.Name.REMINDERS || cannotWait(item, now, next))
                                .toList()))
                .filter(block -> !block.items().isEmpty())
                .toList();
    }

    /** The first date that an item is urgent for; the far future if there is none. */
    static Instant firstDate(List<Block> urgent, Instant now) {
        return urgent.stream()
                .flatMap(block -> block.items().stream())
                .map(item -> earlier(date(item.call().facts().deadline(now)), date(item.before())))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static boolean cannotWait(Item item, Instant now, Instant next) {
        return date(item.call().facts().deadline(now)).isBefore(next)
                || date(item.before()).isBefore(next);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant date(@Nullable Deadline deadline) {
        return deadline instanceof Deadline.Dated dated ? dated.instant() : Instant.MAX;
    }
}
