package coop.vigie.spine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A feed written by hand. */
final class Rss {

    private Rss() {}

    static String of(String... items) {
        return Arrays.stream(items)
                .collect(Collectors.joining(
                        "\n",
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Appels</title>"
                                + "<link>https://calls.example.org/</link>\n",
                        "\n</channel></rss>\n"));
    }

    /** @param text HTML, put into CDATA */
    static String item(String id, String title, String text) {
        return """
                <item><guid isPermaLink="false">%s</guid><title>%s</title><link>https://calls.example.org/%s</link>
                <pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate><description><![CDATA[%s]]></description></item>""".formatted(id, title, id, text);
    }
}
