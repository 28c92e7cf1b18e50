package coop.vigie.newsletter;

import coop.vigie.digest.Renderer;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Words of people, in Markdown of which paragraphs, bold, italics, lists and links to http, https and mailto count. All the
 * rest is shown as the plain text that it is: no HTML, no image, no heading, no code.
 */
final class Prose {

    private static final Parser PARSER =
            Parser.builder().enabledBlockTypes(Set.of(ListBlock.class)).build();
    private static final HtmlRenderer CLEAN =
            HtmlRenderer.builder().escapeHtml(true).build();
    private static final HtmlRenderer STYLED = HtmlRenderer.builder()
            .escapeHtml(true)
            .attributeProviderFactory(context -> Prose::style)
            .build();
    private static final MarkdownRenderer MARKDOWN = MarkdownRenderer.builder().build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .build();

    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:)[^/?#\\s].*");

    private Prose() {}

    /** In every form that a template can ask for: {@code html} with the styles of a mail, {@code clean}, {@code md}, {@code text}. */
    static Map<String, Object> of(String markdown) {
        Node words = parse(markdown);
        return Map.of(
                "html", Renderer.markup(STYLED.render(words)),
                "clean", Renderer.markup(CLEAN.render(words)),
                "md", MARKDOWN.render(words).strip(),
                "text", TEXT.render(words).strip());
    }

    /** Plain words as Markdown that people can go on writing in: only what could be markup is escaped. */
    static String plain(String line) {
        return line.replaceAll("[\\\\*_\\[\\]<>`&]", "\\\\$0")
                .replaceFirst("^([#+-])", "\\\\$1")
                .replaceFirst("^(\\d+)([.)])", "$1\\\\$2");
    }

    private static Node parse(String markdown) {
        var visible = new StringBuilder(markdown.length());
        markdown.codePoints().filter(Prose::isVisible).forEach(visible::appendCodePoint);
        Node document = PARSER.parse(visible.toString());
        document.accept(new Restriction());
        return document;
    }

    /** What could turn or hide the text around it goes; the joiners stay, since Persian words and emoji need them. */
    private static boolean isVisible(int each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL -> each == '\n' || each == '\t';
            case Character.FORMAT -> each == 0x200C || each == 0x200D;
            case Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static void style(Node node, String tag, Map<String, String> attributes) {
        switch (tag) {
            case "a" -> {
                attributes.put("class", "t");
                attributes.put("style", "color:#0b57a4");
            }
            case "p" -> attributes.put("style", "margin:6px 0");
            case "ul", "ol" -> attributes.put("style", "margin:6px 0;padding-left:22px");
            default -> {}
        }
    }

    /** Takes out of the tree what is not among the few things that count. */
    private static final class Restriction extends AbstractVisitor {

        @Override
        public void visit(HtmlInline html) {
            replace(html, html.getLiteral());
        }

        @Override
        public void visit(Code code) {
            replace(code, code.getLiteral());
        }

        @Override
        public void visit(Image image) {
            unwrap(image);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            link.setTitle(null);
            // Not the renderer's own check: that one leaves an empty link, lets relative ones pass, and adds an
            // attribute.
            if (!LINK.matcher(link.getDestination()).matches()) {
                unwrap(link);
            }
        }

        private static void replace(Node node, String text) {
            node.insertBefore(new Text(text));
            node.unlink();
        }

        private void unwrap(Node node) {
            visitChildren(node);
            for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
                node.insertBefore(child);
            }
            node.unlink();
        }
    }
}
