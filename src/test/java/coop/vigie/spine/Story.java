package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Notices that are published one after the other, and what readers are told of them. */
final class Story {

    private final HomeInTest home;

    Story(Path folder, String now) {
        home = new HomeInTest(folder, now);
        home.feeds(Entries.notices("one", "one"));
    }

    HomeInTest home() {
        return home;
    }

    /** Publishes in the source {@code one}. */
    Story publish(Eforms... notices) {
        return publishIn("one", notices);
    }

    Story publishIn(String source, Eforms... notices) {
        if (!source.equals("one")) {
            home.feeds(Entries.notices("one", "one"), Entries.notices(source, source));
        }
        for (Eforms notice : notices) {
            home.write(source + "/" + notice.publication() + ".xml", notice.xml());
        }
        return this;
    }

    /** One round at that instant; nothing may go wrong in it. */
    Ran round(String instant) {
        Ran fetched = home.at(instant).fetch();
        assertTrue(fetched.code() == 0, fetched::toString);
        return fetched;
    }

    JsonNode show(String id) {
        Ran shown = home.run("show", id, "--format", "json");
        assertTrue(shown.code() == 0, shown::toString);
        return shown.json();
    }

    int revision(String id) {
        return show(id).at("/revision").asInt();
    }

    /** Ids of everything that a plain search lists. */
    List<String> open() {
        return home.search("*").findValuesAsText("id");
    }

    /** Sends to everybody; to each who gets something, {@code block: ids} for each block. */
    Map<String, List<String>> told() {
        Ran sent = home.send();
        assertTrue(sent.code() == 0, sent::toString);
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (JsonNode message : sent.json().at("/messages")) {
            JsonNode edition =
                    home.run("digest", "show", message.at("/edition").asText()).json();
            List<String> blocks = new ArrayList<>();
            for (JsonNode block : edition.at("/blocks")) {
                String ids = StreamSupport.stream(block.at("/items").spliterator(), false)
                        .map(item -> item.at("/id").asText())
                        .collect(Collectors.joining(" "));
                blocks.add((block.at("/name").asText() + ": " + ids).strip());
            }
            told.put(message.at("/recipient").asText(), blocks);
        }
        return told;
    }
}
