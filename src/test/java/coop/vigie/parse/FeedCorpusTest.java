package coop.vigie.parse;

import static java.util.Objects.requireNonNullElse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.text.CleanHtml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Third-party suites: what they say of title, link, dates and text, and that nothing hangs or throws. */
class FeedCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean SHOW = System.getProperty("vigie.show") != null;

    private final Score score = new Score();

    private static final class Score {
        int right;
        int all;

        void count(String what, @Nullable String expected, @Nullable String actual) {
            String wanted = CleanHtml.line(requireNonNullElse(expected, ""));
            String got = CleanHtml.line(requireNonNullElse(actual, ""));
            all++;
            if (wanted.equals(got)) {
                right++;
            } else if (SHOW) {
                System.out.println("SHOW " + what + " wanted '" + wanted + "' got '" + got + "'");
            }
        }

        void mustReach(String suite, double floor) {
            System.out.printf("feeds: %s %d of %d%n", suite, right, all);
            assertTrue(right >= floor * all, suite + ": " + right + " of " + all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"feedparser", "feedvalidator", "gofeed", "miniflux/files"})
    void endsInItemsOrANamedFailure_givenAnyFile(String suite) throws IOException {
        int failures = 0;
        int recovered = 0;
        List<Path> files;
        try (Stream<Path> paths = Files.walk(Corpus.require("feeds/" + suite))) {
            files = paths.filter(path -> path.toString().matches(".*\\.(xml|html|rss|atom|rdf)"))
                    .toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            Feed feed = assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> FeedReader.read(bytes, null, URI.create("https://example.org/feed")),
                    file::toString);
            failures += feed.failure() == null ? 0 : 1;
            recovered += feed.recovered() ? 1 : 0;
            for (FeedItem item : feed.items()) {
                assertFalse(item.id().isBlank() || item.title().isBlank(), file::toString);
                String safe = CleanHtml.safe(item.summary() + item.content());
                assertFalse(
                        safe.matches("(?is).*<(script|style|iframe|object|embed|form|img)\\b.*"), file + ": " + safe);
            }
            if (SHOW && feed.failure() != null) {
                System.out.println("SHOW failure " + file + ": " + feed.failure());
            }
        }
        System.out.printf("feeds: %s %d files, %d repaired, %d failures%n", suite, files.size(), recovered, failures);
    }

    @Test
    void readsWhatFeedparserReads() throws IOException {
        Path folder = Corpus.require("feeds/feedparser");
        for (String line : Files.readAllLines(folder.resolve("expectations.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            String file = entry.path("file").asText();
            if (file.matches(".*/(cdf|itunes|sanitize|json|microformats|hcard|geo\\w*)/.*")
                    || entry.path("assertions").isNull()) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(folder.resolve(file));
            Feed feed = FeedReader.read(bytes, header(bytes), null);
            for (JsonNode assertion : entry.path("assertions")) {
                compare(file, feed, assertion);
            }
        }
        score.mustReach("feedparser", 0.93);
    }

    private static @Nullable String header(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(600, bytes.length), StandardCharsets.ISO_8859_1);
        var matcher = java.util.regex.Pattern.compile("(?i)Content-type:\\s*([^\\n]+)")
                .matcher(head);
        return matcher.find() ? matcher.group(1).strip() : null;
    }

    private void compare(String file, Feed feed, JsonNode assertion) {
        JsonNode path = assertion.path("path");
        if (!assertion.path("op").asText().equals("eq")
                || !assertion.path("value").isTextual()) {
            return;
        }
        String expected = assertion.path("value").asText();
        String what = file + " " + path;
        if (path.get(0).asText().equals("feed") && path.size() == 2) {
            if (path.get(1).asText().equals("title")) {
                score.count(what, expected, feed.title());
            }
        } else if (path.get(0).asText().equals("entries") && path.size() == 3) {
            int index = path.get(1).asInt();
            FeedItem item = index < feed.items().size() ? feed.items().get(index) : null;
            switch (path.get(2).asText()) {
                case "title" ->
                    score.count(what, expected, item == null ? null : item.titleMadeUp() ? "" : item.title());
                case "link" -> score.count(what, expected, item == null ? null : item.link());
                case "summary", "description" -> score.count(what, expected, item == null ? null : item.summary());
                case "id" -> score.count(what, expected, item == null ? null : item.id());
                default -> {}
            }
        }
    }

    @Test
    void readsWhatGofeedReads() throws IOException {
        List<Path> expected;
        Path folder = Corpus.require("feeds/gofeed");
        try (Stream<Path> paths = Files.walk(folder)) {
            expected = paths.filter(path -> path.toString().endsWith(".json")
                            && path.toString().matches(".*/translator/.*|.*/parser/(rss|atom)/.*"))
                    .toList();
        }
        for (Path file : expected) {
            Path xml = Path.of(file.toString().replaceAll("\\.json$", ".xml"));
            if (!Files.exists(xml)) {
                continue;
            }
            JsonNode json = JSON.readTree(file.toFile());
            Feed feed = FeedReader.read(Files.readAllBytes(xml), null, null);
            JsonNode items = json.path(json.has("items") ? "items" : "entries");
            if (json.has("title") && json.path("title").isTextual()) {
                score.count(
                        folder.relativize(xml) + " title", json.path("title").asText(), feed.title());
            }
            for (int i = 0; i < items.size(); i++) {
                FeedItem item = i < feed.items().size() ? feed.items().get(i) : null;
                item(folder.relativize(xml) + " " + i, items.get(i), item);
            }
        }
        score.mustReach("gofeed", 0.9);
    }

    private void item(String what, JsonNode wanted, @Nullable FeedItem item) {
        if (wanted.path("title").isTextual()) {
            score.count(what + " title", wanted.path("title").asText(), item == null ? null : item.title());
        }
        if (wanted.path("link").asText().startsWith("http")) {
            score.count(what + " link", wanted.path("link").asText(), item == null ? null : item.link());
        }
        if (wanted.path("description").isTextual()) {
            score.count(
                    what + " description", wanted.path("description").asText(), item == null ? null : item.summary());
        }
        if (wanted.path("publishedParsed").isTextual()) {
            Instant published = item == null ? null : item.published();
            score.count(
                    what + " published",
                    Instant.parse(wanted.path("publishedParsed").asText()).toString(),
                    String.valueOf(published));
        }
    }

    @Test
    void readsWhatMinifluxReads() throws IOException {
        for (String line : Files.readAllLines(Corpus.require("feeds/miniflux/feeds.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("format").asText().startsWith("json")) {
                continue;
            }
            byte[] bytes = entry.path("data").asText().getBytes(StandardCharsets.UTF_8);
            Feed feed = FeedReader.read(
                    bytes,
                    null,
                    URI.create(entry.path("base_url")
                            .asText("https://example.org/")
                            .strip()));
            String id = entry.path("id").asText();
            for (JsonNode assertion : entry.path("assertions")) {
                String path = assertion.path("path").asText();
                FeedItem first = feed.items().isEmpty() ? null : feed.items().getFirst();
                String expected = assertion.path("equals").asText();
                switch (path) {
                    case "feed.Title" -> score.count(id + " " + path, expected, feed.title());
                    case "len(feed.Entries)" ->
                        score.count(
                                id + " " + path,
                                expected,
                                String.valueOf(feed.items().size()));
                    case "feed.Entries[0].Title" ->
                        score.count(id + " " + path, expected, first == null ? null : first.title());
                    case "feed.Entries[0].URL" ->
                        score.count(id + " " + path, expected, first == null ? null : first.link());
                    default -> {}
                }
            }
            if (entry.path("first_expected_date_utc").isTextual()
                    && !feed.items().isEmpty()) {
                FeedItem first = feed.items().getFirst();
                Instant date = first.published() == null ? first.updated() : first.published();
                score.count(
                        id + " date",
                        entry.path("first_expected_date_utc").asText().replaceAll("[+]00:00$", "Z"),
                        String.valueOf(date));
            }
        }
        score.mustReach("miniflux", 0.9);
    }

    @Test
    void readsDates_asFoundInRealFeeds() throws IOException {
        for (String line : Files.readAllLines(Corpus.require("feeds/dates/miniflux.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            Instant date = FeedDates.parse(entry.path("text").asText());
            boolean right = entry.path("expect_error").asBoolean()
                    ? date == null
                    : date != null
                            && (entry.path("expected_unix").isNull()
                                    || date.getEpochSecond()
                                            == entry.path("expected_unix").asLong());
            score.count(line, "true", String.valueOf(right));
        }
        score.mustReach("dates", 0.97);
    }

    @Test
    void leavesNoReplacementCharacter_whateverTheCharset() throws IOException {
        try (Stream<Path> paths = Files.walk(Corpus.require("feeds/miniflux/files"))) {
            for (Path file :
                    paths.filter(path -> path.toString().endsWith(".xml")).toList()) {
                String text = FeedText.decode(Files.readAllBytes(file), null);
                assertFalse(text.contains("\uFFFD"), file::toString);
            }
        }
    }

    @Test
    void staysInert_onXmlAttacks() throws IOException {
        Path folder = Corpus.require("xml-attacks");
        try (Stream<Path> paths = Files.walk(folder.resolve("defusedxml"))) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertTimeoutPreemptively(
                        Duration.ofSeconds(2), () -> FeedReader.read(bytes, null, null), file::toString);
            }
        }
        for (String line : Files.readAllLines(folder.resolve("payloadbox_xxe.jsonl"))) {
            String payload = JSON.readTree(line).path("payload").asText();
            Feed feed = assertTimeoutPreemptively(
                    Duration.ofSeconds(2), () -> FeedReader.read(payload.getBytes(StandardCharsets.UTF_8), null, null));
            assertFalse(feed.toString().contains("root:"), payload);
        }
    }

    @Test
    void removesTrackingParameters() throws IOException {
        for (String line : Files.readAllLines(Corpus.require("urls/miniflux_tracking_params.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            // "ref" may be a real parameter; without knowing the site's own it stays.
            if (!entry.path("input").asText().contains("ref=")
                    && !entry.path("expected").asText().isEmpty()) {
                assertEquals(
                        entry.path("expected").asText(),
                        FeedLinks.withoutTracking(entry.path("input").asText()));
            }
        }
    }
}
