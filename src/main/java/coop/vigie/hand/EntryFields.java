package coop.vigie.hand;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.Nuts;
import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.text.CleanHtml;
import coop.vigie.text.LanguageGuess;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one call from its fields, as a person typed them. */
public final class EntryFields {

    /** Every field, by the name that options and columns have. Only {@code title} is required. */
    public static final List<String> NAMES = List.of(
            "title",
            "title-lang",
            "text",
            "buyer",
            "url",
            "deadline",
            "kind",
            "level",
            "places",
            "cpv",
            "languages",
            "every",
            "id");

    private static final Pattern WRITTEN_DEADLINE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[ T]+(\\d\\d:\\d\\d(?::\\d\\d)?))?");
    /** What programs put behind a day that has no time of its own: read as a time, it would close a day too early. */
    private static final String SPREADSHEET_DAY = "00:00:00";

    private static final int EARLIEST_YEAR = 2000;
    private static final int YEARS_AHEAD = 10;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,119}");

    private static final Type<String> PLACE = text -> {
        String code = Type.PLACE.read(text);
        if (!Nuts.known(code)) {
            throw new Bad("there is no NUTS code " + code);
        }
        return code;
    };
    private static final Type<String> CPV = text -> {
        String code = CpvCode.normalize(text)
                .orElseThrow(() -> new Bad("'" + text + "' is no CPV code of eight digits such as 79950000"));
        if (!Cpv.known(code)) {
            throw new Bad("there is no CPV code " + code);
        }
        return code;
    };
    private static final Type<String> ID = text -> {
        if (!NAME.matcher(text).matches()) {
            throw new Bad("'" + text + "' is no id; use letters, digits, '.', '_' and '-'");
        }
        return text;
    };

    private final Map<String, String> fields;
    private final Instant now;
    private final List<Fault> faults = new ArrayList<>();

    private EntryFields(Map<String, String> fields, Instant now) {
        this.fields = fields;
        this.now = now;
    }

    /**
     * What the fields say.
     *
     * @param entry null if there are faults
     */
    public record Read(@Nullable Entry entry, List<Fault> faults) {

        public Read {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads a call; all that is wrong with it is found at once.
     *
     * @param fields by their names ({@link #NAMES}); a blank one counts as missing
     */
    public static Read read(Map<String, String> fields, Instant now) {
        var reader = new EntryFields(fields, now);
        Entry entry = reader.entry();
        return new Read(reader.faults.isEmpty() ? entry : null, reader.faults);
    }

    private Entry entry() {
        String title = one("title", Type.TEXT, "");
        if (title.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault("title", "is missing"));
        }
        String text = CleanHtml.tidy(written("text"));
        String language = one("title-lang", Type.LANGUAGE, "");
        URI url = optional("url", Type.WEB_ADDRESS);
        return new Entry(
                optional("id", ID),
                title,
                language.isEmpty() ? LanguageGuess.of(title + "\n" + text) : language,
                text,
                optional("buyer", Type.TEXT),
                url == null ? null : url.toString(),
                one("deadline", this::deadline, Deadline.UNKNOWN),
                one("kind", Type.oneOf(List.of(Kind.values()), Kind::code), Kind.CALL),
                one("level", Type.oneOf(List.of(Level.values()), Level::code), Level.PRIVATE),
                many("places", PLACE),
                many("cpv", CPV),
                many("languages", Type.LANGUAGE),
                one("every", Type.oneOf(List.of(true), yearly -> "year"), false));
    }

    private Deadline deadline(String written) throws Bad {
        if (written.equals("rolling")) {
            return new Deadline.Rolling(Deadline.Origin.HAND, null);
        }
        Matcher parts = WRITTEN_DEADLINE.matcher(written);
        if (!parts.matches()) {
            throw new Bad("'" + written + "' is no deadline; write 2026-12-15, \"2026-12-15 12:00\" or rolling");
        }
        if (SPREADSHEET_DAY.equals(parts.group(2))) {
            throw new Bad(
                    "'%s' may be a whole day as a program writes it; write %s, or \"%s 00:00\" if it closes as that day begins"
                            .formatted(written, parts.group(1), parts.group(1)));
        }
        try {
            LocalDate date = LocalDate.parse(parts.group(1));
            LocalTime time = parts.group(2) == null ? null : LocalTime.parse(parts.group(2));
            int latest = LocalDate.ofInstant(now, Entry.ZONE).getYear() + YEARS_AHEAD;
            if (date.getYear() < EARLIEST_YEAR || date.getYear() > latest) {
                throw new Bad(
                        "'%s' is no likely year; from %d to %d are taken".formatted(written, EARLIEST_YEAR, latest));
            }
            if (time != null
                    && Entry.ZONE
                            .getRules()
                            .getValidOffsets(LocalDateTime.of(date, time))
                            .isEmpty()) {
                throw new Bad("'" + written + "' does not exist: the clocks go forward in that hour");
            }
            return new Deadline.Dated(date, time, Entry.ZONE, Deadline.Origin.HAND, null, false);
        } catch (DateTimeException impossible) {
            throw new Bad("'" + written + "' is on no calendar or clock");
        }
    }

    private String written(String field) {
        return fields.getOrDefault(field, "").strip();
    }

    private <T> @Nullable T optional(String field, Type<T> type) {
        String written = written(field);
        try {
            return written.isEmpty() ? null : type.read(written);
        } catch (Bad wrong) {
            faults.add(new Fault(field, String.valueOf(wrong.getMessage())));
            return null;
        }
    }

    private <T> T one(String field, Type<T> type, T otherwise) {
        T value = optional(field, type);
        return value == null ? otherwise : value;
    }

    private <T> List<T> many(String field, Type<T> type) {
        List<T> values = new ArrayList<>();
        for (String part : Arrays.asList(written(field).split("[\\s,;|]+"))) {
            try {
                if (!part.isEmpty()) {
                    values.add(type.read(part));
                }
            } catch (Bad wrong) {
                faults.add(new Fault(field, String.valueOf(wrong.getMessage())));
            }
        }
        return values;
    }
}
