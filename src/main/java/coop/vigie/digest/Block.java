package coop.vigie.digest;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A headed part of a digest; one without items and lines is left out.
 *
 * @param more how many further items belong here and are only counted, not listed
 */
public record Block(Name name, List<Item> items, List<SilentSource> silent, int more) {

    public Block {
        items = List.copyOf(items);
        silent = List.copyOf(silent);
    }

    public static Block of(Name name, List<Item> items) {
        return of(name, items, items.size());
    }

    /** The first {@code atMost} items; the others are counted. */
    static Block of(Name name, List<Item> items, int atMost) {
        int listed = Math.min(atMost, items.size());
        return new Block(name, items.subList(0, listed), List.of(), items.size() - listed);
    }

    public static Block ofSilent(List<SilentSource> silent) {
        return new Block(Name.SILENT_SOURCES, List.of(), silent, 0);
    }

    public boolean isEmpty() {
        return items.isEmpty() && silent.isEmpty();
    }

    /**
     * A source that does not deliver as it should.
     *
     * @param name as its entry calls it
     * @param url for the reader to look for themselves
     * @param since when it was well for the last time; null for never
     */
    public record SilentSource(
            String id, String name, String url, @Nullable Instant since, Trouble trouble) {

        /** What a draft of an earlier version holds says nothing of the trouble. */
        public SilentSource {
            trouble = Objects.requireNonNullElse(trouble, Trouble.UNREAD);
        }
    }

    /** What is wrong with a source, as far as a reader needs to know. */
    public enum Trouble {
        UNREAD,
        QUIET,
        INCOMPLETE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The blocks in the order in which they stand. */
    public enum Name {
        CHANGED(true),
        /** Of calls that the reader marked: so many days before their deadline, as they wished. */
        REMINDERS(false),
        CLOSING_SOON(true),
        NEW(true),
        FORECAST(true),
        ROLLING(true),
        NO_DATE(true),
        /** Told as a number for each source, with the query that finds them. */
        BACKLOG(true),
        STILL_OPEN(false),
        TRAININGS(true),
        SILENT_SOURCES(false);

        private final boolean telling;

        Name(boolean telling) {
            this.telling = telling;
        }

        /** True if standing in this block counts as having been told. */
        public boolean telling() {
            return telling;
        }

        /** The name in JSON: {@code closing-soon}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Name> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(name -> name.code().equals(code))
                    .findFirst();
        }
    }
}
