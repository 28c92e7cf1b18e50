package coop.vigie.digest;

import static coop.vigie.digest.Samples.NOW;
import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.curate.Interest;
import coop.vigie.digest.Item.Regard;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What persons make of a call, in the mail; and how its reader answers. */
class AnsweringTest {

    private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Answers READER = new Answers("vigie@example.org", "vg-" + "a".repeat(26));
    private static final Answers CURATOR =
            new Answers("vigie@example.org", "vg-" + "a".repeat(26), "vg-" + "b".repeat(26));

    private final Renderer renderer = new Renderer(null);

    @Property(seed = "20261124", tries = 40)
    void numbersStandBesideTheSameItems_inTextAndHtml(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 70) Integer> days) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            // Every third without a date, every fifth told before: all blocks, in full and in short.
            Call call = call(
                    "c" + i,
                    i % 3 == 0
                            ? Deadline.UNKNOWN
                            : on(NOW.plusSeconds(86_400L * (1 + days.get(i)))
                                    .toString()
                                    .substring(0, 10)));
            candidates.add(i % 5 == 0 ? Samples.told(call, 1, call.deadline(NOW)) : Samples.fresh(call));
        }
        Edition edition = Samples.edition("fr", candidates.toArray(Candidate[]::new));

        Rendered rendered = renderer.render(edition, Samples.frame().answeredBy(CURATOR));

        Map<Integer, String> expected = new HashMap<>();
        for (Item item : edition.items()) {
            expected.put(expected.size() + 1, item.call().facts().url());
        }
        assertEquals(expected, fromText(rendered.text()));
        assertEquals(expected, fromHtml(Jsoup.parse(rendered.html())));
    }

    private static Map<Integer, String> fromText(String text) {
        Map<Integer, String> found = new HashMap<>();
        Matcher number = NUMBERED.matcher(text);
        while (number.find()) {
            Matcher link = Pattern.compile("https://\\S+").matcher(text);
            assertTrue(link.find(number.end()), text);
            found.put(Integer.valueOf(number.group(1)), link.group());
        }
        return found;
    }

    /** Also that the links of an item name its number. */
    private static Map<Integer, String> fromHtml(Document page) {
        Map<Integer, String> found = new HashMap<>();
        for (Element cell : page.select("table table td:has(a.t)")) {
            Matcher number = Pattern.compile("^(\\d+)\\. ").matcher(cell.text());
            assertTrue(number.find(), cell.text());
            for (Element answer : cell.select("a.answer")) {
                assertTrue(answer.attr("href").contains("%20" + number.group(1) + "%20vg-"), answer::toString);
            }
            found.put(Integer.valueOf(number.group(1)), cell.select("a.t").attr("href"));
        }
        return found;
    }

    @Example
    void showsPickNoteAndCounts_inBothParts() {
        var regard =
                new Regard(true, List.of(LocalText.of("fr", "On répond <ensemble> ?")), 2, 1, Interest.APPLYING, null);

        Rendered rendered = renderer.render(edition(regard), Samples.frame().answeredBy(READER));

        String html = Jsoup.parse(rendered.html()).text();
        for (String words : List.of(
                "choix du groupe",
                "note du groupe\u00a0: On répond <ensemble> ?",
                "2 membres regardent, 1 cherche un·e partenaire · tu prépares un dossier",
                "[" + READER.token() + "]")) {
            assertTrue(rendered.text().replaceAll("\n +", " ").contains(words), rendered::text);
            assertTrue(html.replace('\u00a0', ' ').contains(words.replace('\u00a0', ' ')), html);
        }
        assertEquals(
                "mailto:vigie@example.org?subject=looking%201%20" + READER.token(),
                Jsoup.parse(rendered.html()).select("a.answer").attr("href"));
    }

    @Example
    void offersToChooseForTheGroup_toCoordinatorsOnly() {
        Edition edition = edition(Regard.NONE);

        String forAll =
                renderer.render(edition, Samples.frame().answeredBy(READER)).html();
        Rendered forCurator = renderer.render(edition, Samples.frame().answeredBy(CURATOR));

        assertEquals(3, Jsoup.parse(forAll).select("a.answer").size());
        List<String> links = Jsoup.parse(forCurator.html()).select("a.answer").eachAttr("href");
        assertEquals(
                List.of(
                        "mailto:vigie@example.org?subject=pick%201%20" + CURATOR.curator(),
                        "mailto:vigie@example.org?subject=hide%201%20" + CURATOR.curator()),
                links.subList(3, 5));
        assertTrue(forCurator.text().contains("épingle\u00a03"), forCurator::text);
        assertTrue(forCurator.text().contains("[" + CURATOR.curator() + "]"), forCurator::text);
    }

    @Example
    void offersNothing_whereNobodyInParticularReads() {
        Rendered rendered =
                renderer.render(edition(Regard.NONE), Samples.frame().answeredBy(Answers.NONE));

        assertTrue(rendered.text().contains("\n- "), rendered::text);
        assertFalse(rendered.text().contains("regarde\u00a03"), rendered::text);
        assertEquals(0, Jsoup.parse(rendered.html()).select("a.answer").size());
    }

    /** What stands in an item is made once for all; numbers, links and tokens are each reader's own. */
    @Example
    void givesEachReaderTheirOwn_whoeverGotTheSameItemBefore() {
        Candidate first = Samples.fresh(call("a", on("2026-12-19")));
        Candidate shared = Samples.fresh(call("b", on("2026-12-20")));
        Edition alone = Samples.edition("fr", shared);
        Edition second = Samples.edition("fr", first, shared);
        renderer.render(alone, Samples.frame().answeredBy(CURATOR));

        for (Answers answers : List.of(READER, CURATOR, Answers.NONE)) {
            Frame frame = Samples.frame().answeredBy(answers);
            assertEquals(new Renderer(null).render(alone, frame), renderer.render(alone, frame));
            assertEquals(new Renderer(null).render(second, frame), renderer.render(second, frame));
        }
    }

    private static Edition edition(Regard regard) {
        return Samples.edition(
                "fr",
                new Candidate(call("a", on("2026-12-20")), List.of(Samples.REASON), null, false, false, regard, false));
    }
}
