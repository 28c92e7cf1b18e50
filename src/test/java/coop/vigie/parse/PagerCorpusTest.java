package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A third-party suite of list pages: whether the next page is found where no selector names it. */
class PagerCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean SHOW = System.getProperty("vigie.show") != null;

    @Test
    void followsTheLinksThatPeopleCallNext() throws IOException {
        Path folder = Corpus.require("html-listing/autopager");
        int pages = 0;
        int withNext = 0;
        int found = 0;
        int withoutNext = 0;
        int quiet = 0;
        int numbers = 0;
        for (String line : Files.readAllLines(folder.resolve("expected.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            URI address = URI.create(entry.path("url").asText());
            byte[] bytes;
            try (InputStream in = new GZIPInputStream(
                    Files.newInputStream(folder.resolve(entry.path("file").asText())))) {
                bytes = in.readAllBytes();
            }
            var payload = new Payload(address, address.toString(), bytes, null);
            Parsed parsed = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> new HtmlListParser().parse(payload, HtmlListParserTest.context(Map.of(), Map.of(), "en")),
                    line);
            pages++;
            HtmlPage page = HtmlPage.of(payload);
            Set<URI> next = links(page, entry.path("next").asText());
            URI ours = parsed.next().isEmpty() ? null : parsed.next().getFirst().uri();
            boolean right = ours == null ? next.isEmpty() : next.contains(ours);
            if (!next.isEmpty()) {
                withNext++;
                found += right ? 1 : 0;
            } else {
                withoutNext++;
                quiet += right ? 1 : 0;
                boolean number =
                        ours != null && links(page, entry.path("page").asText()).contains(ours);
                numbers += number ? 1 : 0;
            }
            if (SHOW && !right) {
                System.out.println(
                        "SHOW " + entry.path("file").asText() + " " + address + " wanted " + next + " got " + ours);
            }
        }
        System.out.printf(
                "pager: %d pages; next found %d of %d; none claimed %d of %d, page numbers followed %d%n",
                pages, found, withNext, quiet, withoutNext, numbers);
        assertTrue(found >= 0.8 * withNext, found + " of " + withNext);
        assertTrue(quiet + numbers >= 0.8 * withoutNext, quiet + " + " + numbers + " of " + withoutNext);
    }

    private static Set<URI> links(HtmlPage page, String css) {
        return css.isEmpty()
                ? Set.of()
                : page.document().select(css).stream()
                        .map(each -> each.hasAttr("href") ? each : each.selectFirst("a[href]"))
                        .filter(each -> each != null)
                        .map(each -> Pager.target(page, each.attr("href")))
                        .filter(each -> each != null)
                        .collect(Collectors.toSet());
    }
}
