package coop.vigie.discover;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of looking at an address. */
public sealed interface Discovered {

    /**
     * @param title of the page or feed, for people; "" if it has none
     * @param language ISO 639-1; null if nothing tells it
     * @param candidates the best first; never empty
     */
    record Found(String title, @Nullable String language, List<Candidate> candidates) implements Discovered {

        public Found {
            candidates = List.copyOf(candidates);
        }
    }

    /** @param detail one English sentence, as the fetcher or the parser says it; "" if there is nothing to add */
    record Nothing(Reason reason, String detail) implements Discovered {}

    enum Reason {
        /** robots.txt asks us to stay away. */
        ROBOTS,
        /** A password is asked for. */
        LOGIN,
        /** The server lets no program in, or shows it a challenge. */
        REFUSED,
        /** Inside a private network, which nobody allowed. */
        PRIVATE,
        /** There is no such page. */
        MISSING,
        /** It could not be fetched this time. */
        FAILED,
        PDF,
        /** Neither a page nor anything that a source can be. */
        OTHER,
        /** The page is empty until a script builds it. */
        SCRIPT,
        /** A page on which nothing repeats. */
        NO_LIST,
        /** Something was found, but not of the type that was asked for. */
        NOT_OF_TYPE;

        /** Lower case, as keys of messages have it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
