package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.FeedItem;
import coop.vigie.parse.FeedReader;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.Parsed;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Reads made-up documents again and again in one way, in a process of its own; prints MB a second and a sum over what it read. */
final class ParseStep {

    private static final URI ADDRESS = URI.create("https://calls.example.org/feed");

    /** Of this thread's time on a processor: until most is compiled, and then until it can be told. */
    private static final long WARM_UP = 6_000_000_000L;

    private static final long MEASURED = 2_000_000_000L;

    /** One way to read a document. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] document, Sum sum) throws Exception;
    }

    private ParseStep() {}

    /** @param arguments name of {@link Documents}, and a reader */
    public static void main(String[] arguments) throws Exception {
        Documents format = Documents.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        List<byte[]> documents = format.all();
        Reader reader = reader(format, arguments[1]);
        var answer = new Sum();
        pass(documents, reader, answer);
        megabytesPerSecond(documents, reader, WARM_UP);
        double rate = megabytesPerSecond(documents, reader, MEASURED);
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of(
                        "megabytesPerSecond", rate,
                        "peakMegabytes", Machine.peakMegabytes(),
                        "answer", answer.toString())));
    }

    private static double megabytesPerSecond(List<byte[]> documents, Reader reader, long atLeast) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long bytes = 0;
        while (threads.getCurrentThreadCpuTime() - start < atLeast) {
            bytes += pass(documents, reader, new Sum());
        }
        return bytes * 1e3 / (threads.getCurrentThreadCpuTime() - start);
    }

    private static long pass(List<byte[]> documents, Reader reader, Sum sum) throws Exception {
        long bytes = 0;
        for (byte[] document : documents) {
            reader.read(document, sum);
            bytes += document.length;
        }
        return bytes;
    }

    private static Reader reader(Documents format, String name) {
        return switch (name) {
            case "items" -> ParseStep::items;
            case "rome" -> ParseStep::rome;
            case "jackson" -> ParseStep::jackson;
            case "jsoup" -> ParseStep::jsoup;
            case "xpath" -> new EformsTree()::read;
            default -> notices(format);
        };
    }

    private static Reader notices(Documents format) {
        String type =
                switch (format) {
                    case FEEDS -> "rss";
                    case TED -> "ted-search";
                    case EFORMS -> "eforms";
                    case HTML -> "html-list";
                };
        NoticeParser parser = Parsers.of(type);
        Map<String, String> select = format == Documents.HTML
                ? Map.of(
                        "item",
                        "article",
                        "title",
                        "h2 a",
                        "link",
                        "h2 a@href",
                        "summary",
                        ".entry-summary p",
                        "published",
                        "time@datetime")
                : Map.of();
        var context = new ParseContext(
                new SourceId("made-up"),
                Level.COMMUNITY,
                Kind.CALL,
                List.of(),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions("", Map.of(), select, Map.of()),
                Calls.NOW);
        return (document, sum) -> {
            Parsed parsed = parser.parse(new Payload(ADDRESS, "document", document, null), context);
            if (parsed.failure() != null) {
                throw new IllegalStateException(parsed.failure());
            }
            for (ParsedNotice each : parsed.notices()) {
                sum.add(
                        format == Documents.EFORMS ? facts(each.notice()) : "",
                        id(each.notice()),
                        title(each.notice()));
            }
        };
    }

    private static String id(Notice notice) {
        return notice.id().nativeId();
    }

    private static String title(Notice notice) {
        return notice.title().in(List.of());
    }

    /** As {@link EformsTree} reads them. */
    private static String facts(Notice notice) {
        String deadlines = notice.deadlines().stream()
                .map(each -> each.lot() + " " + each.date() + " " + each.time())
                .sorted()
                .collect(Collectors.joining(","));
        return EformsTree.facts(
                String.valueOf(notice.procedure()),
                String.valueOf(notice.buyer()),
                deadlines,
                notice.cpv(),
                notice.places());
    }

    private static void items(byte[] document, Sum sum) {
        for (FeedItem item : FeedReader.read(document, null, ADDRESS).items()) {
            sum.add("", item.id(), item.title());
        }
    }

    private static void rome(byte[] document, Sum sum) throws Exception {
        try (var reader = new XmlReader(new ByteArrayInputStream(document))) {
            for (SyndEntry entry : new SyndFeedInput().build(reader).getEntries()) {
                sum.add("", entry.getUri(), entry.getTitle());
            }
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The tree alone, of which two fields are taken. */
    private static void jackson(byte[] document, Sum sum) throws Exception {
        for (JsonNode notice : JSON.readTree(document).path("notices")) {
            sum.add(
                    "",
                    notice.path("publication-number").asText(),
                    notice.path("title-proc").path("fra").asText());
        }
    }

    /** The tree alone, of which two fields are taken. */
    private static void jsoup(byte[] document, Sum sum) {
        for (Element link :
                Jsoup.parse(new String(document, StandardCharsets.UTF_8)).select("article h2 a")) {
            sum.add("", link.attr("href").replaceFirst("/$", ""), link.text());
        }
    }
}
