package coop.vigie.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdom2.Attribute;
import org.jdom2.Content;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.Text;
import org.jdom2.Verifier;
import org.jdom2.filter.Filters;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/**
 * Markup inside a feed's texts, in all the ways it can stand there, as one: escaped HTML.
 *
 * <p>Atom's texts are plain, escaped, inline XHTML, other XML, or Base64 (RFC 4287 sections 3.1 and 4.1.3.3; Atom 0.3 says it
 * with {@code mode}). Rome keeps only some of them, and loses elements that stand where the type promises none.
 */
final class FeedMarkup {

    private static final Set<String> ATOM_TEXTS = Set.of("title", "subtitle", "summary", "content");

    private static final Pattern LOOKS_LIKE_HTML =
            Pattern.compile("</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\\s[^<>]{0,2000})?/?>|&#?\\w{1,30};");
    private static final Pattern BASE64 = Pattern.compile("\\s*+(?:[A-Za-z0-9+/]++\\s*+)++={0,2}\\s*+");
    private static final Pattern VOID_END = Pattern.compile("</(?:area|base|br|col|embed|hr|img|input|link|meta|wbr)>");

    /** Twice what {@code CleanHtml} reads. Longer texts, escaped once more, could fill the memory. */
    private static final int LONGEST = 1_000_000;

    private FeedMarkup() {}

    /** Cuts every text that is far too long, and says how many there were. */
    static int cutTexts(Document document) {
        int cut = 0;
        for (Text text : document.getDescendants(Filters.text())) {
            if (text.getText().length() > LONGEST) {
                text.setText(cut(text.getText()));
                cut++;
            }
        }
        return cut;
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** Brings the texts right below an Atom feed or entry into a form that Rome reads: plain or escaped. */
    static void settle(Element parent) {
        for (Element field : parent.getChildren()) {
            if (ATOM_TEXTS.contains(field.getName())
                    && field.getNamespace().equals(parent.getNamespace())
                    && field.getAttribute("src") == null) {
                settleText(field);
            }
        }
    }

    private static void settleText(Element field) {
        String type = field.getAttributeValue("type", "text").strip().toLowerCase(Locale.ROOT);
        String mode = field.getAttributeValue("mode", "");
        field.removeAttribute("mode");
        if (!field.getChildren().isEmpty() || type.contains("xhtml")) {
            field.setText(markup(soleDivision(field)));
            field.setAttribute("type", "html");
        } else if (isBase64(type, mode) && BASE64.matcher(field.getText()).matches()) {
            String decoded = decoded(field.getText());
            // What is no text, a picture for example, leaves nothing to read; but a title is always one.
            boolean isAsWritten = decoded.isEmpty() && field.getName().equals("title");
            field.setText(isAsWritten ? field.getText() : decoded);
            field.setAttribute("type", LOOKS_LIKE_HTML.matcher(decoded).find() ? "html" : "text");
        } else if (type.startsWith("text/")) {
            field.setAttribute("type", type.equals("text/html") ? "html" : "text");
        }
    }

    private static boolean isBase64(String type, String mode) {
        if (mode.strip().equalsIgnoreCase("base64")) {
            return true;
        }
        boolean media = type.contains("/");
        return media && !type.startsWith("text/") && !type.endsWith("/xml") && !type.endsWith("+xml");
    }

    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Verifier.checkCharacterData(text) == null ? text : "";
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return "";
        }
    }

    /** XHTML stands in one div that is no part of it (RFC 4287 section 3.1.1.3). */
    private static Element soleDivision(Element field) {
        List<Content> content = field.getContent().stream()
                .filter(each -> each instanceof Element || !each.getValue().isBlank())
                .toList();
        return content.size() == 1
                        && content.getFirst() instanceof Element only
                        && only.getName().equals("div")
                ? only
                : field;
    }

    /** What stands inside an element, as HTML. Its namespaces are taken away on the way. */
    static String markup(Element field) {
        field.getChildren().forEach(FeedMarkup::withoutNamespaces);
        // An empty element written short would be an open one in HTML and swallow what follows.
        var format = Format.getRawFormat().setOmitDeclaration(true).setExpandEmptyElements(true);
        List<Content> content = field.getContent();
        return VOID_END.matcher(cut(new XMLOutputter(format).outputString(content)))
                .replaceAll("");
    }

    private static void withoutNamespaces(Element element) {
        List.copyOf(element.getAdditionalNamespaces()).forEach(element::removeNamespaceDeclaration);
        for (Attribute attribute : List.copyOf(element.getAttributes())) {
            if (!attribute.getNamespace().equals(Namespace.NO_NAMESPACE)) {
                attribute.detach();
            }
        }
        element.setNamespace(Namespace.NO_NAMESPACE);
        element.getChildren().forEach(FeedMarkup::withoutNamespaces);
    }
}
