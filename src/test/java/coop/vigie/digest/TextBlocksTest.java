package coop.vigie.digest;

import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.edition;
import static coop.vigie.digest.Samples.frame;
import static coop.vigie.digest.Samples.fresh;
import static coop.vigie.digest.Samples.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.notice.LocalText;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Short plain blocks, and what is posted to chats and forums. */
class TextBlocksTest {

    @Test
    void showsDateTitleAndLink_belowTheBlocksHeading() {
        Edition edition = edition(
                "fr",
                fresh(call("a", on("2026-12-20"))),
                fresh(call("b", on("2026-12-28"), notice -> notice.title(LocalText.of("fr", "Prix\r\nBcc: x@y.z")))));

        assertEquals(List.of("""
                La Vigie
                Vu de la vigie pour Arts de la scène, mar. 24 nov. 2026 :

                NOUVEAU, PAR DATE LIMITE
                dim. 20 déc. 2026 · Appel a
                https://example.org/a

                lun. 28 déc. 2026 · Prix Bcc: x@y.z
                https://example.org/b""".replace("2026 :", "2026\u00a0:")), TextBlocks.of(edition, frame(), 1000));
    }

    @Property(seed = "20261124", tries = 150)
    void keepsEveryDateAndLinkWhole_whateverTheTitlesAre(
            @ForAll @Size(min = 1, max = 12) List<String> titles, @ForAll @IntRange(min = 200, max = 500) int length) {
        Candidate[] candidates = IntStream.range(0, titles.size())
                .mapToObj(i -> fresh(call(
                        "c" + i,
                        on("2026-12-%02d".formatted(10 + i)),
                        notice -> notice.title(
                                        LocalText.of("fr", "T " + titles.get(i).repeat(9)))
                                .url("https://example.org/" + "x".repeat(i * 5) + "/c" + i))))
                .toArray(Candidate[]::new);

        List<String> blocks = TextBlocks.of(edition("fr", candidates), frame(), length);

        assertTrue(blocks.stream().allMatch(block -> block.length() <= length), blocks::toString);
        List<String> lines = blocks.stream().flatMap(String::lines).toList();
        for (int i = 0; i < titles.size(); i++) {
            assertTrue(lines.contains("https://example.org/" + "x".repeat(i * 5) + "/c" + i), lines::toString);
            String day = (10 + i) + " déc. 2026 · T";
            assertEquals(1, lines.stream().filter(line -> line.contains(day)).count(), lines::toString);
        }
    }

    @Test
    void givesALinkThatIsTooLong_aBlockOfItsOwn() {
        String link = "https://example.org/" + "x".repeat(400);
        Edition edition = edition(
                "fr",
                fresh(call("a", on("2026-12-20"), notice -> notice.url(link))),
                fresh(call("b", on("2026-12-21"))));

        List<String> blocks = TextBlocks.of(edition, frame(), 200);

        assertEquals(3, blocks.size(), blocks::toString);
        assertTrue(blocks.get(1).endsWith(link), blocks.get(1));
        assertTrue(blocks.get(2).length() <= 200);
    }

    @Test
    void mentionsNobody_andMasksNoLink_inAChat() throws Exception {
        Edition edition = edition(
                "fr",
                fresh(call(
                        "a",
                        on("2026-12-20"),
                        notice -> notice.title(LocalText.of(
                                "fr", "<!channel> @here ![x](https://t.example/pixel.png) <https://e.example|oui>")))));

        JsonNode message =
                new ObjectMapper().readTree(Posts.chat(edition, frame()).getFirst());

        String text = message.at("/text").asText();
        assertFalse(text.contains("<") || text.contains("@here") || text.contains("]("), text);
        assertTrue(text.contains("https://example.org/a"), text);
    }

    @Test
    void makesATopic_whoseMarkdownIsHarmless() throws Exception {
        Edition edition = edition(
                "fr",
                fresh(call(
                        "a",
                        on("2026-12-20"),
                        notice -> notice.title(
                                LocalText.of("fr", "@everyone <script>alert(1)</script> [x](javascript:1)")))));

        JsonNode topic = new ObjectMapper().readTree(Posts.topic(edition, frame(), 12));

        String raw = topic.at("/raw").asText();
        assertFalse(raw.contains("@everyone") || raw.matches("(?s).*[^\\\\]<script.*") || raw.contains("[x]("), raw);
        assertTrue(topic.at("/title").asText().length() >= 15, topic::toString);
        assertEquals(12, topic.at("/category").asInt());
        assertEquals("e1", topic.at("/external_id").asText());
    }
}
