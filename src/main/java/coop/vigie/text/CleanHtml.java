package coop.vigie.text;

import java.nio.charset.Charset;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Makes untrusted HTML harmless: to a few plain elements for a mail, or to plain text. Never throws. */
public final class CleanHtml {

    /** Longer input is cut here. */
    private static final int LIMIT = 500_000;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int DEEPEST = 100;

    private static final Safelist ALLOWED = new Safelist()
            .addTags("p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "blockquote", "a")
            .addAttributes("a", "href")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addEnforcedAttribute("a", "rel", "noopener");

    private static final Set<String> UNSEEN = Set.of(
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "frame",
            "frameset",
            "noframes",
            "object",
            "embed",
            "applet",
            "svg",
            "math",
            "textarea",
            "select",
            "head",
            "title",
            "audio",
            "video",
            "canvas",
            "noembed",
            "xmp",
            "plaintext");

    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "br",
            "ul",
            "ol",
            "li",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "tr",
            "section",
            "article",
            "header",
            "footer",
            "aside",
            "nav",
            "main",
            "form",
            "fieldset",
            "dl",
            "dt",
            "dd",
            "pre",
            "hr",
            "figure",
            "figcaption",
            "address",
            "caption",
            "details",
            "summary",
            "center",
            "thead",
            "tbody",
            "tfoot",
            "body");

    private CleanHtml() {}

    /**
     * Only paragraphs, lists, emphasis, quotations and links; a link only with an absolute http, https or mailto address.
     * What is not allowed loses its tag and keeps its text; scripts and styles lose both.
     */
    public static String safe(String html) {
        Document dirty = parse(html);
        dirty.select(String.join(
                        ",",
                        UNSEEN.stream().filter(name -> !name.equals("head")).toList()))
                .remove();
        Document clean = new Cleaner(ALLOWED).clean(dirty);
        for (Element link : clean.select("a:not([href])")) {
            link.unwrap();
        }
        clean.outputSettings().prettyPrint(false);
        return withoutControls(clean.body().html()).strip();
    }

    /** Plain text: one line per block, entities decoded, white space collapsed, nothing invisible left. */
    public static String text(String html) {
        String plain = html.indexOf('<') < 0 && html.indexOf('&') < 0 ? html : visible(parse(html));
        return tidy(plain);
    }

    /** As {@link #text}, on one line: for titles and names. */
    public static String line(String html) {
        return text(html).replace('\n', ' ');
    }

    /** White space collapsed and control characters removed in what is plain text already. */
    public static String tidy(String plain) {
        StringBuilder out = new StringBuilder(Math.min(plain.length(), LIMIT));
        boolean space = false;
        boolean line = false;
        for (int i = 0; i < plain.length() && i < LIMIT; i++) {
            char c = meant(plain.charAt(i));
            // Most are, and need no further question.
            boolean isAsciiSign = c > ' ' && c <= '~';
            if (!isAsciiSign && isLineBreak(c)) {
                line = true;
            } else if (!isAsciiSign && isSpace(c)) {
                space = true;
            } else if (isAsciiSign || !isInvisible(c)) {
                if (!out.isEmpty() && (line || space)) {
                    out.append(line ? '\n' : ' ');
                }
                line = false;
                space = false;
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u000B' || c == '\f';
    }

    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || c == '\t' || c == '\u0085';
    }

    private static Document parse(String html) {
        Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        return Jsoup.parse(html.length() > LIMIT ? html.substring(0, LIMIT) : html, "", parser);
    }

    private static String visible(Document document) {
        StringBuilder out = new StringBuilder();
        NodeTraversor.filter(
                new NodeFilter() {
                    @Override
                    public FilterResult head(Node node, int depth) {
                        if (UNSEEN.contains(node.nodeName())) {
                            return FilterResult.SKIP_ENTIRELY;
                        }
                        if (node instanceof TextNode words) {
                            out.append(words.getWholeText().replace('\n', ' ').replace('\r', ' '));
                        } else {
                            separate(node);
                        }
                        return FilterResult.CONTINUE;
                    }

                    @Override
                    public FilterResult tail(Node node, int depth) {
                        separate(node);
                        return FilterResult.CONTINUE;
                    }

                    private void separate(Node node) {
                        String name = node.nodeName();
                        if (BLOCKS.contains(name)) {
                            out.append('\n');
                        } else if (name.equals("td") || name.equals("th")) {
                            out.append(' ');
                        }
                    }
                },
                document.body());
        return out.toString();
    }

    /** Pages write a reference to character 146 and mean what windows-1252 has there; nobody means a C1 control character. */
    private static char meant(char c) {
        boolean control = c >= '\u0080' && c <= '\u009F' && c != '\u0085';
        return control ? new String(new byte[] {(byte) c}, WINDOWS_1252).charAt(0) : c;
    }

    private static String withoutControls(String html) {
        StringBuilder out = new StringBuilder(html.length());
        html.chars()
                .map(c -> meant((char) c))
                .filter(c -> c == '\n' || c == '\t' || !isInvisible((char) c))
                .forEach(c -> out.append((char) c));
        return out.toString();
    }

    /** Control characters, and marks that hide or turn around what a reader sees. */
    private static boolean isInvisible(char c) {
        return Character.isISOControl(c)
                || c == '\u00AD'
                || c == '\u200B'
                || c == '\uFEFF'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\uFFFE'
                || c == '\uFFFF';
    }
}
