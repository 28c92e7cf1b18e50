package coop.vigie.call;

import static coop.vigie.call.Calls.BRUSSELS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand real notices of the Official Journal, of which some are of one procedure. */
class SameProcedureCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Corpus.require("notices/" + name))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String number(String id) {
        return id.replaceFirst("^0+", "");
    }

    private static Notice.Builder notice(String source, JsonNode entry) {
        String title = entry.path("title").asText();
        return Calls.notice(source, number(entry.path("id").asText()), title.isBlank() ? "–" : title)
                .text(LocalText.of(
                        entry.path("lang").asText(), entry.path("description").asText()))
                .buyer(entry.path("buyer").isTextual() ? entry.path("buyer").asText() : null)
                .deadlines(deadline(entry.path("deadline").asText("")));
    }

    /** "20210401 10:00" */
    private static List<LotDeadline> deadline(String written) {
        if (!written.matches("\\d{8}.*")) {
            return List.of();
        }
        LocalDate day = LocalDate.parse(written.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        @Nullable
        LocalTime time = written.matches("\\d{8} \\d\\d:\\d\\d") ? LocalTime.parse(written.substring(9)) : null;
        return List.of(new LotDeadline(LotDeadline.Role.TENDER, null, day, time, null));
    }

    @Test
    void joinsEveryProcedure_andMergesNoTwo_inAnyOrder() throws IOException {
        List<Notice> notices = new ArrayList<>();
        for (JsonNode entry : lines("ted_notices.jsonl")) {
            notices.add(notice("ted", entry)
                    .identifiers(List.of(number(entry.path("id").asText())))
                    .references(texts(entry.path("refs")))
                    .build());
        }
        Collections.shuffle(notices, new Random(20261124));
        try (var calls = new Calls(folder)) {
            for (int from = 0; from < notices.size(); from += 100) {
                calls.takeAll(notices.subList(from, Math.min(notices.size(), from + 100)));
            }

            Set<Set<String>> joined = calls.all().stream()
                    .filter(call -> call.notices().size() > 1)
                    .map(call -> call.notices().stream().map(NoticeId::nativeId).collect(Collectors.toSet()))
                    .collect(Collectors.toSet());
            Set<Set<String>> expected = new HashSet<>();
            for (JsonNode cluster : lines("same_procedure_clusters.jsonl")) {
                expected.add(texts(cluster.path("notices")).stream()
                        .map(SameProcedureCorpusTest::number)
                        .collect(Collectors.toSet()));
            }
            assertEquals(expected, joined);
        }
    }

    /** Each dated notice as a site would show it, too: its title, in capitals where short, and how its text begins. */
    @Test
    void flagsWhatASiteRepeats_andLittleElse() throws IOException {
        List<Notice> journal = new ArrayList<>();
        List<Notice> site = new ArrayList<>();
        for (JsonNode entry : lines("ted_notices.jsonl")) {
            Notice notice = notice("ted", entry).build();
            if (!notice.deadlines().isEmpty()) {
                journal.add(notice);
                String text = notice.text().in(List.of());
                String title = notice.title().in(List.of());
                site.add(Calls.notice(
                                "site",
                                notice.id().nativeId(),
                                title.length() < 60 ? title.toUpperCase(Locale.ROOT) : title)
                        .text(LocalText.of("fr", text.substring(0, Math.min(text.length(), 200))))
                        .deadlines(notice.deadlines())
                        .zone(BRUSSELS)
                        .build());
            }
        }
        try (var calls = new Calls(folder)) {
            calls.takeAll(journal);
            calls.takeAll(site);
            var score = new PairScore();
            score.possible = journal.size();
            calls.all().stream()
                    .filter(call -> call.id().source().value().equals("ted"))
                    .forEach(call -> call.alsoAt()
                            .forEach(other -> score.flagged(
                                    other.id().nativeId().equals(call.id().nativeId()), call.id() + " " + other.id())));
            score.mustBePrecise("ted_notices, repeated by a site");
        }
    }
}
