package coop.vigie.bench;

import coop.vigie.parse.Feed;
import coop.vigie.parse.FeedReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Feeds of 15 MB that are made to be slow, each of as many pieces as a reader accepts; prints the seconds that each takes. */
final class HostileFeeds {

    private static final int HOSTILE = 15_000_000;

    private HostileFeeds() {}

    static void run() {
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
}
