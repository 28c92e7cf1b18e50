package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFeedTest {

    @Test
    void readsAnItem_likeThatOfAnyFeed() {
        Feed feed = read("""
                {"version": "https://jsonfeed.org/version/1.1", "title": "Appels", "language": "fr-BE", "items": [
                  {"id": 7, "url": "/appel/7", "title": "R&D & arts", "content_html": "<p>Avant le 3 mars</p>",
                   "date_published": "2026-01-05T10:00:00+01:00", "tags": ["arts"], "authors": [{"name": "La Ville"}]}]}
                """);

        FeedItem item = feed.items().getFirst();
        assertNull(feed.failure());
        assertEquals("fr", feed.language());
        assertEquals("7", item.id());
        assertEquals("https://example.org/appel/7", item.link());
        assertEquals("R&D & arts", item.title());
        assertEquals(Instant.parse("2026-01-05T09:00:00Z"), item.published());
        assertEquals(List.of("arts"), item.categories());
        assertEquals("La Ville", item.author());
        assertEquals("application/json", item.rawType());
        Feed again = FeedReader.read(item.raw(), null, URI.create("https://example.org/feed.json"));
        assertEquals(item.title(), again.items().getFirst().title());
    }

    @Test
    void keepsOtherItems_whenOneIsBroken() {
        Feed feed = read("""
                {"version": "https://jsonfeed.org/version/1", "items": [5, {"id": "a", "content_text": "1 < 2"},
                  {"id": "a", "content_text": "1 < 2"}, {"id": "a", "content_text": "another"}]}
                """);

        assertEquals(
                List.of("1 < 2", "another"),
                feed.items().stream().map(FeedItem::title).toList());
        assertEquals(2, feed.items().stream().map(FeedItem::id).distinct().count());
        assertEquals(2, feed.warnings().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": 1}                     | a JSON document that is no JSON Feed, where a feed was expected
            {"version": "1.1"}           | a JSON document that is no JSON Feed, where a feed was expected
            {"version": "1.1", "items    | JSON that cannot be read beyond line 1, column 26, where a feed was expected
            """)
    void namesWhatItIsInstead(String document, String failure) {
        assertEquals(failure, read(document).failure());
    }

    @Test
    void readsWhatGofeedReads() throws IOException {
        Path folder = Corpus.require("feeds/gofeed/parser/json");
        for (String version : List.of("version_json_10", "version_json_11")) {
            JsonNode expected = new ObjectMapper()
                    .readTree(folder.resolve(version + "_expected.json").toFile());
            Feed feed = FeedReader.read(Files.readAllBytes(folder.resolve(version + ".json")), null, null);

            assertEquals(expected.path("title").asText(), feed.title());
            assertEquals(expected.path("items").size(), feed.items().size());
            for (int i = 0; i < feed.items().size(); i++) {
                JsonNode wanted = expected.path("items").get(i);
                FeedItem item = feed.items().get(i);
                assertEquals(wanted.path("id").asText(), item.id());
                assertEquals(wanted.path("url").asText(), item.link());
                assertEquals(wanted.path("title").asText(), item.title());
                assertEquals(wanted.path("content_html").asText(), item.content());
                assertEquals(
                        // Fractions of a second are not kept.
                        Instant.parse(wanted.path("date_published").asText()).truncatedTo(ChronoUnit.SECONDS),
                        Objects.requireNonNull(item.published()));
            }
        }
    }

    private static Feed read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return FeedReader.read(bytes, "application/feed+json", URI.create("https://example.org/feed.json"));
    }
}
