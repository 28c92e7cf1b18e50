package coop.vigie.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.text.Csv;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An edition as files for a shared folder: for reading, for a calendar, for a spreadsheet, for a program. */
public final class EditionFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EditionFiles() {}

    /** The files by extension: html, txt, md, ics, csv and json. The same edition gives the same files. */
    public static Map<String, String> of(Edition edition, Rendered rendered, Frame frame) {
        var page = new Page(edition, frame);
        var files = new LinkedHashMap<String, String>();
        files.put("html", rendered.html());
        files.put("txt", rendered.text());
        files.put("md", Markdown.of(page.model(page.items())));
        files.put("ics", CallCalendar.of(calls(edition), edition.built(), edition.language()));
        files.put("csv", csv(edition, frame));
        files.put("json", json(edition, frame));
        return files;
    }

    private static List<Call> calls(Edition edition) {
        return edition.blocks().stream()
                .flatMap(block -> block.items().stream())
                .map(Item::call)
                .toList();
    }

    private static String json(Edition edition, Frame frame) {
        var reasons = reasons(edition, frame);
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(EditionView.whole(edition, "sent", reasons::one))
                    + "\n";
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("an edition of plain values gave no JSON", defect);
        }
    }

    private static ReasonWords reasons(Edition edition, Frame frame) {
        return new ReasonWords(Messages.in(edition.language()), frame.labels());
    }

    private static String csv(Edition edition, Frame frame) {
        var reasons = reasons(edition, frame);
        var lines = Stream.concat(
                Stream.of("block,date,time,doubtful,title,buyer,places,kind,why,url,id"),
                edition.blocks().stream()
                        .flatMap(block -> block.items().stream().map(item -> row(block, item, edition, reasons))));
        return lines.map(line -> line + "\r\n").collect(Collectors.joining());
    }

    private static String row(Block block, Item item, Edition edition, ReasonWords reasons) {
        Call call = item.call();
        var facts = call.facts();
        Deadline deadline = call.deadline(edition.built());
        Deadline.@Nullable Dated dated = deadline instanceof Deadline.Dated each ? each : null;
        return Stream.of(
                        block.name().code(),
                        dated == null ? "" : dated.date().toString(),
                        dated == null ? "" : orEmpty(EditionView.time(dated.time())),
                        deadline.doubtful() ? "?" : "",
                        facts.title().in(edition.reads()),
                        orEmpty(facts.buyer()),
                        String.join(" ", facts.places()),
                        facts.kind().code(),
                        reasons.of(item.why()),
                        orEmpty(facts.url()),
                        call.id().toString())
                .map(cell -> Csv.cell(Foreign.line(cell)))
                .collect(Collectors.joining(","));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
