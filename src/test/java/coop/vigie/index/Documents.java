package coop.vigie.index;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds documents in which only what a test is about stands out. */
final class Documents {

    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    static final long ROLLING = Long.MAX_VALUE - 2;
    static final long UNKNOWN = Long.MAX_VALUE - 1;

    private final String id;
    private long change = 1;
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private List<String> names = List.of();
    private String kind = "call";
    private String level = "regional";
    private String stage = "competition";
    private List<String> sources = List.of("some-source");
    private List<String> languages = List.of("fr");
    private List<String> submission = List.of();
    private List<String> cpv = List.of();
    private List<String> places = List.of();
    private long sortKey = UNKNOWN;
    private String state = "unknown";
    private @Nullable Instant closes;
    private @Nullable Instant published;
    private @Nullable BigDecimal value;

    private Documents(String id) {
        this.id = id;
    }

    static Documents document(String id) {
        return new Documents(id);
    }

    Documents change(long number) {
        change = number;
        return this;
    }

    Documents title(String language, String title) {
        titles.put(language, title);
        return this;
    }

    Documents text(String language, String text) {
        texts.put(language, text);
        return this;
    }

    Documents buyer(String... all) {
        names = List.of(all);
        return this;
    }

    Documents kind(String code) {
        kind = code;
        return this;
    }

    Documents level(String code) {
        level = code;
        return this;
    }

    Documents stage(String code) {
        stage = code;
        return this;
    }

    Documents source(String... all) {
        sources = List.of(all);
        return this;
    }

    Documents languages(String... all) {
        languages = List.of(all);
        return this;
    }

    Documents submission(String... all) {
        submission = List.of(all);
        return this;
    }

    Documents cpv(String... all) {
        cpv = List.of(all);
        return this;
    }

    Documents places(String... all) {
        places = List.of(all);
        return this;
    }

    Documents deadline(String instant) {
        return deadline(Instant.parse(instant));
    }

    Documents deadline(Instant at) {
        closes = at;
        sortKey = at.toEpochMilli();
        state = "dated";
        return this;
    }

    Documents closes(String instant) {
        closes = Instant.parse(instant);
        return this;
    }

    Documents state(String code, long key) {
        state = code;
        sortKey = key;
        closes = null;
        return this;
    }

    Documents published(String instant) {
        published = Instant.parse(instant);
        return this;
    }

    Documents value(String amount) {
        value = new BigDecimal(amount);
        return this;
    }

    Document build() {
        return new Document(
                id,
                change,
                titles,
                texts,
                names,
                kind,
                level,
                stage,
                sources,
                languages,
                submission,
                cpv,
                places,
                sortKey,
                state,
                closes,
                published,
                value,
                "payload of " + id);
    }
}
