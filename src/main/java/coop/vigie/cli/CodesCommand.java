package coop.vigie.cli;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Codes by their words; needs no home. */
@Command
final class CodesCommand {

    private final Session session;

    CodesCommand(Session session) {
        this.session = session;
    }

    private record Found(String list, String code, String label) {}

    @Command(name = "find")
    int find(
            @Parameters(paramLabel = "WORD", arity = "1..*") List<String> words,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20") int limit,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        Words say = session.words();
        if (limit < 1) {
            throw new UsageException(say.text("error.limit", limit));
        }
        String wanted = String.join(" ", words);
        List<Found> found = new ArrayList<>();
        for (Cpv.Match match : Cpv.find(wanted, limit)) {
            found.add(new Found(
                    "CPV", match.code(), Cpv.label(match.code(), say.language()).orElse(match.label())));
        }
        Nuts.find(wanted, limit)
                .forEach(code -> found.add(
                        new Found("NUTS", code, Nuts.label(code, say.language()).orElse(""))));
        Languages.find(wanted)
                .forEach(code -> found.add(new Found(
                        "ISO 639", code, Languages.label(code, say.language()).orElse(""))));
        if (format != Format.TABLE) {
            session.listing()
                    .rows(format, found.stream().map(CodesCommand::view).toList());
            return ExitCode.DONE;
        }
        if (found.isEmpty()) {
            session.say("codes.none", wanted);
            return ExitCode.DONE;
        }
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(say.text("column.list")),
                                Listing.Column.fixed(say.text("column.code")),
                                Listing.Column.flexible(say.text("column.label"))),
                        found.stream()
                                .map(each -> List.of(each.list(), each.code(), each.label()))
                                .toList());
        return ExitCode.DONE;
    }

    private static Map<String, @Nullable Object> view(Found found) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("list", found.list());
        view.put("code", found.code());
        view.put("label", found.label());
        return view;
    }
}
