package coop.vigie.parse;

import coop.vigie.notice.Notice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Pages that name each other as translations (hreflang). Each of them names all, itself included or not; so the set of
 * addresses is the same on all of them if, and only if, they agree, and becomes the key that joins their notices to one call.
 */
final class Translations {

    private static final int MOST = 40;

    private Translations() {}

    /** The key of a page that states its translations; null if it states none. */
    static @Nullable String of(HtmlPage page) {
        var stated = new TreeMap<String, String>();
        for (Element link : page.document().select("link[rel~=(?i)\\balternate\\b][hreflang][href]")) {
            String language = ItemLanguage.code(link.attr("hreflang"));
            String address = page.absolute(link.attr("href"));
            // "x-default" is a page among the others.
            if (language != null && address != null && stated.size() < MOST) {
                stated.putIfAbsent(address, language);
            }
        }
        String own = page.language();
        return key(page.address().toString(), own == null ? "" : own, stated);
    }

    /**
     * @param address of the page itself
     * @param language of the page itself; "" if nobody says
     * @param stated absolute address to language, of those it names
     */
    static @Nullable String key(String address, String language, Map<String, String> stated) {
        var pages = new TreeMap<String, String>();
        stated.forEach((each, of) -> pages.put(Links.identity(each), of));
        pages.putIfAbsent(Links.identity(address), language);
        boolean several = pages.size() > 1 && new TreeSet<>(pages.values()).size() > 1;
        return several ? Notice.TRANSLATIONS + Hash.of(String.join("\n", List.copyOf(pages.keySet()))) : null;
    }
}
