package coop.vigie.parse;

import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source's entry in {@code feeds.yaml} says about its notices, for a parser to fall back on.
 *
 * @param kind null when the parser decides per item ({@code any})
 * @param languages the source's languages, the first being its main one; may be empty
 * @param places default NUTS codes
 * @param zone of dates that carry none
 * @param include regular expressions: an item whose URL or title matches none of them is left out; empty keeps all
 * @param exclude regular expressions: an item whose URL or title matches one is left out
 * @param options what the entry says to this type of source alone
 * @param now the moment of reading; a relative or absurd date is judged against it
 */
public record ParseContext(
        SourceId source,
        Level level,
        @Nullable Kind kind,
        List<String> languages,
        List<String> places,
        ZoneId zone,
        List<String> include,
        List<String> exclude,
        SourceOptions options,
        Instant now) {

    public ParseContext {
        languages = List.copyOf(languages);
        places = List.copyOf(places);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
