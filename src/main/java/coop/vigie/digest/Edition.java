package coop.vigie.digest;

import java.time.Instant;
import java.util.List;

/**
 * One mail to one person, before it becomes text.
 *
 * @param id stable; recipient and content hang on it. {@link #UNNAMED} until it is kept
 * @param recipient mail address
 * @param groups names of the groups for which it is sent, in the recipient's language
 * @param language of frame and labels: fr, nl or en
 * @param reads languages the recipient reads, the first preferred; contains {@code language}
 * @param built the moment against which days are counted
 * @param blocks in order, none empty
 */
public record Edition(
        String id,
        String recipient,
        List<String> groups,
        String language,
        List<String> reads,
        Instant built,
        List<Block> blocks) {

    public Edition {
        groups = List.copyOf(groups);
        reads = List.copyOf(reads);
        blocks = List.copyOf(blocks);
    }

    /** The id of one that nobody keeps. */
    public static final String UNNAMED = "";

    /** The same edition, which has an id from now on. */
    public Edition named(String name) {
        return new Edition(name, recipient, groups, language, reads, built, blocks);
    }

    /** The same edition, its days counted from another moment. */
    public Edition at(Instant moment) {
        return new Edition(id, recipient, groups, language, reads, moment, blocks);
    }

    /** The same edition with only these blocks. */
    public Edition with(List<Block> others) {
        return new Edition(id, recipient, groups, language, reads, built, others);
    }

    /** Its items in order: the first has the number 1. */
    public List<Item> items() {
        return blocks.stream().flatMap(block -> block.items().stream()).toList();
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** True if there is a reason to mail it: it tells something, or reminds of something. */
    public boolean speaks() {
        return tells() || blocks.stream().anyMatch(block -> block.name() == Block.Name.REMINDERS);
    }

    /** True if it holds something that the recipient does not know yet. */
    public boolean tells() {
        return blocks.stream().anyMatch(block -> block.name().telling());
    }
}
