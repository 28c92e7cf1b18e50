package coop.vigie.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.digest.Item.Change;
import coop.vigie.notice.Call;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Calls as feeds: Atom (RFC 4287), JSON Feed 1.1, and a calendar. An item's id is made from the call's and stays; what was
 * told of it last is its time of change. The same calls give the same files.
 *
 * @param id of the feed, stable: the group's
 * @param title for people
 * @param language of the words: fr, nl or en
 * @param reads languages in which titles are preferred, the first one first
 * @param address under which the files are served, with a slash at its end; null if that is not known
 */
public record CallFeed(
        String id,
        String title,
        String language,
        List<String> reads,
        List<Entry> entries,
        @Nullable String address) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATOM = "atom.xml";
    private static final String JSON_FEED = "feed.json";
    private static final String CALENDAR = "calls.ics";

    /**
     * A call that was told.
     *
     * @param first when it was told for the first time, likewise {@code last}
     */
    public record Entry(Call call, Instant first, Instant last) {}

    public CallFeed {
        reads = List.copyOf(reads);
        entries = entries.stream()
                .sorted(Comparator.comparing(Entry::last)
                        .reversed()
                        .thenComparing(entry -> entry.call().id().toString()))
                .toList();
    }

    /** The files by name: atom.xml, feed.json and calls.ics. */
    public Map<String, String> files(Instant now, Frame frame) {
        List<Words> words = words(now, frame);
        var files = new LinkedHashMap<String, String>();
        files.put(ATOM, atom(words, frame));
        files.put(JSON_FEED, jsonFeed(words));
        files.put(CALENDAR, CallCalendar.of(entries.stream().map(Entry::call).toList(), now, language, this::lastTold));
        return files;
    }

    private Instant lastTold(Call call) {
        return entries.stream()
                .filter(entry -> entry.call().id().equals(call.id()))
                .map(Entry::last)
                .findFirst()
                .orElseThrow();
    }

    /** One item in ready strings; the link is empty where there is none. */
    private record Words(Entry entry, String id, String title, String text, String link) {

        String published() {
            return seconds(entry.first());
        }

        String updated() {
            return seconds(entry.last());
        }
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private List<Words> words(Instant now, Frame frame) {
        List<Item> items = entries.stream()
                .map(Entry::call)
                .map(call -> new Item(
                        call,
                        List.of(),
                        call.stage() == Stage.CANCELLED ? Change.CANCELLED : Change.NONE,
                        null,
                        false,
                        Item.Regard.NONE))
                .toList();
        var edition = new Edition(id, "", List.of(), language, reads, now, List.of(Block.of(Block.Name.NEW, items)));
        var itemWords = new ItemWords(edition, frame, Messages.in(language));
        var words = new ArrayList<Words>();
        for (int i = 0; i < items.size(); i++) {
            Map<String, Object> item = itemWords.full(items.get(i), Block.Name.NEW, i + 1);
            String text = Stream.of("kind", "object", "facts", "doubt")
                    .map(key -> Page.text(item, key))
                    .filter(each -> !each.isEmpty())
                    .collect(Collectors.joining(" · "));
            words.add(new Words(
                    entries.get(i),
                    urn(entries.get(i).call().id()),
                    Page.text(item, "date") + " · " + Page.text(item, "title"),
                    text,
                    Page.text(item, "link")));
        }
        return words;
    }

    private static String urn(NoticeId call) {
        return "urn:vigie:call:" + URLEncoder.encode(call.toString(), StandardCharsets.UTF_8);
    }

    private String updated(List<Words> words) {
        return words.isEmpty() ? seconds(Instant.EPOCH) : words.getFirst().updated();
    }

    private String atom(List<Words> words, Frame frame) {
        var out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace("http://www.w3.org/2005/Atom");
            xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", language);
            element(xml, "id", "urn:vigie:" + id);
            element(xml, "title", Foreign.line(title));
            element(xml, "updated", updated(words));
            xml.writeStartElement("author");
            element(xml, "name", Foreign.line(frame.brand()));
            xml.writeEndElement();
            if (address != null) {
                link(xml, "self", address + ATOM);
            }
            for (Words item : words) {
                xml.writeStartElement("entry");
                element(xml, "id", item.id());
                element(xml, "title", item.title());
                element(xml, "published", item.published());
                element(xml, "updated", item.updated());
                if (!item.link().isEmpty()) {
                    link(xml, "alternate", item.link());
                }
                element(xml, "content", item.text());
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException defect) {
            throw new IllegalStateException("plain values gave no XML", defect);
        }
        return out + "\n";
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    private String jsonFeed(List<Words> words) {
        var feed = new LinkedHashMap<String, Object>();
        feed.put("version", "https://jsonfeed.org/version/1.1");
        feed.put("title", Foreign.line(title));
        if (address != null) {
            feed.put("feed_url", address + JSON_FEED);
        }
        feed.put("language", language);
        feed.put("items", words.stream().map(CallFeed::jsonItem).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(feed) + "\n";
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("plain values gave no JSON", defect);
        }
    }

    private static Map<String, Object> jsonItem(Words words) {
        var item = new LinkedHashMap<String, Object>();
        item.put("id", words.id());
        if (!words.link().isEmpty()) {
            item.put("url", words.link());
        }
        item.put("title", words.title());
        item.put("content_text", words.text());
        item.put("date_published", words.published());
        item.put("date_modified", words.updated());
        return item;
    }
}
