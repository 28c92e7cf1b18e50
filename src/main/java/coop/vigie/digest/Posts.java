package coop.vigie.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An edition as bodies of JSON, for other programs' doors. */
public final class Posts {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Mattermost takes 16,383 characters, others more. */
    private static final int CHAT_AT_MOST = 15_000;

    /** A forum's own limit is 32,000 characters, unless its operator says otherwise. */
    private static final int TOPIC_AT_MOST = 30_000;

    /** Shorter titles are refused by default. */
    private static final int TITLE_AT_LEAST = 15;

    /** Invisible, and no part of a name: what follows mentions nobody. */
    private static final String NOBODY = "@\u2060";

    private Posts() {}

    /** The edition as {@code vigie digest show} prints it, with its subject and its text. */
    public static String edition(Edition edition, Rendered rendered, Frame frame) {
        var reasons = new ReasonWords(Messages.in(edition.language()), frame.labels());
        Map<String, @Nullable Object> body = EditionView.whole(edition, "sent", reasons::one);
        body.put("subject", rendered.subject());
        body.put("text", rendered.text());
        return json(body);
    }

    /**
     * Messages of a chat, {@code {"text": …}}, one after the other. Plain words with bare links: Slack and Mattermost read
     * different markup, so that none of theirs may come of a foreign title, no mention, no masked link, no image.
     */
    public static List<String> chat(Edition edition, Frame frame) {
        return TextBlocks.of(edition, frame, CHAT_AT_MOST).stream()
                .map(Posts::harmless)
                .map(text -> json(Map.of("text", text)))
                .toList();
    }

    private static String harmless(String text) {
        return text.replace('<', '‹').replace('>', '›').replace("@", NOBODY).replace("](", "] (");
    }

    /** A forum's topic: title and Markdown. */
    public static String topic(Edition edition, Frame frame, @Nullable Integer category) {
        var page = new Page(edition, frame);
        String whole = Markdown.of(page.model(page.items()));
        String raw = whole.length() > TOPIC_AT_MOST ? Markdown.of(page.model(0)) : whole;
        String title = page.subject();
        if (title.length() < TITLE_AT_LEAST) {
            title = Foreign.line(frame.brand()) + " · " + title;
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("title", title.replace("@", NOBODY));
        body.put("raw", raw.replace("\\@", NOBODY));
        if (category != null) {
            body.put("category", category);
        }
        body.put("external_id", edition.id());
        return json(body);
    }

    private static String json(Map<String, ? extends @Nullable Object> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("an edition of plain values gave no JSON", defect);
        }
    }
}
