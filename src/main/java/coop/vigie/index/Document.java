package coop.vigie.index;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One searchable thing. Others map what they have to this value; the index knows nothing of calls.
 *
 * @param id unique; indexing the same id again replaces the document
 * @param change number of the change that brought it here; the index commit remembers the highest
 * @param titles language code to title
 * @param texts language code to text
 * @param names buyer and other names, searched without stemming
 * @param kind code such as {@code tender}; likewise {@code level} and {@code stage}
 * @param sources ids of all sources that carry it
 * @param languages languages it is written in
 * @param submissionLanguages languages one may answer in
 * @param cpv eight-digit codes
 * @param places NUTS codes
 * @param sortKey order by deadline: milliseconds, or a value above every date
 * @param deadlineState {@code dated}, {@code forecast}, {@code rolling} or {@code unknown}
 * @param closes when the last date passes; null if no date is known
 * @param value estimated value in its own currency; null if unknown
 * @param payload what a hit gives back, opaque to the index
 */
public record Document(
        String id,
        long change,
        Map<String, String> titles,
        Map<String, String> texts,
        List<String> names,
        String kind,
        String level,
        String stage,
        List<String> sources,
        List<String> languages,
        List<String> submissionLanguages,
        List<String> cpv,
        List<String> places,
        long sortKey,
        String deadlineState,
        @Nullable Instant closes,
        @Nullable Instant published,
        @Nullable BigDecimal value,
        String payload) {}
