package coop.vigie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.notice.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how Vigie reads one thing. Needs no home and creates none. */
@Command
final class ExplainCommand {

    private final Session session;
    private final Explanations explanations;

    ExplainCommand(Session session) {
        this.session = session;
        this.explanations = new Explanations(session);
    }

    /** Explains one line of a test suite. */
    private interface Explainer {
        Map<String, @Nullable Object> explain(JsonNode line) throws IOException;
    }

    @Command(name = "feed")
    int feed(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--base-url", paramLabel = "URL") @Nullable String base,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines ? lines(file, explanations::feed) : one(explanations.feed(bytes(file), base));
    }

    @Command(name = "page")
    int page(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--base-url", paramLabel = "URL") @Nullable String base,
            @Option(names = "--select", paramLabel = "FIELD=CSS") @Nullable Map<String, String> select,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines
                ? lines(file, explanations::page)
                : one(explanations.page(explanations.selectors(select == null ? Map.of() : select), bytes(file), base));
    }

    @Command(name = "notice")
    int notice(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines ? lines(file, explanations::notice) : one(explanations.notice(bytes(file), name(file)));
    }

    @Command(name = "text")
    int text(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--lang", paramLabel = "fr|nl|en|de") @Nullable String language,
            @Option(names = "--reference", paramLabel = "DATE-TIME") @Nullable String reference,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines
                ? lines(file, explanations::text)
                : one(explanations.text(new String(bytes(file), StandardCharsets.UTF_8), language, reference));
    }

    @Command(name = "html")
    int html(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines
                ? lines(file, explanations::html)
                : one(explanations.html(new String(bytes(file), StandardCharsets.UTF_8)));
    }

    @Command(name = "query", preprocessor = NegativeWords.class)
    int query(
            @Parameters(paramLabel = "QUERY", arity = "0..*") String @Nullable [] words,
            @Option(names = "--scope", paramLabel = "narrow|balanced|wide", defaultValue = "balanced") Scope scope,
            @Option(names = "--file", paramLabel = "FILE") @Nullable Path file,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        if (lines) {
            return lines(file, explanations::query);
        }
        String text =
                words == null ? "" : Stream.of(words).map(NegativeWords::plain).collect(Collectors.joining(" "));
        Map<String, @Nullable Object> answer = explanations.query(text, scope.code());
        one(answer);
        return Boolean.TRUE.equals(answer.get("ok")) ? ExitCode.DONE : ExitCode.WRONG;
    }

    private int one(Map<String, @Nullable Object> answer) {
        session.listing().json(answer);
        return ExitCode.DONE;
    }

    /** One answer a line, in the same order; a line that is no JSON object is answered by what is wrong with it. */
    private int lines(@Nullable Path file, Explainer explainer) throws IOException {
        int code = ExitCode.DONE;
        var json = new JsonMapper();
        try (InputStream in = open(file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                var answer = new LinkedHashMap<String, @Nullable Object>();
                try {
                    JsonNode node = json.readTree(line);
                    answer.put(
                            "id",
                            node.path("id").isMissingNode() ? null : json.treeToValue(node.get("id"), Object.class));
                    answer.putAll(explainer.explain(node));
                } catch (JsonProcessingException wrong) {
                    answer.put("error", "line " + number + " is no JSON object: " + wrong.getOriginalMessage());
                    code = ExitCode.IN_PART;
                } catch (QuerySyntaxException | UsageException | IOException wrong) {
                    answer.put("error", "line " + number + ": " + wrong.getMessage());
                    code = ExitCode.IN_PART;
                }
                session.listing().jsonLine(answer);
            }
        }
        return code;
    }

    private static String name(@Nullable Path file) {
        return file == null ? "-" : file.toString();
    }

    private byte[] bytes(@Nullable Path file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    private InputStream open(@Nullable Path file) throws IOException {
        if (file == null || file.toString().equals("-")) {
            return System.in;
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException(session.words().text("error.file", file));
        }
        return Files.newInputStream(file);
    }
}
