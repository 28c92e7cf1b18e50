package coop.vigie.newsletter;

import coop.vigie.notice.LocalText;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A newsletter as its file holds it.
 *
 * @param id letters, digits and hyphens; every reader gets it once
 * @param title by language; the subject of the mail
 * @param languages in which it is written, the first one for whom none of them fits; not empty
 * @param from first day of the period
 * @param until its last day
 * @param send when it goes out, if it is approved; in the reader's zone
 * @param to group ids, addresses, or {@link #ALL}; not empty
 * @param parts in the order of the file
 */
public record Newsletter(
        String id,
        LocalText title,
        List<String> languages,
        LocalDate from,
        LocalDate until,
        LocalDateTime send,
        boolean approved,
        List<String> to,
        List<Part> parts) {

    /** In place of groups: all of them. */
    public static final String ALL = "all";

    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,59}");

    /** What begins a part of the file, or a comment in it; the words of people hold no such line. */
    private static final Pattern STRUCTURE = Pattern.compile("(?md)^#{1,6}(?=[ \\t]|$)");

    static final Pattern COMMENT = Pattern.compile("(?md)^\\[([a-z]{2})](?![(\\[:])");

    public Newsletter {
        if (!ID.matcher(id).matches() || languages.isEmpty() || to.isEmpty() || until.isBefore(from)) {
            throw new IllegalArgumentException("no newsletter: '" + id + "' " + languages + " " + to);
        }
        languages = List.copyOf(languages);
        to = List.copyOf(to);
        parts = List.copyOf(parts);
    }

    /** What the file is made of. */
    public sealed interface Part {}

    /** Words before everything else; empty while nobody has written them. */
    public record Intro(String language, String text) implements Part {
        public Intro {
            text = words(text);
        }
    }

    /**
     * A block of the team's own.
     *
     * @param title on one line, not empty
     */
    public record Own(String language, String title, String text) implements Part {
        public Own {
            text = words(text);
        }
    }

    /** Where calls, or tenders, begin. */
    public enum Chapter implements Part {
        CALLS,
        TENDERS
    }

    /**
     * Where the calls of a group begin.
     *
     * @param group its id
     */
    public record Theme(String group) implements Part {}

    /**
     * One call.
     *
     * @param full false for a one-liner
     * @param noted its date when the draft was made ({@code 2026-12-03}, or {@code rolling} and the like), to see whether it
     *     has moved; empty if it was entered by hand
     * @param title for the eye, on one line; may be empty, and is where {@code noted} is
     * @param comments by language, in the order of the file; none empty
     */
    public record Entry(String call, boolean full, String noted, String title, Map<String, String> comments)
            implements Part {
        public Entry {
            var kept = new LinkedHashMap<String, String>();
            comments.forEach((language, text) -> {
                String words = words(text.strip());
                if (COMMENT.matcher(words).find()) {
                    throw new IllegalArgumentException("a comment begins inside the comment on " + call);
                }
                kept.put(language, words);
            });
            comments = Collections.unmodifiableMap(kept);
        }
    }

    public List<Entry> entries() {
        return parts.stream()
                .flatMap(part -> part instanceof Entry entry ? Stream.of(entry) : Stream.of())
                .toList();
    }

    /** Without blank lines at the ends, and with line feeds only. */
    private static String words(String text) {
        String lines = String.join("\n", text.lines().toList()).replaceAll("\\A(\\h*\n)+|\\s+\\z", "");
        if (STRUCTURE.matcher(lines).find()) {
            throw new IllegalArgumentException("a part begins inside of words: " + lines);
        }
        return lines.isBlank() ? "" : lines;
    }
}
