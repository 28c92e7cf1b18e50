package coop.vigie.cli;

import coop.vigie.cli.Listing.Column;
import coop.vigie.notice.Call;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls as a table. */
final class Calls {

    private static final int URGENT_DAYS = 3;
    private static final int SOON_DAYS = 14;

    /** Fewer characters say nothing about a call. */
    private static final int TITLE = 28;

    private Calls() {}

    static void table(Session session, List<Call> calls, Instant now) {
        table(session, calls, now, calls.stream().map(call -> List.<String>of()).toList());
    }

    /** @param below for each call, lines to print after its row as they are */
    static void table(Session session, List<Call> calls, Instant now, List<List<String>> below) {
        Words words = session.words();
        List<String> languages = List.of(words.language());
        session.listing()
                .table(
                        List.of(
                                Column.fixed(words.text("column.deadline")),
                                Column.fixed(words.text("column.days")).styled(Calls::urgency),
                                Column.fixed(words.text("column.kind")),
                                Column.flexible(words.text("column.title"), TITLE),
                                Column.optional(words.text("column.buyer")),
                                Column.optional(words.text("column.place")),
                                Column.fixed(words.text("column.id"))),
                        calls.stream()
                                .map(call -> List.of(
                                        Say.deadline(words, call.deadline(now), now),
                                        Say.daysLeft(call, now),
                                        words.text("kind." + call.facts().kind().code()),
                                        call.facts().title().in(languages),
                                        Say.orEmpty(call.facts().buyer()),
                                        String.join(" ", call.facts().places()),
                                        call.id().toString()))
                                .toList(),
                        below);
    }

    private static Terminal.@Nullable Style urgency(String days) {
        if (days.isEmpty() || days.startsWith("-")) {
            return null;
        }
        int left = Integer.parseInt(days);
        if (left <= URGENT_DAYS) {
            return Terminal.Style.URGENT;
        }
        return left <= SOON_DAYS ? Terminal.Style.SOON : null;
    }
}
