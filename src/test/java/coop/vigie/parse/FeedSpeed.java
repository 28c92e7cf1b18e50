package coop.vigie.parse;

import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/**
 * Reads a feed of 2,000 items with Rome alone and with {@link FeedReader}, and hostile feeds of 15 MB; prints MB/s and
 * seconds. Run it with {@code -Xmx384m} to see that memory is bounded, too.
 */
final class FeedSpeed {

    private static final int HOSTILE = 15_000_000;

    private FeedSpeed() {}

    public static void main(String[] arguments) {
        byte[] feed = wellFormed(2_000);
        for (int round = 0; round < 5; round++) {
            double rome = megabytesPerSecond(feed, FeedSpeed::romeAlone);
            double ours = megabytesPerSecond(
                    feed, bytes -> FeedReader.read(bytes, null, null).items().size());
            System.out.printf("Rome %.1f MB/s, FeedReader %.1f MB/s, ratio %.2f%n", rome, ours, ours / rome);
        }
        String[][] hostile = {
            {"empty items", "<item/>"},
            {"unclosed items", "<item>"},
            {"unclosed titles", "<title>"},
            {"titles inside titles", "<title><link>x</link></title>"},
            {"stray text in titles", "<title>a<link>x</title>"},
            {"unknown elements", "<x>a</x>"},
            {"one item, many links", "<item><link>a</link><link href='b'/></item>"},
            {"attributes", "<item a='1' b='2' c='3'/>"},
            {"one tag, many attributes", " b='c'"},
            {"ampersands", "&"},
            {"entities", "&eacute;"},
            {"tag starts", "<"},
            {"quotes", "<a b=\""},
            {"text", "Date limite : 15 mars 2024. "},
            {"escaped markup", "&lt;div&gt;"},
            {"comments", "<!-- -->"},
            {"comment starts", "<!--"},
            {"data sections", "<![CDATA[a]]>"},
            {"doctypes", "<!DOCTYPE a [<!ENTITY b 'c'>"},
            {"namespaces", "<x xmlns:a='b'>"},
            {"same guids", "<item><guid>g</guid><title>t</title><link>l</link></item>"}
        };
        for (String[] shape : hostile) {
            if (shape[0].startsWith("one tag")) {
                hostile(shape[0], "<rss version='2.0'><channel><item ", shape[1]);
                continue;
            }
            hostile(shape[0], "<rss version='2.0'><channel>", shape[1]);
            hostile(shape[0] + " in an item", "<rss version='2.0'><channel><item><title>", shape[1]);
            hostile(
                    shape[0] + " in Atom",
                    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary type='html'>",
                    shape[1]);
        }
    }

    /** As many pieces as a reader accepts at all, made up to 15 MB with words; once left open, once well-formed if it can be. */
    private static void hostile(String name, String start, String piece) {
        int tags = (int) piece.chars().filter(c -> c == '<').count();
        int most = (HOSTILE - start.length()) / piece.length();
        for (int tagLimit : new int[] {99_000, 249_000}) {
            if (tags == 0 && tagLimit > 99_000) {
                break;
            }
            String body = piece.repeat(tags == 0 ? most : Math.min(most, tagLimit / tags));
            String open = start + body + "x ".repeat(Math.max(0, (HOSTILE - start.length() - body.length()) / 2));
            measure(name, open);
            String end = start.contains("<entry>")
                    ? "</summary></entry></feed>"
                    : start.contains("<item><title>") ? "</title></item></channel></rss>" : "</channel></rss>";
            measure(name + ", ended", open + end);
        }
    }

    private static void measure(String name, String feed) {
        byte[] bytes = feed.getBytes(StandardCharsets.UTF_8);
        long begun = now();
        String outcome;
        try {
            Feed read = FeedReader.read(bytes, null, null);
            outcome = read.items().size() + " items, " + read.failure();
        } catch (OutOfMemoryError | StackOverflowError broken) {
            outcome = broken.toString();
        }
        System.out.printf("%-48s %5.1f s  %s%n", name, (now() - begun) / 1e9, outcome);
    }

    /** Time of this thread's own, so that a busy machine does not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int romeAlone(byte[] bytes) {
        try {
            return new SyndFeedInput()
                    .build(new StringReader(new String(bytes, StandardCharsets.UTF_8)))
                    .getEntries()
                    .size();
        } catch (FeedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double megabytesPerSecond(byte[] feed, ToIntFunction<byte[]> reader) {
        long begun = now();
        long bytes = 0;
        while (now() - begun < 2_000_000_000L) {
            if (reader.applyAsInt(feed) != 2_000) {
                throw new IllegalStateException("not all items were read");
            }
            bytes += feed.length;
        }
        return bytes * 1e3 / (now() - begun);
    }

    private static byte[] wellFormed(int items) {
        var feed = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>"
                + "<title>Appels</title><link>https://example.org/</link>");
        for (int i = 0; i < items; i++) {
            feed.append("<item><title>Appel à projets n° ")
                    .append(i)
                    .append("</title><link>https://example.org/appel/");
            feed.append(i).append("</link><guid>appel-").append(i);
            feed.append(
                    "</guid><pubDate>Fri, 01 Mar 2024 09:00:00 GMT</pubDate><category>culture</category><description>");
            feed.append(
                    "&lt;p&gt;La ville soutient des projets de quartier. Date limite : 15 mars 2024 à 12h.&lt;/p&gt;"
                            .repeat(8));
            feed.append("</description></item>\n");
        }
        return feed.append("</channel></rss>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
