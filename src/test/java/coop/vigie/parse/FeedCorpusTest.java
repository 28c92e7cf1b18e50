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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
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

        /** Of an item: what decides whether a call is found and told in time. */
        static final Pattern VITAL = Pattern.compile(
                "(?i)(?!.*feed[./]title).*\\b(title(_detail/value)?|link|url|date|(published|updated)(_parsed)?)");

        static final double VITAL_FLOOR = 0.99;

        int right;
        int all;
        int vitalRight;
        int vital;
        boolean wellFormed;

        /** Both may hold markup: their words are compared. */
        void count(String what, @Nullable String expected, @Nullable String actual) {
            countPlain(what, requireNonNullElse(expected, ""), CleanHtml.line(requireNonNullElse(actual, "")));
        }

        /** Ours is plain text; the suites do not say whether theirs is. */
        void countPlain(String what, String expected, @Nullable String actual) {
            String got = requireNonNullElse(actual, "");
            boolean literal = got.equals(CleanHtml.tidy(expected).replace('\n', ' '));
            compare(what, literal ? got : CleanHtml.line(expected), got);
        }

        void compare(String what, String wanted, String got) {
            boolean isVital = wellFormed && VITAL.matcher(what).matches();
            all++;
            vital += isVital ? 1 : 0;
            if (wanted.equals(got)) {
                right++;
                vitalRight += isVital ? 1 : 0;
            } else if (SHOW) {
                System.out.println("SHOW " + what + " wanted '" + wanted + "' got '" + got + "'");
            }
        }

        void mustReach(String suite, double floor) {
            System.out.printf(
                    "feeds: %s %d of %d; titles, links and dates of well-formed ones %d of %d%n",
                    suite, right, all, vitalRight, vital);
            assertTrue(right >= floor * all, suite + ": " + right + " of " + all);
            assertTrue(vitalRight >= Math.floor(VITAL_FLOOR * vital), suite + ": " + vitalRight + " of " + vital);
        }
    }

    private static final Pattern ENTRY = Pattern.compile("(?i)<(?:\\w+:)?(?:item|entry)[\\s>/]");

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
            String markup = new String(bytes, StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .replaceAll("(?s)<!--.*?-->", "");
            assertTrue(
                    !feed.items().isEmpty()
                            || feed.failure() != null
                            || !ENTRY.matcher(markup).find(),
                    () -> file + " ends in nothing");
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
            // CDF is no feed format of ours, podcasts announce no calls; what may stay of HTML is decided by CleanHtml
            // and tested there.
            if (file.matches(".*/(cdf|itunes|sanitize|json)/.*")
                    || entry.path("assertions").isNull()) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(folder.resolve(file));
            URI served = file.contains("/http") ? URI.create("http://127.0.0.1:8097/" + file) : null;
            Feed feed = FeedReader.read(bytes, header(bytes), served);
            score.wellFormed = !feed.recovered();
            for (JsonNode assertion : entry.path("assertions")) {
                compare(file, feed, assertion);
            }
        }
        score.mustReach("feedparser", 0.97);
    }

    private static @Nullable String header(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(600, bytes.length), StandardCharsets.ISO_8859_1);
        var matcher = java.util.regex.Pattern.compile("(?i)Content-type:\\s*([^\\n]+)")
                .matcher(head);
        return matcher.find() ? matcher.group(1).strip() : null;
    }

    private void compare(String file, Feed feed, JsonNode assertion) {
        if (!assertion.path("op").asText().equals("eq")) {
            return;
        }
        String path = path(assertion.path("path"));
        JsonNode value = assertion.path("value");
        String what = file + " " + path;
        int index = assertion.path("path").path(1).asInt();
        FeedItem item = index < feed.items().size() ? feed.items().get(index) : null;
        switch (path) {
            case "feed/title", "feed/title_detail/value" -> score.countPlain(what, value.asText(), feed.title());
            case "feed/language" ->
                score.compare(what, value.asText().split("-", 2)[0], String.valueOf(feed.language()));
            case "entries/#/title", "entries/#/title_detail/value" ->
                score.countPlain(what, value.asText(), item == null || item.titleMadeUp() ? "" : item.title());
            case "entries/#/link" -> score.compare(what, value.asText(), item == null ? "" : item.link() + "");
            case "entries/#/id" -> score.compare(what, value.asText(), item == null ? "" : item.id());
            case "entries/#/summary", "entries/#/description", "entries/#/summary_detail/value" ->
                score.count(what, value.asText(), item == null ? null : item.summary());
            case "entries/#/content/#/value" -> {
                if (assertion.path("path").get(3).asInt() == 0) {
                    score.count(what, value.asText(), item == null ? null : either(item));
                }
            }
            case "entries/#/published_parsed" ->
                score.compare(what, date(value), item == null ? "" : String.valueOf(item.published()));
            case "entries/#/updated_parsed" ->
                score.compare(what, date(value), item == null ? "" : String.valueOf(item.updated()));
            case "entries/#/author" -> score.countPlain(what, value.asText(), item == null ? null : item.author());
            case "entries/#/tags/#/term" ->
                score.compare(
                        what,
                        "true",
                        String.valueOf(item != null && item.categories().contains(value.asText())));
            default -> {}
        }
    }

    /** Feedparser calls "content" what stands alone in a summary, too. */
    private static String either(FeedItem item) {
        return item.content().isEmpty() ? item.summary() : item.content();
    }

    private static String path(JsonNode steps) {
        var path = new StringJoiner("/");
        steps.forEach(step -> path.add(step.isNumber() ? "#" : step.asText()));
        return path.toString();
    }

    /** Year, month, day, hour, minute, second in UTC, as Python writes them. */
    private static String date(JsonNode parts) {
        return LocalDateTime.of(
                        parts.get(0).asInt(),
                        parts.get(1).asInt(),
                        parts.get(2).asInt(),
                        parts.get(3).asInt(),
                        parts.get(4).asInt(),
                        parts.get(5).asInt())
                .toInstant(ZoneOffset.UTC)
                .toString();
    }

    @Test
    void readsWhatGofeedReads() throws IOException {
        List<Path> expected;
        Path folder = Corpus.require("feeds/gofeed");
        try (Stream<Path> paths = Files.walk(folder)) {
            expected = paths.filter(path -> path.toString().endsWith(".json")
                            && path.toString()
                                    .matches(".*/(translator|parser)/(rss|atom|universal)/.*|.*/extensions/.*"))
                    .toList();
        }
        for (Path file : expected) {
            Path xml = Path.of(file.toString().replaceAll("\\.json$", ".xml"));
            if (!Files.exists(xml)) {
                continue;
            }
            JsonNode json = JSON.readTree(file.toFile());
            Feed feed = FeedReader.read(Files.readAllBytes(xml), null, null);
            score.wellFormed = !feed.recovered();
            JsonNode items = json.path(json.has("items") ? "items" : "entries");
            if (json.has("title") && json.path("title").isTextual()) {
                score.countPlain(
                        folder.relativize(xml) + " title", json.path("title").asText(), feed.title());
            }
            for (int i = 0; i < items.size(); i++) {
                FeedItem item = i < feed.items().size() ? feed.items().get(i) : null;
                item(folder.relativize(xml) + " " + i, items.get(i), item);
            }
        }
        score.mustReach("gofeed", 0.96);
    }

    private void item(String what, JsonNode wanted, @Nullable FeedItem item) {
        if (wanted.path("title").isTextual()) {
            score.countPlain(what + " title", wanted.path("title").asText(), item == null ? null : item.title());
        }
        if (wanted.path("link").asText().startsWith("http")) {
            score.compare(what + " link", wanted.path("link").asText(), item == null ? "" : item.link() + "");
        }
        for (String name : List.of("guid", "id")) {
            JsonNode id = wanted.path(name).isObject() ? wanted.path(name).path("value") : wanted.path(name);
            if (id.isTextual() && !id.asText().isBlank()) {
                score.compare(what + " " + name, id.asText(), item == null ? "" : item.id());
            }
        }
        for (String name : List.of("description", "summary")) {
            if (wanted.path(name).isTextual()) {
                score.count(what + " " + name, wanted.path(name).asText(), item == null ? null : item.summary());
            }
        }
        JsonNode content =
                wanted.path("content").isObject() ? wanted.path("content").path("value") : wanted.path("content");
        if (content.isTextual()) {
            score.count(what + " content", content.asText(), item == null ? null : item.content());
        }
        if (wanted.path("publishedParsed").isTextual()) {
            // Where there is only a date of change, gofeed calls it published; so does a notice of ours.
            Instant published = item == null ? null : item.published() != null ? item.published() : item.updated();
            score.compare(what + " published", instant(wanted.path("publishedParsed")), String.valueOf(published));
        }
        if (wanted.path("updatedParsed").isTextual()) {
            Instant updated = item == null ? null : item.updated() != null ? item.updated() : item.published();
            score.compare(what + " updated", instant(wanted.path("updatedParsed")), String.valueOf(updated));
        }
        if (wanted.path("categories").isArray()
                && wanted.path("categories").path(0).isTextual()) {
            for (JsonNode category : wanted.path("categories")) {
                score.compare(
                        what + " category " + category.asText(),
                        "true",
                        String.valueOf(item != null && item.categories().contains(category.asText())));
            }
        }
    }

    private static String instant(JsonNode written) {
        return Instant.parse(written.asText()).toString();
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
            score.wellFormed = !feed.recovered();
            String id = entry.path("id").asText();
            for (JsonNode assertion : entry.path("assertions")) {
                String path = assertion.path("path").asText();
                FeedItem first = feed.items().isEmpty() ? null : feed.items().getFirst();
                String expected = assertion.path("equals").asText();
                switch (path) {
                    case "feed.Title" -> score.countPlain(id + " " + path, expected, feed.title());
                    case "len(feed.Entries)" ->
                        score.count(
                                id + " " + path,
                                expected,
                                String.valueOf(feed.items().size()));
                    case "feed.Entries[0].Title" ->
                        score.countPlain(id + " " + path, expected, first == null ? null : first.title());
                    case "feed.Entries[0].URL" ->
                        score.count(id + " " + path, expected, first == null ? null : first.link());
                    case "feed.Entries[0].Author" ->
                        score.countPlain(id + " " + path, expected, first == null ? null : first.author());
                    case "feed.Entries[0].Content" ->
                        score.count(id + " " + path, expected, first == null ? null : either(first));
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
        score.mustReach("miniflux", 0.94);
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
                String text = Charsets.xml(Files.readAllBytes(file), null);
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
                        Links.withoutTracking(entry.path("input").asText()));
            }
        }
    }
}
