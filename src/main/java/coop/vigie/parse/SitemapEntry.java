package coop.vigie.parse;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a sitemap or of an index, as written; "" for what it does not say.
 *
 * @param page false for a sitemap that an index names
 * @param changed its {@code lastmod}
 * @param published of a news sitemap
 * @param alternates address to language tag of its translations
 */
record SitemapEntry(
        boolean page, String address, String changed, String published, String title, Map<String, String> alternates) {

    static SitemapEntry of(String address) {
        return new SitemapEntry(true, address, "", "", "", Map.of());
    }

    SitemapEntry changed(String other) {
        return new SitemapEntry(page, address, other, published, title, alternates);
    }

    SitemapEntry titled(String other) {
        return new SitemapEntry(page, address, changed, published, other, alternates);
    }

    /** As it says of itself among its translations; null if it does not. */
    @Nullable
    String language() {
        return ItemLanguage.code(alternates.get(address));
    }

    /** Absolute address to language, without what is none. */
    Map<String, String> translations(URI base) {
        var translations = new HashMap<String, String>();
        alternates.forEach((written, tag) -> {
            String absolute = Links.absolute(written, base);
            String language = ItemLanguage.code(tag);
            if (absolute != null && language != null) {
                translations.put(absolute, language);
            }
        });
        return translations;
    }

    /** The last words of an address: "Appel culture 2026" of {@code …/fr/appel-culture-2026.html?lang=fr}. */
    static String words(String address) {
        String path = address.replaceFirst("[?#].*", "").replaceFirst("^\\w+://[^/]*", "");
        String last = path.replaceFirst("/+$", "").replaceFirst(".*/", "").replaceFirst("\\.\\w{1,5}$", "");
        String words = decoded(last).replaceAll("[-_+\\s]+", " ").strip();
        if (words.length() < 2 || !words.chars().anyMatch(Character::isLetter)) {
            return address.replaceFirst("^\\w+://", "");
        }
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return segment;
        }
    }

    /** A sitemap of this entry alone. */
    String raw() {
        var xml = new StringBuilder("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
                + " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"><url>");
        var fields = new LinkedHashMap<String, String>();
        fields.put("loc", address);
        fields.put("lastmod", changed);
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                xml.append("<%1$s>%2$s</%1$s>".formatted(name, Entities.escape(value)));
            }
        });
        alternates.forEach((href, language) -> xml.append("<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"%s\"/>"
                .formatted(Entities.escape(language), Entities.escape(href))));
        return xml.append("</url></urlset>").toString();
    }
}
