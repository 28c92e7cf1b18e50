package coop.vigie.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An edition as the data model of the templates, in ready strings. */
final class Page {

    /** Beyond these, items without a date stand on one line. */
    private static final int NO_DATE_IN_FULL = 8;

    private static final int NAME_AT_MOST = 200;

    private final Edition edition;
    private final Frame frame;
    private final Messages messages;
    private final ItemWords words;
    private final SubjectLine subject;
    private final String subjectText;
    private final DateWords dates;

    Page(Edition edition, Frame frame) {
        this(edition, frame, new KnownWords());
    }

    /** @param known words that were found for other editions */
    Page(Edition edition, Frame frame, KnownWords known) {
        this.edition = edition;
        this.frame = frame;
        this.messages = Messages.in(edition.language());
        this.words = new ItemWords(edition, frame, messages, known);
        this.subject = new SubjectLine(edition, frame, messages);
        this.subjectText = subject.text();
        this.dates = new DateWords(messages, frame.readerZone(), edition.built());
    }

    String subject() {
        return subjectText;
    }

    int items() {
        return edition.blocks().stream().mapToInt(Page::listed).sum();
    }

    private static int listed(Block block) {
        return block.name() == Block.Name.BACKLOG ? 0 : block.items().size();
    }

    /** @param inFull how many items, counted from the top, are told in full; the others become one-liners */
    Map<String, Object> model(int inFull) {
        var model = new HashMap<String, Object>();
        model.put("language", messages.language());
        model.put("subject", subjectText);
        model.put("colours", frame.colours().model());
        model.put("brand", Foreign.line(frame.brand()));
        model.put("intro", intro());
        model.put("blocks", blocks(inFull));
        model.put("help", frame.help().strip());
        model.put("footer", frame.footer().strip());
        model.put("answering", answering());
        model.put("reference", frame.answers().reference());
        model.put("unsubscribe", Foreign.link(frame.answers().unsubscribe()).orElse(""));
        model.put("words", messages.all());
        return model;
    }

    private String intro() {
        if (!edition.speaks()) {
            return subject.nothing() + ".";
        }
        String day = dates.day(dates.today());
        String groups = edition.groups().stream().map(Foreign::line).collect(Collectors.joining(", "));
        return groups.isEmpty() ? messages.text("intro", day) : messages.text("intro.groups", day, groups);
    }

    /** How a reader answers without links: by the numbers of the items. */
    private String answering() {
        if (frame.answers().address() == null || items() == 0) {
            return "";
        }
        return frame.answers().curator() == null
                ? messages.text("answering")
                : messages.text("answering") + " " + messages.text("answering.curator");
    }

    private List<Map<String, Object>> blocks(int inFull) {
        var blocks = new ArrayList<Map<String, Object>>();
        int room = inFull;
        int before = 0;
        for (Block block : edition.blocks()) {
            int full = Math.min(
                    room,
                    switch (block.name()) {
                        case STILL_OPEN, BACKLOG -> 0;
                        case NO_DATE -> NO_DATE_IN_FULL;
                        case CHANGED, REMINDERS, CLOSING_SOON, NEW, FORECAST, ROLLING, TRAININGS, SILENT_SOURCES ->
                            Integer.MAX_VALUE;
                    });
            room = Math.max(0, room - listed(block));
            blocks.add(block(block, full, before));
            before += block.items().size();
        }
        return blocks;
    }

    /** @param before how many items stand in the blocks before it */
    private Map<String, Object> block(Block block, int full, int before) {
        var items = new ArrayList<Map<String, Object>>();
        for (Item item : block.items().subList(0, listed(block))) {
            int number = before + items.size() + 1;
            items.add(items.size() < full ? words.full(item, block.name(), number) : words.oneLiner(item, number));
        }
        return Map.of(
                "code",
                block.name().code(),
                "heading",
                messages.text("heading." + block.name().code()),
                "items",
                items,
                "more",
                block.more() == 0 ? "" : messages.count("more", block.more()),
                "silent",
                block.name() == Block.Name.BACKLOG
                        ? backlog(block.items())
                        : block.silent().stream().map(this::silent).toList());
    }

    /** One line for each source: how many, and the query that finds them. */
    private List<Map<String, Object>> backlog(List<Item> items) {
        Map<String, Long> bySource = items.stream()
                .collect(Collectors.groupingBy(
                        item -> item.call().id().source().value(), TreeMap::new, Collectors.counting()));
        List<Map<String, Object>> lines = new ArrayList<>();
        bySource.forEach((source, count) -> lines.add(Map.of(
                "name",
                messages.count("backlog", Math.toIntExact(count), source),
                "message",
                "vigie search source:" + source,
                "link",
                "")));
        return lines;
    }

    private Map<String, Object> silent(Block.SilentSource source) {
        Instant since = source.since();
        String trouble = "silent." + source.trouble().code();
        String message = since == null
                ? messages.text(trouble + ".never")
                : messages.text(trouble + ".since", dates.day(LocalDate.ofInstant(since, frame.readerZone())));
        return Map.of(
                "name", Foreign.line(source.name(), NAME_AT_MOST),
                "message", message,
                "link", Foreign.link(source.url()).orElse(""));
    }

    /** Of a model or a part of it: a text on one line, empty if there is none. */
    static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text.replace('\n', ' ') : "";
    }

    /** Of a model or a part of it: a list of parts, empty if there is none. */
    static List<Map<?, ?>> maps(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> many
                ? many.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList()
                : List.of();
    }
}
