package coop.vigie.cli;

import coop.vigie.notice.Call;
import java.time.Instant;
import java.util.List;

/** Calls as a table. */
final class Calls {

    private Calls() {}

    static void table(Session session, List<Call> calls, Instant now) {
        Words words = session.words();
        List<String> languages = List.of(words.language());
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.deadline")),
                                Listing.Column.fixed(words.text("column.days")),
                                Listing.Column.fixed(words.text("column.kind")),
                                Listing.Column.flexible(words.text("column.title")),
                                Listing.Column.flexible(words.text("column.buyer")),
                                Listing.Column.flexible(words.text("column.place")),
                                Listing.Column.fixed(words.text("column.id"))),
                        calls.stream()
                                .map(call -> List.of(
                                        Say.deadline(words, call.deadline(now), now),
                                        Say.daysLeft(call, now),
                                        words.text("kind." + call.facts().kind().code()),
                                        call.facts().title().in(languages),
                                        Say.orEmpty(call.facts().buyer()),
                                        String.join(" ", call.facts().places()),
                                        call.id().toString()))
                                .toList());
    }
}
