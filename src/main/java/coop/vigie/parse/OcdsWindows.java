package coop.vigie.parse;

import coop.vigie.fetch.Query;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spans of time to ask for, as two parameters of the address; local time of the source's zone.
 *
 * @param from name of the parameter
 * @param to name of the parameter
 * @param start of the first window, at a full hour
 * @param end after this no window begins
 * @param window length of one window
 */
record OcdsWindows(String from, String to, LocalDateTime start, LocalDateTime end, Duration window) {

    /** Windows are halved down to this; a minute with more than a page of publications is no longer a window's fault. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private static final int MOST = 200;

    /** Empty where the source's entry names no parameters for it. */
    static Optional<OcdsWindows> of(ParseContext context) {
        String from = param(context, "from", "");
        String to = param(context, "to", "");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        LocalDateTime end = LocalDateTime.ofInstant(context.now(), context.zone());
        int days = number(context, "days", 2);
        LocalDateTime start = end.minusDays(days).truncatedTo(ChronoUnit.DAYS);
        return Optional.of(new OcdsWindows(from, to, start, end, Duration.ofHours(number(context, "hours", 6))));
    }

    List<Query> first(URI url) {
        var queries = new ArrayList<Query>();
        for (LocalDateTime at = start; at.isBefore(end) && queries.size() < MOST; at = at.plus(window)) {
            queries.add(query(url, at, at.plus(window)));
        }
        return queries;
    }

    /** Empty if the address names no window, or one too short to halve. */
    List<Query> halves(URI asked) {
        LocalDateTime begin = time(Parameters.get(asked, from));
        LocalDateTime finish = time(Parameters.get(asked, to));
        if (begin == null || finish == null || Duration.between(begin, finish).compareTo(SHORTEST) < 0) {
            return List.of();
        }
        LocalDateTime middle =
                begin.plus(Duration.between(begin, finish).dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
        return List.of(query(asked, begin, middle), query(asked, middle, finish));
    }

    private Query query(URI url, LocalDateTime begin, LocalDateTime finish) {
        var window = new LinkedHashMap<String, String>();
        window.put(from, written(begin));
        window.put(to, written(finish));
        window.put("cursor", "");
        return Query.get(Parameters.with(url, window));
    }

    private static String written(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS) + (time.getSecond() == 0 ? ":00" : "");
    }

    private static @Nullable LocalDateTime time(@Nullable String written) {
        try {
            return written == null ? null : LocalDateTime.parse(written);
        } catch (DateTimeException notOurs) {
            return null;
        }
    }

    private static String param(ParseContext context, String name, String otherwise) {
        List<String> values = context.options().params().getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.getFirst().strip();
    }

    private static int number(ParseContext context, String name, int otherwise) {
        String value = param(context, name, "");
        return value.matches("[1-9]\\d{0,2}") ? Integer.parseInt(value) : otherwise;
    }
}
