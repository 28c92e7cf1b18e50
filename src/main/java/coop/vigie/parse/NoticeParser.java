package coop.vigie.parse;

import coop.vigie.fetch.Payload;

/** Reads one format. Never throws on bad input: what cannot be read becomes a warning or {@link Parsed#failure()}. */
public interface NoticeParser {

    Parsed parse(Payload payload, ParseContext context);

    /** Grows when this parser reads more or better than before, so that sources are read again. */
    int version();
}
