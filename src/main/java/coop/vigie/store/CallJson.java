package coop.vigie.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call that {@link Json} wrote, without Jackson's data binding: a search in a process of its own would wait longer for
 * that to look at our records than for its hits (ADR-0009). {@code JsonTest} holds the two together.
 */
public final class CallJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private CallJson() {}

    /** @throws StoreException if it is no call */
    public static Call read(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return call(object(parser));
        } catch (IOException | RuntimeException failure) {
            throw new StoreException("a stored Call cannot be read", failure);
        }
    }

    private static Call call(Fields fields) {
        return new Call(
                id(fields.text("id")),
                fields.texts("notices").stream().map(CallJson::id).toList(),
                Integer.parseInt(fields.text("revision")),
                Stage.valueOf(fields.text("stage")),
                notice(fields.fields("facts")),
                instant(fields.text("firstSeen")),
                fields.isGiven("borrowed") ? borrowed(fields.fields("borrowed")) : Map.of(),
                fields.isGiven("alsoAt") ? fields.each("alsoAt", CallJson::lookAlike) : List.of(),
                fields.isGiven("corrected") ? corrected(fields.fields("corrected")) : Map.of());
    }

    private static Map<String, Boolean> corrected(Fields fields) {
        var corrected = new LinkedHashMap<String, Boolean>();
        fields.values().keySet().forEach(value -> corrected.put(value, Boolean.parseBoolean(fields.text(value))));
        return corrected;
    }

    private static Map<String, NoticeId> borrowed(Fields fields) {
        var borrowed = new LinkedHashMap<String, NoticeId>();
        fields.values().keySet().forEach(value -> borrowed.put(value, id(fields.text(value))));
        return borrowed;
    }

    private static Call.LookAlike lookAlike(Fields fields) {
        return new Call.LookAlike(id(fields.text("id")), fields.given("url"));
    }

    private static Notice notice(Fields fields) {
        return new Notice.Builder(id(fields.text("id")), ZoneId.of(fields.text("zone")))
                .kind(Kind.valueOf(fields.text("kind")))
                .level(Level.valueOf(fields.text("level")))
                .stage(Stage.valueOf(fields.text("stage")))
                .title(localText(fields.fields("title")))
                .text(localText(fields.fields("text")))
                .buyer(fields.given("buyer"))
                .published(fields.given("published", CallJson::instant))
                .stated(deadline(fields.fields("stated")))
                .deadlines(fields.each("deadlines", CallJson::lotDeadline))
                .places(fields.texts("places"))
                .cpv(fields.texts("cpv"))
                .value(fields.isGiven("value") ? money(fields.fields("value")) : null)
                .submissionLanguages(fields.texts("submissionLanguages"))
                .url(fields.given("url"))
                .documents(fields.given("documents"))
                .procedure(fields.given("procedure"))
                .references(fields.texts("references"))
                .identifiers(fields.texts("identifiers"))
                .build();
    }

    private static LocalText localText(Fields fields) {
        var byLanguage = new LinkedHashMap<String, String>();
        fields.fields("byLanguage").values().forEach((language, text) -> byLanguage.put(language, (String) text));
        return new LocalText(byLanguage, fields.given("original"));
    }

    private static Deadline deadline(Fields fields) {
        return switch (fields.text("is")) {
            case "dated" ->
                new Deadline.Dated(
                        date(fields.text("date")),
                        fields.given("time", LocalTime::parse),
                        ZoneId.of(fields.text("zone")),
                        Deadline.Origin.valueOf(fields.text("origin")),
                        fields.given("quote"),
                        Boolean.parseBoolean(fields.text("doubtful")));
            case "forecast" -> new Deadline.Forecast();
            case "rolling" ->
                new Deadline.Rolling(Deadline.Origin.valueOf(fields.text("origin")), fields.given("quote"));
            case "unknown" -> new Deadline.Unknown(fields.given("quote"));
            default -> throw new IllegalArgumentException("unknown deadline '" + fields.text("is") + "'");
        };
    }

    private static LotDeadline lotDeadline(Fields fields) {
        return new LotDeadline(
                LotDeadline.Role.valueOf(fields.text("role")),
                fields.given("lot"),
                date(fields.text("date")),
                fields.given("time", LocalTime::parse),
                fields.given("offset", ZoneOffset::of));
    }

    /** As we write most of them, read by its places: a formatter takes a cold process longer than all the rest of a call. */
    private static Instant instant(String text) {
        return text.length() == 20 && text.charAt(10) == 'T' && text.endsWith("Z")
                ? date(text.substring(0, 10))
                        .atTime(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                        .toInstant(ZoneOffset.UTC)
                : Instant.parse(text);
    }

    private static LocalDate date(String text) {
        return text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-'
                ? LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                : LocalDate.parse(text);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static Money money(Fields fields) {
        return new Money(new BigDecimal(fields.text("amount")), fields.text("currency"));
    }

    private static NoticeId id(String text) {
        return NoticeId.parse(text).orElseThrow();
    }

    /** An object: its values are texts (numbers and truth values as they were written), lists, objects, and null. */
    private record Fields(Map<String, @Nullable Object> values) {

        boolean isGiven(String name) {
            return values.get(name) != null;
        }

        @Nullable
        String given(String name) {
            return (String) values.get(name);
        }

        <T> @Nullable T given(String name, Function<String, T> read) {
            String text = given(name);
            return text == null ? null : read.apply(text);
        }

        String text(String name) {
            return present(name, given(name));
        }

        Fields fields(String name) {
            return present(name, (Fields) values.get(name));
        }

        List<String> texts(String name) {
            return list(name).stream().map(String.class::cast).toList();
        }

        <T> List<T> each(String name, Function<Fields, T> read) {
            return list(name).stream().map(each -> read.apply((Fields) each)).toList();
        }

        private List<?> list(String name) {
            return present(name, (List<?>) values.get(name));
        }

        private static <T> T present(String name, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException("no '" + name + "'");
            }
            return value;
        }
    }

    private static Fields object(JsonParser parser) throws IOException {
        var values = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser));
        }
        return new Fields(values);
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return object(parser);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            var values = new ArrayList<@Nullable Object>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(parser));
            }
            return values;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }
}
