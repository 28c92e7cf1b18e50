package coop.vigie.newsletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.config.ConfigException;
import coop.vigie.newsletter.Newsletter.Chapter;
import coop.vigie.newsletter.Newsletter.Entry;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.newsletter.Newsletter.Own;
import coop.vigie.newsletter.Newsletter.Part;
import coop.vigie.newsletter.Newsletter.Theme;
import coop.vigie.notice.LocalText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What is written reads back equal, and what was read is written the same, whatever people type. */
class NewsletterRoundTripTest {

    private static final List<String> LANGUAGES = List.of("fr", "nl");

    private static final List<String> TRICKY = List.of(
            "---",
            "- a",
            "a: b",
            "#a",
            " # a",
            "[fr](https://example.org)",
            "[fr]: x",
            "**gras**",
            "1. un",
            "<b>",
            "  retrait",
            "\"a\"",
            "a\\b",
            "é · ·",
            "#### ",
            "~",
            "yes",
            "[xx] y",
            "\u2028",
            "{a}",
            "`a`",
            "fin  ",
            "👩🏽‍🚀");

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void readsWhatItWrote(@ForAll("newsletters") Newsletter newsletter) {
        String file = NewsletterFile.write(newsletter);

        Newsletter read =
                NewsletterFile.read(Path.of(newsletter.id() + ".md"), file).newsletter();

        assertEquals(newsletter, read);
        assertEquals(file, NewsletterFile.write(read));
    }

    /** Anything at all is read, or named as a fault; nothing breaks the reader. */
    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void readsOrRefuses(@ForAll("newsletters") Newsletter newsletter, @ForAll("lines") List<String> more) {
        String file = NewsletterFile.write(newsletter) + String.join("\n", more);
        try {
            NewsletterFile read = NewsletterFile.read(Path.of(newsletter.id() + ".md"), file);
            assertEquals(
                    read.newsletter(),
                    NewsletterFile.read(read.file(), NewsletterFile.write(read.newsletter()))
                            .newsletter());
        } catch (ConfigException faults) {
            assertEquals(
                    List.of(),
                    faults.problems().stream().filter(fault -> fault.line() < 1).toList());
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                        "## intro [fr]",
                        "## block [nl] Ons nieuws",
                        "## calls",
                        "### arts",
                        "#### one:1",
                        "##### one:2 · x · y",
                        "[fr] Bien",
                        "[nl]",
                        "",
                        "mots",
                        "[fr]   [nl] deux",
                        "#",
                        "[fr]  # titre",
                        "# ",
                        "#\u00a0",
                        "a\rb",
                        "#### %")
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Newsletter> newsletters() {
        return Combinators.combine(
                        line(),
                        Arbitraries.of(true, false),
                        Arbitraries.of(List.of("all"), List.of("arts", "on", "1"), List.of("a@example.org")),
                        parts())
                .as((title, approved, to, parts) -> new Newsletter(
                        "2026-12-01",
                        new LocalText(titles(title), null),
                        LANGUAGES,
                        LocalDate.of(2026, 11, 1),
                        LocalDate.of(2026, 12, 1),
                        LocalDateTime.of(2026, 12, 4, 9, 0),
                        approved,
                        to,
                        parts));
    }

    private static Map<String, String> titles(String title) {
        var titles = new LinkedHashMap<String, String>();
        titles.put("fr", title);
        titles.put("nl", "Oproepen " + title);
        return titles;
    }

    /** One of each intro at most, entries with ids of their own, and only below a chapter. */
    private static Arbitrary<List<Part>> parts() {
        return Combinators.combine(words(), line(), words(), entries("one"), entries("two"))
                .as((intro, title, own, calls, tenders) -> {
                    List<Part> parts = new ArrayList<>();
                    parts.add(new Intro("fr", intro));
                    parts.add(new Own("nl", title, own));
                    parts.add(Chapter.CALLS);
                    parts.add(new Theme("arts"));
                    parts.addAll(calls);
                    parts.add(Chapter.TENDERS);
                    parts.addAll(tenders);
                    parts.add(new Own("fr", title, intro));
                    parts.add(new Intro("nl", own));
                    return parts;
                });
    }

    private static Arbitrary<List<Entry>> entries(String source) {
        Arbitrary<String> ids =
                Arbitraries.of("1", "a b", "https://example.org/?a=b&c=%20", "é·", "x\ny", "+", "#", "[fr]");
        return Combinators.combine(ids, Arbitraries.of(true, false), line(), words())
                .as((id, full, title, comment) -> new Entry(
                        source + ":" + id,
                        full,
                        title.length() % 2 == 0 ? "" : "2026-12-08",
                        title.length() % 2 == 0 ? "" : title,
                        comments(comment)))
                .list()
                .uniqueElements(Entry::call)
                .ofMaxSize(4);
    }

    private static Map<String, String> comments(String comment) {
        boolean none = comment.isBlank()
                || Newsletter.COMMENT.matcher(comment.strip()).find()
                || comment.strip().startsWith("# ");
        return none ? Map.of() : Map.of("nl", comment);
    }

    private static Arbitrary<String> line() {
        return Arbitraries.oneOf(
                        Arbitraries.of(TRICKY),
                        Arbitraries.strings()
                                .withCharRange(' ', '~')
                                .withCharRange('¡', 'ÿ')
                                .ofMinLength(1)
                                .ofMaxLength(20))
                .map(text ->
                        text.replaceAll("[\\p{Cntrl}\\u2028\\u00a0\\u00ad]", "").strip())
                .filter(text -> !text.isEmpty());
    }

    private static Arbitrary<String> words() {
        return Arbitraries.of(TRICKY)
                .list()
                .ofMaxSize(4)
                .map(lines -> String.join("\n", lines))
                .filter(text -> !text.matches("(?s).*(^|\n)#{1,6}([ \t\n].*|$)"));
    }
}
