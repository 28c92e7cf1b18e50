package coop.vigie.parse;

import coop.vigie.text.CleanHtml;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jspecify.annotations.Nullable;

/**
 * A CSS selector as {@code feeds.yaml} writes it: {@code h3 a}, or {@code time@datetime} where an attribute counts and not
 * the text, or {@code @href} for an attribute of the element searched in.
 */
public final class FieldSelector {

    /** The fields of a list page. All but {@code item} and {@code next} are searched for inside each item. */
    public static final List<String> LIST =
            List.of("item", "title", "link", "summary", "published", "deadline", "next");

    /** The fields of an item's own page. */
    public static final List<String> DETAIL = List.of("title", "text", "deadline", "language", "attachments");

    private static final Pattern WITH_ATTRIBUTE = Pattern.compile("(?<css>.*)@(?<attribute>[A-Za-z_][\\w:.-]{0,60})");

    /** Begins with what is rare: looking back at every character takes longer than all the rest. */
    private static final Pattern NEIGHBOURS =
            Pattern.compile("><(?<=</(?:span|a|time|small|label|button)><)(?=(?:span|a|time|small|label|button)\\b)");

    private final String written;
    private final @Nullable Evaluator css;
    private final @Nullable String attribute;

    private FieldSelector(String written, @Nullable Evaluator css, @Nullable String attribute) {
        this.written = written;
        this.css = css;
        this.attribute = attribute;
    }

    /** @throws IllegalArgumentException with one sentence that says what is wrong with it */
    public static FieldSelector of(String written) {
        Matcher parts = WITH_ATTRIBUTE.matcher(written.strip());
        boolean withAttribute = parts.matches();
        String css = withAttribute ? parts.group("css").strip() : written.strip();
        if (css.isEmpty() && !withAttribute) {
            throw new IllegalArgumentException("is empty; write a CSS selector such as \"h3 a\"");
        }
        try {
            return new FieldSelector(
                    written.strip(),
                    css.isEmpty() ? null : QueryParser.parse(css),
                    withAttribute ? parts.group("attribute") : null);
        } catch (IllegalStateException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'" + written.strip() + "' is not a CSS selector: " + wrong.getMessage(), wrong);
        }
    }

    List<Element> all(Element within) {
        return css == null ? List.of(within) : within.select(css);
    }

    @Nullable
    Element first(Element within) {
        return css == null ? within : within.selectFirst(css);
    }

    @Nullable
    String attribute() {
        return attribute;
    }

    /** The attribute if one was asked for; else the text, a line per block. */
    String value(Element element) {
        return attribute == null ? text(element) : CleanHtml.tidy(element.attr(attribute));
    }

    /** What a reader sees of an element, a line per block. */
    public static String text(Element element) {
        // Cards put one span below the other by style sheet; without it their words would run into each other.
        String html = NEIGHBOURS.matcher(element.outerHtml()).replaceAll("> <");
        // A row alone is no HTML, and would lose its cells.
        boolean partOfTable = element.normalName().matches("t[rdh]|tbody|thead|tfoot");
        return CleanHtml.text(partOfTable ? "<table>" + html + "</table>" : html);
    }

    @Override
    public String toString() {
        return written;
    }
}
