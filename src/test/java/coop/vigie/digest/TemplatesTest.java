package coop.vigie.digest;

import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.edition;
import static coop.vigie.digest.Samples.frame;
import static coop.vigie.digest.Samples.fresh;
import static coop.vigie.digest.Samples.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.LocalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    @TempDir
    Path home;

    @Test
    void aTemplateOfTheHomeWins_andTheOtherStaysBuiltIn() throws IOException {
        write("digest.txt.ftl", "<#list blocks as block>${block.heading}: ${block.items?size}</#list>");

        Rendered rendered = render();

        assertEquals("Nouveau, par date limite: 1\n", rendered.text());
        assertTrue(rendered.html().startsWith("<!DOCTYPE html>"), rendered.html());
    }

    @Test
    void escapesInAnOverridingHtmlTemplateToo() throws IOException {
        write("digest.html.ftlh", "<p>${blocks[0].items[0].title}</p>");

        assertEquals("<p>Du &lt;b&gt; gras</p>", render().html());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            broken directive    | 2 | 1 | a⏎<#list blocks as b>
            unknown value       | 1 | 3 | ${nonsense}
            object of Java      | 1 | 3 | ${"freemarker.template.utility.Execute"?new()("id")}
            text as template    | 2 | 7 | a⏎${"x"?eval}
            text as template    | 1 | 13 | <#assign x="7*7"?interpret><@x/>
            api                 | 1 | 9 | ${blocks?api.class}
            include outside     | 1 | 1 | <#include "../../../../etc/passwd">
            include by address  | 1 | 1 | <#include "file:///etc/passwd">
            unescaped           | 1 | 8 | ${brand?no_esc}
            """)
    void namesTemplateLineAndColumn_whenATemplateIsBroken(String what, int line, int column, String template)
            throws IOException {
        write("digest.html.ftlh", template.replace('⏎', '\n'));

        var broken = assertThrows(BrokenTemplate.class, this::render, what);

        assertEquals("digest.html.ftlh", broken.template());
        assertEquals(line, broken.line(), broken.getMessage());
        assertTrue(
                String.valueOf(broken.getMessage())
                        .startsWith(
                                "the template templates/digest.html.ftlh cannot be used (line " + line + ", column "),
                broken.getMessage());
        assertFalse(String.valueOf(broken.getMessage()).contains("\n"));
        assertEquals(column > 0, broken.column() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${blocks.class}", "${blocks[0].items.getClass()}", "${brand.bytes}"})
    void seesNoJava(String template) throws IOException {
        write("digest.html.ftlh", template);

        assertThrows(BrokenTemplate.class, this::render);
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Path secret = Files.writeString(home.resolve("secret.txt"), "secret");
        Files.createDirectories(home.resolve("templates"));
        Files.createSymbolicLink(home.resolve("templates/inside.txt"), secret);
        write("digest.html.ftlh", "<#include \"inside.txt\">");

        assertThrows(BrokenTemplate.class, this::render);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${item.answers[0].link}", "${reference}", "${unsubscribe}"})
    void refusesWhatIsOneReadersOwn_inWhatAllReadersGet(String own) throws IOException {
        write("digest.html.ftlh", "<#assign item=blocks[0].items[0]><@item.same part=\"p\">" + own + "</@item.same>");

        var broken = assertThrows(
                BrokenTemplate.class,
                () -> new Renderer(home.resolve("templates"))
                        .render(
                                edition("fr", fresh(call("a", on("2026-12-20")))),
                                frame().answeredBy(new Answers("stop@example.org", "tokenofone"))));

        assertTrue(String.valueOf(broken.getMessage()).contains("all readers"), broken.getMessage());
    }

    @Test
    void usesTheBuiltInOnes_whenTheHomeHasNoFolder() {
        assertTrue(new Renderer(home.resolve("nowhere"))
                .render(edition("fr", fresh(call("a", on("2026-12-20")))), frame())
                .text()
                .contains("Appel a"));
    }

    private void write(String name, String template) throws IOException {
        Files.createDirectories(home.resolve("templates"));
        Files.writeString(home.resolve("templates").resolve(name), template);
    }

    private Rendered render() {
        return new Renderer(home.resolve("templates"))
                .render(
                        edition(
                                "fr",
                                fresh(call("a", on("2026-12-20"), n -> n.title(LocalText.of("fr", "Du <b> gras"))))),
                        frame());
    }
}
