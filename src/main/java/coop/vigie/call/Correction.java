package coop.vigie.call;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.store.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value of a call that a person can correct. A corrected deadline is one for the whole, in place of those of all lots. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
public enum Correction {
    TITLE(
            "title",
            Notice::title,
            notice -> new TreeMap<>(notice.title().byLanguage()).toString(),
            (builder, json) -> builder.title(Json.read(json, LocalText.class))),
    TEXT(
            "text",
            Notice::text,
            notice -> new TreeMap<>(notice.text().byLanguage()).toString(),
            (builder, json) -> builder.text(Json.read(json, LocalText.class))),
    BUYER("buyer", Notice::buyer, Notice::buyer, (builder, json) -> builder.buyer(text(json))),
    URL("url", Notice::url, Notice::url, (builder, json) -> builder.url(text(json))),
    DEADLINE(
            "deadline",
            Notice::stated,
            Correction::dates,
            (builder, json) -> builder.withoutDeadlines().stated(Json.read(json, Deadline.class))),
    KIND("kind", Notice::kind, Notice::kind, (builder, json) -> builder.kind(Json.read(json, Kind.class))),
    LEVEL("level", Notice::level, Notice::level, (builder, json) -> builder.level(Json.read(json, Level.class))),
    PLACES(
            "places",
            Notice::places,
            Notice::places,
            (builder, json) -> builder.withoutPlaces().places(texts(json))),
    CPV("cpv", Notice::cpv, Notice::cpv, (builder, json) -> builder.withoutCpv().cpv(texts(json))),
    SUBMISSION_LANGUAGES(
            "submissionLanguages",
            Notice::submissionLanguages,
            Notice::submissionLanguages,
            (builder, json) -> builder.withoutSubmissionLanguages().submissionLanguages(texts(json)));

    private final String code;
    private final Function<Notice, @Nullable Object> value;
    private final Function<Notice, @Nullable Object> comparable;
    private final BiConsumer<Notice.Builder, String> laying;

    /** @param comparable what tells two values apart, without the words around them */
    Correction(
            String code,
            Function<Notice, @Nullable Object> value,
            Function<Notice, @Nullable Object> comparable,
            BiConsumer<Notice.Builder, String> laying) {
        this.code = code;
        this.value = value;
        this.comparable = comparable;
        this.laying = laying;
    }

    /** The value's name in JSON. */
    public String code() {
        return code;
    }

    public static Optional<Correction> ofCode(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }

    /** The value as this notice states it, as JSON. */
    String of(Notice notice) {
        Object stated = value.apply(notice);
        return stated == null ? "null" : Json.write(stated);
    }

    /** Equal for two notices that state the same. */
    String said(Notice notice) {
        return String.valueOf(comparable.apply(notice));
    }

    Notice lay(Notice facts, String json) {
        Notice.Builder builder = facts.toBuilder();
        laying.accept(builder, json);
        return builder.build();
    }

    private static String dates(Notice notice) {
        return notice.relevantInstants().isEmpty()
                ? String.valueOf(notice.stated().sortKey())
                : notice.relevantInstants().stream()
                        .map(date -> String.valueOf(date.toEpochMilli()))
                        .collect(Collectors.joining(" "));
    }

    private static @Nullable String text(String json) {
        return json.equals("null") ? null : Json.read(json, String.class);
    }

    private static List<String> texts(String json) {
        return Json.read(json, new TypeReference<List<String>>() {});
    }
}
