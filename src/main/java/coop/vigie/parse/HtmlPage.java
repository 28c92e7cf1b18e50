package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * One page as a tree.
 *
 * @param base what relative links are relative to: its {@code <base href>}, else its address
 * @param failure null for an HTML page; else what the document is instead, and the tree is empty
 */
public record HtmlPage(
        Document document,
        URI address,
        URI base,
        int bytes,
        @Nullable String failure) {

    private static final int DEEPEST = 300;
    private static final int TITLE_LENGTH = 120;

    /** More text than a challenge or a login desk shows. */
    private static final int PAGE_OF_SUBSTANCE = 2_000;

    private static final Pattern FIRST_ELEMENT = Pattern.compile("<([A-Za-z][\\w:.-]{0,40})");
    private static final Map<String, String> OTHER = Map.of(
            "rss", "an RSS feed",
            "feed", "an Atom feed",
            "rdf:rdf", "an RDF feed",
            "urlset", "a sitemap",
            "sitemapindex", "a sitemap");
    private static final Pattern CHALLENGE =
            Pattern.compile("(?i)just a moment|un instant\\W|een ogenblik|attention required"
                    + "|checking your browser|ddos|bot (?:detection|verification|protection)|anti-?bot|captcha|are you (?:a robot|human)"
                    + "|not a robot|(?:you are|vous êtes|bent) (?:human|humain|een mens)|enable javascript and cookies"
                    + "|access (?:denied|blocked)|accès refusé|toegang geweigerd|incapsula|request unsuccessful");

    public static HtmlPage of(Payload payload) {
        String text = Charsets.html(payload.bytes(), payload.contentType());
        String other = notAPage(text, payload);
        Document document =
                Jsoup.parse(other == null ? text : "", "", Parser.htmlParser().setMaxDepth(DEEPEST));
        document.outputSettings().prettyPrint(false);
        Element base = document.selectFirst("base[href]");
        URI resolved = base == null ? null : Links.resolve(base.attr("href"), payload.uri());
        return new HtmlPage(
                document, payload.uri(), resolved == null ? payload.uri() : resolved, payload.bytes().length, other);
    }

    private static @Nullable String notAPage(String text, Payload payload) {
        int bytes = payload.bytes().length;
        if (text.isBlank()) {
            return "an empty page (" + size(bytes) + "), where HTML was expected";
        }
        if (text.startsWith("%PDF")) {
            return "a PDF document (" + size(bytes) + "), where an HTML page was expected";
        }
        Matcher element = FIRST_ELEMENT.matcher(text);
        if (text.indexOf('\0') >= 0 || !element.find() || text.stripLeading().matches("(?s)[{\\[].*")) {
            String type = payload.contentType();
            return "a document that is no HTML (" + (type == null ? "" : type + ", ") + size(bytes)
                    + "), where an HTML page was expected";
        }
        String name = OTHER.get(element.group(1).toLowerCase(Locale.ROOT));
        return name == null ? null : name + " (" + size(bytes) + "), where an HTML page was expected";
    }

    /** On one line, at most 120 characters; "" if it has none. */
    public String title() {
        String title = CleanHtml.line(document.title());
        return title.length() <= TITLE_LENGTH ? title : title.substring(0, TITLE_LENGTH) + "…";
    }

    /** "the page titled 'Appels' (12,345 bytes)": enough to see whether it is the one that was meant. */
    String described() {
        String named = title().isEmpty() ? "without a title" : "titled '" + title() + "'";
        return "the page " + named + " (" + size(bytes) + ")";
    }

    private static String size(int bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    /** What stands between us and the page: a bot challenge or a login desk; null if nothing seems to. */
    public @Nullable String obstacle() {
        String text = FieldSelector.text(document.body());
        if (text.length() > PAGE_OF_SUBSTANCE) {
            return null;
        }
        if (CHALLENGE.matcher(document.title() + "\n" + text).find()) {
            return described() + " is a bot challenge or a refusal, not what was asked for";
        }
        return document.selectFirst("input[type=password]") == null ? null : described() + " asks for a password";
    }

    /** Absolute http or https address of what an element writes; null if it is none. */
    public @Nullable String absolute(String written) {
        return written.isBlank() || written.strip().startsWith("#") ? null : Links.absolute(written, base);
    }

    /** As its {@code html} element states it. */
    public @Nullable String language() {
        Element html = document.selectFirst("html");
        return html == null
                ? null
                : ItemLanguage.code(html.hasAttr("lang") ? html.attr("lang") : html.attr("xml:lang"));
    }
}
