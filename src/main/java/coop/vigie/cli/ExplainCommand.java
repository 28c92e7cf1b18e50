package coop.vigie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import coop.vigie.fetch.RobotsText;
import coop.vigie.notice.Scope;
import coop.vigie.notice.VigieException;
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

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Session session;
    private final Explanations explanations;

    ExplainCommand(Session session) {
        this.session = session;
        this.explanations = new Explanations(session);
    }

    /** Explains one line of a test suite. */
    private interface Explainer {
        Map<String, @Nullable Object> explain(SuiteLine line) throws IOException;
    }

    @Command(name = "feed")
    int feed(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--base-url", paramLabel = "URL") @Nullable String base,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines ? lines(file, explanations::feed) : one(explanations.feed(bytes(file), null, base));
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

    @Command(name = "mail")
    int mail(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines ? lines(file, explanations::mail) : one(explanations.mail(bytes(file)));
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

    @Command(name = "robots")
    int robots(
            @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
            @Option(names = "--url", paramLabel = "URL", defaultValue = "/") String url,
            @Option(names = "--agent", paramLabel = "NAME", defaultValue = RobotsText.AGENT) String agent,
            @Option(names = "--jsonl") boolean lines)
            throws IOException {
        return lines
                ? lines(file, explanations::robots)
                : one(explanations.robots(new String(bytes(file), StandardCharsets.UTF_8), agent, url));
    }

    private int one(Map<String, @Nullable Object> answer) {
        session.listing().json(answer);
        return ExitCode.DONE;
    }

    /** One answer a line, in the same order; what is wrong with a line is its answer and costs no other line. */
    private int lines(@Nullable Path file, Explainer explainer) throws IOException {
        int code = ExitCode.DONE;
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        try (InputStream in = open(file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                // A mark that some editors put before the first line is no part of it.
                String written = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                Map<String, @Nullable Object> answer = answer(written, number, folder, explainer);
                session.listing().jsonLine(answer);
                code = answer.containsKey("error") ? ExitCode.IN_PART : code;
                // Each answer leaves at once; where nobody listens any more, the rest is not worth its while.
                if (session.terminal().out().checkError()) {
                    return code;
                }
            }
        }
        return code;
    }

    private Map<String, @Nullable Object> answer(String line, int number, @Nullable Path folder, Explainer explainer) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", null);
        try {
            JsonNode members = JSON.readTree(line);
            if (!members.isObject()) {
                answer.put("error", "line " + number + " is no JSON object");
                return answer;
            }
            JsonNode id = members.get("id");
            answer.put("id", id == null ? null : JSON.treeToValue(id, Object.class));
            answer.putAll(explainer.explain(new SuiteLine(members, folder)));
        } catch (JsonProcessingException wrong) {
            answer.put("error", "line " + number + " is no JSON object: " + wrong.getOriginalMessage());
        } catch (IOException | VigieException wrong) {
            answer.put("error", "line " + number + ": " + wrong.getMessage());
        } catch (RuntimeException | StackOverflowError fault) {
            // Of Vigie and not of the line; those who sent a thousand lines still want the other answers.
            answer.put("error", "line " + number + " could not be explained, by a fault of Vigie: " + fault);
        }
        return answer;
    }

    private static String name(@Nullable Path file) {
        return file == null ? "-" : file.toString();
    }

    private byte[] bytes(@Nullable Path file) throws IOException {
        try (InputStream in = open(file)) {
            return SuiteLine.unpacked(in.readAllBytes());
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
