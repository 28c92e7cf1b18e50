package coop.vigie.parse;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one format. Never throws on bad input: what cannot be read becomes a warning or {@link Parsed#failure()}. */
public interface NoticeParser {

    /**
     * What to ask first.
     *
     * @param url of the source
     * @return never empty; each begins a list of its own, whose further questions come out of the answers
     *     ({@link Parsed#next()})
     */
    default List<Query> first(URI url, ParseContext context) {
        return List.of(Query.get(url));
    }

    Parsed parse(Payload payload, ParseContext context);

    /**
     * As {@link #parse(Payload, ParseContext)}, for interfaces whose next question repeats what was asked.
     *
     * @param asked the question that this answers
     */
    default Parsed parse(Payload payload, Query asked, ParseContext context) {
        return parse(payload, context);
    }

    /**
     * What an interface's error means.
     *
     * @param instead the question to ask in the place of the one that failed; null if there is none
     * @param words one sentence on what happened
     */
    record Advice(@Nullable Query instead, String words) {}

    /** What to make of a failure; empty if it says nothing beyond itself. */
    default Optional<Advice> afterFailure(Query asked, Failed failed, ParseContext context) {
        return Optional.empty();
    }

    /** True if an answer that cannot be read is worth asking for a second time at once. */
    default boolean asksAgain() {
        return false;
    }

    /** True if its lists begin with the newest, so that after a page without news no news will come. */
    default boolean newestFirst() {
        return false;
    }

    /** True if items' own pages are read as well, each once, for what their list leaves out. */
    default boolean readsPages(ParseContext context) {
        return !context.options().detail().isEmpty();
    }

    /**
     * Where an item says more than in its list.
     *
     * @param list address of the source
     * @return null if it has no page of its own
     */
    default @Nullable String page(URI list, ParsedNotice listed) {
        return listed.ownPage() ? listed.notice().url() : null;
    }

    /** True if such pages are what a crawler reads (RFC 9309); documented interfaces have terms of their own. */
    default boolean pagesObeyRobots() {
        return true;
    }

    /** What an item and its own page say together. */
    default DetailParser.Read readPage(Payload page, ParsedNotice listed, ParseContext context) {
        return DetailParser.read(page, listed, context);
    }

    /**
     * True if what it lists are addresses and little more: such an item counts once its own page has been read, and by what that
     * says.
     */
    default boolean listsAddressesOnly() {
        return false;
    }

    /** Grows when this parser reads more or better than before, so that sources are read again. */
    int version();
}
