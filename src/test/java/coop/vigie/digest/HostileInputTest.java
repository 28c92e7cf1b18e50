package coop.vigie.digest;

import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.edition;
import static coop.vigie.digest.Samples.frame;
import static coop.vigie.digest.Samples.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.match.Reason;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise P6: nothing that comes from outside can act. */
class HostileInputTest {

    private final Renderer renderer = new Renderer(null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</a></td></table><iframe src=//example.org>",
                "${7*7}",
                "<#assign x = 7 * 7>${x}",
                "[#assign x = 7 * 7][=x]",
                "#{7*7}",
                "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
                "${.data_model}",
                "<#include \"/etc/passwd\">",
                "{0} {1}",
                "&lt;b&gt; &amp; &#39;",
                "a \\u0041 \\n %s %n"
            })
    void aTitleComesOutAsTheSameText(String title) {
        assertInert(title);
        assertEquals(title, shownTitle(title));
        assertTrue(rendered(title).text().replaceAll("\\s+", " ").contains(title.replaceAll("\\s+", " ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u202eb\u202cc",
                "a\u2066b\u2069c",
                "a\u200bb\ufeffc",
                "a\u061cb\u200fc",
                "ab\ud800c",
                "a\udb40\udc41bc"
            })
    void invisibleCharactersGo(String title) {
        assertEquals("abc", shownTitle(title));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\tb", "a\u0000b", "a\u2028b", "a\u0085 b", " a \n b "})
    void lineBreaksAndControlsBecomeSpaces(String title) {
        assertEquals("a b", shownTitle(title));
        assertTrue(rendered(title).text().contains("\n   a b\n"));
    }

    @Test
    void emojiAndPersianKeepTheirJoiners() {
        assertEquals("👩‍🎨 می‌خواهم", shownTitle("👩‍🎨 می‌خواهم"));
    }

    @Test
    void anAddressCannotLeaveItsAttribute() {
        String address = "https://example.org/\"onmouseover=\"alert(1)\" x='<b>'";
        Document page = Jsoup.parse(renderer.render(
                        edition("fr", new Candidate(call("a", on("2026-12-20"), n -> n.url(address)), List.of(), null)),
                        frame())
                .html());

        Element link = page.select("table table a").first();
        assertEquals(
                "https://example.org/%22onmouseover=%22alert(1)%22%20x=%27%3Cb%3E%27",
                link == null ? "" : link.attr("href"));
        assertNoHandlers(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xss/dompurify.jsonl",
                "xss/h5sc.jsonl",
                "xss/miniflux_sanitizer.jsonl",
                "xss/owasp_antisamy.jsonl",
                "xss/owasp_filter_evasion.jsonl",
                "xss/payloadbox.jsonl",
                "security-payloads/payloads.jsonl",
                "robustness/blns.jsonl"
            })
    void noPayloadOfTheCorpusActs(String file) throws IOException {
        List<String> payloads = payloads(Corpus.require(file));

        assertTrue(payloads.size() > 10);
        for (int from = 0; from < payloads.size(); from += 20) {
            assertInert(payloads.subList(from, Math.min(from + 20, payloads.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"security-payloads/payloads.jsonl", "robustness/blns.jsonl", "xss/payloadbox.jsonl"})
    void noPayloadOfTheCorpusReachesAHeaderACellOrALineOfItsOwn(String file) throws IOException {
        List<String> payloads = payloads(Corpus.require(file));
        for (int from = 0; from < payloads.size(); from += 50) {
            List<String> some = payloads.subList(from, Math.min(from + 50, payloads.size()));
            Map<String, String> hostile = files(some);
            Map<String, String> plain = files(some.stream().map(any -> "word").toList());

            assertEquals(properties(plain.get("ics")), properties(hostile.get("ics")), file);
            assertEquals(lines(plain.get("md")), lines(hostile.get("md")), file);
            assertEquals(List.of(), actingCells(hostile.get("csv")), file);
            assertEquals(headers(plain), headers(hostile), file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+32 2",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "a\r\nBcc: x@example.org",
                "a\nEND:VEVENT\nX:1",
                "\u2028=1"
            })
    void noneOfOurOwnPayloadsDoesEither(String payload) {
        Map<String, String> hostile = files(List.of(payload));
        Map<String, String> plain = files(List.of("word"));

        assertEquals(properties(plain.get("ics")), properties(hostile.get("ics")));
        assertEquals(List.of(), actingCells(hostile.get("csv")));
        assertEquals(headers(plain), headers(hostile));
    }

    /** What a folder gets, with the subject as a further one. Titles begin with the payload itself. */
    private Map<String, String> files(List<String> payloads) {
        Edition edition = hostile(payloads, "");
        Rendered rendered = renderer.render(edition, frame());
        var files = new HashMap<>(EditionFiles.of(edition, rendered, frame()));
        files.put("subject", rendered.subject());
        return files;
    }

    /** The names of an agenda's lines, whose values may be folded. */
    private static List<String> properties(@Nullable String ics) {
        return String.valueOf(ics)
                .replaceAll("\r?\n[ \t]", "")
                .lines()
                .map(line -> line.replaceAll("[;:].*", ""))
                .toList();
    }

    private static long lines(@Nullable String text) {
        return String.valueOf(text).lines().count();
    }

    /** Cells that a spreadsheet would take for a formula. */
    private static List<String> actingCells(@Nullable String csv) {
        return Pattern.compile("(?:^|,|\\n)\"?([=+\\-@\\t\\r][^,\"]*)")
                .matcher(String.valueOf(csv))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> headers(Map<String, String> files) {
        String subject = files.getOrDefault("subject", "");
        assertTrue(subject.chars().noneMatch(Character::isISOControl), subject);
        return List.of(String.valueOf(subject.lines().count()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"security-payloads/payloads.jsonl", "robustness/blns.jsonl"})
    void everyPayloadAsTitleComesOutAsTheSameText(String file) throws IOException {
        for (String payload : payloads(Corpus.require(file))) {
            String expected = Foreign.line(payload, 300);
            if (!expected.isEmpty()) {
                assertEquals(Jsoup.parse("").body().text(expected).text(), shownTitle(payload));
            }
        }
    }

    @Test
    void theCheckSeesAPayload_whenItIsNotEscaped() {
        List<String> payloads = List.of("<img src=x onerror=alert(1)>");
        String html = renderer.render(hostile(payloads), frame()).html();

        assertNotEquals(shape(Jsoup.parse(html)), shape(Jsoup.parse(html.replace("&lt;", "<"))));
    }

    private void assertInert(String payload) {
        assertInert(List.of(payload));
    }

    /** The page with these payloads everywhere has the elements and attributes of a page with plain words. */
    private void assertInert(List<String> payloads) {
        Document hostile =
                Jsoup.parse(renderer.render(hostile(payloads), frame()).html());
        Document plain = Jsoup.parse(
                renderer.render(hostile(payloads.stream().map(any -> "word").toList()), frame())
                        .html());

        assertEquals(shape(plain), shape(hostile));
        assertNoHandlers(hostile);
    }

    private static Edition hostile(List<String> payloads) {
        return hostile(payloads, "x ");
    }

    /** @param before what stands before the payload in a title */
    private static Edition hostile(List<String> payloads, String before) {
        var candidates = new ArrayList<Candidate>();
        for (String payload : payloads) {
            // A payload of nothing but spaces has no title to show; a notice without a title does not exist.
            String title = Foreign.line(payload).isEmpty() ? "x" : before + payload;
            candidates.add(new Candidate(
                    call(
                            "c" + candidates.size(),
                            new Deadline.Unknown("q " + payload),
                            notice -> notice.title(LocalText.of("fr", title))
                                    .text(LocalText.of("fr", title))
                                    .buyer("b " + payload)
                                    .places(List.of("p " + payload))
                                    .submissionLanguages(List.of("l " + payload))
                                    .url(isWebAddress(payload) ? "https://example.org/" : payload)
                                    .documents("https://example.org/d")),
                    List.of(new Reason(Reason.Type.QUERY, "r " + payload, null, null)),
                    null));
        }
        var silent = new Block.SilentSource(
                "s", "n " + payloads.getFirst(), "https://example.org/s", null, Block.Trouble.UNREAD);
        return new Edition(
                "e",
                "a@example.org",
                payloads.stream().map(payload -> "g " + payload).toList(),
                "fr",
                List.of("fr"),
                Samples.NOW,
                Composer.compose(candidates, List.of(silent), Samples.NOW));
    }

    private static boolean isWebAddress(String payload) {
        return Foreign.link(payload).isPresent();
    }

    private static List<String> shape(Document page) {
        return page.getAllElements().stream()
                .map(element -> element.tagName()
                        + element.attributes().asList().stream()
                                .map(attribute -> attribute.getKey())
                                .toList())
                .toList();
    }

    private static void assertNoHandlers(Document page) {
        for (Element element : page.getAllElements()) {
            element.attributes()
                    .forEach(attribute -> assertTrue(!attribute.getKey().startsWith("on")));
            if (element.hasAttr("href")) {
                assertTrue(element.attr("href").matches("(?i)(https?://|mailto:).*"), element.attr("href"));
            }
        }
    }

    private Rendered rendered(String title) {
        return renderer.render(
                edition(
                        "fr",
                        new Candidate(
                                call("a", on("2026-12-20"), n -> n.title(LocalText.of("fr", title))), List.of(), null)),
                frame());
    }

    private String shownTitle(String title) {
        return Jsoup.parse(rendered(title).html()).select("table table .t").text();
    }

    private static List<String> payloads(Path file) throws IOException {
        var mapper = new ObjectMapper();
        var payloads = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = mapper.readTree(line);
            for (String key : List.of("payload", "input", "text")) {
                String payload = row.path(key).asText("");
                if (!payload.isBlank()) {
                    payloads.add(payload.replaceAll("%js_\\w+%", "alert(1)"));
                }
            }
        }
        return payloads;
    }
}
