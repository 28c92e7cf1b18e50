package coop.vigie.digest;

import coop.vigie.digest.Item.Change;
import coop.vigie.notice.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The subject: how many, and what is most urgent. */
final class SubjectLine {

    private final Edition edition;
    private final Frame frame;
    private final Messages messages;

    SubjectLine(Edition edition, Frame frame, Messages messages) {
        this.edition = edition;
        this.frame = frame;
        this.messages = messages;
    }

    String text() {
        List<Item> changed = items(Block.Name.CHANGED).toList();
        List<Item> reminders = items(Block.Name.REMINDERS).toList();
        int calls = Math.toIntExact(items(
                        Block.Name.CLOSING_SOON,
                        Block.Name.NEW,
                        Block.Name.FORECAST,
                        Block.Name.ROLLING,
                        Block.Name.NO_DATE)
                .count());
        int trainings = Math.toIntExact(items(Block.Name.TRAININGS).count());
        String line;
        if (calls > 0) {
            line = news(calls) + (changed.isEmpty() ? "" : messages.text("subject.and", changes(changed)));
        } else if (!changed.isEmpty()) {
            line = titled(changes(changed), changed.getFirst());
        } else if (trainings > 0) {
            line = messages.count("subject.trainings", trainings);
        } else if (!reminders.isEmpty()) {
            line = titled(messages.count("subject.reminders", reminders.size()), reminders.getFirst());
        } else if (items(Block.Name.BACKLOG).findAny().isPresent()) {
            line = messages.count(
                    "subject.backlog", Math.toIntExact(items(Block.Name.BACKLOG).count()));
        } else {
            line = nothing();
        }
        return Foreign.line(line, Rendered.SUBJECT_AT_MOST);
    }

    private String titled(String what, Item first) {
        return messages.text(
                "subject.titled", what, first.call().facts().title().in(edition.reads()));
    }

    /** "rien à signaler, 41 sources lues, 2 muettes": once a month, so that silence is not mistaken for failure. */
    String nothing() {
        int silent = edition.blocks().stream()
                .mapToInt(block -> block.silent().size())
                .sum();
        return messages.text(
                "subject.nothing",
                messages.count("sources.read", frame.sourcesRead()),
                messages.count("sources.silent", silent));
    }

    private String news(int calls) {
        var dates = new DateWords(messages, frame.readerZone(), edition.built());
        return items(Block.Name.CLOSING_SOON, Block.Name.NEW)
                .map(item -> item.call().deadline(edition.built()))
                .filter(Deadline.Dated.class::isInstance)
                .map(Deadline.Dated.class::cast)
                .min(Comparator.comparing(Deadline.Dated::instant))
                .map(next -> messages.count("subject.new.next", calls, dates.nearDay(next.date()))
                        + (next.doubtful() ? " (" + messages.text("mark.doubtful") + ")" : ""))
                .orElseGet(() -> messages.count("subject.new", calls));
    }

    private String changes(List<Item> changed) {
        long cancelled = changed.stream()
                .filter(item -> item.change() == Change.CANCELLED)
                .count();
        String key = cancelled == 0
                ? "subject.moved"
                : cancelled == changed.size() ? "subject.cancelled" : "subject.changes";
        return messages.count(key, changed.size());
    }

    private Stream<Item> items(Block.Name... names) {
        List<Block.Name> wanted = List.of(names);
        return edition.blocks().stream()
                .filter(block -> wanted.contains(block.name()))
                .flatMap(block -> block.items().stream());
    }
}
