package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON Feed 1.0 and 1.1 (jsonfeed.org) into the same {@link Feed} as RSS and Atom. */
final class JsonFeed {

    private static final int MOST_ITEMS = 20_000;
    private static final int TITLE_LENGTH = 120;

    private final JsonNode root;
    private final @Nullable URI base;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, FeedItem> items = new HashMap<>();

    private JsonFeed(JsonNode root, @Nullable URI base) {
        this.root = root;
        this.base = base;
    }

    static boolean looksLikeIt(String text) {
        return text.stripLeading().startsWith("{");
    }

    static Feed read(String text, @Nullable URI base) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Feed.other(Json.broken(text, e));
        }
        // A version that is only "1.1" is wrong but seen; what makes it a feed are its items.
        if (!root.path("items").isArray() || !root.has("version")) {
            return Feed.other("a JSON document that is no JSON Feed");
        }
        return new JsonFeed(root, base).feed();
    }

    private Feed feed() {
        var read = new ArrayList<FeedItem>();
        int number = 0;
        for (JsonNode item : root.path("items")) {
            if (++number > MOST_ITEMS) {
                break;
            }
            if (!item.isObject()) {
                warnings.add("entry " + number + " could not be read and was left out");
                continue;
            }
            FeedItem next = unique(item((ObjectNode) item));
            if (next == null) {
                warnings.add("entry " + number + " stands in the feed twice; the copy was left out");
            } else {
                read.add(next);
            }
        }
        int leftOut = root.path("items").size() - MOST_ITEMS;
        String failure = leftOut > 0
                ? "only the first " + MOST_ITEMS + " entries were read, " + leftOut + " were left out"
                : null;
        String title = CleanHtml.tidy(Json.text(root, "title", "home_page_url")).replace('\n', ' ');
        String language = ItemLanguage.code(Json.text(root, "language"));
        return new Feed(
                false, title, language, read, warnings, failure, null, Json.text(root, "next_url"), Rhythm.NONE);
    }

    /** Null for an exact copy; another item under a known id gets a name of its own. */
    private @Nullable FeedItem unique(FeedItem item) {
        FeedItem known = items.putIfAbsent(item.id(), item);
        if (known == null) {
            return item;
        }
        if (known.title().equals(item.title())
                && known.content().equals(item.content())
                && String.valueOf(known.link()).equals(String.valueOf(item.link()))) {
            return null;
        }
        String id = item.id() + "#" + Hash.of(item.link() == null ? item.title() : item.link());
        return new FeedItem(
                id,
                item.title(),
                item.titleMadeUp(),
                item.link(),
                item.published(),
                item.updated(),
                item.summary(),
                item.content(),
                item.author(),
                item.categories(),
                item.language(),
                item.raw());
    }

    private FeedItem item(ObjectNode item) {
        String plain = escaped(Json.text(item, "content_text"));
        String html = Json.text(item, "content_html");
        String content = html.isEmpty() ? plain : html;
        String summary = escaped(Json.text(item, "summary"));
        String title = CleanHtml.tidy(Json.text(item, "title")).replace('\n', ' ');
        boolean madeUp = title.isEmpty();
        if (madeUp) {
            String words = CleanHtml.line(summary.isEmpty() ? content : summary);
            title = words.length() <= TITLE_LENGTH ? words : words.substring(0, TITLE_LENGTH) + "…";
        }
        String link = Links.absolute(blankIsNull(Json.text(item, "url", "external_url")), base);
        if (title.isEmpty()) {
            title = link == null ? "(sans titre / zonder titel / untitled)" : link;
        }
        String id = Json.text(item, "id");
        if (id.isEmpty()) {
            id = link == null ? Hash.of(title + "\n" + content) : link;
        }
        return new FeedItem(
                id,
                title,
                madeUp,
                link,
                FeedDates.parse(Json.text(item, "date_published")),
                FeedDates.parse(Json.text(item, "date_modified")),
                summary,
                content,
                author(item),
                categories(item),
                ItemLanguage.code(Json.text(item, "language")),
                raw(item));
    }

    private @Nullable String author(JsonNode item) {
        for (JsonNode holder : List.of(item, root)) {
            var names = new ArrayList<String>();
            Json.all(holder.path("authors")).forEach(author -> names.add(Json.text(author, "name")));
            names.add(Json.text(holder.path("author"), "name"));
            List<String> known =
                    names.stream().filter(name -> !name.isEmpty()).distinct().toList();
            if (!known.isEmpty()) {
                return String.join(", ", known);
            }
        }
        return null;
    }

    private static List<String> categories(JsonNode item) {
        return Json.all(item.path("tags")).stream()
                .map(tag -> CleanHtml.tidy(tag.asText()))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }

    /** The item alone, in a feed of its own, which can be read again. */
    private byte[] raw(ObjectNode item) {
        ObjectNode alone = Json.MAPPER.createObjectNode();
        alone.put("version", root.path("version").asText());
        if (root.hasNonNull("language")) {
            alone.set("language", root.path("language"));
        }
        alone.putArray("items").add(item);
        return alone.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String blankIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
