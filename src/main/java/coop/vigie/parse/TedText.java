package coop.vigie.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Texts of TED's search interface, which in places were escaped as HTML once or twice before they became JSON. */
final class TedText {

    private static final Pattern ENTITY =
            Pattern.compile("&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});");
    private static final int MOST_TIMES = 3;

    private TedText() {}

    static String plain(String text) {
        String plain = text;
        for (int i = 0; i < MOST_TIMES && ENTITY.matcher(plain).find(); i++) {
            plain = ENTITY.matcher(plain)
                    .replaceAll(entity -> Matcher.quoteReplacement(Parser.unescapeEntities(entity.group(), false)));
        }
        return plain;
    }
}
