package coop.vigie.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.LocalText;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jsoup.Jsoup;

class RendererPropertiesTest {

    private final Renderer renderer = new Renderer(null);

    @Property(seed = "20261124", tries = 200)
    void anyTitleComesOutAsTheSameText(@ForAll @StringLength(max = 120) String title) {
        var call =
                Samples.call("a", Samples.on("2026-12-20"), notice -> notice.title(LocalText.of("fr", "A " + title)));

        Rendered rendered =
                renderer.render(Samples.edition("fr", new Candidate(call, List.of(), null)), Samples.frame());

        String expected =
                Jsoup.parse("").body().text(Foreign.line("A " + title)).text();
        assertEquals(
                expected, Jsoup.parse(rendered.html()).select("table table .t").text());
    }

    @Property(seed = "20261124", tries = 500)
    void aLineHasNoControls_andIsBounded(@ForAll String text) {
        String line = Foreign.line(text, 40);

        assertTrue(line.codePointCount(0, line.length()) <= 40);
        assertTrue(line.chars().noneMatch(Character::isISOControl));
        assertEquals(line, Foreign.line(line, 40));
    }

    @Property(seed = "20261124", tries = 500)
    void wrappingChangesSpacesOnly(@ForAll String text) {
        assertEquals(withoutSpaces(text), withoutSpaces(TextLayout.wrap(text)));
    }

    /** Without all that Java calls white space, which is more than the one of regular expressions. */
    private static String withoutSpaces(String text) {
        return text.codePoints()
                .filter(each -> !Character.isWhitespace(each))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
