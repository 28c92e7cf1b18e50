package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.CpvCode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import coop.vigie.text.CleanHtml;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A list in JSON, of any shape: {@code select} says by JSON Pointers (RFC 6901) where things stand.
 *
 * <pre>{@code
 * select: { items: /data/calls, id: /id, title: /title, link: /url, text: /body, deadline: /closing_date, next: /links/next }
 * }</pre>
 *
 * <p>{@code items} and {@code next} begin at the document, all others at an item: {@code id}, {@code title}, {@code link},
 * {@code text}, {@code published}, {@code deadline}, {@code language}, {@code buyer}, {@code cpv}, {@code documents}. Without
 * {@code items} it is the document itself or its only list; without {@code title} the member of that name, and so on. The text is
 * HTML or plain; without a {@code deadline}, or with one that names no date, it is looked for there.
 */
public final class JsonListParser implements NoticeParser {

    /** What {@code select} may name. */
    public static final List<String> FIELDS = List.of(
            "items",
            "id",
            "title",
            "link",
            "text",
            "published",
            "deadline",
            "language",
            "buyer",
            "cpv",
            "documents",
            "next");

    private static final int MOST_ITEMS = 50_000;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        String text = Json.decode(payload.bytes());
        try {
            JsonNode root = Json.MAPPER.readTree(text);
            return new Reading(root, payload, context).parsed();
        } catch (JsonProcessingException e) {
            String failure = Json.broken(text, e) + ", where JSON was expected";
            boolean begun =
                    text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{");
            return begun ? Parsed.failed(failure) : Parsed.other(failure);
        } catch (IllegalArgumentException wrongPointer) {
            return Parsed.failed(
                    "a 'select' that is no JSON Pointer such as /data/items: " + wrongPointer.getMessage());
        }
    }

    /** One document being read. */
    private static final class Reading {
        private final JsonNode root;
        private final Payload payload;
        private final ParseContext context;
        private final List<Warning> warnings = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        /** What {@code select} names and no item has had so far. */
        private final Set<String> missing;

        Reading(JsonNode root, Payload payload, ParseContext context) {
            this.root = root;
            this.payload = payload;
            this.context = context;
            this.missing = new TreeSet<>(context.options().select().keySet());
            missing.removeAll(Set.of("items", "next"));
        }

        Parsed parsed() {
            JsonNode items = items();
            if (!items.isArray()) {
                String where = context.options().select().getOrDefault("items", "");
                return Parsed.other("a JSON document without a list" + (where.isEmpty() ? "" : " at " + where)
                        + ", where one was expected");
            }
            var notices = new ArrayList<ParsedNotice>();
            Wanted wanted = Wanted.of(context);
            int number = 0;
            for (JsonNode item : items) {
                number++;
                if (number > MOST_ITEMS) {
                    return new Parsed(
                            notices, warnings, List.of(), "only the first " + MOST_ITEMS + " items were read");
                }
                Notice notice = notice(item, payload.position() + " item " + number);
                if (notice != null && wanted.accepts(notice)) {
                    byte[] raw = item.toString().getBytes(StandardCharsets.UTF_8);
                    notices.add(new ParsedNotice(notice, raw, "application/json"));
                }
            }
            if (number > 0) {
                missing.forEach(field -> warnings.add(warning(
                        payload.position(),
                        field,
                        context.options().select().getOrDefault(field, ""),
                        "found in none of the %d items".formatted(items.size()))));
            }
            return new Parsed(notices, warnings, next(), null);
        }

        private JsonNode items() {
            if (context.options().select().containsKey("items")) {
                return at(root, "items");
            }
            if (root.isArray()) {
                return root;
            }
            List<JsonNode> lists = new ArrayList<>();
            root.forEach(member -> {
                if (member.isArray()) {
                    lists.add(member);
                }
            });
            return lists.size() == 1 ? lists.getFirst() : Json.MAPPER.missingNode();
        }

        private List<Query> next() {
            if (!context.options().select().containsKey("next")) {
                return List.of();
            }
            JsonNode next = at(root, "next");
            if (next.isContainerNode() || next.isNumber()) {
                warnings.add(warning(payload.position(), "next", next.toString(), "not followed, as it is no address"));
            }
            return NextPage.of(next.isTextual() ? next.asText() : "", payload, context, warnings);
        }

        private @Nullable Notice notice(JsonNode item, String position) {
            String title = CleanHtml.line(words(item, "title"));
            String body = CleanHtml.text(words(item, "text"));
            if (title.isEmpty() && body.isEmpty()) {
                warnings.add(warning(position, "title", "", "left out, as it has neither a title nor a text"));
                return null;
            }
            if (title.isEmpty()) {
                title = body.length() > 120 ? body.substring(0, 120).replace('\n', ' ') + "…" : body.replace('\n', ' ');
                warnings.add(warning(position, "title", "", "made up from its text"));
            }
            String written = words(item, "link");
            String link = written.isEmpty() ? null : Links.absolute(written, payload.uri());
            String language = ItemLanguage.of(
                    ItemLanguage.code(words(item, "language")), null, context.languages(), title + "\n" + body);
            Instant published = FeedDates.parse(words(item, "published"));
            return new Notice.Builder(id(item, title, link, position), context.zone())
                    .kind(context.kind() == null ? Kind.CALL : context.kind())
                    .level(context.level())
                    .title(LocalText.of(language, title))
                    .text(LocalText.of(language, body))
                    .buyer(blankIsNull(CleanHtml.line(words(item, "buyer"))))
                    .published(published)
                    .stated(deadline(item, title + "\n\n" + body, published, language, position))
                    .places(context.places())
                    .cpv(cpv(item))
                    .url(link == null ? null : Links.withoutTracking(link))
                    .documents(Links.absolute(blankIsNull(words(item, "documents")), payload.uri()))
                    .build();
        }

        private NoticeId id(JsonNode item, String title, @Nullable String link, String position) {
            String id = words(item, "id");
            id = !id.isEmpty() ? id : link != null ? link : Hash.of(title);
            if (!ids.add(id)) {
                warnings.add(warning(position, "id", id, "stands there twice; kept under a name of its own"));
                id = id + "#" + Hash.of(title + link);
            }
            return new NoticeId(context.source(), id.length() <= 200 ? id : id.substring(0, 100) + "#" + Hash.of(id));
        }

        private Deadline deadline(
                JsonNode item, String text, @Nullable Instant published, String language, String position) {
            return FieldDates.orTold(
                    stated(item, published, language, position),
                    text,
                    published,
                    context,
                    language,
                    (unread, done) -> warnings.add(warning(position, "deadline", unread, done)));
        }

        private Deadline stated(JsonNode item, @Nullable Instant published, String language, String position) {
            JsonNode value = at(item, "deadline");
            String written = Json.written(value);
            if (written.isEmpty()) {
                return Deadline.UNKNOWN;
            }
            if (value.isObject()) {
                String shown = written.length() > 100 ? written.substring(0, 100) + "…" : written;
                warnings.add(warning(position, "deadline", shown, "left out, as it is no text; select its member"));
                return new Deadline.Unknown(shown);
            }
            boolean machine = written.matches("\\d{4}-\\d{2}-\\d{2}.*");
            var field = new FieldDates.Written(machine ? written : null, machine ? "" : written);
            return FieldDates.deadline(field, published, context, language);
        }

        private List<String> cpv(JsonNode item) {
            return Json.all(at(item, "cpv")).stream()
                    .map(code -> CpvCode.normalize(code.isObject() ? Json.text(code, "code", "id") : code.asText()))
                    .flatMap(code -> code.stream())
                    .toList();
        }

        private String words(JsonNode item, String field) {
            JsonNode value = at(item, field);
            return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
        }

        private JsonNode at(JsonNode from, String field) {
            String pointer =
                    context.options().select().getOrDefault(field, "/" + field).strip();
            JsonNode value = from.at(JsonPointer.compile(pointer.equals("/") ? "" : pointer));
            if (!value.isMissingNode()) {
                missing.remove(field);
            }
            return value;
        }

        private Warning warning(String position, String field, String found, String done) {
            return new Warning(context.source(), position, field, found, done);
        }

        private static @Nullable String blankIsNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
