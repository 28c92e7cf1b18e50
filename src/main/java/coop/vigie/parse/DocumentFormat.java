package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by a document alone which type of source it came from. */
public final class DocumentFormat {

    private static final Pattern ROOT = Pattern.compile("<(?:[\\w.-]{1,40}:)?(?<name>[A-Za-z][\\w.-]{0,60})[\\s/>]");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Set<String> FEEDS = Set.of("rss", "feed", "RDF", "rdf");

    private DocumentFormat() {}

    /** A type as in {@code feeds.yaml} whose parser reads such documents; null if it looks like none of them. */
    public static @Nullable String of(byte[] bytes) {
        String text = Charsets.xml(bytes, null).stripLeading();
        if (text.startsWith("<")) {
            return xml(text);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return json(members(text));
        }
        return IcsBlocks.isCalendar(text) ? "ics" : null;
    }

    private static String xml(String text) {
        Matcher root = ROOT.matcher(COMMENT.matcher(FeedSource.of(text).xml()).replaceAll(""));
        return root.find() && FEEDS.contains(root.group("name")) ? "rss" : "eforms";
    }

    /** Only one of the interfaces has each of these members. */
    private static @Nullable String json(Set<String> members) {
        if (hasAny(members, "releases", "compiledRelease", "ocid", "[]/ocid", "records/ocid")) {
            return "ocds";
        }
        if (hasAny(members, "publications")) {
            return "bda";
        }
        if (hasAny(members, "publicatieId", "content/publicatieId", "totalElements")) {
            return "tenderned";
        }
        if (hasAny(members, "publication-number", "notices/publication-number", "totalNoticeCount")) {
            return "ted-search";
        }
        if (hasAny(members, "metadata", "results/metadata", "totalResults")) {
            return "sedia";
        }
        if (hasAny(members, "idweb", "results/idweb", "results/objet", "[]/idweb", "total_count")) {
            return "boamp";
        }
        return members.contains("version") && members.contains("items") ? "rss" : null;
    }

    private static boolean hasAny(Set<String> members, String... names) {
        for (String name : names) {
            if (members.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Names of the root's members, and of its lists' first elements' as {@code list/member}; as far as it can be read. */
    private static Set<String> members(String text) {
        var members = new HashSet<String>();
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                ofFirst(json, "[]", members);
                return members;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                members.add(name);
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    ofFirst(json, name, members);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException breaksOff) {
            return members;
        }
        return members;
    }

    /** Leaves the parser at the end of the list. */
    private static void ofFirst(JsonParser json, String list, Set<String> members) throws IOException {
        boolean first = true;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (first && token == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    members.add(list + "/" + json.currentName());
                    json.nextToken();
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
            first = false;
        }
    }
}
