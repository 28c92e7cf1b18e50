package coop.vigie.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What the mails are made of, against what mail programs show: nothing that a reader needs may be lost in one of them. */
class MailClientsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CLIENTS = List.of("gmail/", "outlook/", "apple-mail/", "thunderbird/");

    /** What some programs ignore, and why that costs a reader nothing. */
    private static final Map<String, String> ENHANCEMENTS = Map.ofEntries(
            Map.entry("css-at-media", "only for the dark colours"),
            Map.entry("html-style", "holds only the dark colours"),
            Map.entry("css-selector-class", "likewise"),
            Map.entry("html-body", "the table in it has its colours, too"),
            Map.entry("html-doctype", "nothing depends on it"),
            Map.entry("html-role", "for screen readers"),
            Map.entry("css-at-media-prefers-color-scheme", "dark colours; without them the mail is light"),
            Map.entry("html-meta-color-scheme", "tells that there are dark colours"),
            Map.entry("css-color-scheme", "likewise"),
            Map.entry("css-max-width", "without it, lines are as wide as the window"),
            Map.entry("css-overflow-wrap", "breaks words that are longer than the line, which the text part has, too"),
            Map.entry("html-dir", "titles from right to left"),
            Map.entry("css-important", "only inside the dark colours"),
            Map.entry("css-selector-type", "likewise"),
            Map.entry("css-selector-descendant", "likewise"),
            Map.entry("html-lang", "for screen readers"));

    private static final Pattern DECLARATION = Pattern.compile("([a-z-]+)\\s*:\\s*([^;}]+)");

    @Test
    void useNothingThatAClientCannotShow() throws IOException {
        Map<String, Set<String>> refusing = refusing();
        var lost = new TreeMap<String, Set<String>>();
        for (String page : pages()) {
            for (String feature : features(page)) {
                Set<String> clients = refusing.getOrDefault(feature, Set.of());
                if (!clients.isEmpty() && !ENHANCEMENTS.containsKey(feature)) {
                    lost.put(feature, clients);
                }
            }
        }

        assertEquals(Map.of(), lost);
    }

    /** Holds without the table, too: what all programs cut out, and what loads or runs. */
    @Test
    void areMadeOfTextAndTablesOnly() throws IOException {
        Set<String> allowed = Set.of(
                "#root", "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "h1", "h2",
                "p", "a", "b", "br", "span", "div");
        for (String page : pages()) {
            Document document = Jsoup.parse(page);
            Set<String> tags = new TreeSet<>();
            document.getAllElements().forEach(element -> tags.add(element.tagName()));
            tags.removeAll(allowed);

            assertEquals(Set.of(), tags);
            assertEquals(List.of(), document.select("[src], [background], link, [style*=url], [onclick]"));
            document.select("table").forEach(table -> assertEquals("presentation", table.attr("role")));
        }
    }

    private static List<String> pages() throws IOException {
        var pages = new ArrayList<String>();
        for (String language : Messages.LANGUAGES) {
            pages.add(WholeDigestTest.rendered(language).html());
            pages.add(new Renderer(null)
                    .render(
                            new Letter(language, Letter.About.OPT_IN, List.of("Arts de la scène")),
                            Samples.frame(Labels.NONE))
                    .html());
        }
        return pages;
    }

    /** Each feature with the programs that do not have it in any of their versions that we name. */
    private static Map<String, Set<String>> refusing() throws IOException {
        var refusing = new TreeMap<String, Set<String>>();
        for (String line : Files.readAllLines(Corpus.require("email-html/caniemail_features.jsonl"))) {
            JsonNode feature = JSON.readTree(line);
            var clients = new TreeSet<String>();
            feature.path("support_latest").properties().forEach(support -> {
                boolean ours =
                        CLIENTS.stream().anyMatch(client -> support.getKey().startsWith(client));
                if (ours && support.getValue().asText().startsWith("n")) {
                    clients.add(support.getKey());
                }
            });
            refusing.put(feature.path("slug").asText(), clients);
        }
        return refusing;
    }

    /** The names under which the table lists what a page uses. */
    private static Set<String> features(String html) {
        Document document = Jsoup.parse(html);
        var features = new TreeSet<String>();
        features.add("html-doctype");
        for (Element element : document.getAllElements()) {
            features.add(tag(element.tagName()));
            for (Attribute attribute : element.attributes()) {
                features.add("html-" + attribute.getKey());
            }
            properties(element.attr("style")).forEach(features::add);
            if (element.attr("href").startsWith("mailto:")) {
                features.add("html-mailto-links");
            }
            if (element.attr("name").equals("color-scheme")) {
                features.add("html-meta-color-scheme");
            }
        }
        String sheet =
                document.select("style").text() + document.select("style").html();
        properties(sheet).forEach(features::add);
        features.addAll(matches(
                sheet,
                Map.of(
                        "@media", "css-at-media",
                        "prefers-color-scheme", "css-at-media-prefers-color-scheme",
                        "!important", "css-important",
                        ":hover", "css-pseudo-class-hover",
                        "@supports", "css-at-supports",
                        "var(", "css-variables",
                        "calc(", "css-unit-calc")));
        features.add("css-selector-class");
        features.add("css-selector-type");
        return features;
    }

    private static Set<String> matches(String sheet, Map<String, String> names) {
        var found = new TreeSet<String>();
        names.forEach((text, name) -> {
            if (sheet.contains(text)) {
                found.add(name);
            }
        });
        return found;
    }

    private static String tag(String name) {
        return switch (name) {
            case "h1", "h2", "h3" -> "html-h1-h6";
            case "ul", "ol", "li" -> "html-lists";
            case "b", "strong" -> "html-strong";
            default -> "html-" + name;
        };
    }

    private static Stream<String> properties(String style) {
        var properties = new ArrayList<String>();
        Matcher declarations = DECLARATION.matcher(style);
        while (declarations.find()) {
            properties.add("css-" + declarations.group(1));
        }
        return properties.stream();
    }
}
