package coop.vigie.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import java.io.IOException;
import java.util.function.Function;

/** The values of the vocabulary as JSON columns, and back. The same value always gives the same text. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(ids())
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .addMixIn(Deadline.class, DeadlineByName.class)
            .build();

    private Json() {}

    /** Ids are written as the one string that people see. */
    private static SimpleModule ids() {
        return new SimpleModule()
                .addSerializer(NoticeId.class, new ToStringSerializer())
                .addSerializer(SourceId.class, new ToStringSerializer())
                .addDeserializer(
                        NoticeId.class, fromText(text -> NoticeId.parse(text).orElseThrow()))
                .addDeserializer(SourceId.class, fromText(SourceId::new));
    }

    /** Exactly as written: the deserializer that Jackson offers for this would take spaces off the ends. */
    private static <T> JsonDeserializer<T> fromText(Function<String, T> read) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return read.apply(parser.getText());
            }
        };
    }

    public static String write(Object value) {
        return write(MAPPER, value);
    }

    private static String write(JsonMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new StoreException("could not write a " + value.getClass().getSimpleName() + " as JSON", failure);
        }
    }

    /**
     * Writes values as {@link #write} does, those of one type in them as they stand written already.
     *
     * @param written the JSON of such a value
     */
    public static <T> Function<Object, String> writer(Class<T> type, Function<T, String> written) {
        JsonMapper mapper = MAPPER.rebuild()
                .addModule(new SimpleModule().addSerializer(type, new JsonSerializer<>() {
                    @Override
                    public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                        json.writeRawValue(written.apply(value));
                    }
                }))
                .build();
        return value -> write(mapper, value);
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new StoreException("a stored " + type.getSimpleName() + " cannot be read", failure);
        }
    }

    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new StoreException("a stored " + type.getType() + " cannot be read", failure);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Deadline.Dated.class, name = "dated"),
        @JsonSubTypes.Type(value = Deadline.Forecast.class, name = "forecast"),
        @JsonSubTypes.Type(value = Deadline.Rolling.class, name = "rolling"),
        @JsonSubTypes.Type(value = Deadline.Unknown.class, name = "unknown")
    })
    @JsonIgnoreProperties(ignoreUnknown = true)
    private interface DeadlineByName {}
}
