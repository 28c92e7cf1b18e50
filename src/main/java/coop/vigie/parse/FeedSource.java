package coop.vigie.parse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * The text of a document freed of what stands before its root: garbage, prolog and DOCTYPE.
 *
 * @param xml begins with the first tag, comment or instruction after them
 * @param repaired true if something stood there that XML forbids
 */
record FeedSource(String xml, boolean repaired) {

    private static final Pattern HTML = Pattern.compile(
            "(?is)\\s{0,1000}(?:<!--.{0,5000}?-->\\s{0,1000})?(?:<!doctype\\s{1,10}html|<html[\\s>]|<head[\\s>]|<body[\\s>]).*");
    private static final Pattern FEED_ROOT = Pattern.compile("<(?:\\w{1,20}:)?(?:rss|RSS|RDF|rdf|feed|channel)[\\s>]");
    private static final Pattern END = Pattern.compile("</(?:\\w{1,20}:)?(?:channel|feed|RDF|rdf|CHANNEL)");
    private static final Pattern ITEM_START = Pattern.compile("<(?:\\w{1,20}:)?(?:item|entry|ITEM)[\\s>]");
    private static final Pattern ITEM_END = Pattern.compile("</(?:\\w{1,20}:)?(?:item|entry|ITEM)\\s{0,5}>");

    static FeedSource of(String text) {
        int start = text.indexOf('<');
        String rest = start < 0 ? "" : text.substring(start);
        boolean repaired = start > 0 && (!text.substring(0, start).isBlank() || rest.startsWith("<?xml"));
        if (rest.startsWith("<?xml") && !rest.startsWith("<?xml-")) {
            int end = rest.indexOf("?>");
            int tag = rest.indexOf('>');
            repaired |= end < 0 || end > tag;
            rest = rest.substring(Math.max(end >= 0 && end < tag ? end + 2 : tag + 1, 0));
        }
        int doctype = doctype(rest);
        if (doctype >= 0) {
            rest = rest.substring(0, doctype) + rest.substring(endOfDoctype(rest, doctype));
        }
        return new FeedSource(rest.stripLeading(), repaired);
    }

    /** What it is if it cannot be a feed: one phrase; null if it may be one. */
    static @Nullable String notAFeed(String text) {
        String start = text.stripLeading();
        if (start.isEmpty()) {
            return "an empty document";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "a JSON document";
        }
        if (HTML.matcher(start.substring(0, Math.min(start.length(), 8_000))).matches()
                && !FEED_ROOT.matcher(text).find()) {
            return htmlPage(text);
        }
        return start.indexOf('<') < 0 ? "plain text" : null;
    }

    static String htmlPage(String text) {
        String title =
                Jsoup.parse(text.substring(0, Math.min(text.length(), 200_000))).title();
        return title.isBlank() ? "an HTML page" : "an HTML page titled '" + shorten(title.strip()) + "'";
    }

    private static String shorten(String title) {
        return title.length() <= 100 ? title : title.substring(0, 100) + "…";
    }

    /** Counts what would become part of a tree: not the markup inside CDATA sections. */
    boolean hasMoreTagsThan(int most) {
        int tags = 0;
        int at = xml.indexOf('<');
        while (at >= 0 && tags <= most) {
            tags++;
            int end = xml.startsWith("<![CDATA[", at) ? xml.indexOf("]]>", at) : at + 1;
            at = end < 0 ? -1 : xml.indexOf('<', end);
        }
        return tags > most;
    }

    /** True if the feed stops before its end. */
    boolean isTruncated() {
        return !END.matcher(xml).find();
    }

    /** True if the last entry was begun and not finished. */
    boolean endsInsideItem() {
        return last(ITEM_START) > last(ITEM_END);
    }

    private int last(Pattern pattern) {
        Matcher matcher = pattern.matcher(xml);
        int last = -1;
        while (matcher.find()) {
            last = matcher.start();
        }
        return last;
    }

    /** Offset of a DOCTYPE before the first element; -1 if there is none. */
    private static int doctype(String xml) {
        int at = 0;
        while (true) {
            at = xml.indexOf('<', at);
            if (at < 0 || at + 1 >= xml.length() || Character.isLetter(xml.charAt(at + 1))) {
                return -1;
            }
            if (xml.startsWith("<!--", at)) {
                int end = xml.indexOf("-->", at);
                if (end < 0) {
                    return -1;
                }
                at = end;
            } else if (xml.regionMatches(true, at, "<!doctype", 0, 9)) {
                return at;
            }
            at++;
        }
    }

    /** After the closing ">" of a DOCTYPE with or without its own declarations. */
    private static int endOfDoctype(String xml, int start) {
        int depth = 0;
        char quote = 0;
        for (int i = start; i < xml.length(); i++) {
            char c = xml.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (xml.startsWith("<!--", i)) {
                int end = xml.indexOf("-->", i);
                i = end < 0 ? xml.length() : end + 2;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            } else if (c == '>' && depth <= 0) {
                return i + 1;
            }
        }
        // Unbalanced: give up at its first ">", so that the feed itself is not lost.
        int end = xml.toLowerCase(Locale.ROOT).indexOf('>', start);
        return end < 0 ? xml.length() : end + 1;
    }
}
